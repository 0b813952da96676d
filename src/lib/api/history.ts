import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isoTime, yearOf } from '../domain/calendar.ts';
import type { IncidentUpdateRecord, UpdateRecord } from '../domain/incident.ts';
import type { Maintenance, MaintenanceUpdateRecord } from '../domain/maintenance.ts';
import type { Translatable, Translation } from '../domain/translation.ts';
import type { Site } from '../domain/site.ts';
import { type ComponentStates, worstStatus, type ShownImage } from '../domain/vocabulary.ts';
import { componentName, onceFor } from '../views/lookup.ts';
import { paths } from '../views/paths.ts';
import { cacheKey, type StaticPath, yearSource } from '../views/static-paths.ts';
import { incidentOf, incidentWith, namedIds } from './incidents.ts';
import { lastingPage, lastingPageSchema } from './page.ts';
import { maintenanceOf, maintenanceWith } from './scheduled-maintenances.ts';
import { componentId, componentStatusSchema, idSchema } from './values.ts';

const named = (status: string) =>
  z
    .strictObject({ id: idSchema, name: z.string(), status: componentStatusSchema.describe(status) })
    .describe('A component that the incident or maintenance lists.');

const affected = z
  .array(named('Its worst status during the incident.'))
  .describe(
    'The components that it lists, each with its worst status during the incident. In /api/v2/, it is the current status instead.',
  );

const touched = z
  .array(named('Its status during the work.'))
  .describe(
    'The components that it lists, each with its worst status during the work. In /api/v2/, it is the current status instead.',
  );

export const historyYearSchema = z
  .strictObject({
    page: lastingPageSchema.describe("The page, without updated_at, so the file for a past year doesn't change."),
    year: z
      .string()
      .regex(/^\d{4}$/)
      .describe('A year, in UTC.'),
    incidents: z.array(incidentOf(affected)).describe('All whose first update is in that year, newest first.'),
    scheduled_maintenances: z
      .array(maintenanceOf(touched))
      .describe('All whose first update is in that year, newest first.'),
  })
  .describe('Everything first published in one year. All years together are the complete history.');
type HistoryYear = z.output<typeof historyYearSchema>;

function namedObjects(site: Site, states: ComponentStates) {
  return namedIds(site, states).map((id) => ({
    id: componentId(id),
    name: componentName(site, id),
    status: states[id] ?? 'operational',
  }));
}

/** The worst status of each component in any update. */
function worstAnnounced({ updates }: Maintenance): ComponentStates {
  const announced = updates.map(({ record }) => record.components ?? {});
  const ids = new Set(announced.flatMap((states) => Object.keys(states)));
  return Object.fromEntries([...ids].map((id) => [id, worstStatus(announced.flatMap((states) => states[id] ?? []))]));
}

type Published = { readonly updates: readonly [{ readonly record: { readonly at: number } }, ...unknown[]] };

const publishedIn = ({ updates }: Published): string => yearOf(updates[0].record.at);

/** Returns the years (UTC) that contain the first update of an incident or maintenance, newest first. */
export function historyYears({ incidents, maintenances }: Site): string[] {
  return [...new Set([...incidents, ...maintenances].map(publishedIn))].sort().toReversed();
}

/** Returns the incidents and maintenance whose first update is in a year (UTC), newest first. */
export function historyYear(site: Site, year: string): HistoryYear {
  const isOfYear = (entry: Published): boolean => publishedIn(entry) === year;
  return {
    page: lastingPage(site),
    year,
    incidents: site.incidents
      .filter(isOfYear)
      .map((incident) => incidentWith(site, incident, namedObjects(site, incident.worstComponents))),
    scheduled_maintenances: site.maintenances
      .filter(isOfYear)
      .map((maintenance) => maintenanceWith(site, maintenance, namedObjects(site, worstAnnounced(maintenance)))),
  };
}

function yearPaths(site: Site, years: readonly string[]): StaticPath<{ year: string }, object>[] {
  return years.map((year) => ({ params: { year }, props: {}, cacheKey: cacheKey(yearSource(site, year)) }));
}

/** One file per year (UTC). */
export const historyYearPaths = (site: Site) => yearPaths(site, historyYears(site));

export const translationsSchema = z
  .record(z.string(), z.string().regex(/^[0-9a-f]{16}$/))
  .optional()
  .describe('The start of the SHA-256 of each translation, by language; left out if there are none.');

const update = z.strictObject({
  id: z.string().describe('The path of its page and its anchor.'),
  kind: z.enum(['incident', 'maintenance']),
  slug: z.string().describe('The incident or maintenance that it belongs to.'),
  update: z.string().describe('The name of its file, without the extension.'),
  at: z.iso.datetime({ precision: 3 }),
  status: z.string(),
  title: z.string().describe('The name of the incident or maintenance at that time.'),
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('SHA-256 of what its file tells customers.'),
  // Short, because it only shows whether they changed.
  facts: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .describe('The start of the SHA-256 of its times, statuses and impact only, without the texts.'),
  edited: z.iso.datetime({ precision: 3 }).nullable().describe('When its text was edited after publication.'),
  translations: translationsSchema,
});

/** An update as customers have read it. The guard compares it with what is about to be published. */
type PublishedUpdate = Readonly<z.output<typeof update>>;

/** `api/updates/<yyyy>.json`. Different forms are never compared. */
export const updatesYearSchema = z
  .strictObject({
    form: z.literal(1).describe('Incremented when hashes are computed differently.'),
    year: z
      .string()
      .regex(/^\d{4}$/)
      .describe('A year, in UTC.'),
    updates: z.array(update).readonly().describe('Oldest first.'),
  })
  .describe('Every update of one year with a hash of its content, to compare the live site with a new build.');
type YearOfUpdates = z.output<typeof updatesYearSchema>;

/**
 * Hashes the content of an update's file. It hashes the Markdown, not the page, so that a new renderer or design isn't
 * an edit. It leaves out missing fields, so that adding a field to the format doesn't change any hash.
 */
function hashOf(content: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(content).filter(([, value]) => value !== null);
  return createHash('sha256').update(JSON.stringify(given)).digest('hex');
}

/** Sorts components, because their order in the file doesn't matter. */
function sorted(components: ComponentStates | null): readonly unknown[] | null {
  return components === null ? null : Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Returns the hashes of the images, which count as text; null without images. */
function hashesOf(images: readonly ShownImage[]): readonly unknown[] | null {
  return images.length === 0 ? null : images.map(({ src, file }) => [src, file.hash]);
}

/** The wording of an update, which can be corrected, and its facts, which only a new update should change. */
type UpdateContent = Readonly<Record<'wording' | 'facts', Readonly<Record<string, unknown>>>>;

function incidentContent(record: IncidentUpdateRecord): UpdateContent {
  const { body, title, status, impact, components, customerData, nextUpdate, started, ended, posted, images } = record;
  const { remedy, claim, claimUntil, remedied } = record;
  return {
    wording: { body: body.trim(), title, remedy, claim, claimUntil, remedied, images: hashesOf(images) },
    facts: { status, impact, components: sorted(components), customerData, nextUpdate, started, ended, posted },
  };
}

function maintenanceContent(record: MaintenanceUpdateRecord): UpdateContent {
  const { body, title, status, components, scheduledFor, scheduledUntil, posted, images } = record;
  return {
    wording: { body: body.trim(), title, images: hashesOf(images) },
    facts: { status, components: sorted(components), scheduledFor, scheduledUntil, posted },
  };
}

/**
 * The order of the fields in `hash`. Live sites depend on it, so add new fields at the end. They only count in updates
 * that have them.
 */
const hashed = [
  'body',
  'title',
  'status',
  'impact',
  'components',
  'customerData',
  'nextUpdate',
  'remedy',
  'started',
  'ended',
  'scheduledFor',
  'scheduledUntil',
  'posted',
  'images',
  'claim',
  'claimUntil',
  'remedied',
];

function contentHashes({ wording, facts }: UpdateContent): Pick<PublishedUpdate, 'hash' | 'facts'> {
  const all: Readonly<Record<string, unknown>> = { ...wording, ...facts };
  return {
    hash: hashOf(Object.fromEntries(hashed.map((name) => [name, all[name] ?? null]))),
    facts: hashOf(facts).slice(0, 16),
  };
}

type DatedUpdate = {
  readonly title: string;
  readonly record: Pick<UpdateRecord<string>, 'id' | 'at' | 'status' | 'edited' | 'translations'>;
};

/**
 * Returns the hashes of translations, or with `part`, of a part of each, for the guard to compare. Some languages show
 * the original that a translation replaces, but it isn't a translation.
 */
export function translationHashes(
  { translations = {} }: Translatable,
  part: (translation: Translation) => Translation = (whole) => whole,
): Pick<PublishedUpdate, 'translations'> {
  const hashes = Object.entries(translations)
    .filter(([language]) => language !== 'original')
    .map(([language, translation]) => {
      const { body, images = [], ...texts } = part(translation);
      const content = { body: body.trim(), ...texts, images: hashesOf(images) };
      return [language, hashOf(content).slice(0, 16)] as const;
    });
  return hashes.length === 0 ? {} : { translations: Object.fromEntries(hashes) };
}

function recordOf(
  kind: PublishedUpdate['kind'],
  slug: string,
  { title, record }: DatedUpdate,
  content: UpdateContent,
): PublishedUpdate {
  return {
    id: `${paths[kind](slug)}#${record.id}`,
    kind,
    slug,
    update: record.id,
    at: isoTime(record.at),
    status: record.status,
    title,
    ...contentHashes(content),
    edited: record.edited === null ? null : isoTime(record.edited),
    ...translationHashes(record),
  };
}

const inOrder = (a: PublishedUpdate, b: PublishedUpdate): number =>
  a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1;

/** All updates of the site, oldest first. */
export const updateRecords = onceFor((site: Site): readonly PublishedUpdate[] =>
  [
    ...site.incidents.flatMap(({ slug, updates }) =>
      updates.map((update) => recordOf('incident', slug, update, incidentContent(update.record))),
    ),
    ...site.maintenances.flatMap(({ slug, updates }) =>
      updates.map((update) => recordOf('maintenance', slug, update, maintenanceContent(update.record))),
    ),
  ].sort(inOrder),
);

const byYear = onceFor((site: Site) => Map.groupBy(updateRecords(site), ({ at }) => at.slice(0, 4)));

/** Returns the years (UTC) that have updates. Each has a file, which is final when the year is over. */
export function yearsOfUpdates({ incidents, maintenances }: Site): string[] {
  const years = [...incidents, ...maintenances].flatMap(({ updates }) =>
    updates.map(({ record }) => yearOf(record.at)),
  );
  return [...new Set(years)].sort();
}

/** Returns the updates of one year. */
export function yearOfUpdates(site: Site, year: string): YearOfUpdates {
  return { form: 1, year, updates: byYear(site).get(year) ?? [] };
}

/** One file per year (UTC). */
export const updatesYearPaths = (site: Site) => yearPaths(site, yearsOfUpdates(site));
