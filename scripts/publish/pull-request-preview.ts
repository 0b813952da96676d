import { mainOf, type Release } from '../../src/lib/api/release.ts';
import { count } from '../../src/lib/words/en.ts';
import { codeSpan, cut, fenced } from '../github/comments.ts';
import { mapAtOnce } from '../live/http.ts';
import { blocksOf, NoAnswer, type SiteReader } from '../live/site-reader.ts';
import { type LiveFeedItem, type LiveUpdate, readRelease, readSnapshot, requireRelease } from '../live/snapshot.ts';
import { firstPublish, unanswered } from './guard/compare-live.ts';

/** An update to publish, as readers would see it. */
type NewUpdate = {
  /** Path and anchor. */
  readonly id: string;
  /** Status, name and time. */
  readonly title: string;
  /** Its paragraphs as plain text; null when it's no longer in the feed. */
  readonly text: string | null;
};

/** The updates in `built` that aren't in `live`, newest first. `built` lists them oldest first. */
export function newUpdates(
  built: readonly LiveUpdate[],
  live: readonly LiveUpdate[],
  feed: readonly LiveFeedItem[],
): NewUpdate[] {
  const known = new Set(live.map(({ id }) => id));
  const fresh = built.filter(({ id }) => !known.has(id)).toReversed();
  return fresh.map(({ id, status, title, at }) => {
    const item = feed.find(({ guid }) => guid.endsWith(id));
    return {
      id,
      title: item?.title || `${status}: ${title} (${at})`,
      text: item === undefined ? null : blocksOf(item.html).join('\n\n'),
    };
  });
}

/** Paths of pages, each list sorted. */
type PageChanges = {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
  /** How many pages were compared only by length, because reading them all takes too long. */
  readonly byLength: number;
};

type Sizes = Readonly<Record<string, number>>;

/** How many live pages to read. The rest are compared by length. */
const read = 150;
const atOnce = 8;

const file = (path: string): string => `${path.slice(1)}index.html`;

async function differs(path: string, built: SiteReader, live: SiteReader): Promise<boolean> {
  const [ours, theirs] = await Promise.all([built.read(file(path)), live.read(file(path))]);
  return mainOf(ours ?? '') !== mainOf(theirs ?? '');
}

/** Compares the content of pages without their shared layout. Throws NoAnswer. */
export async function pageChanges(
  built: SiteReader,
  ours: Sizes,
  live: SiteReader,
  theirs: Sizes,
): Promise<PageChanges> {
  const onlyIn = (some: Sizes, others: Sizes): string[] =>
    Object.keys(some).filter((path) => !Object.hasOwn(others, path));
  const common = Object.keys(ours).filter((path) => Object.hasOwn(theirs, path));
  const same = common.filter((path) => ours[path] === theirs[path]);
  const isChanged = await mapAtOnce(same.slice(0, read), atOnce, (path) => differs(path, built, live));
  const changed = common.filter((path) => ours[path] !== theirs[path]);
  return {
    added: onlyIn(ours, theirs).sort(),
    removed: onlyIn(theirs, ours).sort(),
    changed: [...changed, ...same.filter((_, index) => isChanged[index])].sort(),
    byLength: Math.max(0, same.length - read),
  };
}

/** What a pull request would publish. */
export type Preview = {
  /** Why nothing was built; null when a site was. */
  readonly problems: string | null;
  /** The guard's verdict. */
  readonly guard: string | null;
  readonly updates: readonly NewUpdate[];
  /** Why it isn't compared with the live site, in the guard's words; null if it is. */
  readonly first: string | null;
  /** Null when the pages of either site are unknown. */
  readonly pages: PageChanges | null;
};

/** Compares a built site with the live one. Throws UserError when `built` isn't a site. */
export async function compareSites(
  built: SiteReader,
  live: SiteReader,
): Promise<Pick<Preview, 'updates' | 'first' | 'pages'>> {
  const release = await requireRelease(built);
  const { snapshot: ours } = await readSnapshot(built, release, {});
  const feed = ours.items ?? [];
  const notCompared = (first: string) => ({ updates: newUpdates(ours.updates, [], feed), first, pages: null });
  let published: Release | null = null;
  try {
    published = await readRelease(live);
    if (published === null) return notCompared(firstPublish(live, null));
    const { snapshot: theirs } = await readSnapshot(live, published, {});
    const pages =
      ours.pages === null || theirs.pages === null ? null : await pageChanges(built, ours.pages, live, theirs.pages);
    return { updates: newUpdates(ours.updates, theirs.updates, feed), first: null, pages };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return notCompared(published === null ? firstPublish(live, error) : unanswered(live, error));
  }
}

/** GitHub comments are limited to 65536 characters. */
const longest = 60_000;
const shownUpdates = 10;
const shownPages = 20;

function pageList(name: string, paths: readonly string[]): string[] {
  if (paths.length === 0) return [];
  const more = paths.length > shownPages ? [`… and ${paths.length - shownPages} more`] : [];
  const list = fenced(cut([...paths.slice(0, shownPages), ...more].join('\n'), 4000), 'text');
  return [`<details><summary>${count(paths.length, 'page')} ${name}</summary>\n\n${list}\n\n</details>`];
}

function pageText({ added, removed, changed, byLength }: PageChanges): string[] {
  const lists = [...pageList('changed', changed), ...pageList('added', added), ...pageList('removed', removed)];
  const note =
    byLength === 0
      ? []
      : [`${count(byLength, 'page')} of the same length as live ${byLength === 1 ? 'was' : 'were'} not read.`];
  return lists.length === 0 ? ['No page changes.', ...note] : [...lists, ...note];
}

function updateText({ title, text, id }: NewUpdate): string {
  const body = text === null ? 'It is older than everything in the feed.' : fenced(cut(text, 4000), 'text');
  return `#### ${codeSpan(cut(title, 300))}\n\n${codeSpan(cut(id, 300))}\n\n${body}`;
}

function updateTexts(updates: readonly NewUpdate[]): string[] {
  if (updates.length === 0) return ['No new update.'];
  const more = updates.length > shownUpdates ? [`And ${updates.length - shownUpdates} more.`] : [];
  return [
    `**${count(updates.length, 'new update')}**, as readers would get ${updates.length === 1 ? 'it' : 'them'}:`,
    ...updates.slice(0, shownUpdates).map(updateText),
    ...more,
  ];
}

/** Joins whole parts up to GitHub's limit: a truncated part might end inside a fence. */
function bounded(parts: readonly string[]): string {
  const kept: string[] = [];
  let length = 0;
  for (const part of parts) {
    length += part.length + 2;
    if (length > longest)
      return [...kept, 'The rest is too long for a comment. See the site in the artifact.'].join('\n\n');
    kept.push(part);
  }
  return kept.join('\n\n');
}

/** The preview for reviewers, as Markdown. Escapes all text from outside. */
export function composePreview({ problems, guard, updates, first, pages }: Preview): string {
  if (problems !== null) {
    return bounded(['### This would not be published', fenced(cut(problems, 20_000), 'text')]);
  }
  return bounded([
    '### What this would publish',
    ...updateTexts(updates),
    ...(first !== null
      ? [fenced(cut(first, 500), 'text')]
      : pages === null
        ? ['Which pages change is not known.']
        : pageText(pages)),
    ...(guard === null ? [] : ['**The guard says:**', fenced(cut(guard, 20_000), 'text')]),
  ]);
}
