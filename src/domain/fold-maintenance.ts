import type { Instant } from './instant.ts';
import type { Maintenance, MaintenanceUpdate, MaintenanceUpdateRecord } from './maintenance.ts';
import type { ClosedPeriod } from './period.ts';

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
  // From what was told by then alone: nothing that comes later changes what an update was.
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
