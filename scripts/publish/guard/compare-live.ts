import { mainOf, type Release } from '../../../src/lib/api/release.ts';
import { UserError } from '../../cli/errors.ts';
import type { Git, Message } from '../../github/git.ts';
import { mapAtOnce } from '../../live/http.ts';
import { NoAnswer, type SiteReader, wordsOf } from '../../live/site-reader.ts';
import { type LiveUpdate, readRelease, readSnapshot, type Snapshot } from '../../live/snapshot.ts';
import { readAcknowledgements } from './acknowledgements.ts';
import { compare, lateNotes } from './compare.ts';
import { fileOf, type GuardFinding } from './compare-updates.ts';
import { addedSince, type Age, messagesSince, uncompared, whyOlder } from './since-live.ts';

/** Why there's no live site to compare with. `error`: it couldn't be reached. */
export function firstPublish(site: SiteReader, error: NoAnswer | null): string {
  const reason = error === null ? 'has no Halfpast site' : error.message;
  return `first publish: ${site.name} ${reason}, so there is nothing to compare with`;
}

/** Why a live site can't be compared. */
export const unanswered = (site: SiteReader, { path, message }: NoAnswer): string =>
  `${site.name}/${path} ${message}, so it can't be compared`;

/** How many pages of the live site to read at once. */
const atOnce = 10;

/**
 * Removes findings about pages that have less HTML but not less text, as when a new version changes the layout. Throws
 * NoAnswer.
 */
async function withoutLayoutChanges(
  findings: readonly GuardFinding[],
  built: SiteReader,
  live: SiteReader,
): Promise<GuardFinding[]> {
  const textLength = async (site: SiteReader, page: string): Promise<number> =>
    wordsOf(mainOf((await site.read(`${page.slice(1)}index.html`)) ?? '') ?? '').length;
  const isReal = await mapAtOnce(
    findings,
    atOnce,
    async ({ shrunkPage: page }) =>
      page === undefined || (await textLength(built, page)) * 2 < (await textLength(live, page)),
  );
  return findings.filter((_, index) => isReal[index]);
}

/**
 * The built updates that are new or differ from the live ones. `live` doesn't include years that are the same on both
 * sides.
 */
function newsIn(
  built: readonly LiveUpdate[],
  live: readonly LiveUpdate[],
  same: (year: string) => boolean,
): LiveUpdate[] {
  const seen = ({ id, at, status, title, hash, edited }: LiveUpdate): string =>
    JSON.stringify([id, at, status, title, hash, edited]);
  const known = new Set(live.map(seen));
  return built.filter((update) => !same(update.at.slice(0, 4)) && !known.has(seen(update)));
}

/** A built site that isn't broken. */
type Built = { readonly release: Release; readonly snapshot: Snapshot };

export type Sites = {
  readonly built: SiteReader;
  readonly live: SiteReader;
  /** Null if there's no git repository. */
  readonly repository: Git | null;
  /** Commit messages with trailers; null for those since the live commit. */
  readonly messages: readonly Message[] | null;
  /** Whether a missing or unreachable live site is an error. */
  readonly requireLive: boolean;
  /** The release that customers see, for a live site that doesn't answer; null if it may never have answered. */
  readonly served?: Age | null;
};

/** Why the site isn't compared: see GuardResult. */
type NotCompared = { readonly outcome: 'first' | 'older'; readonly note: string };

type Compared = {
  /** The release that the site was compared with. */
  readonly live: Age;
  readonly news: readonly LiveUpdate[];
  readonly findings: readonly GuardFinding[];
  readonly notes: readonly string[];
};

/** Compares with the live site. Throws NoAnswer. */
async function compareWithSite({ release, snapshot }: Built, live: Release, sites: Sites): Promise<Compared> {
  const published = await readSnapshot(sites.live, live, release.updates);
  const isSame = (year: string): boolean => release.updates[year] === live.updates[year];
  return {
    live,
    news: newsIn(snapshot.updates, published.snapshot.updates, isSame),
    findings: await withoutLayoutChanges(compare(snapshot, published.snapshot), sites.built, sites.live),
    notes: [...published.notes, ...lateNotes(snapshot, published.snapshot)],
  };
}

/** Compares with the live commit, because the live site doesn't answer. Throws UserError if git can't tell. */
async function compareWithCommit(
  { release, snapshot }: Built,
  live: Age,
  sites: Sites,
  silence: string,
): Promise<Compared> {
  const { files, note } = await addedSince(live, release, sites, silence);
  const news = snapshot.updates.filter((update) => files.includes(fileOf(update)));
  return { live, news, findings: [], notes: [note] };
}

/**
 * Compares with what's live. If the live site doesn't answer, this relies on git. Throws UserError if that
 * isn't enough, or `requireLive` isn't met.
 */
export async function compareWithLive(built: Built, sites: Sites): Promise<Compared | NotCompared> {
  const { live: site, repository, requireLive } = sites;
  const first = (error: NoAnswer | null): NotCompared => ({ outcome: 'first', note: firstPublish(site, error) });
  const older = async (than: Age): Promise<NotCompared | null> => {
    const why = await whyOlder(built.release, than, repository);
    return why === null ? null : { outcome: 'older', note: `not published: ${why}` };
  };
  let live: Age | null = sites.served ?? null;
  try {
    const found = await readRelease(site);
    if (found === null && requireLive)
      throw new UserError(`${site.name} has no Halfpast site, but --require-live is set. Check the address`);
    // The host may answer with something else for a moment.
    if (found === null && live !== null)
      throw new NoAnswer("is missing, or this version can't read it", 'release.json');
    if (found === null) return first(null);
    live = found;
    return (await older(found)) ?? (await compareWithSite(built, found, sites));
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    const silence = unanswered(site, error);
    if (requireLive) throw new UserError(`${silence}. Try again`);
    if (live === null) return first(error);
    const isOlder = await older(live);
    if (isOlder !== null) return isOlder;
    const given = readAcknowledgements(sites.messages ?? (await messagesSince(live, built.release, repository)));
    if (given.allows(uncompared))
      return { outcome: 'first', note: `${silence}. A commit allows publishing without comparing` };
    return compareWithCommit(built, live, sites, silence);
  }
}
