import { mainOf, type Release } from '../../../src/lib/api/release.ts';
import { count } from '../../../src/lib/words/en.ts';
import { oneLine, UserError } from '../../cli/errors.ts';
import type { Git, Message } from '../../github/git.ts';
import { NoAnswer, type SiteReader, wordsOf } from '../../live/site-reader.ts';
import { readRelease, readSnapshot, type ReadSnapshot, requireRelease, type LiveUpdate } from '../../live/snapshot.ts';
import { type Allow, olderThanLive, readAcknowledgements, trailer } from './acknowledgements.ts';
import { brokenParts } from './broken-parts.ts';
import { compare } from './compare.ts';
import { compareSeen, type Finding, type SeenRelease } from './compare-updates.ts';

/** A finding that isn't allowed. */
type Refusal = Finding & {
  /** The last commit that changed the file, if git knows it. */
  readonly commit: string | null;
  /** Whether a commit allows it and only `lacks` remains to be done. */
  readonly allowed: boolean;
};

export type Verdict = {
  /**
   * `first`: there's no live site to compare with. `broken`: the built site is incomplete. `older`: the live site is
   * newer, so there's nothing to publish.
   */
  readonly outcome: 'first' | 'passed' | 'refused' | 'broken' | 'older';
  readonly refusals: readonly Refusal[];
  readonly allowed: readonly Finding[];
  /** One line each: the reason for `first` and `older`, and warnings. */
  readonly notes: readonly string[];
  /** The updates that are new or changed; none for `first`. */
  readonly news: readonly LiveUpdate[];
};

type GuardOptions = {
  readonly built: SiteReader;
  readonly live: SiteReader;
  /** Null if there's no git repository. */
  readonly repository: Git | null;
  /** Commit messages with trailers; null for those since the live commit. */
  readonly messages: readonly Message[] | null;
  /** Whether a missing or unreachable live site is an error. */
  readonly requireLive: boolean;
  /** Releases newer than the live one that were rolled back: readers saw their updates. */
  readonly seen?: readonly SeenRelease[];
  /** Whether updates that were rolled back may be published again. */
  readonly again?: boolean;
};

const verdict = (outcome: Verdict['outcome'], notes: readonly string[], rest: Partial<Verdict> = {}): Verdict => ({
  outcome,
  refusals: [],
  allowed: [],
  notes,
  news: [],
  ...rest,
});

/** Why there's no live site to compare with. `error`: it couldn't be reached. */
export function firstPublish(site: SiteReader, error: NoAnswer | null): string {
  const reason = error === null ? 'has no Halfpast site' : error.message;
  return `first publish: ${site.name} ${reason}, so there is nothing to compare with`;
}

/** The live release, or the result of firstPublish. */
async function readLive({ live, requireLive }: GuardOptions): Promise<Release | string> {
  try {
    const release = await readRelease(live);
    if (release !== null) return release;
    if (requireLive)
      throw new UserError(`${live.name} has no Halfpast site, but --require-live is set. Check the address`);
    return firstPublish(live, null);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    if (requireLive) throw new UserError(`${live.name} ${error.message}, so it can't be compared. Try again`);
    return firstPublish(live, error);
  }
}

/** The messages of all commits since the live one. If git doesn't know the live one, only that of the newest commit. */
async function messagesSince(live: Release, built: Release, repository: Git | null): Promise<readonly Message[]> {
  if (repository === null) return [];
  const head = built.commit ?? 'HEAD';
  const since = live.commit === null ? null : await repository.messages(`${live.commit}..${head}`);
  return since ?? (await repository.messages(head)) ?? [];
}

/** Limits the number of git calls when many files are missing. */
const namedCommits = 30;

type CheckResult = Pick<Verdict, 'refusals' | 'allowed' | 'notes'>;

/** Splits findings into those that the commits since the live one allow, and refusals. */
async function checkFindings(
  findings: readonly Finding[],
  live: Release,
  built: Release,
  options: GuardOptions,
): Promise<CheckResult> {
  const { repository } = options;
  const given = readAcknowledgements(options.messages ?? (await messagesSince(live, built, repository)));
  const isAllowed = ({ allow }: Finding): boolean => allow !== null && given.allows(allow);
  const allowed = findings.filter(
    (finding) => finding.marked === true || (isAllowed(finding) && finding.lacks === null),
  );
  const standing = findings.filter((finding) => !allowed.includes(finding));
  const refusals = await Promise.all(
    standing.map(async (finding, index) => ({
      ...finding,
      allowed: isAllowed(finding),
      commit:
        finding.file === null || index >= namedCommits
          ? null
          : ((await repository?.lastCommitOf(finding.file, built.commit)) ?? null),
    })),
  );
  const allows = (some: readonly Finding[]): Allow[] => some.flatMap(({ allow }) => allow ?? []);
  // A mistyped name only matters when something is refused.
  const strays =
    refusals.length === 0
      ? []
      : given.strays(allows([...refusals, ...allowed]), allows(refusals.filter((refusal) => !refusal.allowed)));
  return { refusals, allowed, notes: [...given.notes, ...strays] };
}

/** How many pages of the live site to read at once. */
const atOnce = 10;

/** Removes findings about pages that have less HTML but not less text, as when a new version changes the layout. */
async function withoutLayoutChanges(
  findings: readonly Finding[],
  built: SiteReader,
  live: SiteReader,
): Promise<Finding[]> {
  const textLength = async (site: SiteReader, page: string): Promise<number> =>
    wordsOf(mainOf((await site.read(`${page.slice(1)}index.html`)) ?? '') ?? '').length;
  const hasLessText = async (page: string): Promise<boolean> => {
    try {
      return (await textLength(built, page)) * 2 < (await textLength(live, page));
    } catch (error) {
      if (error instanceof NoAnswer) return true;
      throw error;
    }
  };
  const shrunk = findings.flatMap(({ shrunkPage }) => shrunkPage ?? []);
  const real = new Set<string>();
  for (let from = 0; from < shrunk.length; from += atOnce)
    await Promise.all(
      shrunk.slice(from, from + atOnce).map(async (page) => {
        if (await hasLessText(page)) real.add(page);
      }),
    );
  return findings.filter(({ shrunkPage }) => shrunkPage === undefined || real.has(shrunkPage));
}

/** One finding per change: the first one. */
function uniqueFindings(findings: readonly Finding[]): Finding[] {
  const key = ({ what, file, allow }: Finding): string => (allow === null ? `${file} ${what}` : trailer(allow));
  return [...new Map(findings.toReversed().map((one) => [key(one), one])).values()].toReversed();
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

/**
 * Compares a built site with the live one, and decides whether it can go live. Changes nothing. Throws UserError if
 * `built` isn't a site, or `requireLive` isn't met.
 */
export async function guard(options: GuardOptions): Promise<Verdict> {
  const { built, live, repository } = options;
  const release = await requireRelease(built);
  const fresh = await readSnapshot(built, release, {});
  const broken = await brokenParts(built, release, fresh.snapshot.updates);
  if (broken.length > 0) {
    const refusals = broken.map((what) => ({
      what,
      file: null,
      allow: null,
      advice: null,
      lacks: null,
      commit: null,
      allowed: false,
    }));
    return verdict('broken', ['The build is incomplete. Build it again: npx halfpast build --clean'], {
      refusals,
    });
  }
  const liveRelease = await readLive(options);
  if (typeof liveRelease === 'string') return verdict('first', [liveRelease]);
  const ancestry =
    release.commit === null || liveRelease.commit === null || repository === null
      ? 'unknown'
      : await repository.ancestry(release.commit, liveRelease.commit);
  const older = olderThanLive(release, liveRelease, ancestry);
  if (older !== null) return verdict('older', [`not published: ${older}`]);
  const published: ReadSnapshot = await readSnapshot(live, liveRelease, release.updates);
  const [builtUpdates, liveUpdates] = [fresh.snapshot.updates, published.snapshot.updates];
  const news = newsIn(builtUpdates, liveUpdates, (year) => release.updates[year] === liveRelease.updates[year]);
  const findings = [
    ...(await withoutLayoutChanges(compare(fresh.snapshot, published.snapshot), built, live)),
    ...(options.seen ?? []).flatMap((seen) =>
      compareSeen(seen, builtUpdates, news, release.now, options.again ?? false),
    ),
  ];
  const result = await checkFindings(uniqueFindings(findings), liveRelease, release, options);
  const marked = result.allowed.filter((finding) => finding.marked === true).length;
  const amount = [
    ...(marked === 0 ? [] : [`${count(marked, 'live update')} ${marked === 1 ? 'is' : 'are'} marked as edited`]),
    ...(result.allowed.length === marked
      ? []
      : [`the commits allow ${count(result.allowed.length - marked, 'change')} of live content`]),
  ];
  const { refusals, allowed } = result;
  return {
    refusals,
    allowed,
    outcome: refusals.length > 0 ? 'refused' : 'passed',
    notes: [...published.notes, ...result.notes, ...amount],
    news,
  };
}

/** The most refusals to print. */
const mostShown = 20;

/** A refusal in one line: the file, what happened, the commit, and what to do. */
function refusalLine({ what, file, commit, allow, advice, lacks, allowed }: Refusal, content: string): string {
  const place = file === null ? '' : `${oneLine(`${content.replace(/\/+$/, '')}/${file}`)}  `;
  const by = commit === null ? '' : ` (commit ${commit})`;
  const also = lacks === null ? '' : `${lacks}, so that customers see when it was edited, and `;
  // The trailer comes last, so that it can be copied.
  const permit = allow === null ? null : `${also}allow it with this line in a commit message: ${trailer(allow)}`;
  const ways = allowed
    ? [`A commit allows it. Now ${lacks ?? ''}, so that customers see when it was edited`]
    : [advice, permit].filter((way) => way !== null);
  return `${place}${oneLine([`${what}${by}`, ...(ways.length === 0 ? [] : [ways.join('; or ')])].join('. '))}`;
}

/** A verdict as text. `content` is the content folder as the user named it. */
export function verdictLines({ outcome, refusals, notes }: Verdict, content: string): string[] {
  const lines = refusals.slice(0, mostShown).map((refusal) => refusalLine(refusal, content));
  const more = refusals.length > mostShown ? [`and ${refusals.length - mostShown} more`] : [];
  const end: Readonly<Record<Verdict['outcome'], readonly string[]>> = {
    first: [],
    older: [],
    passed: ['Nothing live is removed or rewritten'],
    broken: [`${count(refusals.length, 'problem')}: nothing can be published`],
    refused: [`${count(refusals.length, 'refusal')}: the live site stays as it is`],
  };
  return [...lines, ...more, ...notes.map(oneLine), ...end[outcome]];
}

/** A verdict as JSON. */
export function verdictJson({ outcome, refusals, allowed, notes }: Verdict, content: string): object {
  return {
    ok: outcome === 'first' || outcome === 'passed',
    outcome,
    refusals: refusals.map((refusal) => ({
      line: refusalLine(refusal, content),
      file: refusal.file,
      commit: refusal.commit,
      trailer: refusal.allow === null ? null : trailer(refusal.allow),
      lacks: refusal.lacks,
    })),
    allowed: allowed.map(({ what, file, allow }) => ({
      what,
      file,
      trailer: allow === null ? null : trailer(allow),
    })),
    notes,
  };
}
