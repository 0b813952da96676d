import { day, type Instant } from '../domain/calendar.ts';
import { isCancelled, type Maintenance, maintenanceStatus } from '../domain/maintenance.ts';
import { shortUtc } from '../schema/time-fields.ts';
import type { MaintenanceUpdateFile } from '../schema/update-file.ts';
import { fieldProblem, type Problem } from './problem.ts';
import { daysIn, hasField, type Head, isOld, longestAhead, type UpdateFile } from './update-rules.ts';

type MaintenanceFile = UpdateFile<MaintenanceUpdateFile>;

/** Reports a first update without a window. */
export function noWindowProblems(first: Head): Problem[] {
  return Object.entries({
    scheduled_for: 'is missing. Add when the window starts, such as scheduled_for: 2026-12-01T22:00Z',
    scheduled_until: 'is missing. Add when the window ends, such as scheduled_until: 2026-12-02T00:00Z',
  }).flatMap(([field, message]) => (hasField(first, field) ? [] : [fieldProblem(first, field, message)]));
}

/** Checks the window after each update: it must end after it starts, and work must not go on after it ends. */
export function windowProblems(files: readonly MaintenanceFile[]): Problem[] {
  const problems: Problem[] = [];
  let from: number | undefined;
  let to: number | undefined;
  for (const file of files) {
    const { scheduled_for: newFrom, scheduled_until: newTo, status } = file.fields;
    from = newFrom ?? from;
    to = newTo ?? to;
    if (from === undefined || to === undefined) continue;
    if ((newFrom ?? newTo) !== undefined && to <= from) {
      const [field, problem] =
        newTo === undefined
          ? (['scheduled_for', `starts the window at ${shortUtc(from)}, but it ends at ${shortUtc(to)}`] as const)
          : (['scheduled_until', `ends the window at ${shortUtc(to)}, but it starts at ${shortUtc(from)}`] as const);
      problems.push(fieldProblem(file, field, `${problem}. Correct one of them`));
    } else if ((status === 'in_progress' || status === 'verifying') && file.at >= to) {
      const message = `is ${status}, but the window ended at ${shortUtc(to)}. Add scheduled_until: with the new end, or use status: completed`;
      problems.push(fieldProblem(file, 'status', message));
    }
  }
  return problems;
}

/**
 * Checks a newest update that is `scheduled` although its window is over or has begun: the page goes by the window, and
 * would show the work as completed or in progress. Skips imported maintenance, whose source may say so. An update that
 * has been live for a day, perhaps a note on finished work, is only a warning.
 */
export function lateProblems(
  files: readonly MaintenanceFile[],
  now: Instant,
): { readonly problems: readonly Problem[]; readonly warnings: readonly Problem[] } {
  const none = { problems: [], warnings: [] };
  const newest = files.at(-1);
  if (newest?.fields.status !== 'scheduled' || files[0]?.fields.source !== undefined) return none;
  const { at, fields } = newest;
  const last = (field: 'scheduled_for' | 'scheduled_until'): Instant =>
    files.findLast((file) => file.fields[field] !== undefined)?.fields[field] ?? Infinity;
  const [from, to] = [last('scheduled_for'), last('scheduled_until')];
  // That's reported elsewhere.
  if (to <= from) return none;
  const isOver = at >= to;
  const finding = (field: 'scheduled_until' | 'status', message: string) => {
    const found = [fieldProblem(newest, field, message)];
    return isOver && !isOld(newest, now) ? { problems: found, warnings: [] } : { problems: [], warnings: found };
  };
  if (isOver && fields.scheduled_until !== undefined) {
    const message = `${shortUtc(to)} is not after this update, so the page shows the work as completed. Enter a later end, or use status: completed`;
    return finding('scheduled_until', message);
  }
  if (at < from || (fields.scheduled_for ?? fields.scheduled_until) !== undefined) return none;
  if (!isOver && now >= to + day) return none;
  const [began, shown, other] =
    now < to
      ? [`began at ${shortUtc(from)}`, 'in progress', 'in_progress or completed']
      : [`ended at ${shortUtc(to)}`, 'completed', 'completed'];
  const message = `is scheduled, but the window ${began}, so the page shows the work as ${shown}. Add scheduled_for: and scheduled_until: with the new window, or use status: ${other}`;
  return finding('status', message);
}

/**
 * Warns about a window so long that it's probably a typo, and about components in an outage, because the page shows
 * that next to an uptime that leaves it out. Skips maintenance that was imported, canceled, or over more than a day
 * ago.
 */
export function workWarnings(files: readonly MaintenanceFile[], maintenance: Maintenance, now: Instant): Problem[] {
  const { components, actual, updates, window } = maintenance;
  const isLongOver = maintenanceStatus(maintenance, now) === 'completed' && actual.to < now - day;
  if (isLongOver || isCancelled(maintenance) || updates[0].record.source !== null) return [];
  const outages = Object.entries(components).flatMap(([id, status]) => {
    const file = files.findLast(({ fields }) => fields.components?.[id] !== undefined);
    if (file === undefined || (status !== 'partial_outage' && status !== 'major_outage')) return [];
    const message = `is ${status}, but maintenance counts as up, so uptime leaves this out. Use under_maintenance; if customers have an outage, also open an incident`;
    return [fieldProblem(file, ['components', id], message, { part: 'key' })];
  });
  const length = window.to - window.from;
  const ends = files.findLast(({ fields }) => fields.scheduled_until !== undefined);
  if (ends === undefined || length <= longestAhead) return outages;
  const message = `${shortUtc(window.to)} is ${daysIn(length)} days after the window starts, and the page shows the work as in progress until then. Correct it, unless the work takes that long`;
  return [...outages, fieldProblem(ends, 'scheduled_until', message)];
}
