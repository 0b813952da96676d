import type { KeptRelease } from './release-folder.ts';

/**
 * What two releases share that differ only by the moment they were made: the same content of the
 * same commit by the same Halfpast.
 */
export function sourceOf({ release: { content, commit, version } }: Pick<KeptRelease, 'release'>): string {
  return JSON.stringify([content, commit, version]);
}

export type Needed = { readonly current: string | null; readonly verified: readonly string[]; readonly keep: number };

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
