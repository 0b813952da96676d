import { foldMaintenance } from '../domain/fold-maintenance.ts';
import type { Maintenance, MaintenanceUpdateRecord } from '../domain/maintenance.ts';
import { shortUtc } from '../schema/instant.ts';
import { type MaintenanceUpdateFile, maintenanceUpdateSchema } from '../schema/maintenance-update.ts';
import { editedProblems } from './edited.ts';
import type { MarkdownFile } from './front-matter.ts';
import type { Problem } from './problem.ts';
import { fieldProblem, type ReadContext, readUpdateFolder, type UpdateFile } from './update-folder.ts';
import { beginsWithFirst, firstUpdateProblems } from './update-rules.ts';

type File = UpdateFile<MaintenanceUpdateFile>;

function toRecord({ id, at, fields, body }: File): MaintenanceUpdateRecord {
  return {
    id,
    at,
    body,
    status: fields.status,
    title: fields.title ?? null,
    scheduledFor: fields.scheduled_for ?? null,
    scheduledUntil: fields.scheduled_until ?? null,
    components: fields.components ?? null,
    edited: fields.edited ?? null,
    source: fields.source ?? null,
  };
}

/** The window as it stands after each update: it must have a beginning, an end after it, and hold the work. */
function windowProblems(files: readonly File[]): Problem[] {
  const problems: Problem[] = [];
  let from: number | undefined;
  let to: number | undefined;
  for (const [index, file] of files.entries()) {
    const { scheduled_for: newFrom, scheduled_until: newTo, status } = file.fields;
    from = newFrom ?? from;
    to = newTo ?? to;
    if (index === 0) {
      if (from === undefined) problems.push(fieldProblem(file, 'scheduled_for', 'is missing. Type when the window begins, as scheduled_for: 2026-12-01T22:00Z'));
      if (to === undefined) problems.push(fieldProblem(file, 'scheduled_until', 'is missing. Type when the window ends, as scheduled_until: 2026-12-02T00:00Z'));
    }
    if (from === undefined || to === undefined) continue;
    if ((newFrom ?? newTo) !== undefined && to <= from) {
      const [field, said] = newTo === undefined
        ? ['scheduled_for', `begins the window at ${shortUtc(from)}, but it ends at ${shortUtc(to)}`] as const
        : ['scheduled_until', `ends the window at ${shortUtc(to)}, but it begins at ${shortUtc(from)}`] as const;
      problems.push(fieldProblem(file, field, `${said}. Type both times again`));
    } else if ((status === 'in_progress' || status === 'verifying') && file.at >= to) {
      problems.push(fieldProblem(file, 'status', `is ${status}, but the window ended at ${shortUtc(to)}. Type scheduled_until: and its new end, or status: completed`));
    }
  }
  return problems;
}

/** Reads one maintenance's folder; null when it has problems. */
export function readMaintenance(
  folder: string,
  sources: readonly MarkdownFile[],
  context: ReadContext,
): { readonly value: Maintenance | null; readonly problems: readonly Problem[] } {
  const read = readUpdateFolder(folder, sources, maintenanceUpdateSchema(context.timeZone), context);
  const problems = [...read.problems, ...editedProblems(read.files, context.now)];
  if (read.complete) {
    problems.push(...firstUpdateProblems(read.files, 'maintenance', context));
    if (beginsWithFirst(read.files)) problems.push(...windowProblems(read.files));
  }
  const [first, ...rest] = read.files;
  if (first === undefined || problems.length > 0) return { value: null, problems };
  const slug = folder.split('/')[1] ?? folder;
  return { value: foldMaintenance(slug, [toRecord(first), ...rest.map(toRecord)]), problems };
}
