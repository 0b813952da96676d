import { currentComponents, type Site } from '../domain/site.ts';
import { wordsFor } from '../words/words.ts';
import { frame } from './frame.ts';
import { absolute, local, paths } from './paths.ts';

/** Returns where and how to sign up by email; null without a mailing list. */
function email({ settings }: Site) {
  const { emailJoin: href } = settings;
  const words = wordsFor(settings).subscribe;
  if (href === null) return null;
  const address = /^mailto:([^?]*)/i.exec(href)?.[1];
  return address === undefined
    ? { href, link: words.emailLink, text: words.emailText }
    : { href, link: address, text: words.emailMessage };
}

export function subscribePage(site: Site) {
  const { settings } = site;
  const words = wordsFor(settings).subscribe;
  /** A URL to follow, and what it provides. */
  const option = (path: string, { name, text }: { readonly name: string; readonly text: string }) => ({
    name,
    delivers: text,
    address: absolute(settings, path),
  });
  const calendar = absolute(settings, paths.calendar);
  return {
    frame: frame(site, {
      title: words.title,
      description: words.description(settings.name),
      path: paths.subscribe,
    }),
    email: email(site),
    everyUpdate: [option(paths.rss, words.rss), option(paths.atom, words.atom), option(paths.jsonFeed, words.jsonFeed)],
    slack: `/feed subscribe ${absolute(settings, paths.rss)}`,
    narrower: [
      option(paths.maintenanceRss, words.maintenance),
      option(paths.postmortemsRss, words.postmortems),
      option(paths.historyRss, words.historyRss),
      option(paths.historyAtom, words.historyAtom),
    ],
    components: currentComponents(site).map(({ id, name }) => ({
      label: name,
      href: absolute(settings, paths.componentRss(id)),
    })),
    calendar: { https: calendar, webcal: calendar.replace(/^https?:/, 'webcal:') },
    developers: local(settings, paths.developers),
  };
}
