import type { Duration, Instant } from './instant.ts';

/** A stretch of time, `from` inclusive, `to` exclusive; `to` is null while it has not ended. */
export type Period = { readonly from: Instant; readonly to: Instant | null };

/** A stretch with both ends. */
export type ClosedPeriod = { readonly from: Instant; readonly to: Instant };

/** The part of `period` that lies inside `window`, or null when they do not touch. */
export function clip(period: Period, window: ClosedPeriod): ClosedPeriod | null {
  const from = Math.max(period.from, window.from);
  const to = Math.min(period.to ?? Infinity, window.to);
  return from < to ? { from, to } : null;
}

/** Overlapping and touching stretches joined, earliest first, so that no moment counts twice. */
export function merge(periods: readonly ClosedPeriod[]): ClosedPeriod[] {
  const merged: ClosedPeriod[] = [];
  for (const period of [...periods].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && period.from <= last.to) {
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, period.to) };
    } else {
      merged.push(period);
    }
  }
  return merged;
}

/** How long the stretches last together; overlaps count once. */
export function totalLength(periods: readonly ClosedPeriod[]): Duration {
  return merge(periods).reduce((sum, period) => sum + (period.to - period.from), 0);
}
