import { dayOf, isoTime } from '../domain/calendar.ts';
import type { Incident } from '../domain/incident.ts';
import { type ActionItem, actionState, type Postmortem } from '../domain/postmortem.ts';
import { remedyOf } from '../domain/owed.ts';
import { textLanguage } from '../domain/translation.ts';
import { allComponents, type Site } from '../domain/site.ts';
import { causes } from '../domain/vocabulary.ts';
import { articleHtml, escapeHtml } from '../markdown.ts';
import { excerpt, plainText } from '../plain-text.ts';
import { type Words, wordsFor } from '../words/words.ts';
import { frame, type LinkView } from './frame.ts';
import { incidentSummary } from './event-list.ts';
import { bodyHtml, componentName, incidentsBySlug, withLocalImages } from './lookup.ts';
import { absolute, local, paths } from './paths.ts';
import { remedyTermLines, remedyView } from './remedy.ts';
import { viewedPath } from './static-paths.ts';
import { date, dayInWords, distinctTimes, time } from './time.ts';
import { customerDataTones } from './tone.ts';

/** Prevents clashes of heading ids with those of the page and of updates. */
const idPrefix = 'text-';

/** Returns the id for a heading in any script. It's different from those in `taken`. */
function idOf(words: string, taken: Set<string>): string {
  const slug =
    words
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu)
      ?.join('-') ?? 'part';
  let id = `${idPrefix}${slug}`;
  for (let more = 2; taken.has(id); more += 1) id = `${idPrefix}${slug}-${more}`;
  taken.add(id);
  return id;
}

const voidTags = new Set(['br', 'hr', 'img']);

/**
 * Adds an id and a link to each heading of an article. The link is next to the heading, not in it, so that it isn't
 * part of the heading's accessible name. `html` is sanitized: balanced, with every `>` in text and values escaped.
 * Headings inside other elements, such as quotations, stay unchanged.
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
    if (voidTags.has(tag)) continue;
    depth += slash === '/' ? -1 : 1;
    if (slash === '' && depth === 1 && /^h[2-6]$/.test(tag))
      heading = { tag, attributes, from: match.index, begins: match.index + whole.length };
    if (slash !== '/' || depth > 0 || heading === null) continue;
    const inner = html.slice(heading.begins, match.index);
    // Removes tags first, because plainText would add the URLs of links.
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

/** Postmortems that share a component or a cause. */
export type PostmortemGroupView = { readonly name: string; readonly posts: readonly LinkView[] };

export function postLink({ settings }: Site, { title, slug }: Postmortem): LinkView {
  return { label: title, href: local(settings, paths.postmortem(slug)) };
}

function affectedComponents(site: Site, { slug }: Postmortem): string[] {
  const worst = incidentsBySlug(site).get(slug)?.worstComponents ?? {};
  return Object.keys(worst).filter((id) => worst[id] !== 'operational');
}

function group(site: Site, name: string, posts: readonly Postmortem[]): PostmortemGroupView[] {
  return posts.length === 0 ? [] : [{ name, posts: posts.map((post) => postLink(site, post)) }];
}

/**
 * Returns postmortems by component, in the order of the index. A postmortem about several components is
 * in several groups.
 */
export function byComponent(site: Site): PostmortemGroupView[] {
  const affected = site.postmortems.map((post) => ({ post, ids: new Set(affectedComponents(site, post)) }));
  const postsWith = (matches: (ids: ReadonlySet<string>) => boolean) =>
    affected.filter(({ ids }) => matches(ids)).map(({ post }) => post);
  const { noComponent } = wordsFor(site.settings).postmortems;
  return [
    ...allComponents(site).flatMap(({ id, name }) =>
      group(
        site,
        name,
        postsWith((ids) => ids.has(id)),
      ),
    ),
    ...group(
      site,
      noComponent,
      postsWith((ids) => ids.size === 0),
    ),
  ];
}

export function byCause(site: Site): PostmortemGroupView[] {
  const words = wordsFor(site.settings);
  const of = (cause: Postmortem['cause']) => site.postmortems.filter((post) => post.cause === cause);
  return [
    ...causes.flatMap((cause) => group(site, words.cause[cause], of(cause))),
    ...group(site, words.postmortems.noCause, of(null)),
  ];
}

/** Returns the sanitized HTML of a postmortem. */
export const postmortemHtml = (site: Site, postmortem: Postmortem): string =>
  bodyHtml(site, paths.postmortem(postmortem.slug), postmortem, articleHtml);

/**
 * Returns what followers get about a postmortem, as HTML: its front matter without its body, because authors keep
 * correcting the body, and feed readers show changed items again.
 */
export function postmortemNews({ settings }: Site, { customerData, summary, remedy, ...terms }: Postmortem): string {
  const words = wordsFor(settings);
  const lines = [
    `<strong>${words.feeds.customerData(customerData)}</strong>`,
    ...[summary, remedy ?? '', ...remedyTermLines(terms, words, (day) => day)].map(escapeHtml),
  ];
  return lines
    .filter((line) => line !== '')
    .map((line) => `<p>${line}</p>`)
    .join('\n');
}

/** A postmortem in a list. */
export function postmortemSummary(site: Site, postmortem: Postmortem) {
  const affected = affectedComponents(site, postmortem).map((id) => componentName(site, id));
  return {
    title: postmortem.title,
    lang: textLanguage(postmortem, site.settings),
    href: local(site.settings, paths.postmortem(postmortem.slug)),
    published: date(postmortem.published, site.settings),
    summary: postmortem.summary,
    /** The cause and the affected components, as far as known. */
    about: [
      ...(postmortem.cause === null ? [] : [wordsFor(site.settings).cause[postmortem.cause]]),
      ...(affected.length === 0 ? [] : [wordsFor(site.settings).names(affected)]),
    ],
  };
}

export type ActionView = ReturnType<typeof actionView>;

export function actionView(site: Site, action: ActionItem) {
  const { settings, now } = site;
  return {
    what: action.what,
    // Actions aren't translated.
    lang: settings.folder === '' ? null : settings.languages[0].locale,
    owner: action.owner,
    due: dayInWords(action.due, settings),
    /** Whether it was done after it was due. */
    late: action.done !== null && action.done > action.due,
    done: action.done === null ? null : dayInWords(action.done, settings),
    state: actionState(action, dayOf(now, settings.timeZone)),
  };
}

/**
 * Returns schema.org/BlogPosting, as search engines document it for articles. There's no such type for incidents:
 * Google's `Event` is for events that people attend, and `SpecialAnnouncement` was retired in 2025.
 */
function blogPosting(site: Site, postmortem: Postmortem, address: string): Record<string, unknown> {
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
  };
}

/** Returns the start of each update, oldest first, with a link to the full text. */
function updateExcerpts(site: Site, incident: Incident) {
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

export function postmortemPage(site: Site, postmortem: Postmortem) {
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
      image: paths.postmortemImage(postmortem.slug),
      structuredData: blogPosting(site, postmortem, address),
    }),
    authors: words.postmortem.authors(postmortem.authors),
    incident: incident === undefined ? null : incidentSummary(site, incident),
    customerData: {
      text: words.customerData[postmortem.customerData],
      tone: customerDataTones[postmortem.customerData],
    },
    cause: postmortem.cause === null ? null : words.cause[postmortem.cause],
    remedy: remedyView(remedyOf(incident, postmortem), site.settings),
    html: withAnchors(withLocalImages(site.settings, postmortemHtml(site, postmortem)), words),
    lessons: postmortem.lessons,
    actions: postmortem.actions.map((action) => actionView(site, action)),
    updates: incident === undefined ? [] : updateExcerpts(site, incident),
  };
}

/** The pages of all published postmortems. */
export function postmortemPaths(site: Site) {
  return site.postmortems.map((postmortem) => viewedPath({ slug: postmortem.slug }, postmortemPage(site, postmortem)));
}
