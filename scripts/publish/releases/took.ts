import type { StepName } from './state.ts';

/** When a step of a publish began, in milliseconds. */
export type Mark = { readonly step: StepName; readonly at: number };

/** How long a publish took until the site was live and looked at, in milliseconds, and each of its steps; `read` is all before the build. */
export type Took = { readonly all: number; readonly steps: Readonly<Record<string, number>> };

/** From the beginning to `end`; the marks are in the order of the steps. */
export function tookUntil(end: number, startedAt: number, marks: readonly Mark[]): Took {
  const parts = [{ step: 'read', at: startedAt }, ...marks];
  const steps = parts.map(({ step, at }, index) => [step, (parts[index + 1]?.at ?? end) - at] as const);
  return { all: end - startedAt, steps: Object.fromEntries(steps) };
}
