import type { ClosedPeriod, Instant } from './calendar.ts';
import type { UpdateRecord } from './incident.ts';
import type { ComponentStates, MaintenanceStatus } from './vocabulary.ts';

export type MaintenanceUpdateRecord = UpdateRecord<MaintenanceStatus> & {
  readonly scheduledFor: Instant | null;
  readonly scheduledUntil: Instant | null;
};

export type MaintenanceUpdate = {
  readonly record: MaintenanceUpdateRecord;
  /** The maintenance's title at that time. */
  readonly title: string;
  /** Whether it cancels the work: completed before the work started, as far as was known at that time. */
  readonly cancels: boolean;
};

export type Maintenance = {
  readonly slug: string;
  readonly title: string;
  /** The announced window. */
  readonly window: ClosedPeriod;
  /** When work actually ran, based on the updates. It may start early and end early. */
  readonly actual: ClosedPeriod;
  /** The last status that someone set. */
  readonly written: MaintenanceStatus;
  /** The status of each component during the work. */
  readonly components: ComponentStates;
  /** Oldest first, never empty. */
  readonly updates: readonly [MaintenanceUpdate, ...MaintenanceUpdate[]];
};

/** Returns the status at `now`: by the clock, or earlier if an update says so. Windows also end without a commit. */
export function maintenanceStatus(maintenance: Maintenance, now: Instant): MaintenanceStatus {
  const { actual, written } = maintenance;
  if (written === 'completed' || now >= actual.to) return 'completed';
  if (now < actual.from) return 'scheduled';
  return written === 'verifying' ? 'verifying' : 'in_progress';
}

/** Whether work is in progress at `now`. */
export function isRunning(maintenance: Maintenance, now: Instant): boolean {
  const status = maintenanceStatus(maintenance, now);
  return status === 'in_progress' || status === 'verifying';
}

/**
 * Whether it was canceled: completed before work began, either by the clock or by an update. It then
 * has zero duration.
 */
export function isCancelled({ written, actual }: Maintenance): boolean {
  return written === 'completed' && actual.from === actual.to;
}

type Records = readonly [MaintenanceUpdateRecord, ...MaintenanceUpdateRecord[]];

function windowOf(records: Records): ClosedPeriod {
  const last = (field: 'scheduledFor' | 'scheduledUntil'): Instant =>
    records.findLast((record) => record[field] !== null)?.[field] ?? records[0].at;
  return { from: last('scheduledFor'), to: last('scheduledUntil') };
}

/** Work starts when an update says so or at the announced time. It ends when completed or at the announced end. */
function actualOf(records: Records, window: ClosedPeriod): ClosedPeriod {
  // An attempt that was aborted and rescheduled says nothing about when the next one starts.
  const attempt = records.slice(records.findLastIndex(({ status }) => status === 'scheduled') + 1);
  const began = attempt.find(({ status }) => status === 'in_progress' || status === 'verifying');
  const from = Math.min(window.from, began?.at ?? window.from);
  // A note after the end doesn't move the end.
  const ended = records[records.findLastIndex(({ status }) => status !== 'completed') + 1];
  const to = ended?.at ?? window.to;
  // Zero duration if it was canceled before it began.
  return { from: Math.min(from, to), to };
}

/** Builds a maintenance window from its update files, in any order. Values that an update doesn't have carry over. */
export function foldMaintenance(slug: string, unordered: Records): Maintenance {
  const [first, ...rest] = [...unordered].sort((a, b) => a.at - b.at);
  const records: Records = [first ?? unordered[0], ...rest];
  let title = records[0].title ?? '';
  let begins: Instant = records[0].at;
  let began = false;
  let cancels = false;
  // Only based on earlier updates, because later ones don't change what an update was.
  const fold = (record: MaintenanceUpdateRecord): MaintenanceUpdate => {
    title = record.title ?? title;
    begins = record.scheduledFor ?? begins;
    began = record.status === 'scheduled' ? false : began || record.status !== 'completed';
    cancels = record.status === 'completed' && !began && (cancels || record.at < begins);
    return { record, title, cancels };
  };
  const updates: [MaintenanceUpdate, ...MaintenanceUpdate[]] = [fold(records[0]), ...records.slice(1).map(fold)];
  const window = windowOf(records);
  return {
    slug,
    title,
    window,
    actual: actualOf(records, window),
    written: (records.at(-1) ?? records[0]).status,
    components: Object.assign({}, ...records.map((record) => record.components ?? {})),
    updates,
  };
}
