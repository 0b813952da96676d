import { compareAddress, compareFeed } from './compare-feed.ts';
import { comparePages } from './compare-pages.ts';
import { compareUpdates, whereLive } from './compare-updates.ts';
import type { Finding } from './finding.ts';
import type { Snapshot } from './snapshot.ts';

function compareComponents(built: Snapshot, live: Snapshot): Finding[] {
  return (
    live.release.components
      // `retired: true` was typed on purpose, and keeps the history.
      .filter((id) => !built.release.components.includes(id) && !built.release.retired.includes(id))
      .map((id) => ({
        what: `the component ${id} is live and no longer shown`,
        file: 'components.yml',
        allow: { what: 'remove-component', id } as const,
        advice: 'Put it back, with a line "retired: true" if it should not be shown',
        lacks: null,
      }))
  );
}

/** The incidents and maintenances that findings are about. */
function slugsOf(findings: readonly Finding[]): Set<string> {
  return new Set(findings.flatMap(({ file }) => /^(?:incidents|maintenance)\/([^/]+)/.exec(file ?? '')?.[1] ?? []));
}

/** All in which what is about to go live would take back or rewrite what is live, each told once. */
export function compare(built: Snapshot, live: Snapshot): Finding[] {
  const updates = compareUpdates(built.updates, live.updates, built.release.now, whereLive);
  const explained = slugsOf(updates);
  const address = compareAddress(built.release.url, live.release.url);
  const isComparable = address.length === 0 && built.items !== null && live.items !== null;
  return [
    ...updates,
    ...compareComponents(built, live),
    ...address,
    ...(isComparable ? compareFeed(built.items ?? [], live.items ?? [], explained) : []),
    ...comparePages(built, live, explained),
  ];
}
