import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseContent } from '../../src/lib/content/check-content.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import { type Base, type Choice, type Tree, writeTree } from './content.ts';
import { clockEdits, edits, incidentEdits, maintenanceEdits, type Moment, startOf } from './incremental-edits.ts';
import { hashesOf } from './processes.ts';
import { codeEdits, copyProject } from './project-copy.ts';

/** A sequence of edits; `builds` of them is followed by a build of its own, as a push is. */
type Step = Choice & { readonly kind: string; readonly builds: boolean };

const nat = fc.nat(0x7fffffff);
const builds = fc.oneof({ arbitrary: fc.constant(false), weight: 5 }, { arbitrary: fc.constant(true), weight: 1 });
const anySteps = (kinds: readonly string[], maxLength: number): fc.Arbitrary<Step[]> =>
  fc.array(fc.record({ kind: fc.constantFrom(...kinds), file: nat, a: nat, b: nat, builds }), {
    minLength: 1,
    maxLength,
    size: 'max',
  });

/**
 * Mostly edits that leave most pages as they are: a new name of the site has every page made again, and hides what was
 * forgotten.
 */
export const anySequence: fc.Arbitrary<readonly Step[]> = fc.oneof(
  {
    arbitrary: anySteps(
      [...Object.keys(incidentEdits), ...Object.keys(maintenanceEdits), ...Object.keys(clockEdits)],
      5,
    ),
    weight: 4,
  },
  {
    arbitrary: anySteps(
      [...Object.keys(clockEdits), ...Object.keys(incidentEdits).filter((kind) => kind.endsWith('postmortem'))],
      2,
    ),
    weight: 2,
  },
  { arbitrary: anySteps([...Object.keys(codeEdits), ...Object.keys(incidentEdits)], 3), weight: 3 },
  { arbitrary: anySteps(Object.keys(edits), 8), weight: 2 },
);

/** Whether the content is sound: what people cannot publish says nothing about builds. */
function isSound({ tree, now }: Moment): boolean {
  const files = [...tree].map(([path, entry]) => ({
    path,
    bytes: entry.kind === 'file' ? entry.bytes : Buffer.alloc(0),
  }));
  return 'site' in parseContent({ files, folders: [], others: [] }, now);
}

/** Carries out one step. What breaks the content is not done. */
export function take(moment: Moment, { kind, ...choice }: Step): Moment | null {
  const next: Moment = { tree: new Map(moment.tree), now: moment.now, code: moment.code };
  return edits[kind]?.(next, choice) === true && isSound(next) ? next : null;
}

type IncrementalOptions = {
  readonly base: Base;
  /** The folder of Halfpast itself. */
  readonly root: string;
  /** A folder to work in. */
  readonly folder: string;
  readonly runs: number;
  readonly seed: number;
  /** Where a failure was found before; undefined looks at all runs. */
  readonly path?: string | undefined;
  /** How many incidents of the history there are. */
  readonly size: number;
  readonly say?: (line: string) => void;
};

type IncrementalOutcome = {
  readonly runs: number;
  readonly builds: number;
  /** How often each kind of edit was carried out. */
  readonly done: Readonly<Record<string, number>>;
  readonly failure: { readonly message: string; readonly steps: readonly Step[]; readonly path: string } | null;
};

type Place = { readonly content: string; readonly out: string; readonly cache: string };

async function lay(tree: Tree, content: string): Promise<void> {
  await rm(content, { recursive: true, force: true });
  writeTree(tree, content);
}

/** The files that two sites do not have alike. */
async function differences(one: string, other: string): Promise<string[]> {
  const [a, b] = await Promise.all([hashesOf(one), hashesOf(other)]);
  return [...new Set([...a.keys(), ...b.keys()])].filter((path) => a.get(path) !== b.get(path)).sort();
}

/**
 * Edits a history again and again, builds it with what earlier builds kept and again with nothing kept,
 * and compares all files byte for byte. Every sequence begins with the same history
 * and the same kept pages, so that one that fails can be had again alone.
 */
export async function runIncremental({
  base,
  root,
  folder,
  runs,
  seed,
  path,
  size,
  say = () => {},
}: IncrementalOptions): Promise<IncrementalOutcome> {
  const start = startOf(base, size);
  const content = join(folder, 'content');
  const first: Place = { content, out: join(folder, 'first'), cache: join(folder, 'first-cache') };
  const project = copyProject(root, join(folder, 'project'));
  const build = (place: Place, now: Instant, clean: boolean): Promise<void> => project.build({ ...place, now, clean });
  const done: Record<string, number> = {};
  let [nth, builds] = [0, 0];
  const property = fc.asyncProperty(anySequence, async (steps) => {
    const kept: Place = { content, out: join(folder, 'kept'), cache: join(folder, 'kept-cache') };
    const clean: Place = { content, out: join(folder, 'clean'), cache: join(folder, 'clean-cache') };
    await rm(kept.cache, { recursive: true, force: true });
    await cp(first.cache, kept.cache, { recursive: true, preserveTimestamps: true });
    let moment = start;
    for (const step of steps) {
      const next = take(moment, step);
      if (next === null) continue;
      moment = next;
      done[step.kind] = (done[step.kind] ?? 0) + 1;
      if (!step.builds) continue;
      await lay(moment.tree, content);
      project.lay(moment.code);
      await build(kept, moment.now, false);
      builds += 1;
    }
    await lay(moment.tree, content);
    project.lay(moment.code);
    await Promise.all([build(kept, moment.now, false), build(clean, moment.now, true)]);
    builds += 2;
    nth += 1;
    if (nth % 10 === 0) say(`${nth} sequences, ${builds} builds`);
    const other = await differences(kept.out, clean.out);
    if (other.length > 0)
      throw new Error(`${other.length} files are not those of a clean build: ${other.slice(0, 12).join(', ')}`);
  });
  try {
    await lay(start.tree, content);
    await build(first, start.now, false);
    // A sequence takes seconds: the one that fails is told as it is, and not made shorter by trying.
    const found = await fc.check(property, {
      numRuns: runs,
      seed,
      endOnFailure: true,
      ...(path === undefined ? {} : { path }),
    });
    const steps = found.counterexample?.[0] ?? null;
    if (!found.failed || steps === null) return { runs: nth, builds, done, failure: null };
    const message = found.errorInstance instanceof Error ? found.errorInstance.message : String(found.errorInstance);
    return { runs: nth, builds, done, failure: { message, steps, path: found.counterexamplePath ?? '' } };
  } finally {
    await rm(join(folder, 'project'), { recursive: true, force: true });
  }
}
