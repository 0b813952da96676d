import type { Snapshot } from './snapshot.ts';

type Age = Snapshot['release'];

/** What git knows of two commits: which comes first, that they are on different ways, or nothing. */
export type Ancestry = 'same' | 'newer' | 'older' | 'apart' | 'unknown';

/**
 * Why the built site is older than the live one, or null when it is not. `ancestry` is that of the
 * built commit towards the live one. What git cannot tell, the times do: that of the newest update,
 * and the moment the site was looked at.
 */
export function olderThanLive(built: Age, live: Age, ancestry: Ancestry): string | null {
  if (ancestry === 'newer') return null;
  if (ancestry === 'older') {
    return `it was built from commit ${(built.commit ?? '').slice(0, 9)}, and a newer one is live: ${(live.commit ?? '').slice(0, 9)}`;
  }
  if (built.now < live.now && (built.newestAt ?? '') <= (live.newestAt ?? '')) {
    return `it was built for ${built.now}, and a site for ${live.now} is live`;
  }
  return null;
}
