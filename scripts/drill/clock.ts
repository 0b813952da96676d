import type { Duration, Instant } from '../../src/lib/domain/calendar.ts';

/** The time in a drill. It runs at a pace that can change: 0 stands still, 1 is that of the real clock. */
export type DrillClock = {
  readonly now: () => Instant;
  readonly setPace: (pace: number) => void;
  readonly pass: (time: Duration) => void;
};

export function drillClock(start: Instant, real: () => Instant): DrillClock {
  let [base, since, pace] = [start, real(), 0];
  const now = (): Instant => Math.round(base + (real() - since) * pace);
  return {
    now,
    setPace: (other) => {
      [base, since, pace] = [now(), real(), other];
    },
    pass: (time) => {
      base += time;
    },
  };
}
