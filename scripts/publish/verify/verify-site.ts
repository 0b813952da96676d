import { createHash } from 'node:crypto';
import { pageSize, type Release } from '../../../src/lib/api/release.ts';
import { type Duration, type Instant, second } from '../../../src/lib/domain/calendar.ts';
import { count } from '../../../src/lib/words/en.ts';
import { oneLine } from '../../cli/errors.ts';
import type { Progress } from '../../cli/context.ts';
import { mapAtOnce } from '../../live/http.ts';
import type { SiteReader } from '../../live/site-reader.ts';
import { readRelease } from '../../live/snapshot.ts';
import { type Check, checksOf, type Target } from './checks.ts';
import {
  type BuiltSite,
  deadRedirect,
  type Get,
  isOvertaken,
  type ReleaseName,
  type VerifyFinding,
} from './served-files.ts';

/** The most problems to print. */
const mostShown = 8;

function byKind(findings: readonly VerifyFinding[]): VerifyFinding[][] {
  return [...Map.groupBy(findings, ({ kind }) => kind).values()];
}

/** The first `amount` findings of a kind. The last one also gives the number of those left out. */
function firstOf(group: readonly VerifyFinding[], amount: number): VerifyFinding[] {
  const shown = group.slice(0, amount);
  const last = shown.at(-1);
  const hidden = new Set(group.slice(amount).map(({ path }) => path)).size;
  if (last === undefined || hidden === 0) return shown;
  return [...shown.slice(0, -1), { ...last, message: `${last.message} (and ${count(hidden, 'more file')})` }];
}

type Summary = {
  readonly shown: readonly VerifyFinding[];
  /** How many problems are of kinds that aren't shown. */
  readonly left: number;
};

/**
 * Shortens a list of findings. Shows all problems if there are few; otherwise, some of each kind, and more of the first
 * kinds, which customers run into first. Shows one note per kind.
 */
export function summarize(findings: readonly VerifyFinding[]): Summary {
  const all = findings.filter(({ level }) => level === 'problem');
  const redirects = all.filter(({ kind }) => kind === deadRedirect);
  const problems = [...firstOf(redirects, 1), ...all.filter(({ kind }) => kind !== deadRedirect)];
  const notes = byKind(findings.filter(({ level }) => level === 'note')).flatMap((group) => firstOf(group, 1));
  if (problems.length <= mostShown) return { shown: [...problems, ...notes], left: 0 };
  const kinds = byKind(problems);
  let spare = Math.max(0, mostShown - kinds.length);
  const shown = kinds.slice(0, mostShown).flatMap((group) => {
    const more = Math.min(spare, group.length - 1);
    spare -= more;
    return firstOf(group, 1 + more);
  });
  return { shown: [...shown, ...notes], left: kinds.slice(mostShown).flat().length };
}

type VerifyOptions = {
  readonly site: BuiltSite;
  /** Where it is served; may end with a slash. */
  readonly url: string;
  /** How often to check before giving up. */
  readonly tries: number;
  /** The wait before the second try. It's doubled for each further one, up to half a minute. */
  readonly wait: Duration;
  /** How long after the first round to start a second one; null for only one round. */
  readonly againAfter: Duration | null;
  /** Whether a later release being live is fine too. */
  readonly orNewer: boolean;
};

type Outside = {
  readonly get: Get;
  readonly clock: () => Instant;
  readonly sleep: (wait: Duration) => Promise<void>;
};

/** `overtaken`: a later release is live, which has its own verification. `silent`: no request got an answer. */
type Outcome = 'verified' | 'overtaken' | 'failed' | 'silent';

type Round = {
  readonly outcome: Outcome;
  readonly tries: number;
  readonly duration: Duration;
  /** From the last try. */
  readonly findings: readonly VerifyFinding[];
};

export type Verification = {
  readonly outcome: Outcome;
  readonly url: string;
  readonly checks: number;
  readonly rounds: readonly Round[];
};

const longestWait: Duration = 30_000;
const atOnce = 6;

async function round(
  checks: readonly Check[],
  target: Target,
  options: VerifyOptions,
  outside: Outside,
): Promise<Round> {
  const began = outside.clock();
  const notes: VerifyFinding[] = [];
  let left = checks;
  let wait = options.wait;
  for (let tries = 1; ; tries += 1) {
    const results = await mapAtOnce(left, atOnce, async (check) => ({ check, findings: await check.run() }));
    const failed = results.filter(({ findings }) => findings.some(({ level }) => level === 'problem'));
    // Checks that passed aren't repeated in this round.
    left = failed.map(({ check }) => check);
    notes.push(...results.filter((one) => !failed.includes(one)).flatMap(({ findings }) => findings));
    const duration = outside.clock() - began;
    if (failed.length === 0) return { outcome: 'verified', tries, duration, findings: notes };
    if (
      options.orNewer &&
      isOvertaken(target.site.release, await target.get(`${target.url}/release.json?${target.fresh()}`))
    ) {
      return { outcome: 'overtaken', tries, duration, findings: [] };
    }
    if (tries >= options.tries)
      return { outcome: 'failed', tries, duration, findings: results.flatMap(({ findings }) => findings) };
    await outside.sleep(wait);
    wait = Math.min(longestWait, wait * 2);
  }
}

/** Compares a served site with the build until everything matches or there are no tries left. */
export async function verifySite(options: VerifyOptions, outside: Outside): Promise<Verification> {
  const url = options.url.replace(/\/+$/, '');
  let count = 0;
  const fresh = (): string => `halfpast=${outside.clock()}-${(count += 1)}`;
  let isHeard = false;
  const get: Get = async (address) => {
    const answer = await outside.get(address);
    isHeard ||= answer.kind === 'answer' || answer.redirectedTo !== undefined;
    return answer;
  };
  const target: Target = { site: options.site, url, get, fresh };
  const checks = await checksOf(target);
  const look = async (): Promise<Round> => {
    isHeard = false;
    const done = await round(checks, target, options, outside);
    return done.outcome === 'failed' && !isHeard ? { ...done, outcome: 'silent' } : done;
  };
  const rounds = [await look()];
  if (rounds[0]?.outcome === 'verified' && options.againAfter !== null) {
    await outside.sleep(options.againAfter);
    rounds.push(await look());
  }
  return { outcome: rounds.at(-1)?.outcome ?? 'failed', url, checks: checks.length, rounds };
}

/** `/rss.xml is empty` */
function findingLine({ path, message, level }: VerifyFinding): string {
  return oneLine(`${path} ${level === 'note' ? 'note: ' : ''}${message}`);
}

const seconds = ({ duration }: Round): string => `${(duration / second).toFixed(1)} s`;

/** The output of `verify`: the result in one line, then the most important findings. */
export function verificationText({ outcome, url, checks, rounds }: Verification, release: ReleaseName): string {
  const last = rounds.at(-1);
  if (last === undefined) return '';
  const again = rounds.length > 1 ? ', checked twice' : '';
  const tries = last.tries === 1 ? '' : `, on try ${last.tries}`;
  const tried = `after ${count(last.tries, 'try', 'tries')} in ${seconds(last)}`;
  const problems = last.findings.filter(({ level }) => level === 'problem').length;
  const newest = release.newestUpdate === null ? '' : ` Newest update: ${release.newestUpdate}`;
  const heading = {
    verified: `${url} matches the build: ${count(checks, 'check')} in ${seconds(last)}${tries}${again}.${newest}`,
    overtaken: `${url} serves a later release, which has its own verification.`,
    failed: `${url} doesn't match the build ${tried}: ${count(problems, 'problem')}. To go back, see docs/when-it-goes-wrong.md`,
    silent: `${url} doesn't respond, ${tried}. Check its server and its domain`,
  }[outcome];
  const { shown, left } = summarize(outcome === 'silent' ? last.findings.slice(0, 1) : last.findings);
  const others = left === 0 ? [] : [`and ${count(left, 'other problem')}`];
  return `${[heading, ...shown.map(findingLine), ...others].join('\n')}\n`;
}

/** Adds progress messages. */
export function withProgress(outside: Outside, progress: Progress, url: string): Outside {
  let answers = 0;
  return {
    ...outside,
    get: async (...asked) => {
      const answer = await outside.get(...asked);
      answers += 1;
      progress.show(`Checking ${url}: ${count(answers, 'response')}`);
      return answer;
    },
    sleep: async (wait) => {
      progress.show(`Checking ${url} again in ${count(Math.max(1, Math.round(wait / second)), 'second')}`);
      await outside.sleep(wait);
    },
  };
}

/**
 * Checks a site again a few minutes after it was verified: the front page, the newest update in the feed, and the data.
 * The build is gone by now, so they're compared with the site's own release.json. Returns the problems, one line each;
 * none if another release has replaced this one. Throws NoAnswer.
 */
export async function secondLook(site: SiteReader, expected: Pick<Release, 'content' | 'now'>): Promise<string[]> {
  const release = await readRelease(site);
  if (release === null) return [`${site.name} no longer has a release.json`];
  if (release.now > expected.now) return [];
  if (release.content !== expected.content || release.now !== expected.now)
    return [`${site.name} serves an older release, of ${release.now}`];
  const problems: string[] = [];
  const index = await site.read('index.html');
  if (index === null || pageSize(new TextEncoder().encode(index)) !== release.pages.index)
    problems.push(`${site.name} doesn't serve the front page that was built`);
  const feed = await site.read('rss.xml');
  const { newestUpdate } = release;
  if (feed === null || (newestUpdate !== null && !feed.includes(newestUpdate)))
    problems.push(`${site.name}/rss.xml lacks the newest update`);
  for (const [year, hash] of Object.entries(release.updates).slice(-1)) {
    const data = await site.read(`api/updates/${year}.json`);
    if (data === null || createHash('sha256').update(data).digest('hex') !== hash)
      problems.push(`${site.name}/api/updates/${year}.json belongs to another release`);
  }
  return problems;
}
