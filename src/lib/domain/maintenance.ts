import type { ClosedPeriod, Instant } from './calendar.ts';
import type { Translatable } from './translation.ts';
import type { ComponentStates, MaintenanceStatus, ShownImage } from './vocabulary.ts';

/** One maintenance update as its file says it; null where the file says nothing. */
export type MaintenanceUpdateRecord = Translatable & {
  readonly id: string;
  readonly at: Instant;
  readonly status: MaintenanceStatus;
  readonly title: string | null;
  readonly scheduledFor: Instant | null;
  readonly scheduledUntil: Instant | null;
  readonly components: ComponentStates | null;
  readonly source: string | null;
  /** When it was published, if that was long after the time it is about; null if at that time. */
  readonly posted: Instant | null;
  /** When its text was last changed after it had been published; null if never. */
  readonly edited: Instant | null;
  /** Markdown. */
  readonly body: string;
  /** The whole file, as it was typed; null where it isn't known. It may have notes of the team. */
  readonly written: string | null;
  readonly images: readonly ShownImage[];
};

export type MaintenanceUpdate = {
  readonly record: MaintenanceUpdateRecord;
  /** The maintenance's name at that time. */
  readonly title: string;
  /** Whether it cancels the work: completed before the work had started, as far as was known then. */
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

/** The state at `now`: by the clock, or earlier if an update says so. A window ends even without a commit. */
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

type Records = readonly [MaintenanceUpdateRecord, ...MaintenanceUpdateRecord[]];

function windowOf(records: Records): ClosedPeriod {
  let from: Instant = records[0].at;
  let to: Instant = records[0].at;
  for (const record of records) {
    from = record.scheduledFor ?? from;
    to = record.scheduledUntil ?? to;
  }
  return { from, to };
}

/** Work starts when a person says so or at the announced time; it ends when completed, or at the announced end. */
function actualOf(records: Records, window: ClosedPeriod): ClosedPeriod {
  // Work that was broken off and put off says nothing about when it begins next.
  const attempt = records.slice(records.findLastIndex(({ status }) => status === 'scheduled') + 1);
  const began = attempt.find(({ status }) => status === 'in_progress' || status === 'verifying');
  const from = Math.min(window.from, began?.at ?? window.from);
  // A note added after the end moves no end.
  const ended = records[records.findLastIndex(({ status }) => status !== 'completed') + 1];
  const to = ended?.at ?? window.to;
  // Called off before it began: no time at all.
  return { from: Math.min(from, to), to };
}

/** A maintenance from its update files, in any order; what no update says is carried forward. */
export function foldMaintenance(slug: string, unordered: Records): Maintenance {
  const [first, ...rest] = [...unordered].sort((a, b) => a.at - b.at);
  const records: Records = [first ?? unordered[0], ...rest];
  let title = records[0].title ?? '';
  let begins: Instant = records[0].at;
  let began = false;
  let cancels = false;
  // Only from earlier updates: later ones don't change what an update was.
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
