import { join } from 'node:path';
import type { Problem } from '../../../src/content/problem.ts';
import { isoTime } from '../../../src/domain/instant.ts';
import { fileErrorMessage, isDiskFull } from '../../cli/file-errors.ts';
import type { Release } from '../../../src/views/api/release-file.ts';
import type { Verdict } from '../guard/guard.ts';
import type { Hold } from './hold.ts';
import { type LockTools, withLock } from './lock.ts';
import { surplus } from './prune.ts';
import { currentRelease, keptReleases, places, releaseId, switchTo } from './release-folder.ts';
import { rollBack, seenSince } from './rollback.ts';
import type { PublishSteps, Served } from './steps.ts';
import { type Bad, type State, type StepName, withState, writeState } from './state.ts';
import { discard, tidy } from './tidy.ts';
import { type Mark, type Took, tookUntil } from './took.ts';

export type PublishOptions = {
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
  | { readonly outcome: 'held'; readonly hold: Hold }
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
  if (killedAt !== null) options.say(`the last run ended during ${killedAt}; what it left is cleared away`);
  const hold = await steps.hold();
  if (hold !== null) return { outcome: 'held', hold };
  const source = await steps.source();
  const bad = await withState(folder, tools, (state) => Promise.resolve(findBad(state, source, options)));
  if (bad !== undefined) return { outcome: 'bad', bad };

  await steps.begin?.();
  await begin(run, 'build', null);
  const building = join(places.staging(folder), 'site');
  await tools.ground.makeFolder(places.staging(folder));
  const built = await steps.build(building, places.cache(folder));
  if ('problems' in built) return { outcome: 'problems', problems: built.problems };

  await begin(run, 'guard', null);
  const previous = await currentRelease(folder, tools.ground);
  // Where the link is lost, readers have still seen what was served last.
  const last = previous ?? (await keptReleases(folder, tools.ground)).at(-1)?.id ?? null;
  const live = last === null ? places.current(folder) : places.release(folder, last);
  const seen = await withState(folder, tools, (state) => seenSince(folder, last, state, tools.ground));
  const verdict = await steps.guard(building, live, seen);
  if (verdict.outcome !== 'passed' && verdict.outcome !== 'first') return { outcome: 'stopped', verdict };

  const id = releaseId(options.now(), built.release.content, await tools.ground.list(places.releases(folder)));
  await begin(run, 'place', id);
  await tools.ground.makeFolder(places.releases(folder));
  await tools.ground.rename(building, places.release(folder, id));

  const late = await steps.hold();
  const current = await withState(folder, tools, async (state) => {
    await writeState(
      folder,
      { ...state, run: { step: 'switch', release: id, startedAt: isoTime(run.startedAt) } },
      tools,
    );
    const now = await currentRelease(folder, tools.ground);
    // What was compared must be what is replaced: somebody may have rolled back meanwhile.
    if (now === previous && late === null) await switchTo(folder, id, tools.ground);
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
    const kept = await keptReleases(folder, tools.ground);
    const current = await currentRelease(folder, tools.ground);
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
  const current = await currentRelease(options.folder, tools.ground);
  // Nobody is told of what was taken back.
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
  await tools.ground.makeFolder(folder);
  const onWait = (pid: number): void => say(`another publish is running (process ${pid}); waiting for it`);
  return withLock(places.lock(folder), tools, { longest: wait, onWait }, async () => {
    // A run that failed must not keep a full disk full.
    const published = await runSteps({ options, steps, tools, startedAt, marks: [] }).finally(() =>
      tools.ground.remove(places.staging(folder)),
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
