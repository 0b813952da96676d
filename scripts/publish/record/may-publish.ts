import type { Repository } from '../guard/repository.ts';
import type { ReleaseRecord } from './record.ts';

/**
 * Why a commit is not published again after going back, as one line; null when it may be. What git
 * does not know of is newer: a shallow copy must not keep an update from customers.
 */
export async function mayPublish({ hold }: ReleaseRecord, commit: string | null, git: Repository): Promise<string | null> {
  if (hold === null || commit === null) return null;
  const ancestry = await git.ancestry(commit, hold.from);
  if (commit !== hold.from && ancestry !== 'same' && ancestry !== 'older') return null;
  return `not published: ${commit.slice(0, 7)} was taken back at ${hold.at} (${hold.reason}), and a release of ${hold.to.commit.slice(0, 7)} is live. A newer commit goes live again`;
}
