import type { ComponentStates } from './component.ts';
import type { Instant } from './instant.ts';
import type { ClosedPeriod } from './period.ts';
import type { MaintenanceStatus } from './vocabulary.ts';

/** One maintenance update as its file says it; null where the file says nothing. */
export type MaintenanceUpdateRecord = {
  readonly id: string;
  readonly at: Instant;
  readonly status: MaintenanceStatus;
  readonly title: string | null;
  readonly scheduledFor: Instant | null;
  readonly scheduledUntil: Instant | null;
  readonly components: ComponentStates | null;
  readonly source: string | null;
  /** When its text was last changed after it had been published; null if never. */
  readonly edited: Instant | null;
  /** Markdown. */
  readonly body: string;
};

export type MaintenanceUpdate = {
  readonly record: MaintenanceUpdateRecord;
  /** The maintenance's name at that time. */
  readonly title: string;
  /** Whether it calls the work off: completed before the work had begun, as far as was told by then. */
  readonly cancels: boolean;
};

export type Maintenance = {
  readonly slug: string;
  readonly title: string;
  /** The announced window. */
  readonly window: ClosedPeriod;
  /** When work really ran, as far as updates tell: it may start early and end early. */
  readonly actual: ClosedPeriod;
  /** The last status a person wrote. */
  readonly written: MaintenanceStatus;
  /** What each component is while the work runs. */
  readonly components: ComponentStates;
  /** Oldest first, never empty. */
  readonly updates: readonly [MaintenanceUpdate, ...MaintenanceUpdate[]];
};

/** The state at `now`: by the clock, sooner where a person said so. A window ends even if nobody commits. */
export function maintenanceStatus(maintenance: Maintenance, now: Instant): MaintenanceStatus {
  const { actual, written } = maintenance;
  if (written === 'completed' || now >= actual.to) return 'completed';
  if (now < actual.from) return 'scheduled';
  return written === 'verifying' ? 'verifying' : 'in_progress';
}

/** Whether work runs at `now`. */
export function isRunning(maintenance: Maintenance, now: Instant): boolean {
  const status = maintenanceStatus(maintenance, now);
  return status === 'in_progress' || status === 'verifying';
}

/**
 * Whether it was called off: completed although work had not begun, neither by the clock nor because
 * a person said so. It then took no time at all.
 */
export function isCancelled({ written, actual }: Maintenance): boolean {
  return written === 'completed' && actual.from === actual.to;
}
