import type { Incident } from './incident.ts';
import type { Duration } from './instant.ts';

/** How long customers waited: for the first word, and for the end. */
export type ResponseTimes = {
  /** Null when the first update does not say when customers began to be affected. */
  readonly toFirstUpdate: Duration | null;
  /** Null while it is open, and for one that was told of only when it was over. */
  readonly toResolve: Duration | null;
};

/**
 * From when customers began to be affected, as far as is known. The time between a resolved update and
 * a reopening does not count; an incident whose first word is that it is over has no known length,
 * not even when it is reopened.
 */
export function responseTimes({ updates, resolvedAt, openPeriods }: Incident): ResponseTimes {
  const { started, status, at } = updates[0].record;
  const isToldAfterwards = status === 'resolved' && started === null;
  return {
    toFirstUpdate: started === null ? null : at - started,
    toResolve:
      resolvedAt === null || isToldAfterwards
        ? null
        : openPeriods.reduce((sum, { from, to }) => sum + (to ?? from) - from, 0),
  };
}
