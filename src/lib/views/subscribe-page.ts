import { currentComponents, type Site } from '../domain/site.ts';
import { escapeHtml } from '../markdown.ts';
import { wordsFor } from '../words/words.ts';
import { frame, type FrameView, type LinkView } from './frame.ts';
import { absolute, local, paths } from './lookup.ts';

/** An address to follow, and what it delivers. */
export type FollowOptionView = { readonly name: string; readonly delivers: string; readonly address: string };

/** Code to copy, and what it's for. */
export type SnippetView = { readonly name: string; readonly text: string };

type SubscribeView = {
  readonly frame: FrameView;
  /** Where to sign up by email, and how; null without a list. */
  readonly email: { readonly href: string; readonly link: string; readonly text: string } | null;
  readonly everyUpdate: readonly FollowOptionView[];
  /** The command to enter in Slack. */
  readonly slack: string;
  readonly narrower: readonly FollowOptionView[];
  /** The feed of each component. */
  readonly components: readonly LinkView[];
  readonly calendar: { readonly https: string; readonly webcal: string };
  readonly api: FollowOptionView;
  readonly badge: { readonly image: string; readonly alt: string; readonly snippets: readonly SnippetView[] };
  readonly embed: { readonly page: string; readonly snippets: readonly SnippetView[] };
  /** The newest incident as plain text; null without incidents. */
  readonly text: string | null;
};

/** Escapes text for the square brackets of a markdown link. */
const inBrackets = (text: string): string => text.replaceAll(/[\\[\]]/g, '\\$&');

function badge(site: Site): SubscribeView['badge'] {
  const { settings } = site;
  const [home, image, alt] = [
    absolute(settings, paths.home),
    absolute(settings, paths.badge),
    wordsFor(settings).badge.site(settings.name),
  ];
  return {
    image: local(settings, paths.badge),
    alt,
    snippets: [
      { name: 'Markdown', text: `[![${inBrackets(alt)}](${image})](${home})` },
      {
        name: 'HTML',
        text: `<a href="${escapeHtml(home)}"><img src="${escapeHtml(image)}" alt="${escapeHtml(alt)}" height="20"></a>`,
      },
    ],
  };
}

function embed({ settings }: Site): SubscribeView['embed'] {
  const words = wordsFor(settings);
  const [page, script] = [absolute(settings, paths.embed), absolute(settings, paths.embedScript)];
  return {
    page,
    snippets: [
      {
        name: words.subscribe.frame,
        text: `<iframe src="${escapeHtml(page)}" title="${escapeHtml(words.badge.site(settings.name))}" width="320" height="160"></iframe>`,
      },
      {
        name: words.subscribe.banner,
        text: `<script src="${escapeHtml(script)}" async></script>`,
      },
    ],
  };
}

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
  const [newest] = site.incidents;
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
    api: option(paths.summary, words.json),
    badge: badge(site),
    embed: embed(site),
    text: newest === undefined ? null : absolute(settings, paths.incidentText(newest.slug)),
  };
}
