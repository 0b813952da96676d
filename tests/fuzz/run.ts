import fc from 'fast-check';
import { parseContent } from '../../src/lib/content/check-content.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import type { Site } from '../../src/lib/domain/site.ts';
import { type Base, type Choice, filePaths, type Mutation, smallSite, type Tree } from './content.ts';
import { judge, type Verdict } from './judge.ts';
import { textMutations, treeMutations } from './mutations.ts';

export const mutations: Readonly<Record<string, Mutation>> = { ...textMutations, ...treeMutations };

/** The time at which broken content is read: after the whole real history. */
export const fuzzNow: Instant = Date.parse('2025-01-01T00:00:00Z');

/** How to break one small site, as generated and printed by fast-check. */
export type Plan = {
  readonly first: number;
  readonly second: number;
  readonly steps: readonly (Choice & { readonly kind: string })[];
};

/** Any kind of broken content: two incidents from the base, with one to three mutations. */
export function anyPlan(kinds: readonly string[] = Object.keys(mutations)): fc.Arbitrary<Plan> {
  const nat = fc.nat(0x7fffffff);
  const step = fc.record({ kind: fc.constantFrom(...kinds), file: nat, a: nat, b: nat });
  const steps = fc.oneof(
    { arbitrary: fc.array(step, { minLength: 1, maxLength: 1 }), weight: 3 },
    { arbitrary: fc.array(step, { minLength: 2, maxLength: 3 }), weight: 1 },
  );
  return fc.record({ first: fc.nat(9999), second: fc.nat(9999), steps });
}

type Made = {
  readonly tree: Tree;
  readonly touched: Set<string>;
  readonly isHonest: boolean;
  readonly before: Site;
  readonly done: readonly string[];
};

function soundSite(tree: Tree): Site {
  const files = filePaths(tree).map((path) => {
    const entry = tree.get(path);
    return { path, bytes: entry?.kind === 'file' ? entry.bytes : Buffer.alloc(0) };
  });
  const parsed = parseContent({ files, folders: [], others: [] }, fuzzNow);
  if ('problems' in parsed)
    throw new Error(`the content is broken before it is broken: ${JSON.stringify(parsed.problems[0])}`);
  return parsed.site;
}

/** Carries out a plan. Skips steps that find nothing to break. */
export function carryOut(base: Base, plan: Plan): Made {
  const tree = smallSite(base, plan.first, plan.second);
  const before = soundSite(tree);
  const touched = new Set<string>();
  const done: string[] = [];
  let isHonest = true;
  for (const { kind, ...choice } of plan.steps) {
    const broken = mutations[kind]?.(tree, choice) ?? null;
    if (broken === null) continue;
    done.push(kind);
    isHonest &&= broken.isHonest ?? false;
    for (const part of broken.touched) touched.add(part);
  }
  return { tree, touched, isHonest: isHonest && done.length > 0, before, done };
}

/** How often each mutation was rejected, accepted or impossible. */
export type Tally = Record<string, Record<Verdict, number>>;

export type Outcome = {
  readonly seed: number;
  readonly runs: number;
  readonly tally: Tally;
  /** Null if nothing failed. */
  readonly failure: {
    readonly message: string;
    readonly stack: string;
    readonly plan: Plan;
    readonly path: string;
  } | null;
};

type RunOptions = {
  readonly base: Base;
  readonly runs: number;
  readonly seed: number;
  /** The path to an earlier failure; undefined runs everything. */
  readonly path?: string | undefined;
  /** Called before each run, so that a run that hangs can be identified. */
  readonly begin?: (plan: Plan) => void;
};

/** Breaks content repeatedly, and judges each result. */
export async function runFuzz({ base, runs, seed, path, begin = () => {} }: RunOptions): Promise<Outcome> {
  const tally: Tally = {};
  const property = fc.asyncProperty(anyPlan(), async (plan) => {
    begin(plan);
    const made = carryOut(base, plan);
    const verdict = await judge(made, fuzzNow);
    for (const kind of made.done) {
      const counts = (tally[kind] ??= { refused: 0, taken: 0, impossible: 0 });
      counts[verdict] += 1;
    }
  });
  const found = await fc.check(property, { numRuns: runs, seed, ...(path === undefined ? {} : { path }) });
  const plan = found.counterexample?.[0] ?? null;
  if (!found.failed || plan === null) return { seed, runs: found.numRuns, tally, failure: null };
  const error = found.errorInstance instanceof Error ? found.errorInstance : new Error(String(found.errorInstance));
  return {
    seed,
    runs: found.numRuns,
    tally,
    failure: { message: error.message, stack: error.stack ?? '', plan, path: found.counterexamplePath ?? '' },
  };
}
