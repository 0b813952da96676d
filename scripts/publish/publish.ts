import { join } from 'node:path';
import type { Release } from '../../src/lib/api/release.ts';
import { type Problem, problemLine } from '../../src/lib/content/problem.ts';
import { isoTime, second } from '../../src/lib/domain/calendar.ts';
import { count } from '../../src/lib/words/en.ts';
import { fileErrorMessage, isDiskFull } from '../cli/errors.ts';
import { type PublishingStop, stopLine } from '../cli/stop-switch.ts';
import { type Verdict, verdictJson, verdictLines } from './guard/guard.ts';
import type { PublishSteps, Served } from './hosts/folder.ts';
import {
  type Bad,
  currentRelease,
  discard,
  keptReleases,
  places,
  releaseId,
  type State,
  type StepName,
  surplus,
  switchTo,
  tidy,
  withState,
  writeState,
} from './hosts/release-folder.ts';
import { type LockTools, withLock } from './lock.ts';
import { rollBack, seenSince } from './rollback.ts';

/** When a step of a publish began, in milliseconds. */
type Mark = { readonly step: StepName; readonly at: number };

/** How long a publish took until the site was live and looked at, in milliseconds, and each of its steps; `read` is all before the build. */
type Took = { readonly all: number; readonly steps: Readonly<Record<string, number>> };

/** From the beginning to `end`; the marks are in the order of the steps. */
export function tookUntil(end: number, startedAt: number, marks: readonly Mark[]): Took {
  const parts = [{ step: 'read', at: startedAt }, ...marks];
  const steps = parts.map(({ step, at }, index) => [step, (parts[index + 1]?.at ?? end) - at] as const);
  return { all: end - startedAt, steps: Object.fromEntries(steps) };
}

type PublishOptions = {
  readonly folder: string;
  /** How many releases of different content to keep. */
  readonly keep: number;
  /** How long to wait for another publish, in milliseconds. */
  readonly wait: number;
  /** Whether to publish what was rolled back from. */
  readonly again: boolean;
  /** The moment the site is looked at. */
  readonly now: () => number;
  /** Told of progress, a line each. */
  readonly say: (line: string) => void;
};

export type Published =
  | {
      readonly outcome: 'published' | 'untold';
      readonly served: Served;
      readonly verified: boolean;
      readonly verdict: Verdict;
      readonly lines: readonly string[];
      readonly took: Took;
    }
  | {
      readonly outcome: 'unverified';
      readonly served: Served;
      readonly backTo: string | null;
      readonly lines: readonly string[];
    }
  | { readonly outcome: 'problems'; readonly problems: readonly Problem[] }
  | { readonly outcome: 'stopped'; readonly verdict: Verdict }
  | { readonly outcome: 'held'; readonly hold: PublishingStop }
  | { readonly outcome: 'bad'; readonly bad: Bad }
  | { readonly outcome: 'overtaken'; readonly current: string | null };

type Run = {
  readonly options: PublishOptions;
  readonly steps: PublishSteps;
  readonly tools: LockTools;
  readonly startedAt: number;
  readonly marks: Mark[];
};

/** Writes down the step that begins, before it begins. */
function begin({ options, tools, startedAt, marks }: Run, step: StepName, release: string | null): Promise<void> {
  marks.push({ step, at: tools.clock() });
  return withState(options.folder, tools, (state) =>
    writeState(options.folder, { ...state, run: { step, release, startedAt: isoTime(startedAt) } }, tools),
  );
}

function findBad(
  { bad }: State,
  source: Pick<Release, 'content' | 'commit' | 'version'>,
  { again }: PublishOptions,
): Bad | undefined {
  const same = (one: Bad): boolean =>
    one.content === source.content && one.commit === source.commit && one.version === source.version;
  return again ? undefined : bad.findLast(same);
}

/** The part of a run up to the switch; the release that is served afterwards, or why there is none. */
async function goLive(run: Run): Promise<{ readonly served: Served; readonly verdict: Verdict } | Published> {
  const { options, steps, tools } = run;
  const { folder } = options;
  const killedAt = await tidy(folder, tools);
  if (killedAt !== null) options.say(`the last run stopped during ${killedAt}. Its leftovers were removed`);
  const hold = await steps.hold();
  if (hold !== null) return { outcome: 'held', hold };
  const source = await steps.source();
  const bad = await withState(folder, tools, (state) => Promise.resolve(findBad(state, source, options)));
  if (bad !== undefined) return { outcome: 'bad', bad };

  await steps.begin?.();
  await begin(run, 'build', null);
  const building = join(places.staging(folder), 'site');
  await tools.storage.makeFolder(places.staging(folder));
  const built = await steps.build(building, places.cache(folder));
  if ('problems' in built) return { outcome: 'problems', problems: built.problems };

  await begin(run, 'guard', null);
  const previous = await currentRelease(folder, tools.storage);
  // Where the link is lost, readers have still seen what was served last.
  const last = previous ?? (await keptReleases(folder, tools.storage)).at(-1)?.id ?? null;
  const live = last === null ? places.current(folder) : places.release(folder, last);
  const seen = await withState(folder, tools, (state) => seenSince(folder, last, state, tools.storage));
  const verdict = await steps.guard(building, live, seen);
  if (verdict.outcome !== 'passed' && verdict.outcome !== 'first') return { outcome: 'stopped', verdict };

  const id = releaseId(options.now(), built.release.content, await tools.storage.list(places.releases(folder)));
  await begin(run, 'place', id);
  await tools.storage.makeFolder(places.releases(folder));
  await tools.storage.rename(building, places.release(folder, id));

  const late = await steps.hold();
  const current = await withState(folder, tools, async (state) => {
    await writeState(
      folder,
      { ...state, run: { step: 'switch', release: id, startedAt: isoTime(run.startedAt) } },
      tools,
    );
    const now = await currentRelease(folder, tools.storage);
    // What was compared must be what is replaced: somebody may have rolled back meanwhile.
    if (now === previous && late === null) await switchTo(folder, id, tools.storage);
    else await discard(folder, id, tools);
    return now;
  });
  if (late !== null) return { outcome: 'held', hold: late };
  if (current !== previous) return { outcome: 'overtaken', current };
  return { served: { id, site: places.release(folder, id), release: built.release, previous }, verdict };
}

/** Checks the served release; serves the last good one again when it fails. True when it was looked at. */
async function check({ options, steps, tools }: Run, served: Served): Promise<boolean | Published> {
  if (steps.verify === null) return false;
  const { ok, lines } = await steps.verify(served);
  if (!ok) {
    const back = await rollBack(options.folder, { kind: 'verified', from: served.id }, tools);
    if (back?.unwritten) options.say(back.unwritten);
    return { outcome: 'unverified', served, backTo: back?.to.id ?? null, lines };
  }
  lines.forEach(options.say);
  await withState(options.folder, tools, (state) =>
    writeState(
      options.folder,
      { ...state, verified: [...state.verified.filter((id) => id !== served.id), served.id] },
      tools,
    ),
  );
  return true;
}

/** Removes the releases that are too many, and forgets what is known of them. */
async function prune({ options: { folder, keep }, tools }: Run): Promise<void> {
  await withState(folder, tools, async (state) => {
    const kept = await keptReleases(folder, tools.storage);
    const current = await currentRelease(folder, tools.storage);
    const gone = surplus(kept, { current, verified: state.verified, keep });
    for (const id of gone) await discard(folder, id, tools);
    const left = kept.filter(({ id }) => !gone.includes(id)).map(({ id }) => id);
    await writeState(folder, { ...state, verified: state.verified.filter((id) => left.includes(id)) }, tools);
  });
}

async function runSteps(run: Run): Promise<Published> {
  const { options, steps, tools } = run;
  const live = await goLive(run);
  if ('outcome' in live) return live;
  const { served, verdict } = live;
  await begin(run, 'verify', served.id);
  const checked = await check(run, served);
  if (typeof checked !== 'boolean') return checked;
  const took = tookUntil(tools.clock(), run.startedAt, run.marks);

  await begin(run, 'notify', served.id);
  const current = await currentRelease(options.folder, tools.storage);
  // A release that was rolled back isn't announced.
  if (current !== served.id) return { outcome: 'overtaken', current };
  const told = (await steps.notify?.(served)) ?? { ok: true, lines: [] };

  await begin(run, 'prune', served.id);
  await prune(run);
  return { outcome: told.ok ? 'published' : 'untold', served, verified: checked, verdict, lines: told.lines, took };
}

/**
 * Publishes into a folder, one run at a time: build, guard, place, switch, verify, notify, prune.
 * Each step is written down before it begins, so that after a kill at any point the same call goes
 * on to the same end; `current` leads to one whole release at all times.
 * Throws UserError when the lock cannot be had, or the folder holds something else.
 */
export async function publish(options: PublishOptions, steps: PublishSteps, tools: LockTools): Promise<Published> {
  const { folder, wait, say } = options;
  const startedAt = tools.clock();
  await tools.storage.makeFolder(folder);
  const onWait = (pid: number): void => say(`waiting for another publish (process ${pid})`);
  return withLock(places.lock(folder), tools, { longest: wait, onWait }, async () => {
    // A run that failed must not keep a full disk full.
    const published = await runSteps({ options, steps, tools, startedAt, marks: [] }).finally(() =>
      tools.storage.remove(places.staging(folder)),
    );
    try {
      await withState(folder, tools, (state) => writeState(folder, { ...state, run: null }, tools));
    } catch (error) {
      // How the run ended matters more; the next one takes it for killed, and goes on.
      if (!isDiskFull(error)) throw error;
      say(fileErrorMessage(error) ?? '');
    }
    return published;
  });
}

/** What a run says at its end, and how it ends: 0 published, 1 something to put right, 3 not published on purpose. */
type Ending = { readonly code: 0 | 1 | 3; readonly lines: readonly string[] };

/** The end of a run for a person. `content` and `to` are the folders as they named them. */
export function ending(published: Published, content: string, to: string): Ending {
  switch (published.outcome) {
    case 'published':
    case 'untold': {
      const { served, verified, verdict, lines, took, outcome } = published;
      const replaces = served.previous === null ? '' : `, which replaces ${served.previous}`;
      const said = `published ${served.id}${replaces}${verified ? ', verified' : ''}, in ${(took.all / second).toFixed(1)} seconds`;
      const untold =
        outcome === 'untold'
          ? ['the site is live, but not every channel was notified. Run the same command again to notify the others']
          : [];
      return { code: outcome === 'untold' ? 1 : 0, lines: [...verdict.notes, said, ...lines, ...untold] };
    }
    case 'unverified': {
      const back =
        published.backTo === null
          ? `it stays live, because no earlier release was verified. To go back: npx halfpast rollback --to ${to}`
          : `${published.backTo} is served again`;
      // Not by itself: a timer would put the page that fails in place again and again.
      const retry =
        'No channel was notified. If the server was the cause, fix it and run the same command with --again';
      return {
        code: 1,
        lines: [...published.lines, `${published.served.id} failed verification; ${back}`, retry],
      };
    }
    case 'problems': {
      const lines = published.problems.map((problem) => problemLine(problem, content));
      return { code: 1, lines: [...lines, `${count(lines.length, 'problem')}: nothing was published`] };
    }
    case 'stopped':
      return { code: published.verdict.outcome === 'older' ? 3 : 1, lines: verdictLines(published.verdict, content) };
    case 'held':
      return { code: 3, lines: [stopLine(published.hold)] };
    case 'bad':
      return {
        code: 3,
        lines: [
          `not published: this content was rolled back at ${published.bad.at}. Commit a fix, or run the same command with --again`,
        ],
      };
    case 'overtaken':
      return {
        code: 3,
        lines: [
          `not published: ${published.current ?? 'nothing'} was put in place by someone else in the meantime. Run the same command again to replace it`,
        ],
      };
  }
}

/** The end of a run for programs. */
export function endingJson(published: Published, content: string, to: string): object {
  const { code, lines } = ending(published, content, to);
  const said = { ok: code === 0, outcome: published.outcome, lines };
  switch (published.outcome) {
    case 'published':
    case 'untold':
      return {
        ...said,
        release: published.served.id,
        site: published.served.site,
        previous: published.served.previous,
        verified: published.verified,
        milliseconds: published.took.all,
        steps: published.took.steps,
        verdict: verdictJson(published.verdict, content),
      };
    case 'unverified':
      return { ...said, release: published.served.id, backTo: published.backTo };
    case 'problems':
      return { ...said, problems: published.problems };
    case 'stopped':
      return { ...said, verdict: verdictJson(published.verdict, content) };
    case 'held':
      return { ...said, hold: published.hold };
    case 'bad':
      return { ...said, bad: published.bad };
    case 'overtaken':
      return { ...said, current: published.current };
  }
}
