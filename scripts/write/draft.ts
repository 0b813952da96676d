import {
  freeName,
  incidentSlug as slugOfTitle,
  titleSlug,
  updateName,
  utcDate,
} from '../../src/lib/content/update-name.ts';
import { type Fields, freeUpdateTime, type NewFile, updateFile } from '../../src/lib/content/write-content.ts';
import { type Instant, minute } from '../../src/lib/domain/calendar.ts';
import { type Incident, isOpen, latestUpdate } from '../../src/lib/domain/incident.ts';
import type { Maintenance } from '../../src/lib/domain/maintenance.ts';
import { promisedBy } from '../../src/lib/domain/promise.ts';
import type { Settings } from '../../src/lib/domain/settings.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { readInstant, readNextUpdate, shortUtc } from '../../src/lib/schema/time-fields.ts';
import { absolute, paths } from '../../src/lib/views/lookup.ts';
import { utcAndLocal } from '../../src/lib/views/time.ts';
import { label } from '../../src/lib/words/en.ts';
import type { ContentFolder } from '../cli/content.ts';
import { UserError } from '../cli/errors.ts';
import { FlagError, readSlug } from './options.ts';

/** A file that a command is about to write, and what to print about it. */
export type Draft = {
  readonly file: NewFile;
  readonly slug: string;
  /** The title of the incident or maintenance. */
  readonly title: string;
  /** The address on the page; null for a file that isn't published yet. */
  readonly permalink: string | null;
  readonly commitMessage: string;
  /** Sentences to print, such as when the next update is promised. */
  readonly notes: readonly string[];
  /** A warning to show before the file is written. */
  readonly caution?: string | null;
  /** Whether questions were asked. If so, the last one is whether to write the file. */
  readonly asked: boolean;
  /** The text as it was typed, and the same draft with another text; missing where the text is generated. */
  readonly message?: string;
  readonly withMessage?: (message: string) => Draft;
};

/** What an update contains. `asked`: whether questions were asked for it. */
export type UpdateText = { readonly fields: Fields; readonly message: string; readonly asked: boolean };

/**
 * The time of an update written at `now`: later than `latest`, the newest update (null if there is none), and not
 * before `earliest`. Throws UserError when the newest update is later than now.
 */
export function updateTime(now: Instant, latest: Instant | null, earliest: Instant = -Infinity): Instant {
  const at = freeUpdateTime(now, latest, earliest);
  if (at !== null) return at;
  const newest = updateName(latest ?? now);
  const clock = shortUtc(Math.floor(now / minute) * minute);
  throw new UserError(
    `there is an update later than ${clock}: ${newest}.md. Wait until then, or pass a later time with --now`,
  );
}

/** When an update written at `at` promises the next one, as a sentence. */
function promiseNote(fields: Fields, at: Instant, settings: Settings): string {
  const given = fields.next_update;
  const read = typeof given === 'string' ? readNextUpdate(given.trim(), settings.timeZone) : null;
  const next = read !== null && 'value' in read ? read.value : null;
  const promised = promisedBy(at, next, settings.cadence);
  return promised === null
    ? 'No next update is promised.'
    : `The next update is promised by ${utcAndLocal(promised, settings)}.`;
}

type Subject = {
  readonly kind: 'incident' | 'maintenance';
  readonly slug: string;
  readonly title: string;
  readonly notes: readonly string[];
  readonly caution?: string | null;
};

/** `rebuild` makes the same draft from another text. */
function updateDraft(
  { kind, slug, title, notes, caution = null }: Subject,
  update: UpdateText,
  at: Instant,
  settings: Settings,
  rebuild: (update: UpdateText) => Draft,
): Draft {
  const { fields, message, asked } = update;
  return {
    file: updateFile(kind === 'incident' ? 'incidents' : 'maintenance', slug, at, fields, message),
    slug,
    title,
    permalink: `${absolute(settings, paths[kind](slug))}#${updateName(at)}`,
    commitMessage: `${label(String(fields.status))}: ${String(fields.title ?? title)}`,
    notes,
    caution,
    asked,
    message,
    withMessage: (other) => rebuild({ ...update, message: other }),
  };
}

/** A later update of an incident, written at `now`. Throws UserError. */
export function incidentUpdateDraft(
  incident: Incident,
  update: UpdateText,
  now: Instant,
  content: ContentFolder,
): Draft {
  const { slug, title } = incident;
  const at = updateTime(now, latestUpdate(incident).record.at);
  const resolves = update.fields.status === 'resolved';
  const caution = !isOpen(incident) && !resolves ? `This reopens ${slug}, which was resolved.` : null;
  const notes = [
    // A dialog begins with the name of the incident.
    ...(update.asked ? [] : [`This updates the incident ${quote(title)}.`]),
    ...(caution === null ? [] : [caution]),
    resolves
      ? `To draft a postmortem: npx halfpast postmortem ${slug}`
      : promiseNote(update.fields, at, content.settings),
  ];
  return updateDraft({ kind: 'incident', slug, title, notes, caution }, update, at, content.settings, (other) =>
    incidentUpdateDraft(incident, other, now, content),
  );
}

/** A later update of a maintenance, written at `now`. Throws UserError. */
export function maintenanceUpdateDraft(
  maintenance: Maintenance,
  update: UpdateText,
  now: Instant,
  content: ContentFolder,
): Draft {
  const { slug, title, updates } = maintenance;
  const at = updateTime(now, (updates.at(-1) ?? updates[0]).record.at);
  const notes = update.asked ? [] : [`This updates the maintenance ${quote(title)}.`];
  return updateDraft({ kind: 'maintenance', slug, title, notes }, update, at, content.settings, (other) =>
    maintenanceUpdateDraft(maintenance, other, now, content),
  );
}

/**
 * The folder name for a new incident opened at `at`; `given` is `--slug`. Throws UserError when an incident of that
 * name is open: two reports under one name are probably about the same incident.
 */
export function incidentSlug(title: string, given: string | undefined, at: Instant, content: ContentFolder): string {
  const isTaken = (name: string): boolean => content.incidents.some(({ slug }) => slug === name);
  const { wanted: fromTitle, named } = slugOfTitle(title, at);
  if (given === undefined && !named) return freeName(fromTitle, isTaken);
  const wanted = given === undefined ? fromTitle : readSlug(given, utcDate(at));
  const same = content.incidents.find(({ slug }) => slug === wanted);
  if (same?.value && isOpen(same.value)) {
    throw new UserError(
      `${wanted} is already open. To update it: npx halfpast update ${wanted}. For another incident, choose another --slug`,
    );
  }
  return freeName(wanted, isTaken);
}

/** When customers were first affected; the file name can't be earlier. Throws FlagError for the future. */
function readStarted(started: unknown, now: Instant, timeZone: string): Instant {
  const read = typeof started === 'string' ? readInstant(started.trim(), timeZone) : null;
  if (read === null || 'wrong' in read) return -Infinity;
  if (read.value > now)
    throw new FlagError('started', `${shortUtc(read.value)} is in the future. Type when customers were first affected`);
  return read.value;
}

/** The first update of an incident, written at `now`; `slug` is `--slug`. Throws UserError. */
export function openingDraft(
  update: UpdateText,
  slug: string | undefined,
  now: Instant,
  content: ContentFolder,
): Draft {
  const { fields } = update;
  const { settings } = content;
  const at = updateTime(now, null, readStarted(fields.started, now, settings.timeZone));
  const title = String(fields.title);
  const subject = {
    kind: 'incident',
    slug: incidentSlug(title, slug, at, content),
    title,
    notes: fields.status === 'resolved' ? [] : [promiseNote(fields, at, settings)],
  } as const;
  return updateDraft(subject, update, at, settings, (other) => openingDraft(other, slug, now, content));
}

/** The first update of a maintenance whose window begins at `start`, written at `now`; `slug` is `--slug`. Throws UsageError. */
export function scheduleDraft(
  update: UpdateText,
  start: Instant,
  slug: string | undefined,
  now: Instant,
  content: ContentFolder,
): Draft {
  const title = String(update.fields.title);
  const date = utcDate(start);
  const wanted = slug === undefined ? `${date}-${titleSlug(title, 'maintenance')}` : readSlug(slug, date);
  const name = freeName(wanted, (taken) => content.maintenances.some((maintenance) => maintenance.slug === taken));
  const subject = { kind: 'maintenance', slug: name, title, notes: [] } as const;
  return updateDraft(subject, update, updateTime(now, null), content.settings, (other) =>
    scheduleDraft(other, start, slug, now, content),
  );
}
