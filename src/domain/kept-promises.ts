import type { Incident, IncidentUpdate } from './incident.ts';
import type { Instant } from './instant.ts';
import { isOverdue } from './promise.ts';

/** A promise of an update whose outcome is known; `promised` is when it was due. */
export type SettledPromise = { readonly promised: Instant; readonly kept: boolean };

/**
 * By when an update promised the next one. What came from another page promised nothing by our
 * cadence, so that of an imported incident only promises made in words count; null for none.
 */
export function promiseOf({ updates }: Incident, update: IncidentUpdate): Instant | null {
  const isImported = updates[0].record.source !== null;
  return isImported && update.record.nextUpdate === null ? null : update.promised;
}

/**
 * What became of each promise of an incident: kept by the update after it, or late. One that nothing
 * has answered is late from its minute on, and before that not settled.
 */
export function settledPromises(incident: Incident, now: Instant): SettledPromise[] {
  const settled: SettledPromise[] = [];
  let promised: Instant | null = null;
  for (const update of incident.updates) {
    if (promised !== null) settled.push({ promised, kept: !isOverdue(promised, update.record.at) });
    promised = promiseOf(incident, update);
  }
  if (promised !== null && isOverdue(promised, now)) settled.push({ promised, kept: false });
  return settled;
}
