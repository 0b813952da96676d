import { dayOf, isoTime } from '../domain/calendar.ts';
import { type Incident, latestUpdate } from '../domain/incident.ts';
import { type ActionItem, actionState, type Postmortem } from '../domain/postmortem.ts';
import { allComponents, type Site } from '../domain/site.ts';
import { causes } from '../domain/vocabulary.ts';
import { articleHtml, escapeHtml, excerpt, plainText } from '../markdown.ts';
import { type Words, wordsFor } from '../words/words.ts';
import { frame, type FrameView, type LinkView } from './frame.ts';
import { incidentSummary, type IncidentSummaryView } from './incident-view.ts';
import { absolute, componentName, incidentsBySlug, local, paths } from './lookup.ts';
import { type StaticPath, viewedPath } from './static-paths.ts';
import { date, dayInWords, distinctTimes, time, type TimeView } from './time.ts';
import { customerDataTones, type Tone } from './tone.ts';
import { bodyHtml } from './update-view.ts';

/** Before every id that comes from a text: no id of a page's own begins so, and none is an update's time. */
const ownRoom = 'text-';

/** The id of a heading from its words, in any script, distinct from those in `taken`. */
function idOf(words: string, taken: Set<string>): string {
  const slug =
    words
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu)
      ?.join('-') ?? 'part';
  let id = `${ownRoom}${slug}`;
  for (let more = 2; taken.has(id); more += 1) id = `${ownRoom}${slug}-${more}`;
  taken.add(id);
  return id;
}

const alone = new Set(['br', 'hr', 'img']);

/**
 * Gives each heading of an article an id and a link to itself, beside the heading and not in it, so that
 * its name stays its own. `html` is clean: balanced, with every `>` in text and values escaped. Headings
 * inside of something else, as a link or a quotation, stay as they are.
 */
export function withAnchors(html: string, words: Words): string {
  const taken = new Set<string>();
  let depth = 0;
  let heading: {
    readonly tag: string;
    readonly attributes: string;
    readonly from: number;
    readonly begins: number;
  } | null = null;
  let done = 0;
  let linked = '';
  for (const match of html.matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*)>/g)) {
    const [whole, slash, tag = '', attributes = ''] = match;
    if (alone.has(tag)) continue;
    depth += slash === '/' ? -1 : 1;
    if (slash === '' && depth === 1 && /^h[2-6]$/.test(tag))
      heading = { tag, attributes, from: match.index, begins: match.index + whole.length };
    if (slash !== '/' || depth > 0 || heading === null) continue;
    const inner = html.slice(heading.begins, match.index);
    // Words alone: where a link in it leads is no part of its name.
    const name = plainText(inner.replaceAll(/<[^>]*>/g, '')).replaceAll(/\s+/g, ' ');
    const { tag: level, attributes: given, from } = heading;
    heading = null;
    if (name === '') continue;
    const id = idOf(name, taken);
    linked += `${html.slice(done, from)}<div class="headed"><${level}${given} id="${id}">${inner}</${level}><a class="anchor" href="#${id}" aria-label="${escapeHtml(words.postmortem.anchor(name))}">#</a></div>`;
    done = match.index + whole.length;
  }
  return linked + html.slice(done);
}

/** Postmortems that have something in common. */
export type LoreGroupView = { readonly name: string; readonly posts: readonly LinkView[] };

/** The link to a postmortem. */
export function postLink({ settings }: Site, { title, slug }: Postmortem): LinkView {
  return { label: title, href: local(settings, paths.postmortem(slug)) };
}

/** The ids of the components that its incident touched. */
function touchedBy(site: Site, { slug }: Postmortem): string[] {
  const worst = incidentsBySlug(site).get(slug)?.worstComponents ?? {};
  return Object.keys(worst).filter((id) => worst[id] !== 'operational');
}

function group(site: Site, name: string, posts: readonly Postmortem[]): LoreGroupView[] {
  return posts.length === 0 ? [] : [{ name, posts: posts.map((post) => postLink(site, post)) }];
}

/** By component, in the order of the page; one of several components is in each of their groups. */
export function byComponent(site: Site): LoreGroupView[] {
  const touched = site.postmortems.map((post) => ({ post, ids: new Set(touchedBy(site, post)) }));
  const postsOf = (wanted: (ids: ReadonlySet<string>) => boolean) =>
    touched.filter(({ ids }) => wanted(ids)).map(({ post }) => post);
  return [
    ...allComponents(site).flatMap(({ id, name }) =>
      group(
        site,
        name,
        postsOf((ids) => ids.has(id)),
      ),
    ),
    ...group(
      site,
      wordsFor(site.settings).postmortems.noComponent,
      postsOf((ids) => ids.size === 0),
    ),
  ];
}

/** By the kind of cause. */
export function byCause(site: Site): LoreGroupView[] {
  const words = wordsFor(site.settings);
  const of = (cause: Postmortem['cause']) => site.postmortems.filter((post) => post.cause === cause);
  return [
    ...causes.flatMap((cause) => group(site, words.cause[cause], of(cause))),
    ...group(site, words.postmortems.noCause, of(null)),
  ];
}

export type ActionView = {
  readonly what: string;
  readonly owner: string;
  readonly due: TimeView;
  readonly done: TimeView | null;
  /** Whether it was done after it was due. */
  readonly late: boolean;
  readonly state: 'done' | 'open' | 'overdue';
};

/** A postmortem in a list. */
export type PostmortemSummaryView = {
  readonly title: string;
  readonly href: string;
  readonly published: TimeView;
  readonly summary: string;
  /** The kind of cause, and the components that were affected; what is not known is left out. */
  readonly about: readonly string[];
};

// Turned into HTML once, for its page and for the feed.
const rendered = new WeakMap<Postmortem, string>();

/** The clean HTML of a postmortem's text. */
export function postmortemHtml(site: Site, postmortem: Postmortem): string {
  const html =
    rendered.get(postmortem) ??
    articleHtml(postmortem.body, absolute(site.settings, paths.postmortem(postmortem.slug)));
  rendered.set(postmortem, html);
  return html;
}

export function postmortemSummary(site: Site, postmortem: Postmortem): PostmortemSummaryView {
  return {
    title: postmortem.title,
    href: local(site.settings, paths.postmortem(postmortem.slug)),
    published: date(postmortem.published, site.settings),
    summary: postmortem.summary,
    about: [
      ...(postmortem.cause === null ? [] : [wordsFor(site.settings).cause[postmortem.cause]]),
      ...[
        touchedBy(site, postmortem)
          .map((id) => componentName(site, id))
          .join(', '),
      ].filter((names) => names !== ''),
    ],
  };
}

export function actionView(site: Site, action: ActionItem): ActionView {
  const { settings, now } = site;
  return {
    what: action.what,
    owner: action.owner,
    due: dayInWords(action.due, settings),
    late: action.done !== null && action.done > action.due,
    done: action.done === null ? null : dayInWords(action.done, settings),
    state: actionState(action, dayOf(now, settings.timeZone)),
  };
}

/** What customers were told, in a line, and where it stands whole. */
type ToldView = {
  readonly href: string;
  readonly time: TimeView;
  readonly status: string;
  readonly closes: boolean;
  readonly text: string;
};

type PostmortemPageView = PostmortemSummaryView & {
  readonly frame: FrameView;
  readonly authors: string;
  readonly incident: IncidentSummaryView | null;
  readonly customerData: { readonly text: string; readonly tone: Tone };
  readonly cause: string | null;
  readonly remedy: string | null;
  /** With an anchor at each heading. */
  readonly html: string;
  readonly lessons: readonly string[];
  readonly actions: readonly ActionView[];
  /** The updates of the incident, oldest first. */
  readonly told: readonly ToldView[];
};

/** schema.org/BlogPosting */
function blogPosting(site: Site, postmortem: Postmortem, address: string): Record<string, unknown> {
  const incident = incidentsBySlug(site).get(postmortem.slug);
  return {
    '@context': 'https://schema.org',
    '@type': 'BlogPosting',
    headline: postmortem.title,
    description: postmortem.summary,
    datePublished: isoTime(postmortem.published),
    author: postmortem.authors.map((name) => ({ '@type': 'Person', name })),
    publisher: { '@type': 'Organization', name: site.settings.name },
    mainEntityOfPage: address,
    url: address,
    ...(incident && {
      about: {
        '@type': 'Event',
        name: incident.title,
        startDate: isoTime(incident.startedAt),
        endDate: isoTime(latestUpdate(incident).record.at),
        url: absolute(site.settings, paths.incident(incident.slug)),
      },
    }),
  };
}

function toldViews(site: Site, incident: Incident): ToldView[] {
  const page = paths.incident(incident.slug);
  const times = distinctTimes(
    incident.updates.map(({ record }) => record.at),
    site.settings,
  );
  return incident.updates.map(({ record }, index) => ({
    href: `${local(site.settings, page)}#${record.id}`,
    time: times[index] ?? time(record.at, site.settings),
    status: wordsFor(site.settings).incidentStatus[record.status],
    closes: record.status === 'resolved',
    text: excerpt(plainText(bodyHtml(site, page, record)), 140),
  }));
}

/** A postmortem as a blog post. */
export function postmortemPage(site: Site, postmortem: Postmortem): PostmortemPageView {
  const path = paths.postmortem(postmortem.slug);
  const address = absolute(site.settings, path);
  const words = wordsFor(site.settings);
  const incident = incidentsBySlug(site).get(postmortem.slug);
  return {
    ...postmortemSummary(site, postmortem),
    frame: frame(site, {
      title: postmortem.title,
      description: postmortem.summary,
      path,
      structuredData: blogPosting(site, postmortem, address),
    }),
    authors: words.listOf(postmortem.authors),
    incident: incident === undefined ? null : incidentSummary(site, incident),
    customerData: {
      text: words.customerData[postmortem.customerData],
      tone: customerDataTones[postmortem.customerData],
    },
    cause: postmortem.cause === null ? null : words.cause[postmortem.cause],
    remedy: postmortem.remedy,
    html: withAnchors(postmortemHtml(site, postmortem), words),
    lessons: postmortem.lessons,
    actions: postmortem.actions.map((action) => actionView(site, action)),
    told: incident === undefined ? [] : toldViews(site, incident),
  };
}

/** The page of each published postmortem. */
export function postmortemPaths(site: Site): StaticPath<{ slug: string }, { view: PostmortemPageView }>[] {
  return site.postmortems.map((postmortem) => viewedPath({ slug: postmortem.slug }, postmortemPage(site, postmortem)));
}
