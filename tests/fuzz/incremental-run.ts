import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseContent } from '../../src/lib/content/check-content.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import { type Base, type Choice, type Tree, writeTree } from './content.ts';
import { clockEdits, edits, incidentEdits, maintenanceEdits, type Moment, startOf } from './incremental-edits.ts';
import { hashesOf } from './processes.ts';
import { codeEdits, copyProject } from './project-copy.ts';

/** A sequence of edits. Those with `builds` are followed by a build, like a push. */
type Step = Choice & { readonly kind: string; readonly builds: boolean };

const nat = fc.nat(0x7fffffff);
const builds = fc.oneof({ arbitrary: fc.constant(false), weight: 5 }, { arbitrary: fc.constant(true), weight: 1 });
const anySteps = (kinds: readonly string[], maxLength: number): fc.Arbitrary<Step[]> =>
  fc.array(fc.record({ kind: fc.constantFrom(...kinds), file: nat, a: nat, b: nat, builds }), {
    minLength: 1,
    maxLength,
    size: 'max',
  });

/** Mostly edits that leave most pages unchanged: renaming the site rebuilds every page, and hides what was missed. */
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

/** Whether the content is valid: content that can't be published says nothing about builds. */
function isSound({ tree, now }: Moment): boolean {
  const files = [...tree].map(([path, entry]) => ({
    path,
    bytes: entry.kind === 'file' ? entry.bytes : Buffer.alloc(0),
  }));
  return 'site' in parseContent({ files, folders: [], others: [] }, now);
}

/** Applies one step. Skips edits that would break the content. */
export function take(moment: Moment, { kind, ...choice }: Step): Moment | null {
  const next: Moment = { tree: new Map(moment.tree), now: moment.now, code: moment.code };
  return edits[kind]?.(next, choice) === true && isSound(next) ? next : null;
}

type IncrementalOptions = {
  readonly base: Base;
  /** Halfpast's own folder. */
  readonly root: string;
  /** A folder to work in. */
  readonly folder: string;
  readonly runs: number;
  readonly seed: number;
  /** The path to an earlier failure; undefined runs everything. */
  readonly path?: string | undefined;
  /** How many incidents of the history to use. */
  readonly size: number;
  readonly say?: (line: string) => void;
};

type IncrementalOutcome = {
  readonly runs: number;
  readonly builds: number;
  /** How often each kind of edit was applied. */
  readonly done: Readonly<Record<string, number>>;
  readonly failure: { readonly message: string; readonly steps: readonly Step[]; readonly path: string } | null;
};

type Place = { readonly content: string; readonly out: string; readonly cache: string };

async function lay(tree: Tree, content: string): Promise<void> {
  await rm(content, { recursive: true, force: true });
  writeTree(tree, content);
}

/** The files that differ between two sites. */
async function differences(one: string, other: string): Promise<string[]> {
  const [a, b] = await Promise.all([hashesOf(one), hashesOf(other)]);
  return [...new Set([...a.keys(), ...b.keys()])].filter((path) => a.get(path) !== b.get(path)).sort();
}

/**
 * Edits a history repeatedly, builds it incrementally and from scratch, and compares all files byte for byte. Every
 * sequence starts with the same history and cache, so that a failing one can be reproduced alone.
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
    // A sequence takes seconds, so a failing one is reported as is, without shrinking.
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
