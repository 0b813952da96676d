import { currentComponents, type Site } from '../domain/site.ts';
import { escapeHtml } from '../markdown.ts';
import { frame, type FrameView, type LinkView } from './frame.ts';
import { absolute, local, paths } from './lookup.ts';

/** One way to follow the site: an address that works, and what it delivers. */
export type WayView = { readonly name: string; readonly delivers: string; readonly address: string };

/** A text to copy, and what it is for. */
export type SnippetView = { readonly name: string; readonly text: string };

type SubscribeView = {
  readonly frame: FrameView;
  readonly everyUpdate: readonly WayView[];
  /** What to type in Slack. */
  readonly slack: string;
  readonly narrower: readonly WayView[];
  /** The feed of each component. */
  readonly components: readonly LinkView[];
  readonly calendar: { readonly https: string; readonly webcal: string };
  readonly api: WayView;
  readonly badge: { readonly image: string; readonly alt: string; readonly snippets: readonly SnippetView[] };
  readonly embed: { readonly page: string; readonly snippets: readonly SnippetView[] };
  /** The newest incident as plain text; null before the first. */
  readonly text: string | null;
};

/** Text inside of the square brackets of a markdown link. */
const inBrackets = (text: string): string => text.replaceAll(/[\\[\]]/g, '\\$&');

function badge(site: Site): SubscribeView['badge'] {
  const { settings } = site;
  const [home, image, alt] = [
    absolute(settings, paths.home),
    absolute(settings, paths.badge),
    `${settings.name} status`,
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
  const [page, script] = [absolute(settings, paths.embed), absolute(settings, paths.embedScript)];
  return {
    page,
    snippets: [
      {
        name: 'The state in a frame, with what is open:',
        text: `<iframe src="${escapeHtml(page)}" title="${escapeHtml(settings.name)} status" width="320" height="160"></iframe>`,
      },
      {
        name: 'A banner that is there only while something is wrong:',
        text: `<script src="${escapeHtml(script)}" async></script>`,
      },
    ],
  };
}

/** How to hear of every update. */
export function subscribePage(site: Site): SubscribeView {
  const { settings } = site;
  const way = (name: string, path: string, delivers: string): WayView => ({
    name,
    delivers,
    address: absolute(settings, path),
  });
  const calendar = absolute(settings, paths.calendar);
  const [newest] = site.incidents;
  return {
    frame: frame(site, {
      title: 'Subscribe',
      description: `How to hear of every update of ${settings.name} exactly once`,
      path: paths.subscribe,
    }),
    everyUpdate: [
      way('RSS', paths.rss, 'One item for each update of an incident or a maintenance, “resolved” included.'),
      way('Atom', paths.atom, 'The same, one entry for each update.'),
      way('JSON Feed', paths.jsonFeed, 'The same, for programs.'),
    ],
    slack: `/feed subscribe ${absolute(settings, paths.rss)}`,
    narrower: [
      way('Maintenance', paths.maintenanceRss, 'One item for each update of a planned maintenance.'),
      way('Postmortems', paths.postmortemsRss, 'One item for each account of what happened and what was learned.'),
      way(
        'One entry an incident, RSS',
        paths.historyRss,
        'An entry holds all updates of its incident and changes with each, as on Statuspage: for those who had this address.',
      ),
      way('One entry an incident, Atom', paths.historyAtom, 'The same in Atom.'),
    ],
    components: currentComponents(site).map(({ id, name }) => ({
      label: name,
      href: absolute(settings, paths.componentRss(id)),
    })),
    calendar: { https: calendar, webcal: calendar.replace(/^https?:/, 'webcal:') },
    api: way(
      'JSON',
      paths.summary,
      'What is wrong now, in the form of Statuspage’s API: the state, components, open incidents and maintenance.',
    ),
    badge: badge(site),
    embed: embed(site),
    text: newest === undefined ? null : absolute(settings, paths.incidentText(newest.slug)),
  };
}
