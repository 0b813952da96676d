import { join } from 'node:path';
import { z } from 'zod';
import { minute } from '../../../src/domain/instant.ts';
import { UserError } from '../../cli/errors.ts';
import { naming } from '../../cli/file-errors.ts';
import { type LockTools, withLock } from './lock.ts';

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
export async function readState(folder: string, { ground }: LockTools): Promise<State> {
  const path = join(folder, stateFile);
  const text = await ground.read(path);
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
export async function writeState(folder: string, state: State, { ground }: LockTools): Promise<void> {
  const path = join(folder, stateFile);
  await naming(path, () => ground.write(`${path}.part`, `${JSON.stringify(state, null, 2)}\n`));
  await ground.rename(`${path}.part`, path);
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
