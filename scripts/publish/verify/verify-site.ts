import { type Duration, type Instant, second } from '../../../src/lib/domain/calendar.ts';
import { count } from '../../../src/lib/words/en.ts';
import { oneLine } from '../../cli/errors.ts';
import type { Progress } from '../../cli/world.ts';
import { type Check, checksOf, type Target } from './checks.ts';
import { type Ask, type BuiltSite, type Finding, isOvertaken, type ReleaseName } from './served-files.ts';

/** How many problems a person is shown. */
const most = 8;

/** Findings of one kind say the same of other files, but for amounts, addresses and names. */
const kindOf = ({ level, message }: Finding): string =>
  `${level} ${message.replaceAll(/\S*\/\S*/g, '/').replaceAll(/\d[\d,.]*/g, '0')}`;

function byKind(findings: readonly Finding[]): Finding[][] {
  return [...Map.groupBy(findings, kindOf).values()];
}

/** The first `amount` of a kind, of which the last stands for all that follow. */
function firstOf(group: readonly Finding[], amount: number): Finding[] {
  const shown = group.slice(0, amount);
  const last = shown.at(-1);
  const hidden = new Set(group.slice(amount).map(({ path }) => path)).size;
  if (last === undefined || hidden === 0) return shown;
  return [
    ...shown.slice(0, -1),
    { ...last, message: `${last.message} (the same with ${hidden} more ${hidden === 1 ? 'file' : 'files'})` },
  ];
}

type Shortened = {
  readonly shown: readonly Finding[];
  /** How many problems are of kinds that are not among those shown. */
  readonly left: number;
};

/**
 * What a person needs of many findings: all problems, if there are few; else some of each kind, the
 * first ones most, for they are those that customers meet first. Of notes, one a kind.
 */
export function shorten(findings: readonly Finding[]): Shortened {
  const all = findings.filter(({ level }) => level === 'problem');
  const repeated = Map.groupBy(
    all.filter(({ once }) => once === true),
    ({ message }) => message,
  );
  const said = [...repeated.values()].flatMap((group) => firstOf(group, 1));
  const problems = [...said, ...all.filter(({ once }) => once !== true)];
  const notes = byKind(findings.filter(({ level }) => level === 'note')).flatMap((group) => firstOf(group, 1));
  if (problems.length <= most) return { shown: [...problems, ...notes], left: 0 };
  const kinds = byKind(problems);
  let spare = Math.max(0, most - kinds.length);
  const shown = kinds.slice(0, most).flatMap((group) => {
    const more = Math.min(spare, group.length - 1);
    spare -= more;
    return firstOf(group, 1 + more);
  });
  return { shown: [...shown, ...notes], left: kinds.slice(most).flat().length };
}

type VerifyOptions = {
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
type Outside = {
  readonly ask: Ask;
  readonly clock: () => Instant;
  readonly sleep: (wait: Duration) => Promise<void>;
};

/** `overtaken`: a later release is live, and whoever published that one checks it. */
type Outcome = 'verified' | 'overtaken' | 'failed';

type Round = {
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

/** `/rss.xml is empty` */
function findingLine({ path, message, level }: Finding): string {
  return oneLine(`${path} ${level === 'note' ? 'note: ' : ''}${message}`);
}

const seconds = ({ took }: Round): string => `${(took / second).toFixed(1)} s`;

/** What `verify` prints: one line for the whole, then the most telling findings, a line each. */
export function verdictText({ outcome, url, checks, rounds }: Verdict, release: ReleaseName): string {
  const last = rounds.at(-1);
  if (last === undefined) return '';
  const again = rounds.length > 1 ? ', looked at twice' : '';
  const tries = last.tries === 1 ? '' : `, right at try ${last.tries}`;
  const problems = last.findings.filter(({ level }) => level === 'problem').length;
  const newest = release.newestUpdate === null ? '' : ` Newest update: ${release.newestUpdate}`;
  const heading = {
    verified: `${url} is as built: ${count(checks, 'check')} in ${seconds(last)}${tries}${again}.${newest}`,
    overtaken: `${url} serves a later release by now; that one has its own check.`,
    failed: `${url} is not as built after ${count(last.tries, 'try', 'tries')} in ${seconds(last)}: ${count(problems, 'problem')}. The way back is in docs/when-it-goes-wrong.md`,
  }[outcome];
  const { shown, left } = shorten(last.findings);
  const others = left === 0 ? [] : [`and ${count(left, 'problem')} of other kinds`];
  return `${[heading, ...shown.map(findingLine), ...others].join('\n')}\n`;
}

/** The world outside, with what is asked of it and waited for shown on the way. */
export function withProgress(outside: Outside, progress: Progress, url: string): Outside {
  let answers = 0;
  return {
    ...outside,
    ask: async (...asked) => {
      const answer = await outside.ask(...asked);
      answers += 1;
      progress.show(`Looking at ${url}: ${count(answers, 'answer')}`);
      return answer;
    },
    sleep: async (wait) => {
      progress.show(`Looking at ${url} again in ${count(Math.max(1, Math.round(wait / second)), 'second')}`);
      await outside.sleep(wait);
    },
  };
}
