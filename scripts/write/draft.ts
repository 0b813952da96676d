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
import { UsageError, UserError } from '../cli/errors.ts';
import { readSlug } from './options.ts';

/** A file that a command is about to write, and what to say about it. */
export type Draft = {
  readonly file: NewFile;
  readonly slug: string;
  /** Of the incident or maintenance, as people know it. */
  readonly title: string;
  /** The address on the page; null for what is not published yet. */
  readonly permalink: string | null;
  readonly commitMessage: string;
  /** Sentences for the person, such as what is promised by it. */
  readonly notes: readonly string[];
  /** What must be known before it is written; null for nothing. */
  readonly caution?: string | null;
  /** Whether questions were asked; then the last one is whether to write it. */
  readonly asked: boolean;
  /** The same with another text, for second thoughts; left out where the text is made by the program. */
  readonly rewritten?: ((message: string) => Draft) | undefined;
  /** What was typed as its text. */
  readonly message?: string;
};

/**
 * The instant for an update written at `now`: after `latest`, the newest update there is (null for
 * none), and not before `earliest`. Throws UserError when the newest update is later than now.
 */
export function updateTime(now: Instant, latest: Instant | null, earliest: Instant = -Infinity): Instant {
  const at = freeUpdateTime(now, latest, earliest);
  if (at !== null) return at;
  const newest = updateName(latest ?? now);
  throw new UserError(
    `there is an update later than ${shortUtc(Math.floor(now / minute) * minute)}: ${newest}.md. Wait until then, or pass --now with a time after it`,
  );
}

/** The address of one update on the page. */
function permalink(settings: Settings, kind: 'incident' | 'maintenance', slug: string, at: Instant): string {
  return `${absolute(settings, paths[kind](slug))}#${updateName(at)}`;
}

/** What an update written at `at` promises about the next one, as a sentence. */
function promiseNote(fields: Fields, at: number, settings: Settings): string {
  const said =
    typeof fields.next_update === 'string' ? readNextUpdate(fields.next_update.trim(), settings.timeZone) : null;
  const next = said !== null && 'value' in said ? said.value : null;
  const promised = promisedBy(at, next, settings.cadence);
  return promised === null
    ? 'It promises no next update.'
    : `It promises the next update by ${utcAndLocal(promised, settings)}.`;
}

/** What an update after the first one says. `asked`: whether questions were asked for it. */
export type Said = { readonly fields: Fields; readonly message: string; readonly asked: boolean };

/** The file for a later update of an incident, written at `now`. Throws UserError when its time cannot be. */
export function incidentUpdateDraft(
  incident: Incident,
  { fields, message, asked }: Said,
  now: Instant,
  content: ContentFolder,
): Draft {
  const at = updateTime(now, latestUpdate(incident).record.at);
  const { slug } = incident;
  const resolves = fields.status === 'resolved';
  const caution = !isOpen(incident) && !resolves ? `This opens ${slug} again, which was resolved.` : null;
  return {
    file: updateFile('incidents', slug, at, fields, message),
    slug,
    title: incident.title,
    permalink: permalink(content.settings, 'incident', slug, at),
    commitMessage: `${label(String(fields.status))}: ${String(fields.title ?? incident.title)}`,
    notes: [
      // Whoever was asked has been told.
      ...(asked ? [] : [`It is an update of the incident ${quote(incident.title)}.`]),
      ...(caution === null ? [] : [caution]),
      resolves ? `For a postmortem: npx halfpast postmortem ${slug}` : promiseNote(fields, at, content.settings),
    ],
    caution,
    asked,
    message,
    rewritten: (other) => incidentUpdateDraft(incident, { fields, message: other, asked }, now, content),
  };
}

/** The file for a later update of a maintenance, written at `now`. Throws UserError when its time cannot be. */
export function maintenanceUpdateDraft(
  maintenance: Maintenance,
  { fields, message, asked }: Said,
  now: Instant,
  content: ContentFolder,
): Draft {
  const at = updateTime(now, (maintenance.updates.at(-1) ?? maintenance.updates[0]).record.at);
  const { slug } = maintenance;
  return {
    file: updateFile('maintenance', slug, at, fields, message),
    slug,
    title: maintenance.title,
    permalink: permalink(content.settings, 'maintenance', slug, at),
    commitMessage: `${label(String(fields.status))}: ${String(fields.title ?? maintenance.title)}`,
    notes: asked ? [] : [`It is an update of the maintenance ${quote(maintenance.title)}.`],
    asked,
    message,
    rewritten: (other) => maintenanceUpdateDraft(maintenance, { fields, message: other, asked }, now, content),
  };
}

/**
 * The folder for a new incident that is told at `at`; `given` is `--slug`. Throws UserError when one of
 * that name is open: two incidents of one name are more likely one.
 */
export function incidentSlug(title: string, given: string | undefined, at: Instant, content: ContentFolder): string {
  const isTaken = (name: string): boolean => content.incidents.some(({ slug }) => slug === name);
  const { wanted: fromTitle, named } = slugOfTitle(title, at);
  if (given === undefined && !named) return freeName(fromTitle, isTaken);
  const wanted = given === undefined ? fromTitle : readSlug(given, utcDate(at));
  const same = content.incidents.find(({ slug }) => slug === wanted);
  if (same?.value && isOpen(same.value)) {
    throw new UserError(
      `${wanted} is open already. To add to it, type: npx halfpast update ${wanted}. For another incident, give it another --slug`,
    );
  }
  return freeName(wanted, isTaken);
}

/** When customers began to be affected, for a file name that is not before it. Throws UsageError for the future. */
function startOf(started: unknown, now: Instant, timeZone: string): Instant {
  const read = typeof started === 'string' ? readInstant(started.trim(), timeZone) : null;
  if (read === null || 'wrong' in read) return -Infinity;
  if (read.value > now)
    throw new UsageError(
      `--started: ${shortUtc(read.value)} is in the future. Type when customers began to be affected`,
    );
  return read.value;
}

/** The first file of an incident, written at `now`; `slug` is `--slug`. Throws UserError when it cannot be. */
export function openingDraft(
  { fields, message, asked }: Said,
  slug: string | undefined,
  now: Instant,
  content: ContentFolder,
): Draft {
  const at = updateTime(now, null, startOf(fields.started, now, content.settings.timeZone));
  const title = String(fields.title);
  const name = incidentSlug(title, slug, at, content);
  return {
    file: updateFile('incidents', name, at, fields, message),
    slug: name,
    title,
    permalink: permalink(content.settings, 'incident', name, at),
    commitMessage: `${label(String(fields.status))}: ${title}`,
    notes: fields.status === 'resolved' ? [] : [promiseNote(fields, at, content.settings)],
    asked,
    message,
    rewritten: (other) => openingDraft({ fields, message: other, asked }, slug, now, content),
  };
}

type Announcement = {
  readonly fields: Fields;
  readonly message: string;
  readonly asked: boolean;
  readonly start: Instant;
};

function slugFor(title: string, given: string | undefined, start: Instant, content: ContentFolder): string {
  const date = utcDate(start);
  const wanted = given === undefined ? `${date}-${titleSlug(title, 'maintenance')}` : readSlug(given, date);
  return freeName(wanted, (name) => content.maintenances.some(({ slug }) => slug === name));
}

/** The first file of a maintenance whose window begins at `start`, written at `now`; `slug` is `--slug`. Throws UsageError. */
export function scheduleDraft(
  said: Announcement,
  slug: string | undefined,
  now: Instant,
  content: ContentFolder,
): Draft {
  const { fields, message, asked, start } = said;
  const title = String(fields.title);
  const at = updateTime(now, null);
  const name = slugFor(title, slug, start, content);
  return {
    file: updateFile('maintenance', name, at, fields, message),
    slug: name,
    title,
    permalink: permalink(content.settings, 'maintenance', name, at),
    commitMessage: `Scheduled: ${title}`,
    notes: [],
    asked,
    message,
    rewritten: (other) => scheduleDraft({ ...said, message: other }, slug, now, content),
  };
}
