import { minute } from '../../../src/lib/domain/calendar.ts';
import { feedLength } from '../../../src/lib/feeds/feed.ts';
import { languages } from '../../../src/lib/words/words.ts';
import { shortUtc } from '../../../src/lib/schema/time-fields.ts';
import type { Snapshot, LiveFeedItem, LiveUpdate } from '../../live/snapshot.ts';
import { type Allow, updateId } from './acknowledgements.ts';

/** A change that would remove or rewrite live content. */
export type Finding = {
  /** What happened, without the file and the advice. */
  readonly what: string;
  /** The content file, relative to the content folder; null when there is none. */
  readonly file: string | null;
  /** The trailer in a commit message that allows it; null when nothing does. */
  readonly allow: Allow | null;
  /** What to do instead; null for nothing. */
  readonly advice: string | null;
  /** For an edit of an update: what its file needs before the edit can be allowed. */
  readonly lacks: string | null;
  /** A correction of words that is marked as edited: nothing has to allow it. */
  readonly marked?: true;
};

/** A release that readers saw, and that was rolled back since. */
export type SeenRelease = {
  readonly id: string;
  /** The updates it added or changed. */
  readonly news: readonly LiveUpdate[];
  readonly rolledBack: {
    readonly at: string;
    /** A person rolls back what it says, a failed verification how it is served. */
    readonly by: 'person' | 'verification';
    readonly reason: string;
  };
};

const folderOf = ({ kind, slug }: LiveUpdate): string => `${kind === 'incident' ? 'incidents' : 'maintenance'}/${slug}`;
const fileOf = (update: LiveUpdate): string => `${folderOf(update)}/${update.update}.md`;

/** Where customers saw an update: the beginning of a finding. */
const seenLive = 'is live';
const seenIn = (release: string): string => `was live in release ${release}, where readers saw it`;

const none = { advice: null, lacks: null } as const;

/** A missing folder, which may have been renamed. `fresh` are the built updates that aren't live. */
function missingFolder(updates: readonly LiveUpdate[], fresh: readonly LiveUpdate[], seen: string): Finding[] {
  const first = updates.at(-1);
  if (first === undefined) return [];
  const renamed = fresh.find(
    ({ kind, update, hash }) => kind === first.kind && update === first.update && hash === first.hash,
  );
  const what =
    renamed === undefined
      ? `the ${first.kind} "${first.title}" ${seen}, but is missing from the content`
      : `the ${first.kind} "${first.title}" ${seen}, but its folder is now ${renamed.slug}: that breaks its address, and feed readers show its updates again`;
  const advice = renamed === undefined ? 'Restore the folder' : `Rename the folder back to ${first.slug}`;
  return [{ ...none, what, file: folderOf(first), allow: { what: 'remove', id: first.slug }, advice }];
}

function missingUpdate(live: LiveUpdate, fresh: readonly LiveUpdate[], seen: string): Finding {
  const now = fresh.find(({ kind, slug, hash }) => kind === live.kind && slug === live.slug && hash === live.hash);
  const what =
    now === undefined ? `${seen}, but is missing from the content` : `${seen}, but its time is now ${now.update}`;
  return {
    ...none,
    what,
    file: fileOf(live),
    allow: { what: 'remove', id: updateId(live) },
    advice: 'Restore the file',
  };
}

/** Customers must see that a text was edited, and when: what to add for that, or null. */
function missingMark(live: LiveUpdate, built: LiveUpdate, now: string): string | null {
  const isMarked = built.edited !== null && (live.edited === null || built.edited > live.edited);
  if (isMarked) return null;
  const mark = `edited: ${shortUtc(Math.floor(Date.parse(now) / minute) * minute)}`;
  return live.edited === null
    ? `add the line "${mark}" to its front matter`
    : `set its line "edited:" to the time of this edit, later than ${shortUtc(Date.parse(live.edited))}, such as "${mark}"`;
}

/** What changed besides the words; null for nothing. Where the live site doesn't say, something may have. */
function changedFacts(live: LiveUpdate, built: LiveUpdate): string | null {
  if (live.status !== built.status) return `as ${live.status}, but is now ${built.status}`;
  if (live.at !== built.at) return 'with another time';
  if (live.facts === undefined) return 'with other text, times, statuses or impact';
  return live.facts === built.facts ? null : 'with other times, statuses or impact';
}

/** The languages in which a translation was changed or removed. A new one is no change. */
const changedTranslations = (live: LiveUpdate, built: LiveUpdate): string[] =>
  Object.entries(live.translations ?? {})
    .filter(([language, hash]) => built.translations?.[language] !== hash)
    .map(([language]) => language);

function changedUpdate(live: LiveUpdate, built: LiveUpdate, now: string, seen: string): Finding | null {
  const translated = changedTranslations(live, built);
  const isSameText = live.hash === built.hash && translated.length === 0;
  const facts = live.hash === built.hash && live.at === built.at ? null : changedFacts(live, built);
  if (isSameText && facts === null && live.edited === built.edited) return null;
  const finding = { ...none, file: fileOf(live), allow: null };
  const lacks = missingMark(live, built, now);
  if (facts !== null) {
    const what = `${seen} ${facts}`;
    const advice = 'Restore it, and post a new update instead';
    return { ...finding, what, allow: { what: 'edit', id: updateId(live) }, advice, lacks };
  }
  if (lacks === null) return { ...finding, what: `${seen}, and is marked as edited`, marked: true };
  if (isSameText) {
    const advice = `Restore the line: edited: ${shortUtc(Date.parse(live.edited ?? ''))}`;
    return { ...finding, what: `${seen} as edited, but its line "edited:" is gone`, advice };
  }
  const advice = `To correct its text, ${lacks}, so that customers see when it was edited; or restore the old text, and post a new update instead`;
  const where = live.hash === built.hash ? ` in ${translated.join(' and ')}` : '';
  return { ...finding, what: `${seen} with different text${where}`, advice };
}

/**
 * Finds updates that were removed or changed. New updates are never a finding. `builtFor` is the time the site was
 * built for, `seen` where customers saw the live updates.
 */
function compareUpdates(
  built: readonly LiveUpdate[],
  live: readonly LiveUpdate[],
  builtFor: string,
  seen: string,
): Finding[] {
  const byId = new Map(built.map((update) => [update.id, update]));
  const folders = new Set(built.map(folderOf));
  const isLive = new Set(live.map(({ id }) => id));
  const fresh = built.filter(({ id }) => !isLive.has(id));
  return [...Map.groupBy(live, folderOf)].flatMap(([folder, updates]) => {
    if (!folders.has(folder)) return missingFolder(updates, fresh, seen);
    return updates.flatMap((update) => {
      const now = byId.get(update.id);
      return (
        (now === undefined ? missingUpdate(update, fresh, seen) : changedUpdate(update, now, builtFor, seen)) ?? []
      );
    });
  });
}

/**
 * Compares the built updates with those of a release that readers saw before it was rolled back. After a failed
 * verification the content is innocent: it may come back, and must not be removed or rewritten. What a person rolled
 * back may be removed, and must not come back by mistake. `news` are the built updates that aren't live.
 */
export function compareSeen(
  { id: release, news: seen, rolledBack }: SeenRelease,
  built: readonly LiveUpdate[],
  news: readonly LiveUpdate[],
  builtFor: string,
  again: boolean,
): Finding[] {
  // What is live as it is built was put right.
  const open = seen.filter(
    ({ id }) => news.some((update) => update.id === id) || !built.some((update) => update.id === id),
  );
  if (rolledBack.by === 'verification') return compareUpdates(built, open, builtFor, seenIn(release));
  const byId = new Map(built.map((update) => [update.id, update]));
  return open.flatMap((update): Finding[] => {
    const now = byId.get(update.id);
    if (now === undefined) return [];
    const changed = changedUpdate(update, now, builtFor, seenIn(release));
    // A mark alone corrects nothing.
    if (changed !== null && (changed.marked !== true || update.hash !== now.hash)) return [changed];
    if (again) return [];
    return [
      {
        ...none,
        what: `was rolled back at ${rolledBack.at} (${rolledBack.reason}), but is still in the content`,
        file: fileOf(update),
        allow: { what: 'restore', id: updateId(update) },
        advice: 'Remove the file',
      },
    ];
  });
}

/** Pages that hardly ever shrink. The index has its own rule. */
const growing = /^\/(?:history\/|(?:incidents|maintenance|postmortems)\/[^/]+\/)$/;

/** Pages that never disappear. Incidents and components have their own findings. */
const permanent = /^\/(?:history\/|subscribe\/|postmortems\/(?:[^/]+\/)?)?$/;

/** The index in another language. */
const isLanguage = (path: string): boolean => languages.some((language) => path === `/${language.toLowerCase()}/`);

/** The slug in the path of a page, or in the permalink of an update. */
const slugOf = (path: string): string => /\/(?:incidents|maintenance)\/([^/]+)\//.exec(path)?.[1] ?? '';

function postmortemFile(path: string): string | null {
  const postmortem = /\/postmortems\/([^/]+)\/$/.exec(path)?.[1];
  return postmortem === undefined ? null : `postmortems/${postmortem}.md`;
}

function announcementFile(guid: string): string | null {
  const announcement = /\/announcements\/([^/]+)\/$/.exec(guid)?.[1];
  return announcement === undefined ? null : `announcements/${announcement}.md`;
}

/** Whether the index still has every link of the live one. If not, it may be shorter. */
function showsAll(built: Snapshot, live: Snapshot): boolean {
  return live.onIndex !== null && built.onIndex !== null && live.onIndex.every((path) => built.onIndex?.includes(path));
}

/** The sizes of a page in bytes; of a postmortem's text in characters, because a short page is mostly layout. */
function sizesOf(
  path: string,
  built: Snapshot,
  live: Snapshot,
): { readonly left: number | undefined; readonly was: number; readonly unit: string } {
  const [now, was] = [built.postmortems?.[path], live.postmortems?.[path]];
  if (built.pages?.[path] !== undefined && now !== undefined && was !== undefined)
    return { left: now, was, unit: 'characters' };
  return { left: built.pages?.[path], was: live.pages?.[path] ?? 0, unit: 'bytes' };
}

/** Pages that are missing or shrank by more than half. `explained` are the slugs that already have findings. */
function comparePages(built: Snapshot, live: Snapshot, explained: ReadonlySet<string>): Finding[] {
  if (built.pages === null || live.pages === null) return [];
  return Object.keys(live.pages).flatMap((path): Finding[] => {
    const { left, was, unit } = sizesOf(path, built, live);
    const finding = { file: postmortemFile(path), allow: { what: 'shrink', id: path } as const, lacks: null };
    if (left === undefined) {
      if (isLanguage(path)) {
        const what = `${path} is live, but the language is missing from locales: in site.yml`;
        return [{ ...finding, what, file: 'site.yml', advice: 'Add it again' }];
      }
      if (!permanent.test(path)) return [];
      return [
        { ...finding, what: `the page ${path} is live, but missing from the build`, advice: 'Restore its source' },
      ];
    }
    const isExplained = explained.has(slugOf(path)) || (path === '/history/' && explained.size > 0);
    const isCompared = path === '/' ? showsAll(built, live) : growing.test(path) && !isExplained;
    if (!isCompared || left * 2 >= was) return [];
    return [
      {
        ...finding,
        what: `the page ${path} has ${left} ${unit}, down from ${was} on the live site`,
        advice: 'Check what was lost',
      },
    ];
  });
}

/** Feed items that readers already have, and that would change. `explained` are the slugs that already have findings. */
function compareFeed(
  built: readonly LiveFeedItem[],
  live: readonly LiveFeedItem[],
  explained: ReadonlySet<string>,
  pages: Snapshot['pages'],
): Finding[] {
  const byGuid = new Map(built.map((item) => [item.guid, item]));
  // Newer items push out what is older than the oldest item of a full feed.
  const oldest = built.length < feedLength ? -Infinity : (built.at(-1)?.at ?? -Infinity);
  const others = live.filter(({ guid }) => !explained.has(slugOf(guid)));
  const changed = others.filter(({ guid, data }) => byGuid.has(guid) && byGuid.get(guid)?.data !== data);
  const lost = others.filter(({ guid, at }) => !byGuid.has(guid) && at > oldest);
  const posts = [...changed, ...lost].filter(({ guid }) => postmortemFile(guid) !== null);
  const announced = [...changed, ...lost].filter(({ guid }) => announcementFile(guid) !== null);
  const isOther = (item: LiveFeedItem): boolean => !posts.includes(item) && !announced.includes(item);
  return [
    ...posts.flatMap(({ guid }) => changedPostmortem(guid, byGuid.has(guid), pages)),
    ...announced.map(({ guid }) => changedAnnouncement(guid, byGuid.has(guid))),
    ...changedItems(changed.filter(isOther), lost.filter(isOther)),
  ];
}

/** A postmortem that readers have as an item, and that would change in the feed or leave it. */
function changedPostmortem(guid: string, isThere: boolean, pages: Snapshot['pages']): Finding[] {
  const file = postmortemFile(guid);
  // A page that is missing has its own finding.
  if (file === null || (!isThere && pages !== null && !Object.keys(pages).some((path) => guid.endsWith(path))))
    return [];
  const id = file.replace(/\.md$/, '');
  return [
    isThere
      ? {
          what: 'is live, and its item in the feeds would change: feed readers would show it again',
          file,
          allow: { what: 'edit', id },
          advice: 'Restore its title, summary, remedy, customer_data and published. Its text can change at any time',
          lacks: null,
        }
      : {
          what: 'is an item in the live feeds, but not in the built ones',
          file,
          allow: { what: 'remove', id },
          advice: 'Restore the line: notify: true',
          lacks: null,
        },
  ];
}

/** An announcement that readers have as an item, and that would change in the feed or leave it. */
function changedAnnouncement(guid: string, isThere: boolean): Finding {
  const file = announcementFile(guid);
  const id = (file ?? '').replace(/\.md$/, '');
  return isThere
    ? {
        what: 'is live, and its item in the feeds would change: feed readers would show it again',
        file,
        allow: { what: 'edit', id },
        advice: 'Restore its title, text and from. Its until and pinned can change at any time',
        lacks: null,
      }
    : {
        what: 'is live, but is missing from the content',
        file,
        allow: { what: 'remove', id },
        advice: 'Restore the file. To end it early, change its until',
        lacks: null,
      };
}

/** Updates whose items would change or be gone, although the updates themselves are as they were. */
function changedItems(changed: readonly LiveFeedItem[], lost: readonly LiveFeedItem[]): Finding[] {
  const [first] = [...changed, ...lost];
  if (first === undefined) return [];
  const amounts = [
    [changed.length, 'changed'],
    [lost.length, 'gone'],
  ] as const;
  const changes = amounts
    .filter(([amount]) => amount > 0)
    .map(([amount, what]) => `${amount} ${what}`)
    .join(' and ');
  return [
    {
      what: `old items of rss.xml differ from the live ones (${changes}, the first ${first.guid}), although their updates are unchanged: feed readers would show them again`,
      file: null,
      allow: { what: 'feed', id: '' },
      advice: 'Look for the cause in settings or code',
      lacks: null,
    },
  ];
}

/** With a new address, every item is new to feed readers. */
function compareAddress(built: string, live: string): Finding[] {
  if (built === live) return [];
  const what = `the site's address changes from ${live} to ${built}: feed readers would show every update again`;
  return [{ what, file: 'site.yml', allow: { what: 'feed', id: '' }, advice: `Restore it: url: ${live}`, lacks: null }];
}

function compareComponents(built: Snapshot, live: Snapshot): Finding[] {
  return (
    live.release.components
      // `retired: true` is deliberate, and keeps the history.
      .filter((id) => !built.release.components.includes(id) && !built.release.retired.includes(id))
      .map((id) => ({
        what: `the component ${id} is live, but no longer shown`,
        file: 'components.yml',
        allow: { what: 'remove-component', id } as const,
        advice: 'Restore it, with "retired: true" to hide it',
        lacks: null,
      }))
  );
}

/** The slugs of the incidents and maintenances in the findings. */
function slugsOf(findings: readonly Finding[]): Set<string> {
  return new Set(findings.flatMap(({ file }) => /^(?:incidents|maintenance)\/([^/]+)/.exec(file ?? '')?.[1] ?? []));
}

/** The live updates without translations into languages that the built site doesn't have: that is one finding. */
function inBuiltLanguages({ updates }: Snapshot, { pages }: Snapshot): LiveUpdate[] {
  const isBuilt = (language: string): boolean => pages === null || `/${language.toLowerCase()}/` in pages;
  return updates.map(({ translations = {}, ...update }) => ({
    ...update,
    translations: Object.fromEntries(Object.entries(translations).filter(([language]) => isBuilt(language))),
  }));
}

/** Everything in the built site that would remove or rewrite live content. */
export function compare(built: Snapshot, live: Snapshot): Finding[] {
  const updates = compareUpdates(built.updates, inBuiltLanguages(live, built), built.release.now, seenLive);
  const explained = slugsOf(updates);
  const address = compareAddress(built.release.url, live.release.url);
  const isComparable = address.length === 0 && built.items !== null && live.items !== null;
  return [
    ...updates,
    ...compareComponents(built, live),
    ...address,
    ...(isComparable ? compareFeed(built.items ?? [], live.items ?? [], explained, built.pages) : []),
    ...comparePages(built, live, explained),
  ];
}
