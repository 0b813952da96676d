import { createHash } from 'node:crypto';
import { mainOf, type Release } from '../../../src/lib/api/release.ts';
import { count } from '../../../src/lib/words/en.ts';
import { oneLine, UserError } from '../../cli/errors.ts';
import type { Git, Message } from '../../github/git.ts';
import { NoAnswer, type SiteReader } from '../../live/site-reader.ts';
import {
  readRelease,
  readSnapshot,
  type ReadSnapshot,
  readUpdates,
  type Snapshot,
  type LiveUpdate,
} from '../../live/snapshot.ts';
import { type Acknowledgements, olderThanLive, readAcknowledgements } from '../commits.ts';
import { compare, compareUpdates, type Finding, trailer, trailerName, whereSeen } from './compare.ts';

const filled = /<title>[^<]*\S[^<]*<\/title>/;

/** What a page lacks that every page has; null for nothing. */
function lacksFrame(html: string): string | null {
  if (!html.trimEnd().endsWith('</html>')) return 'ends in the middle';
  if (!filled.test(html)) return 'has no title';
  const main = mainOf(html);
  if (main === null) return 'has no content';
  return /<h1[\s>][\s\S]*?\S[\s\S]*?<\/h1>/.test(main) ? null : 'has no heading';
}

type Expected = { readonly path: string; readonly marks: readonly (readonly [mark: string, said: string])[] };

/** The pages that must be there, and what must stand in each. */
function expectedPages(release: Release, updates: readonly LiveUpdate[]): Expected[] {
  const folders = Map.groupBy(updates, ({ id }) => id.slice(1).replace(/#.*$/, ''));
  const open = [...folders].filter(
    ([, told]) =>
      told[0]?.kind === 'incident' && told.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1)?.status !== 'resolved',
  );
  const index: Expected = {
    path: 'index.html',
    marks: [
      ...release.components.map((id) => [`/components/${id}/"`, `the component ${id}`] as const),
      ...open.map(([path]) => [`/${path}"`, `the open incident ${path.split('/')[1] ?? ''}`] as const),
    ],
  };
  const pages = [...folders].map(([path, told]) => ({
    path: `${path}index.html`,
    marks: told.map(({ update }) => [`id="${update}"`, `the update ${update}`] as const),
  }));
  return [index, { path: 'history/index.html', marks: [] }, ...pages];
}

/** What is missing from the site itself, whatever is live: each in one line. */
async function brokenParts(site: SiteReader, release: Release, updates: readonly LiveUpdate[]): Promise<string[]> {
  const broken: string[] = [];
  for (const { path, marks } of expectedPages(release, updates)) {
    const html = await site.read(path);
    const lacks = html === null ? 'is not there' : lacksFrame(html);
    if (lacks !== null) broken.push(`${path} ${lacks}`);
    else
      broken.push(
        ...marks.filter(([mark]) => !html?.includes(mark)).map(([, said]) => `${path} does not show ${said}`),
      );
  }
  const rss = await site.read('rss.xml');
  if (rss === null || !rss.trimEnd().endsWith('</rss>'))
    broken.push(`rss.xml ${rss === null ? 'is not there' : 'ends in the middle'}`);
  else if (release.newestUpdate !== null && !rss.includes(release.newestUpdate))
    broken.push('rss.xml lacks the newest update');
  for (const [year, hash] of Object.entries(release.updates)) {
    const text = await site.read(`api/updates/${year}.json`);
    if (text === null || createHash('sha256').update(text).digest('hex') !== hash)
      broken.push(`api/updates/${year}.json is not as it was built`);
  }
  return broken;
}

/** A finding that stands, with what the person needs to put it right. */
type Refusal = Finding & {
  /** The last commit that touched the file, as far as git tells. */
  readonly commit: string | null;
  /** Whether a commit allows it and only something else is lacking. */
  readonly allowed: boolean;
};

export type Verdict = {
  /**
   * `first`: nothing to compare with; `passed`; `refused`; `broken`: the built site itself is not
   * whole; `older`: what is live is newer, so there is nothing to publish.
   */
  readonly outcome: 'first' | 'passed' | 'refused' | 'broken' | 'older';
  readonly refusals: readonly Refusal[];
  /** What the commits allow. */
  readonly allowed: readonly Finding[];
  /** One line each: for `first` and `older` the reason, and what else the person should know. */
  readonly notes: readonly string[];
};

type GuardOptions = {
  readonly built: SiteReader;
  readonly live: SiteReader;
  /** Null where there is no git. */
  readonly repository: Git | null;
  /** Commit messages to go by, instead of those that git has since the live commit. */
  readonly messages: readonly Message[] | null;
  /** Whether a live site that does not answer is an error. */
  readonly requireLive: boolean;
  /** Releases newer than the live one that were rolled back from: readers saw their updates. By their names. */
  readonly seen?: readonly SiteReader[];
};

const verdict = (outcome: Verdict['outcome'], notes: readonly string[], rest: Partial<Verdict> = {}): Verdict => ({
  outcome,
  refusals: [],
  allowed: [],
  notes,
  ...rest,
});

/** What is live; a line that says why there is nothing to compare with. */
async function readLive({ live, requireLive }: GuardOptions): Promise<Release | string> {
  try {
    const release = await readRelease(live);
    if (release !== null) return release;
    if (requireLive)
      throw new UserError(`${live.name} has no site of Halfpast, and --require-live asks for one. Check the address`);
    return `first publish: ${live.name} has no site of Halfpast to compare with`;
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    if (requireLive)
      throw new UserError(`${live.name} ${error.message}, so nothing can be compared with it. Try again`);
    return `first publish: ${live.name} ${error.message}, so there is nothing to compare with`;
  }
}

/** The messages of all commits since the live one, or of the newest when git does not know that one. */
async function messagesSince(live: Release, built: Release, repository: Git | null): Promise<readonly Message[]> {
  if (repository === null) return [];
  const head = built.commit ?? 'HEAD';
  const since = live.commit === null ? null : await repository.messages(`${live.commit}..${head}`);
  return since ?? (await repository.messages(head)) ?? [];
}

/** So that a folder deleted by mistake does not ask git a thousand times. */
const namedCommits = 30;

type Judged = Pick<Verdict, 'refusals' | 'allowed' | 'notes'> & { readonly given: readonly Acknowledgements[] };

/** Findings against `live`, and what the commits since that one allow of them. */
async function judge(
  findings: readonly Finding[],
  live: Release,
  built: Release,
  options: GuardOptions,
): Promise<Judged> {
  const { repository } = options;
  const given = readAcknowledgements(options.messages ?? (await messagesSince(live, built, repository)));
  const isAllowed = ({ allow }: Finding): boolean => allow !== null && given.allows(allow);
  const allowed = findings.filter((finding) => isAllowed(finding) && finding.lacks === null);
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
  return { refusals, allowed, notes: given.notes, given: [given] };
}

/** What the built site takes back of updates that readers saw in a release that was rolled back from. */
async function judgeSeen(
  site: SiteReader,
  built: Release,
  updates: Snapshot['updates'],
  options: GuardOptions,
): Promise<Judged | null> {
  const release = await readRelease(site);
  if (release === null) return null;
  const seen = await readUpdates(site, release, built.updates);
  const judged = await judge(
    compareUpdates(updates, seen.updates, built.now, whereSeen(site.name)),
    release,
    built,
    options,
  );
  return { ...judged, notes: [...seen.notes, ...judged.notes] };
}

/** All of several judgements, each change told once: what the first one says of it, but what one refuses is refused. */
function together(judgements: readonly Judged[]): Judged {
  const key = ({ what, allow }: Finding): string => (allow === null ? what : trailer(allow));
  const once = <T extends Finding>(findings: readonly T[]): T[] =>
    [...new Map(findings.toReversed().map((one) => [key(one), one])).values()].toReversed();
  const refusals = once(judgements.flatMap((one) => one.refusals));
  const refused = new Set(refusals.map(key));
  const allowed = once(judgements.flatMap((one) => one.allowed)).filter((one) => !refused.has(key(one)));
  const given = judgements.flatMap((one) => one.given);
  const allows = (findings: readonly Finding[]): NonNullable<Finding['allow']>[] =>
    findings.flatMap(({ allow }) => allow ?? []);
  const open = allows(refusals.filter((refusal) => !refusal.allowed));
  // A mistyped name matters where something is refused; what went through needs no words.
  const strays =
    refusals.length === 0 ? [] : given.flatMap(({ strays: of }) => of(allows([...refusals, ...allowed]), open));
  return { refusals, allowed, notes: [...new Set([...judgements.flatMap(({ notes }) => notes), ...strays])], given };
}

/**
 * Compares a built site with the live one: whether it may go live. Reads and decides; changes nothing.
 * Throws UserError when `built` is no site, or `requireLive` is not met.
 */
export async function guard(options: GuardOptions): Promise<Verdict> {
  const { built, live, repository } = options;
  const release = await readRelease(built);
  if (release === null)
    throw new UserError(
      `${built.name} has no site built by this version of Halfpast. Build it with: npx halfpast build --out ${built.name}`,
    );
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
    return verdict('broken', ['The site was not built whole. Build it again with: npx halfpast build --clean'], {
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
  const ofLive = await judge(compare(fresh.snapshot, published.snapshot), liveRelease, release, options);
  const ofSeen = await Promise.all(
    (options.seen ?? []).map((site) => judgeSeen(site, release, fresh.snapshot.updates, options)),
  );
  const judged = together([ofLive, ...ofSeen.filter((one) => one !== null)]);
  const amount =
    judged.allowed.length === 0
      ? []
      : [`allowed by the commits: ${count(judged.allowed.length, 'change')} of what is live`];
  const { refusals, allowed } = judged;
  return {
    refusals,
    allowed,
    outcome: refusals.length > 0 ? 'refused' : 'passed',
    notes: [...published.notes, ...judged.notes, ...amount],
  };
}

/** So many lines a person reads; the rest is counted. */
const shown = 20;

/** One refusal as one line: the file, what happened and by which commit, and what to do. */
function refusalLine({ what, file, commit, allow, advice, lacks, allowed }: Refusal, content: string): string {
  const place = file === null ? '' : `${oneLine(`${content.replace(/\/+$/, '')}/${file}`)}  `;
  const by = commit === null ? '' : ` (commit ${commit})`;
  const also = lacks === null ? '' : `${lacks}, and `;
  // The line that is to be copied comes last, and nothing behind it.
  const permit = allow === null ? null : `${also}allow it with this line in a commit message: ${trailer(allow)}`;
  const ways = allowed ? [`A commit allows it; now ${lacks ?? ''}`] : [advice, permit].filter((way) => way !== null);
  return `${place}${oneLine([`${what}${by}`, ...(ways.length === 0 ? [] : [ways.join('; or ')])].join('. '))}`;
}

/** A verdict as the lines that a person reads. `content` is the content folder as they named it. */
export function verdictLines({ outcome, refusals, notes }: Verdict, content: string): string[] {
  const lines = refusals.slice(0, shown).map((refusal) => refusalLine(refusal, content));
  const more = refusals.length > shown ? [`and ${refusals.length - shown} more`] : [];
  const end: Readonly<Record<Verdict['outcome'], readonly string[]>> = {
    first: [],
    older: [],
    passed: ['Nothing that is live is taken back or rewritten'],
    broken: [`${count(refusals.length, 'problem')}, nothing may be published`],
    refused: [`${count(refusals.length, 'refusal')}: what is live stays as it is`],
  };
  return [...lines, ...more, ...notes.map(oneLine), ...end[outcome]];
}

/** The same for programs. */
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
      trailer: allow === null ? trailerName : trailer(allow),
    })),
    notes,
  };
}
