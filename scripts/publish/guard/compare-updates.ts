import { minute } from '../../../src/domain/instant.ts';
import { shortUtc } from '../../../src/schema/instant.ts';
import type { Finding } from './finding.ts';
import type { ToldUpdate } from './snapshot.ts';

const folderOf = ({ kind, slug }: ToldUpdate): string => `${kind === 'incident' ? 'incidents' : 'maintenance'}/${slug}`;
const fileOf = (update: ToldUpdate): string => `${folderOf(update)}/${update.update}.md`;

/** How commits and people name an update. */
const updateId = ({ slug, update }: ToldUpdate): string => `${slug}/${update}`;

type Told = readonly ToldUpdate[];

/** Where customers have read the updates that are compared with, as the first words of what is found. */
export type Where = { readonly was: string; readonly wasAndIs: string };

export const whereLive: Where = { was: 'is live', wasAndIs: 'is live and' };

/** Updates of a release that is not served any more: what was read stays read. */
export function whereSeen(release: string): Where {
  const was = `was live in the release ${release}, where readers saw it`;
  return { was, wasAndIs: `${was}, and is` };
}

const none = { advice: null, lacks: null } as const;

/**
 * A folder that is gone as a whole; perhaps it has another name now. `fresh` are the built updates
 * that are not live: many incidents say the same words, and what is live is no other folder's new name.
 */
function gone(updates: Told, fresh: Told, { was, wasAndIs }: Where): Finding[] {
  const first = updates.at(-1);
  if (first === undefined) return [];
  const renamed = fresh.find(
    ({ kind, update, hash }) => kind === first.kind && update === first.update && hash === first.hash,
  );
  const what =
    renamed === undefined
      ? `the ${first.kind} "${first.title}" ${wasAndIs} gone from the content`
      : `the ${first.kind} "${first.title}" ${was}, and its folder is now ${renamed.slug}, which breaks its address, and every feed reader shows its updates again`;
  const advice = renamed === undefined ? 'Put the folder back' : `Rename the folder back to ${first.slug}`;
  return [{ ...none, what, file: folderOf(first), allow: { what: 'remove', id: first.slug }, advice }];
}

function missing(live: ToldUpdate, fresh: Told, { was, wasAndIs }: Where): Finding {
  const now = fresh.find(({ kind, slug, hash }) => kind === live.kind && slug === live.slug && hash === live.hash);
  const what = now === undefined ? `${wasAndIs} gone from the content` : `${was}, and its time is now ${now.update}`;
  return {
    ...none,
    what,
    file: fileOf(live),
    allow: { what: 'remove', id: updateId(live) },
    advice: 'Put the file back',
  };
}

/** What an allowed change still lacks: customers must see that, and when, a text was changed. */
function lacksMark(live: ToldUpdate, built: ToldUpdate, now: string): string | null {
  const isMarked = built.edited !== null && (live.edited === null || built.edited > live.edited);
  if (isMarked) return null;
  const mark = `edited: ${shortUtc(Math.floor(Date.parse(now) / minute) * minute)}`;
  const said =
    live.edited === null
      ? `add the line "${mark}" to its front matter`
      : `type the time of this change in its line "edited:", later than ${shortUtc(Date.parse(live.edited))}, as "${mark}"`;
  return `${said}, so that customers see when it changed`;
}

function changed(live: ToldUpdate, built: ToldUpdate, now: string, { was }: Where): Finding | null {
  const rewritten = live.hash !== built.hash || live.at !== built.at || live.status !== built.status;
  const allow = { what: 'edit', id: updateId(live) } as const;
  const finding = { ...none, file: fileOf(live), allow };
  if (rewritten) {
    const what =
      live.status === built.status
        ? `${was} with another text`
        : `${was} as ${live.status}, and is now ${built.status}`;
    const advice = 'Put the old text back and say what is new in a new update';
    return { ...finding, what, advice, lacks: lacksMark(live, built, now) };
  }
  if (live.edited === built.edited) return null;
  if (live.edited !== null && (built.edited === null || built.edited < live.edited)) {
    return {
      ...finding,
      what: `${was} as edited, and the mark is gone`,
      allow: null,
      advice: `Put the line back: edited: ${shortUtc(Date.parse(live.edited))}`,
    };
  }
  return {
    ...finding,
    what: `is now marked as edited, and its text is the one that ${was}`,
    advice: 'Delete the line edited:',
  };
}

/** What became of the updates that are live, or were. Those that are new are no finding, whatever they say. `now` is the moment that was built for. */
export function compareUpdates(built: Told, live: Told, now: string, where: Where): Finding[] {
  const byId = new Map(built.map((update) => [update.id, update]));
  const folders = new Set(built.map(folderOf));
  const isLive = new Set(live.map(({ id }) => id));
  const fresh = built.filter(({ id }) => !isLive.has(id));
  return [...Map.groupBy(live, folderOf)].flatMap(([folder, updates]) => {
    if (!folders.has(folder)) return gone(updates, fresh, where);
    return updates.flatMap((update) => {
      const left = byId.get(update.id);
      return (left === undefined ? missing(update, fresh, where) : changed(update, left, now, where)) ?? [];
    });
  });
}
