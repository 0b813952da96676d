import type { Release } from '../../../src/lib/api/release.ts';
import { count } from '../../../src/lib/words/en.ts';
import { oneLine } from '../../cli/errors.ts';
import { type LiveUpdate, readSnapshot, requireRelease } from '../../live/snapshot.ts';
import { type Allow, readAcknowledgements, trailer } from './acknowledgements.ts';
import { brokenParts } from './broken-parts.ts';
import { compareWithLive, type Sites } from './compare-live.ts';
import type { SeenRelease } from '../hosts/release-log.ts';
import { compareSeen, type GuardFinding } from './compare-updates.ts';
import { type Age, messagesSince } from './since-live.ts';

/** A finding that isn't allowed. */
type Refusal = GuardFinding & {
  /** The last commit that changed the file, if git knows it. */
  readonly commit: string | null;
  /** Whether a commit allows it and only `lacks` remains to be done. */
  readonly allowed: boolean;
};

export type GuardResult = {
  /**
   * `first`: there's no live site to compare with. `broken`: the built site is incomplete. `older`: the live site is
   * newer, so there's nothing to publish.
   */
  readonly outcome: 'first' | 'passed' | 'refused' | 'broken' | 'older';
  readonly refusals: readonly Refusal[];
  readonly allowed: readonly GuardFinding[];
  /** One line each: the reason for `first` and `older`, and warnings. */
  readonly notes: readonly string[];
  /** The updates that are new or changed; none for `first`. */
  readonly news: readonly LiveUpdate[];
};

type GuardOptions = Sites & {
  /** Releases newer than the live one that were rolled back: readers saw their updates. */
  readonly seen?: readonly SeenRelease[];
  /** Whether updates that were rolled back may be published again. */
  readonly again?: boolean;
};

/** What the log of releases knows. */
export type Known = Required<Pick<GuardOptions, 'served' | 'seen' | 'again'>>;

const verdict = (
  outcome: GuardResult['outcome'],
  notes: readonly string[],
  rest: Partial<GuardResult> = {},
): GuardResult => ({
  outcome,
  refusals: [],
  allowed: [],
  notes,
  news: [],
  ...rest,
});

/** Limits the number of git calls when many files are missing. */
const namedCommits = 30;

type CheckResult = Pick<GuardResult, 'refusals' | 'allowed' | 'notes'>;

/** Splits findings into those that the commits since the live one allow, and refusals. */
async function checkFindings(
  findings: readonly GuardFinding[],
  live: Age,
  built: Release,
  options: GuardOptions,
): Promise<CheckResult> {
  const { repository } = options;
  const given = readAcknowledgements(options.messages ?? (await messagesSince(live, built, repository)));
  const isAllowed = ({ allow }: GuardFinding): boolean => allow !== null && given.allows(allow);
  const allowed = findings.filter((finding) => finding.marked === true || (isAllowed(finding) && !finding.lacks));
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
  const allows = (some: readonly GuardFinding[]): Allow[] => some.flatMap(({ allow }) => allow ?? []);
  // A mistyped name only matters when something is refused.
  const strays =
    refusals.length === 0
      ? []
      : given.strays(allows([...refusals, ...allowed]), allows(refusals.filter((refusal) => !refusal.allowed)));
  return { refusals, allowed, notes: [...given.notes, ...strays] };
}

/** One finding per change: the first one. */
function uniqueFindings(findings: readonly GuardFinding[]): GuardFinding[] {
  const key = ({ what, file, allow }: GuardFinding): string => (allow === null ? `${file} ${what}` : trailer(allow));
  return [...new Map(findings.toReversed().map((one) => [key(one), one])).values()].toReversed();
}

/**
 * Compares a built site with the live one, and decides whether it can go live. Changes nothing. Throws UserError if
 * `built` isn't a site, `requireLive` isn't met, or the live site doesn't answer and git can't tell what would be lost.
 */
export async function guardSite(options: GuardOptions): Promise<GuardResult> {
  const { built, seen = [], again = false } = options;
  const release = await requireRelease(built);
  const { snapshot } = await readSnapshot(built, release, {});
  const broken = await brokenParts(built, release, snapshot.updates);
  if (broken.length > 0) {
    const none = { file: null, allow: null, advice: null, commit: null, allowed: false };
    const refusals = broken.map((what) => ({ what, ...none }));
    return verdict('broken', ['The build is incomplete. Build it again: npx halfpast build --clean'], { refusals });
  }
  const compared = await compareWithLive({ release, snapshot }, options);
  if ('outcome' in compared) return verdict(compared.outcome, [compared.note]);
  const { live, news } = compared;
  const findings = [
    ...compared.findings,
    ...seen.flatMap((one) => compareSeen(one, snapshot.updates, news, release.now, again)),
  ];
  const result = await checkFindings(uniqueFindings(findings), live, release, options);
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
    notes: [...compared.notes, ...result.notes, ...amount],
    news,
  };
}

/** The most refusals to print. */
const mostShown = 20;

/** A refusal in one line: the file, what happened, the commit, and what to do. */
function refusalLine({ what, file, commit, allow, advice, lacks, allowed }: Refusal, content: string): string {
  const place = file === null ? '' : `${oneLine(`${content.replace(/\/+$/, '')}/${file}`)}  `;
  const by = commit === null ? '' : ` (commit ${commit})`;
  const also = lacks ? `${lacks}, so that customers see when it was edited, and ` : '';
  // The trailer comes last, so that it can be copied.
  const permit = allow === null ? null : `${also}allow it with this line in a commit message: ${trailer(allow)}`;
  const ways = allowed
    ? [`A commit allows it. Now ${lacks ?? ''}, so that customers see when it was edited`]
    : [advice, permit].filter((way) => way !== null);
  return `${place}${oneLine([`${what}${by}`, ...(ways.length === 0 ? [] : [ways.join('; or ')])].join('. '))}`;
}

/** A result as text. `content` is the content folder as the user named it. */
export function guardLines({ outcome, refusals, notes }: GuardResult, content: string): string[] {
  const lines = refusals.slice(0, mostShown).map((refusal) => refusalLine(refusal, content));
  const more = refusals.length > mostShown ? [`and ${refusals.length - mostShown} more`] : [];
  const end: Readonly<Record<GuardResult['outcome'], readonly string[]>> = {
    first: [],
    older: [],
    passed: ['Nothing live is removed or rewritten'],
    broken: [`${count(refusals.length, 'problem')}: nothing can be published`],
    refused: [`${count(refusals.length, 'refusal')}: the live site stays as it is`],
  };
  return [...lines, ...more, ...notes.map(oneLine), ...end[outcome]];
}

/** A result as JSON. */
export function guardJson({ outcome, refusals, allowed, notes }: GuardResult, content: string): object {
  return {
    ok: outcome === 'first' || outcome === 'passed',
    outcome,
    refusals: refusals.map((refusal) => ({
      line: refusalLine(refusal, content),
      file: refusal.file,
      commit: refusal.commit,
      trailer: refusal.allow === null ? null : trailer(refusal.allow),
      lacks: refusal.lacks ?? null,
    })),
    allowed: allowed.map(({ what, file, allow }) => ({
      what,
      file,
      trailer: allow === null ? null : trailer(allow),
    })),
    notes,
  };
}
