import type { Finding } from './finding.ts';
import type { Snapshot } from './snapshot.ts';

/** Pages that only grow, apart from a word here and there; the index has a rule of its own. */
const growing = /^\/(?:history\/|(?:incidents|maintenance|postmortems)\/[^/]+\/)$/;

/** Pages that do not go away. Those of incidents and components are findings of their own when they do. */
const lasting = /^\/(?:history\/|subscribe\/|postmortems\/(?:[^/]+\/)?)?$/;

const slugOf = (path: string): string => /^\/(?:incidents|maintenance)\/([^/]+)\/$/.exec(path)?.[1] ?? '';

function fileOf(path: string): string | null {
  const postmortem = /^\/postmortems\/([^/]+)\/$/.exec(path)?.[1];
  return postmortem === undefined ? null : `postmortems/${postmortem}.md`;
}

/** Whether each update that the live index shows is still on it: once one left, the index may well be shorter. */
function showsAll(built: Snapshot, live: Snapshot): boolean {
  return live.onIndex !== null && built.onIndex !== null && live.onIndex.every((path) => built.onIndex?.includes(path));
}

/** What a page says, built and live: its bytes, or for a postmortem its own text, since a short one is mostly frame. */
function amounts(
  path: string,
  built: Snapshot,
  live: Snapshot,
): { readonly left: number | undefined; readonly was: number; readonly unit: string } {
  const [now, was] = [built.postmortems?.[path], live.postmortems?.[path]];
  if (built.pages?.[path] !== undefined && now !== undefined && was !== undefined)
    return { left: now, was, unit: 'characters' };
  return { left: built.pages?.[path], was: live.pages?.[path] ?? 0, unit: 'bytes' };
}

/**
 * Pages that are gone, and pages that say less than half of what they say live.
 * `explained` has the slugs whose updates are findings of their own.
 */
export function comparePages(built: Snapshot, live: Snapshot, explained: ReadonlySet<string>): Finding[] {
  if (built.pages === null || live.pages === null) return [];
  return Object.keys(live.pages).flatMap((path): Finding[] => {
    const { left, was, unit } = amounts(path, built, live);
    const finding = { file: fileOf(path), allow: { what: 'shrink', id: path } as const, lacks: null };
    if (left === undefined) {
      if (!lasting.test(path)) return [];
      return [{ ...finding, what: `the page ${path} is live and gone`, advice: 'Put back what it was made from' }];
    }
    const isExplained = explained.has(slugOf(path)) || (path === '/history/' && explained.size > 0);
    const isCompared = path === '/' ? showsAll(built, live) : growing.test(path) && !isExplained;
    if (!isCompared || left * 2 >= was) return [];
    return [
      {
        ...finding,
        what: `the page ${path} says ${left} ${unit}, and ${was} live`,
        advice: 'Look at what became of it',
      },
    ];
  });
}
