import type { Repository } from '../guard/repository.ts';
import type { ReleaseRecord, VerifiedRelease } from './record.ts';

/**
 * Why a commit is not published again after going back, as one line; null when it may be. What git
 * does not know of is newer: a shallow copy must not keep an update from customers.
 */
export async function mayPublish(
  { hold }: ReleaseRecord,
  commit: string | null,
  git: Repository,
): Promise<string | null> {
  if (hold === null || commit === null) return null;
  const ancestry = await git.ancestry(commit, hold.from);
  if (commit !== hold.from && ancestry !== 'same' && ancestry !== 'older') return null;
  return `not published: ${commit.slice(0, 7)} was taken back at ${hold.at} (${hold.reason}), and a release of ${hold.to.commit.slice(0, 7)} is live. A newer commit goes live again`;
}

/**
 * Why an older release is not put back after all, as one line; null when it still is to be. Between the
 * choice and the deployment lies a build, in which a newer commit may have gone live.
 */
export async function mayPutBack(
  { hold }: ReleaseRecord,
  older: Pick<VerifiedRelease, 'now'> & { readonly commit: string | null },
  live: string | null,
  git: Repository,
): Promise<string | null> {
  const name = older.commit?.slice(0, 7) ?? 'this build';
  if (hold?.to.commit !== older.commit || hold.to.now !== older.now)
    return `not put back: ${name} of ${older.now} is not what was chosen last, or a newer release has verified since`;
  if (live === null || (await git.ancestry(live, hold.from)) !== 'newer') return null;
  return `not put back: ${live.slice(0, 7)} is live by now, and newer than ${hold.from.slice(0, 7)}, which was to be left`;
}
