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

/**
 * Pages that are gone, and pages that say less than half of what they say live.
 * `explained` has the slugs whose updates are findings of their own.
 */
export function comparePages(built: Snapshot, live: Snapshot, explained: ReadonlySet<string>): Finding[] {
  const now = built.pages;
  if (now === null || live.pages === null) return [];
  return Object.entries(live.pages).flatMap(([path, bytes]): Finding[] => {
    const left = now[path];
    const finding = { file: fileOf(path), allow: { what: 'shrink', id: path } as const, lacks: null };
    if (left === undefined) {
      if (!lasting.test(path)) return [];
      return [{ ...finding, what: `the page ${path} is live and gone`, advice: 'Put back what it was made from' }];
    }
    const isExplained = explained.has(slugOf(path)) || (path === '/history/' && explained.size > 0);
    const isCompared = path === '/' ? showsAll(built, live) : growing.test(path) && !isExplained;
    if (!isCompared || left * 2 >= bytes) return [];
    return [{ ...finding, what: `the page ${path} says ${left} bytes, and ${bytes} live`, advice: 'Look at what became of it' }];
  });
}
