import type { Duration, Instant } from '../../../src/domain/instant.ts';
import type { Ask, Finding } from './answer.ts';
import type { BuiltSite } from './built-site.ts';
import { type Check, checksOf, type Target } from './checks.ts';
import { isOvertaken } from './judge-release.ts';

export type VerifyOptions = {
  readonly site: BuiltSite;
  /** Where it is served; a slash at the end is fine. */
  readonly url: string;
  /** How often to look before giving up. */
  readonly tries: number;
  /** Before the second look; doubled before each further one, up to half a minute. */
  readonly wait: Duration;
  /** How long after the first round to look again; null for one round. */
  readonly againAfter: Duration | null;
  /** Whether a later release being live is fine. */
  readonly orNewer: boolean;
};

/** The world outside, for a test to replace. */
export type Outside = {
  readonly ask: Ask;
  readonly clock: () => Instant;
  readonly sleep: (wait: Duration) => Promise<void>;
};

/** `overtaken`: a later release is live, and whoever published that one checks it. */
export type Outcome = 'verified' | 'overtaken' | 'failed';

export type Round = {
  readonly outcome: Outcome;
  readonly tries: number;
  readonly took: Duration;
  /** Of the last look. */
  readonly findings: readonly Finding[];
};

export type Verdict = {
  readonly outcome: Outcome;
  readonly url: string;
  readonly checks: number;
  readonly rounds: readonly Round[];
};

const longestWait: Duration = 30_000;
const atOnce = 6;

type Look = {
  /** The checks to be run again. */
  readonly failed: Check[];
  readonly findings: Finding[];
  /** What the others found: only notes, and not to be found again. */
  readonly notes: Finding[];
};

/** Runs the checks a few at a time. */
async function look(checks: readonly Check[]): Promise<Look> {
  const results: { readonly check: Check; readonly findings: Finding[] }[] = [];
  const queue = [...checks];
  const worker = async (): Promise<void> => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift())
      results.push({ check, findings: await check.run() });
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const inOrder = results.toSorted((a, b) => checks.indexOf(a.check) - checks.indexOf(b.check));
  const failed = inOrder.filter(({ findings }) => findings.some(({ level }) => level === 'problem'));
  const passed = inOrder.filter((result) => !failed.includes(result));
  return {
    failed: failed.map(({ check }) => check),
    findings: inOrder.flatMap(({ findings }) => findings),
    notes: passed.flatMap(({ findings }) => findings),
  };
}

async function round(
  checks: readonly Check[],
  target: Target,
  options: VerifyOptions,
  outside: Outside,
): Promise<Round> {
  const began = outside.clock();
  const notes: Finding[] = [];
  let left = checks;
  let wait = options.wait;
  for (let tries = 1; ; tries += 1) {
    const { failed, findings, notes: settled } = await look(left);
    notes.push(...settled);
    const took = outside.clock() - began;
    if (failed.length === 0) return { outcome: 'verified', tries, took, findings: notes };
    if (
      options.orNewer &&
      isOvertaken(target.site.release, await target.ask(`${target.url}/release.json?${target.fresh()}`))
    ) {
      return { outcome: 'overtaken', tries, took, findings: [] };
    }
    if (tries >= options.tries) return { outcome: 'failed', tries, took, findings };
    await outside.sleep(wait);
    wait = Math.min(longestWait, wait * 2);
    // What was right stays right for this round; the next round asks for everything again.
    left = failed;
  }
}

/** Holds a served site against what was built, from several angles, until all is right or the tries are used up. */
export async function verifySite(options: VerifyOptions, outside: Outside): Promise<Verdict> {
  const url = options.url.replace(/\/+$/, '');
  let count = 0;
  const fresh = (): string => `halfpast=${outside.clock()}-${(count += 1)}`;
  const target: Target = { site: options.site, url, ask: outside.ask, fresh };
  const checks = await checksOf(target);
  const rounds = [await round(checks, target, options, outside)];
  const first = rounds[0]?.outcome ?? 'failed';
  if (first === 'verified' && options.againAfter !== null) {
    await outside.sleep(options.againAfter);
    rounds.push(await round(checks, target, options, outside));
  }
  return { outcome: rounds.at(-1)?.outcome ?? first, url, checks: checks.length, rounds };
}
