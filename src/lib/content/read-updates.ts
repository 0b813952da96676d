import type { z } from 'zod';
import { type Instant, minute, second } from '../domain/calendar.ts';
import { foldIncident, type Incident, type IncidentUpdateRecord } from '../domain/incident.ts';
import { foldMaintenance, isRunning, type Maintenance, type MaintenanceUpdateRecord } from '../domain/maintenance.ts';
import type { Cadence } from '../domain/settings.ts';
import { longestSlug, slugForm, slugify } from '../schema/components-file.ts';
import { quote } from '../schema/text.ts';
import { shortUtc } from '../schema/time-fields.ts';
import {
  type IncidentUpdateFile,
  incidentUpdateSchema,
  type MaintenanceUpdateFile,
  maintenanceUpdateSchema,
} from '../schema/update-file.ts';
import { blankProblems, markdownProblems, shownImages } from './body.ts';
import type { MarkdownFile } from './front-matter.ts';
import { endProblems, handOverProblems, impactProblems, incidentProblems } from './incident-rules.ts';
import { nameWarnings, promiseWarnings, responseWarnings, sizeWarnings, statusWarnings } from './incident-warnings.ts';
import { lateProblems, noWindowProblems, windowProblems, workWarnings } from './maintenance-rules.ts';
import { fileProblem, type Problem } from './problem.ts';
import { unknownComponents } from './read-components.ts';
import { translationFindings } from './translation-rules.ts';
import {
  freeUpdateName,
  localTimeHint,
  namesOf,
  notAnUpdate,
  parseUpdateName,
  wrongUpdateName,
} from './update-name.ts';
import {
  asInFiles,
  beginsWithFirst,
  clockSkew,
  firstUpdateProblems,
  type Head,
  postedProblems,
  type ReadContext,
  retiredWarnings,
  translated,
  type UpdateFile,
} from './update-rules.ts';
import { validate } from './yaml.ts';

type Named = { readonly source: MarkdownFile; readonly id: string; readonly at: Instant };

/** The name of an incident or a maintenance window in the folder `incidents/<name>` or `maintenance/<name>`. */
const slugOf = (folder: string): string => folder.split('/')[1] ?? '';

function nameProblems(folder: string, sources: readonly MarkdownFile[]): { named: Named[]; problems: Problem[] } {
  const slug = slugOf(folder);
  const problems: Problem[] = [];
  const wrong = (path: string, message: string) => problems.push(fileProblem(path, message));
  if (!slugForm.test(slug)) {
    const better = slugify(slug) || '2026-11-22-checkout-errors';
    wrong(folder, `${quote(slug)} cannot be used in an address. Rename the folder to ${better}`);
  }
  if (slug.length > longestSlug)
    wrong(folder, `has a name of ${slug.length} characters; the limit is ${longestSlug}. Rename the folder`);
  const files = sources.filter(({ path }) => path.endsWith('.md'));
  const taken = new Set(files.map(({ path }) => path.slice(folder.length + 1, -'.md'.length)));
  const named = sources.flatMap((source): Named[] => {
    const name = source.path.slice(folder.length + 1);
    const id = name.replace(/\.md$/, '');
    const isUpdate = name.endsWith('.md') && !name.includes('/');
    const at = isUpdate ? parseUpdateName(id) : null;
    if (at !== null) return [{ source, id, at }];
    wrong(source.path, isUpdate ? wrongUpdateName(id, taken) : notAnUpdate(name, folder, taken));
    return [];
  });
  return { named: named.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)), problems };
}

function timeProblems(named: readonly Named[], { now, timeZone }: ReadContext): Problem[] {
  const taken = namesOf(named);
  return named.flatMap(({ source, id, at }, index) => {
    const messages: string[] = [];
    if (at > now + clockSkew) {
      const hint = localTimeHint(at, timeZone, taken, (meant) => meant <= now + clockSkew);
      messages.push(`${id} is in the future; it is now ${shortUtc(Math.floor(now / minute) * minute)}. ${hint}`);
    }
    const before = named[index - 1];
    if (before?.at === at) {
      const other = freeUpdateName(at + second, taken);
      messages.push(`has the same time as ${before.id}.md. Rename one of them to include seconds, such as ${other}.md`);
    }
    return messages.map((message) => fileProblem(source.path, message));
  });
}

function readFile<T extends z.ZodType>(
  { source, id, at }: Named,
  schema: T,
  { componentIds, images, wording = asInFiles }: ReadContext,
): { readonly file: UpdateFile<z.output<T>> | null; readonly problems: readonly Problem[] } {
  if ('problems' in source) return { file: null, problems: source.problems };
  const { path, text, matter } = source;
  const validated = validate(schema, matter, path);
  const unknown = unknownComponents(matter, path, componentIds);
  const { body, locate } = matter;
  const problems = [...unknown, ...markdownProblems(text, body, path, images), ...blankProblems(text, path)];
  if ('problems' in validated) return { file: null, problems: [...validated.problems, ...problems] };
  return {
    file: {
      path,
      id,
      at,
      fields: validated.value,
      body,
      written: text,
      images: shownImages(body, path, images),
      locate,
      wording,
    },
    problems,
  };
}

function headOf({ source, id, at }: Named): Head | null {
  if ('problems' in source) return null;
  const { data, locate } = source.matter;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  return { path: source.path, id, at, locate, fields: data as Head['fields'] };
}

/** Reads the update files in a folder, and reports everything that's wrong with them. */
function readUpdateFolder<T extends z.ZodType>(
  folder: string,
  sources: readonly MarkdownFile[],
  schema: T,
  context: ReadContext,
) {
  const { named, problems } = nameProblems(folder, sources);
  const misplaced = [...problems, ...timeProblems(named, context)];
  const results = named.map((file) => readFile(file, schema, context));
  const files = results.flatMap(({ file }) => file ?? []);
  const heads = named.flatMap((file) => headOf(file) ?? []);
  return {
    /** The files whose fields match the schema, oldest first. */
    files,
    /**
     * All files, oldest first. Empty if the time or the fields of any file are unreadable, because that file could
     * be the first.
     */
    heads: misplaced.length === 0 && heads.length === named.length ? heads : [],
    /** Whether `files` has all updates, each at its correct time. */
    complete: misplaced.length === 0 && files.length === results.length,
    problems: [...misplaced, ...results.flatMap((result) => result.problems)],
  };
}

/** The fields that records of both kinds have. */
function commonRecord<T extends IncidentUpdateFile | MaintenanceUpdateFile>({
  id,
  at,
  fields,
  body,
  written,
  images,
}: UpdateFile<T>) {
  const status: T['status'] = fields.status;
  return {
    id,
    at,
    body,
    written,
    images,
    status,
    title: fields.title ?? null,
    components: fields.components ?? null,
    posted: fields.posted ?? null,
    edited: fields.edited ?? null,
    source: fields.source ?? null,
  };
}

function incidentRecord(file: UpdateFile<IncidentUpdateFile>): IncidentUpdateRecord {
  const { fields } = file;
  return {
    ...commonRecord(file),
    impact: fields.impact ?? null,
    customerData: fields.customer_data ?? null,
    nextUpdate: fields.next_update ?? null,
    lead: fields.lead ?? null,
    comms: fields.comms ?? null,
    handOvers: (fields.hand_overs ?? []).map(({ at, lead, comms }) => ({
      at,
      lead: lead ?? null,
      comms: comms ?? null,
    })),
    remedy: fields.remedy ?? null,
    claim: fields.claim ?? null,
    claimUntil: fields.claim_until ?? null,
    remedied: fields.remedied ?? null,
    started: fields.started ?? null,
    ended: fields.ended ?? null,
    key: fields.key ?? null,
  };
}

function maintenanceRecord(file: UpdateFile<MaintenanceUpdateFile>): MaintenanceUpdateRecord {
  const { fields } = file;
  return {
    ...commonRecord(file),
    scheduledFor: fields.scheduled_for ?? null,
    scheduledUntil: fields.scheduled_until ?? null,
  };
}

/** An incident or a maintenance window, or the problems found while reading it. */
export type ReadEvent<T> = {
  readonly slug: string;
  /** Null if there are problems. */
  readonly value: T | null;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
};

/** Reads an incident's folder. `cadence` is the site's. */
export function readIncident(
  folder: string,
  sources: readonly MarkdownFile[],
  context: ReadContext & { readonly cadence: Cadence },
): ReadEvent<Incident> {
  const read = readUpdateFolder(folder, sources, incidentUpdateSchema(context.timeZone), context);
  const [first, ...rest] = read.files;
  const problems = [
    ...read.problems,
    ...incidentProblems(read.files, context),
    ...postedProblems(read.files, context.now),
  ];
  const texts = translationFindings(read.files, context);
  problems.push(...handOverProblems(read.files, context.now), ...(read.complete ? texts.problems : []));
  problems.push(...firstUpdateProblems(read.heads, 'incident', context));
  const [head] = read.heads;
  if (head !== undefined && beginsWithFirst(read.heads)) {
    problems.push(...impactProblems(head));
    if (read.complete) problems.push(...endProblems(read.files, context.now));
  }
  const slug = slugOf(folder);
  if (first === undefined || problems.length > 0) return { slug, value: null, problems, warnings: [] };
  const record = (file: UpdateFile<IncidentUpdateFile>) => translated(incidentRecord(file), file.path, context);
  const value = foldIncident(slug, [record(first), ...rest.map(record)], context.cadence);
  const warnings = [
    ...statusWarnings(read.files, value, context.now),
    ...responseWarnings(read.files, value, context.now),
    ...nameWarnings(read.files, value),
    ...promiseWarnings(read.files, context.now),
    ...sizeWarnings(read.files, value, context.now),
    ...retiredWarnings(read.files, value.components, context.retiredIds),
    ...texts.warnings,
  ];
  return { slug, value, problems, warnings };
}

/** Reads the folder of a maintenance window. */
export function readMaintenance(
  folder: string,
  sources: readonly MarkdownFile[],
  context: ReadContext,
): ReadEvent<Maintenance> {
  const read = readUpdateFolder(folder, sources, maintenanceUpdateSchema(context.timeZone), context);
  const problems = [...read.problems, ...postedProblems(read.files, context.now)];
  problems.push(...firstUpdateProblems(read.heads, 'maintenance', context));
  const [head] = read.heads;
  const late = lateProblems(read.files, context.now);
  if (head !== undefined && beginsWithFirst(read.heads)) {
    problems.push(...noWindowProblems(head));
    if (read.complete) problems.push(...windowProblems(read.files), ...late.problems);
  }
  const [first, ...rest] = read.files;
  const slug = slugOf(folder);
  if (first === undefined || problems.length > 0) return { slug, value: null, problems, warnings: [] };
  const record = (file: UpdateFile<MaintenanceUpdateFile>) => translated(maintenanceRecord(file), file.path, context);
  const value = foldMaintenance(slug, [record(first), ...rest.map(record)]);
  const texts = translationFindings(read.files, context);
  const warnings = [
    ...late.warnings,
    ...workWarnings(read.files, value, context.now),
    ...(isRunning(value, context.now) ? retiredWarnings(read.files, value.components, context.retiredIds) : []),
    ...texts.warnings,
  ];
  return { slug, value, problems, warnings };
}
