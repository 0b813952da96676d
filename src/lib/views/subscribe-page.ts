import { currentComponents, type Site } from '../domain/site.ts';
import { wordsFor } from '../words/words.ts';
import { frame, type FrameView, type LinkView } from './frame.ts';
import { absolute, local, paths } from './lookup.ts';

/** A URL to follow, and what it provides. */
type FollowOptionView = { readonly name: string; readonly delivers: string; readonly address: string };

type SubscribeView = {
  readonly frame: FrameView;
  /** Where and how to sign up by email; null without a mailing list. */
  readonly email: { readonly href: string; readonly link: string; readonly text: string } | null;
  readonly everyUpdate: readonly FollowOptionView[];
  /** The command to enter in Slack. */
  readonly slack: string;
  readonly narrower: readonly FollowOptionView[];
  /** The feed of each component. */
  readonly components: readonly LinkView[];
  readonly calendar: { readonly https: string; readonly webcal: string };
  readonly developers: string;
};

function email({ settings }: Site): SubscribeView['email'] {
  const { emailJoin: href } = settings;
  const words = wordsFor(settings).subscribe;
  if (href === null) return null;
  const address = /^mailto:([^?]*)/i.exec(href)?.[1];
  return address === undefined
    ? { href, link: words.emailLink, text: words.emailText }
    : { href, link: address, text: words.emailMessage };
}

export function subscribePage(site: Site): SubscribeView {
  const { settings } = site;
  const words = wordsFor(settings).subscribe;
  const option = (
    path: string,
    { name, text }: { readonly name: string; readonly text: string },
  ): FollowOptionView => ({
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
