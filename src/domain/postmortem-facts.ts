import type { ComponentStates } from './component.ts';
import type { Incident } from './incident.ts';
import type { Duration, Instant } from './instant.ts';
import { type ClosedPeriod, totalLength } from './period.ts';
import type { CustomerData } from './vocabulary.ts';

/** What can be told of a resolved incident without asking anyone. */
export type PostmortemFacts = {
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  /** How long it was open: without the time between a resolved update and its reopening. */
  readonly duration: Duration;
  readonly reopenings: number;
  /** Null when the first update does not say when customers began to be affected. */
  readonly timeToFirstUpdate: Duration | null;
  /** The longest time in which nothing was posted while it was open; null with a single update. */
  readonly longestSilence: ClosedPeriod | null;
  /** The worst each component had, in the order in which they were named. */
  readonly worstComponents: ComponentStates;
  readonly customerData: CustomerData | null;
  readonly remedy: string | null;
};

function longestSilence({ updates }: Incident): ClosedPeriod | null {
  let longest: ClosedPeriod | null = null;
  for (const [index, { record }] of updates.entries()) {
    const next = updates[index + 1]?.record.at;
    // Nobody owes an update while an incident is resolved.
    if (next === undefined || record.status === 'resolved') continue;
    if (longest === null || next - record.at > longest.to - longest.from) longest = { from: record.at, to: next };
  }
  return longest;
}

/** The facts of an incident; null while it is open. */
export function postmortemFacts(incident: Incident): PostmortemFacts | null {
  if (incident.resolvedAt === null) return null;
  const closed = incident.openPeriods.flatMap(({ from, to }) => (to === null ? [] : [{ from, to }]));
  const first = incident.updates[0].record;
  return {
    startedAt: incident.startedAt,
    endedAt: incident.resolvedAt,
    duration: totalLength(closed),
    reopenings: closed.length - 1,
    timeToFirstUpdate: first.started === null ? null : first.at - first.started,
    longestSilence: longestSilence(incident),
    worstComponents: incident.worstComponents,
    customerData: incident.customerData,
    remedy: incident.remedy,
  };
}
