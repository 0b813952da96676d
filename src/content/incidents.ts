import { foldIncident } from '../domain/fold-incident.ts';
import type { Incident, IncidentUpdateRecord } from '../domain/incident.ts';
import type { Cadence } from '../domain/settings.ts';
import { type IncidentUpdateFile, incidentUpdateSchema } from '../schema/incident-update.ts';
import { shortUtc } from '../schema/instant.ts';
import { editedProblems } from './edited.ts';
import type { MarkdownFile } from './front-matter.ts';
import type { Problem } from './problem.ts';
import { fieldProblem, type ReadContext, readUpdateFolder, type UpdateFile } from './update-folder.ts';
import { beginsWithFirst, firstUpdateProblems } from './update-rules.ts';

type File = UpdateFile<IncidentUpdateFile>;

function toRecord({ id, at, fields, body }: File): IncidentUpdateRecord {
  return {
    id,
    at,
    body,
    status: fields.status,
    title: fields.title ?? null,
    impact: fields.impact ?? null,
    components: fields.components ?? null,
    customerData: fields.customer_data ?? null,
    nextUpdate: fields.next_update ?? null,
    lead: fields.lead ?? null,
    comms: fields.comms ?? null,
    remedy: fields.remedy ?? null,
    started: fields.started ?? null,
    edited: fields.edited ?? null,
    source: fields.source ?? null,
  };
}

function firstOnly(file: File): Problem[] {
  return (['started', 'source'] as const)
    .filter((field) => file.fields[field] !== undefined)
    .map((field) => fieldProblem(file, field, 'belongs on the first update of the incident. Move it there'));
}

function firstFileProblems(first: File): Problem[] {
  const problems: Problem[] = [];
  const { impact, components, started } = first.fields;
  if (impact === undefined && Object.keys(components ?? {}).length === 0) {
    problems.push(fieldProblem(first, 'impact', 'is missing, and no component is named that would tell it. Type impact: minor (or none, major, critical), or name the components'));
  }
  if (started !== undefined && started > first.at) {
    problems.push(fieldProblem(first, 'started', `${shortUtc(started)} is after this first update. Type when customers began to be affected, ${shortUtc(first.at)} or before`));
  }
  return problems;
}

function fileProblems(file: File): Problem[] {
  const problems: Problem[] = [];
  const { status, components = {}, next_update: next } = file.fields;
  if (status === 'resolved') {
    for (const [id, state] of Object.entries(components)) {
      if (state === 'operational') continue;
      problems.push(fieldProblem(file, ['components', id], `is ${state}, but resolved says that all is well. Delete the line, or type status: monitoring`));
    }
  }
  if (next?.kind === 'at' && next.instant <= file.at) {
    problems.push(fieldProblem(file, 'next_update', `${shortUtc(next.instant)} is not after this update. Type a later time, or how long it will take, as 30m`));
  }
  return problems;
}

/** Reads one incident's folder; null when it has problems. `cadence` is the site's. */
export function readIncident(
  folder: string,
  sources: readonly MarkdownFile[],
  context: ReadContext & { readonly cadence: Cadence },
): { readonly value: Incident | null; readonly problems: readonly Problem[] } {
  const read = readUpdateFolder(folder, sources, incidentUpdateSchema(context.timeZone), context);
  const [first, ...rest] = read.files;
  const problems = [...read.problems, ...read.files.flatMap(fileProblems), ...editedProblems(read.files, context.now), ...rest.flatMap(firstOnly)];
  if (read.complete) {
    problems.push(...firstUpdateProblems(read.files, 'incident', context));
    if (first !== undefined && beginsWithFirst(read.files)) problems.push(...firstFileProblems(first));
  }
  if (first === undefined || problems.length > 0) return { value: null, problems };
  const slug = folder.split('/')[1] ?? folder;
  return { value: foldIncident(slug, [toRecord(first), ...rest.map(toRecord)], context.cadence), problems };
}
