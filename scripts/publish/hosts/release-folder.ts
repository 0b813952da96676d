import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { type Release, releaseSchema } from '../../../src/lib/api/release.ts';
import { isoTime, minute } from '../../../src/lib/domain/calendar.ts';
import { withPath, UserError } from '../../cli/errors.ts';
import type { ReleaseStorage } from '../../cli/system.ts';
import { shellWord } from '../../cli/text.ts';
import { type LockTools, withLock } from '../lock.ts';

/** What is in the folder that `--to` names. */
export const places = {
  /** One folder a release, never changed once it is there. */
  releases: (folder: string) => join(folder, 'releases'),
  release: (folder: string, id: string) => join(folder, 'releases', id),
  /** The link that a web server serves. */
  current: (folder: string) => join(folder, 'current'),
  /** What is being built, and what is being removed. */
  staging: (folder: string) => join(folder, 'staging'),
  cache: (folder: string) => join(folder, 'cache'),
  /** What each channel has received. */
  deliveries: (folder: string) => join(folder, 'deliveries.json'),
  lock: (folder: string) => join(folder, 'publish.lock'),
} as const;

export type KeptRelease = { readonly id: string; readonly release: Release };

/** The releases that are kept, oldest first. */
export async function keptReleases(folder: string, storage: ReleaseStorage): Promise<KeptRelease[]> {
  const kept: KeptRelease[] = [];
  for (const id of await storage.list(places.releases(folder))) {
    const text = await storage.read(join(places.release(folder, id), 'release.json'));
    const release = text === null ? null : releaseSchema.safeParse(JSON.parse(text)).data;
    if (release) kept.push({ id, release });
  }
  return kept;
}

const form = /^(\d{8}T\d{9}Z)-[0-9a-f]{8}$/;

/** The name of a release: its time in UTC and a part of its content's hash; later than every other. */
export function releaseId(now: number, content: string, existing: readonly string[]): string {
  const stampOf = (time: number): string => isoTime(time).replaceAll(/[-:.]/g, '');
  const newest =
    existing
      .map((id) => form.exec(id)?.[1] ?? '')
      .sort()
      .at(-1) ?? '';
  let time = now;
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/.exec(newest);
  if (parts !== null && stampOf(time) <= newest) {
    const [, year, month, day, hours, minutes, seconds, fraction] = parts;
    time = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${fraction}Z`) + 1;
  }
  return `${stampOf(time)}-${content.slice(0, 8)}`;
}

/** The release that is served; null for none. Throws UserError when something else is in its place. */
export async function currentRelease(folder: string, storage: ReleaseStorage): Promise<string | null> {
  const path = places.current(folder);
  const target = await storage.readLink(path);
  if (target !== null) return /^releases\/([^/]+)$/.exec(target)?.[1] ?? null;
  if ((await storage.changedAt(path)) === null) return null;
  throw new UserError(
    `${path} is not a link to a release. Move it away: mv ${shellWord(path)} ${shellWord(`${path}.old`)}`,
  );
}

/** Puts another release in the place of the one that is served, in one step. Only while the state is locked. */
export async function switchTo(folder: string, id: string, storage: ReleaseStorage): Promise<void> {
  const beside = join(folder, `.current-${randomUUID()}`);
  await storage.makeLink(`releases/${id}`, beside);
  await storage.rename(beside, places.current(folder));
}

/** The steps of publishing, in their order. */
const stepNames = ['build', 'guard', 'place', 'switch', 'verify', 'notify', 'prune'] as const;
export type StepName = (typeof stepNames)[number];

const badSchema = z.object({
  release: z.string(),
  /** What may not come back by itself: the same content of the same commit, made by the same Halfpast. */
  content: z.string(),
  commit: z.string().nullable(),
  version: z.string(),
  at: z.string(),
});

const stateSchema = z.object({
  form: z.literal(1),
  /** The run under way, or the one that was killed; null when the last one came to its end. */
  run: z.object({ step: z.enum(stepNames), release: z.string().nullable(), startedAt: z.string() }).nullable(),
  /** The releases that were checked where they are served, oldest first. */
  verified: z.array(z.string()),
  /** What was rolled back from. */
  bad: z.array(badSchema),
});

export type State = Readonly<z.output<typeof stateSchema>>;
export type Bad = Readonly<z.output<typeof badSchema>>;

export const stateFile = 'publish.json';

const nothing: State = { form: 1, run: null, verified: [], bad: [] };

/** What is known of the releases in a folder. Throws UserError when the file is none of ours. */
export async function readState(folder: string, { storage }: LockTools): Promise<State> {
  const path = join(folder, stateFile);
  const text = await storage.read(path);
  if (text === null) return nothing;
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch {
    throw new UserError(
      `${path} cannot be read. Delete it: only what was verified and what was rolled back is forgotten`,
    );
  }
}

/** Writes what is known; readers see the old or the new. Only while the state is locked. */
export async function writeState(folder: string, state: State, { storage }: LockTools): Promise<void> {
  const path = join(folder, stateFile);
  await withPath(path, () => storage.write(`${path}.part`, `${JSON.stringify(state, null, 2)}\n`));
  await storage.rename(`${path}.part`, path);
}

/**
 * Holds the state and the link `current` for one short change. A publish takes minutes, and a
 * rollback must not wait for it: so this lock is another one than that of the publish.
 */
export function withState<T>(folder: string, tools: LockTools, change: (state: State) => Promise<T>): Promise<T> {
  return withLock(join(folder, 'state.lock'), tools, { longest: minute }, async () =>
    change(await readState(folder, tools)),
  );
}

/**
 * What two releases share that differ only by the moment they were made: the same content of the
 * same commit by the same Halfpast.
 */
export function sourceOf({ release: { content, commit, version } }: Pick<KeptRelease, 'release'>): string {
  return JSON.stringify([content, commit, version]);
}

type Needed = { readonly current: string | null; readonly verified: readonly string[]; readonly keep: number };

/**
 * The releases that may go. Those made again by a timer from the same content count as one, so that
 * quiet weeks do not push out every release that one could go back to. What is served and what was
 * verified last stay whatever the number. `kept` is oldest first.
 */
export function surplus(kept: readonly KeptRelease[], { current, verified, keep }: Needed): string[] {
  const needed = new Set([current, verified.findLast((id) => kept.some((one) => one.id === id)) ?? null]);
  const sources = new Set<string>();
  for (const one of kept.toReversed()) {
    const source = sourceOf(one);
    if (sources.has(source) || sources.size >= keep) continue;
    sources.add(source);
    needed.add(one.id);
  }
  return kept.map(({ id }) => id).filter((id) => !needed.has(id));
}

/** Temporary names. Another process that loses one, because it is about to take a lock, makes it anew. */
const leftOver = /^\.current-|^\.?(?:publish|state)\.lock-|\.part$/;

/**
 * Clears away what a killed run left: half-built sites, a release that was never served, temporary
 * files. Only while the publish is locked. Gives the step at which that run ended; null for none.
 */
export async function tidy(folder: string, tools: LockTools): Promise<StepName | null> {
  const { storage } = tools;
  await storage.remove(places.staging(folder));
  return withState(folder, tools, async (state) => {
    for (const name of await storage.list(folder)) {
      if (leftOver.test(name)) await storage.remove(join(folder, name));
    }
    const { run } = state;
    if (run === null) return null;
    // What a killed build left for the next one cannot be trusted.
    if (run.step === 'build') await storage.remove(places.cache(folder));
    const isUnserved =
      (run.step === 'place' || run.step === 'switch') && run.release !== (await currentRelease(folder, storage));
    if (isUnserved && run.release !== null) await discard(folder, run.release, tools);
    await writeState(folder, { ...state, run: null }, tools);
    return run.step;
  });
}

/** Takes a release away in one step, so that every folder among the releases is whole. */
export async function discard(folder: string, id: string, { storage }: LockTools): Promise<void> {
  if (!(await storage.list(places.releases(folder))).includes(id)) return;
  await storage.makeFolder(places.staging(folder));
  await storage.rename(places.release(folder, id), join(places.staging(folder), `old-${id}`));
}
