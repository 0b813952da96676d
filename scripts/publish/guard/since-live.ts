import { hour } from '../../../src/lib/domain/calendar.ts';
import type { Release } from '../../../src/lib/api/release.ts';
import { UserError } from '../../cli/errors.ts';
import type { Ancestry, Git, Message } from '../../github/git.ts';
import type { SiteReader } from '../../live/site-reader.ts';
import { type Allow, trailer } from './acknowledgements.ts';

/** What decides which of two releases is older. */
export type Age = Pick<Release, 'commit' | 'now' | 'newestAt'>;

/**
 * Why the built site is older than the live one; null if it isn't. `ancestry` is the built commit's relation to the
 * live one. If git doesn't know, the times decide: that of the newest update, and the time the site was built for. A
 * live site of the same commit that's hours ahead was built with a wrong clock, so it's replaced.
 */
export function olderThanLive(built: Age, live: Age, ancestry: Ancestry): string | null {
  if (ancestry === 'newer') return null;
  if (ancestry === 'older') {
    return `it was built from commit ${(built.commit ?? '').slice(0, 9)}, but a newer one is live: ${(live.commit ?? '').slice(0, 9)}`;
  }
  if (ancestry === 'same' && Date.parse(live.now) - Date.parse(built.now) > hour) return null;
  if (built.now < live.now && (built.newestAt ?? '') <= (live.newestAt ?? '')) {
    return `it was built for ${built.now}, but a site for ${live.now} is live`;
  }
  return null;
}

/** Why the built site is older than the live one, also according to git; null if it isn't. */
export async function whyOlder(built: Age, live: Age, repository: Git | null): Promise<string | null> {
  const ancestry =
    built.commit === null || live.commit === null || repository === null
      ? 'unknown'
      : await repository.ancestry(built.commit, live.commit);
  return olderThanLive(built, live, ancestry);
}

/** The messages of all commits since the live one. If git doesn't know the live one, only that of the newest commit. */
export async function messagesSince(live: Age, built: Age, repository: Git | null): Promise<readonly Message[]> {
  if (repository === null) return [];
  const head = built.commit ?? 'HEAD';
  const since = live.commit === null ? null : await repository.messages(`${live.commit}..${head}`);
  return since ?? (await repository.messages(head)) ?? [];
}

/** The content whose changes can take something away from readers: what was said, or an address. */
const lasting = [
  ...['incidents', 'maintenance', 'postmortems', 'announcements', 'pages'],
  ...['components.yml', 'site.yml'],
];

/** The line that allows publishing without a comparison, for a page that's gone for good. */
export const uncompared: Allow = { what: 'uncompared', id: '' };
const permit = `allow it with this line in a commit message: ${trailer(uncompared)}`;
const ways = (site: SiteReader): string =>
  site.isFolder ? `Check that nothing is lost, and ${permit}` : `Try again once the page answers; or ${permit}`;

/** The files that were added to the content since the live commit, and a note. */
type Added = { readonly files: readonly string[]; readonly note: string };

/**
 * Compares the content with the live commit in git, for a live site that doesn't answer. Throws UserError unless files
 * were only added: `silence` says what doesn't answer.
 */
export async function addedSince(
  live: Age,
  built: Age,
  { repository, live: site }: { readonly repository: Git | null; readonly live: SiteReader },
  silence: string,
): Promise<Added> {
  const files =
    live.commit === null || built.commit === null
      ? null
      : ((await repository?.changedFiles(live.commit, built.commit, lasting)) ?? null);
  if (files === null)
    throw new UserError(`${silence}, and git doesn't know what changed since its commit. ${ways(site)}`);
  const commit = (live.commit ?? '').slice(0, 9);
  const [first] = files.changed;
  if (first !== undefined)
    throw new UserError(`${silence}, and ${first} was changed or removed since its commit ${commit}. ${ways(site)}`);
  return { files: files.added, note: `${silence}. Since its commit ${commit}, updates were only added` };
}
