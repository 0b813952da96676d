import { type StatusPeriod, periodsWithin } from './component-history.ts';
import { type ClosedPeriod, clip, merge, totalLength } from './period.ts';
import type { Duration } from './instant.ts';

/** How much of a partial outage counts as down. Statuspage: 30 %. */
const partialWeight = 0.3;

export type Downtime = { readonly major: Duration; readonly partial: Duration };

/** Parts of `periods` that none of `holes` covers. */
function without(periods: readonly ClosedPeriod[], holes: readonly ClosedPeriod[]): ClosedPeriod[] {
  return merge(holes).reduce<ClosedPeriod[]>(
    (rest, hole) =>
      rest.flatMap((period) => {
        const before = clip(period, { from: -Infinity, to: hole.from });
        const after = clip(period, { from: hole.to, to: Infinity });
        return [before, after].filter((part) => part !== null);
      }),
    merge(periods),
  );
}

/** Time in major and in partial outage inside a window; where both are claimed, major counts alone. */
export function downtime(history: readonly StatusPeriod[], window: ClosedPeriod): Downtime {
  const inside = periodsWithin(history, window);
  const major = inside.filter(({ status }) => status === 'major_outage');
  const partial = inside.filter(({ status }) => status === 'partial_outage');
  return { major: totalLength(major), partial: totalLength(without(partial, major)) };
}

/**
 * The share of a window in which a component was up, from 0 to 1; null for an empty window.
 * `1 - (major + 0.3 × partial) / total`; degraded performance and maintenance count as up (Statuspage).
 */
export function uptime(history: readonly StatusPeriod[], window: ClosedPeriod): number | null {
  const total = window.to - window.from;
  if (total <= 0) return null;
  const { major, partial } = downtime(history, window);
  return 1 - (major + partialWeight * partial) / total;
}
