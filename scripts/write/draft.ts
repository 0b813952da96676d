import { posix } from 'node:path';
import { readEvents, withFiles } from '../../src/lib/content/check-content.ts';
import type { ContentTree } from '../../src/lib/content/content-tree.ts';
import { fieldsIn } from '../../src/lib/content/front-matter.ts';
import { clockSkew } from '../../src/lib/content/update-rules.ts';
import {
  freeName,
  incidentSlug as slugOfTitle,
  parseUpdateName,
  titleSlug,
  updateName,
  utcDate,
} from '../../src/lib/content/update-name.ts';
import { type Fields, freeUpdateTime, type NewFile, updateFile } from '../../src/lib/content/write-content.ts';
import { day, type Duration, type Instant, minute, second, secondOf } from '../../src/lib/domain/calendar.ts';
import { type Incident, isOpen, latestUpdate } from '../../src/lib/domain/incident.ts';
import type { Maintenance } from '../../src/lib/domain/maintenance.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { readInstant, shortUtc } from '../../src/lib/schema/time-fields.ts';
import { absolute, paths } from '../../src/lib/views/paths.ts';
import { utcAndLocal } from '../../src/lib/views/time.ts';
import { label } from '../../src/lib/words/en.ts';
import type { Call, OptionTable } from '../cli/command.ts';
import type { ContentFolder } from '../cli/content.ts';
import { UserError } from '../cli/errors.ts';
import { FlagError, readSlug, requireNoPromise } from './options.ts';

/** A file that a command will write, and what to print about it. */
export type FileDraft = {
  readonly file: NewFile;
  /** The text of the published file that it replaces; undefined for a new file. */
  readonly replaces?: string;
  /** Other new files that are written and committed with it. */
  readonly more?: readonly NewFile[];
  readonly slug: string;
  /** The title of the incident or maintenance. */
  readonly title: string;
  /** The key of the alert that it reports. */
  readonly key?: string;
  /** The URL on the page; null if the file isn't published yet, or customers don't see the change. */
  readonly permalink: string | null;
  /** Why there's no need to wait until a pushed change is live; undefined if a permalink shows it. */
  readonly unseen?: string;
  readonly commitMessage: string;
  /** Sentences to print, such as when the next update is promised. */
  readonly notes: readonly string[];
  /** A warning to show before the file is written. */
  readonly caution?: string | null;
  /** Whether there were prompts. If so, the last one is whether to write the file. */
  readonly asked: boolean;
  /**
   * The typed text, and the same draft with another text or for other content. Undefined for generated text.
   */
  readonly message?: string;
  readonly redraft?: (change: { readonly message?: string; readonly tree?: ContentTree }) => FileDraft;
};

/** The contents of an update. `asked` is whether there were prompts. */
export type UpdateText = { readonly fields: Fields; readonly message: string; readonly asked: boolean };

/** When an update is written, and the time it describes. */
export type Moment = {
  readonly now: () => Instant;
  /** From `--at`; null for now. */
  readonly at: Instant | null;
  /** The second, for when others may publish updates that this content doesn't have yet. */
  readonly unit: Duration;
};

type MomentOptions = { readonly at?: string | undefined; readonly github: string | undefined };

/** The time of the call. Throws FlagError for an `--at` in the future. */
export function momentOf(
  { options, now }: Pick<Call<OptionTable>, 'now'> & { readonly options: MomentOptions },
  { settings }: ContentFolder,
): Moment {
  const unit = options.github === undefined ? minute : second;
  if (options.at === undefined) return { now, at: null, unit };
  const read = readInstant(options.at.trim(), settings.timeZone);
  if ('wrong' in read) throw new FlagError('at', read.wrong);
  if (read.value > now()) throw new FlagError('at', `${shortUtc(read.value)} is in the future. Type when it happened`);
  return { now, at: read.value, unit };
}

/** The dates of feed items, to the second. */
function feedDates({ tree, incidents, maintenances, settings }: ContentFolder): Instant[] {
  const files = tree.files.flatMap((file) => {
    const [, room = '', name = ''] =
      /^(incidents|maintenance|postmortems|announcements)\/(?:.*\/)?([^/]+)\.md$/.exec(file.path) ?? [];
    if (room !== 'postmortems' && room !== 'announcements') return parseUpdateName(name) ?? [];
    const { published, from } = fieldsIn(file);
    const instant = readInstant(String(published ?? from), settings.timeZone);
    return 'value' in instant ? instant.value : [];
  });
  const posted = [...incidents, ...maintenances].flatMap(
    ({ value }) => value?.updates.flatMap(({ record }) => record.posted ?? []) ?? [],
  );
  return [...files, ...posted].map(secondOf);
}

/** How long after its time an update counts as posted afterwards. */
const postedLater: Duration = day;

/**
 * The time of an update, and when it's posted, if that's long after. The time is after `newest`, the newest update of
 * its incident (null if there is none), not before `earliest`, and unique in the feeds. Throws UserError when the
 * newest update is later.
 */
export function updateTimes(
  { now: clock, at, unit }: Moment,
  newest: Instant | null,
  content: ContentFolder,
  earliest: Instant = -Infinity,
): { readonly at: Instant; readonly posted: Instant | null } {
  const now = clock();
  const dates = feedDates(content);
  const known = dates.filter((date) => date < now + clockSkew);
  if (at === null) {
    const free = freeUpdateTime(now, Math.max(...known, newest ?? -Infinity), { earliest, unit });
    if (free !== null) return { at: free, posted: null };
    throw new UserError(
      `there is an update later than ${shortUtc(Math.floor(now / minute) * minute)}: ${updateName(newest ?? now)}.md. Wait until then, or pass a later time with --now`,
    );
  }
  if (newest !== null && newest >= at)
    throw new FlagError(
      'at',
      `there is ${at === newest ? 'already an update at that time' : 'a later update'}, ${updateName(newest)}.md. Type a time after it`,
    );
  let free = freeUpdateTime(at, newest, { earliest }) ?? at;
  if (now - at > postedLater) return { at: free, posted: freeUpdateTime(now, Math.max(...known), { unit }) };
  while (dates.includes(free)) free += second;
  return { at: free, posted: null };
}

/**
 * The incident or maintenance with a new file in its folder, as of `now`, in lists like those of a site. Both are empty
 * if it's unreadable.
 */
export function eventsWith(
  file: NewFile,
  { tree, readContext }: ContentFolder,
  now: Instant,
): { readonly incidents: readonly Incident[]; readonly maintenances: readonly Maintenance[] } {
  const folder = `${posix.dirname(file.path)}/`;
  const files = withFiles(tree, [file]).files.filter(({ path }) => path.startsWith(folder));
  const read = readEvents({ files, folders: [], others: [] }, { ...readContext, now });
  return {
    incidents: read.incidents.flatMap(({ value }) => value ?? []),
    maintenances: read.maintenances.flatMap(({ value }) => value ?? []),
  };
}

/** After all times in the content. */
const farFuture: Instant = Date.UTC(9999, 0);

/**
 * A sentence with the time at which the next update is promised. Empty for maintenance, and for an update that resolves
 * the incident, is posted afterwards, or fails `check`.
 */
function promiseNotes(file: NewFile, content: ContentFolder): string[] {
  // Only the promise counts here, not how long the prompts took, or --at.
  const [incident] = eventsWith(file, content, farFuture).incidents;
  if (incident === undefined || !isOpen(incident) || latestUpdate(incident).record.posted !== null) return [];
  const { promised } = incident;
  if (promised === null) return ['No next update is promised.'];
  return [`The next update is promised by ${utcAndLocal(promised, content.settings)}.`];
}

/** What an update is about, and when. */
type Subject = {
  readonly kind: 'incident' | 'maintenance';
  readonly slug: string;
  readonly title: string;
  readonly times: ReturnType<typeof updateTimes>;
  readonly notes?: readonly string[];
  readonly caution?: string | null;
};

/** `subjectOf` is called again to make the same draft for other content. */
function updateDraft(
  update: UpdateText,
  content: ContentFolder,
  subjectOf: (content: ContentFolder) => Subject,
): FileDraft {
  const { kind, slug, title, times, notes = [], caution = null } = subjectOf(content);
  const { message, asked } = update;
  requireNoPromise(update.fields);
  const { at, posted } = times;
  const fields = { ...update.fields, posted: posted === null ? undefined : shortUtc(posted) };
  const file = updateFile(kind === 'incident' ? 'incidents' : 'maintenance', slug, at, fields, message);
  return {
    file,
    slug,
    title,
    ...(typeof fields.key === 'string' ? { key: fields.key } : {}),
    permalink: `${absolute(content.settings, paths[kind](slug))}#${updateName(at)}`,
    // A monitor's text could contain `[skip ci]`, or allow what the guard refuses.
    commitMessage: `${label(String(fields.status))}: ${fields.key === undefined ? String(fields.title ?? title) : slug}`,
    notes: [...notes, ...promiseNotes(file, content)],
    caution,
    asked,
    message,
    redraft: ({ message: other = message, tree = content.tree }) =>
      updateDraft({ ...update, message: other }, { ...content, tree }, subjectOf),
  };
}

/** A later update of an incident. Throws UserError. */
export function incidentUpdateDraft(
  incident: Incident,
  update: UpdateText,
  moment: Moment,
  content: ContentFolder,
): FileDraft {
  const { slug, title } = incident;
  const resolves = update.fields.status === 'resolved';
  const caution = isOpen(incident) || resolves ? null : `This reopens ${slug}, which was resolved.`;
  const notes = [
    // A dialog starts with the incident's name.
    ...(update.asked ? [] : [`This updates the incident ${quote(title)}.`]),
    ...(caution === null ? [] : [caution]),
    ...(resolves ? [`To draft a postmortem: npx halfpast postmortem ${slug}`] : []),
  ];
  return updateDraft(update, content, (fresh) => {
    const times = updateTimes(moment, latestUpdate(incident).record.at, fresh);
    return { kind: 'incident', slug, title, times, notes, caution };
  });
}

/** A later update of a maintenance window. Throws UserError. */
export function maintenanceUpdateDraft(
  { slug, title, updates }: Maintenance,
  update: UpdateText,
  moment: Moment,
  content: ContentFolder,
): FileDraft {
  const notes = update.asked ? [] : [`This updates the maintenance ${quote(title)}.`];
  return updateDraft(update, content, (fresh) => {
    const times = updateTimes(moment, (updates.at(-1) ?? updates[0]).record.at, fresh);
    return { kind: 'maintenance', slug, title, times, notes };
  });
}

/**
 * The folder name for a new incident opened at `at`; `given` is `--slug`. Throws UserError if an incident with that
 * name is open: two reports with one name are probably about the same incident, unless they have different alert keys
 * (`key`).
 */
export function newIncidentSlug(
  title: string,
  given: string | undefined,
  at: Instant,
  content: ContentFolder,
  key?: unknown,
): string {
  const isTaken = (name: string): boolean => content.incidents.some(({ slug }) => slug === name);
  const { wanted: fromTitle, named } = slugOfTitle(title, at);
  if (given === undefined && (!named || key !== undefined)) return freeName(fromTitle, isTaken);
  const wanted = given === undefined ? fromTitle : readSlug(given, utcDate(at));
  const same = content.incidents.find(({ slug }) => slug === wanted);
  if (same?.value && isOpen(same.value)) {
    throw new UserError(
      `${wanted} is already open. To update it: npx halfpast update ${wanted}. For another incident, choose another --slug`,
    );
  }
  return freeName(wanted, isTaken);
}

/** When customers were first affected. The file name can't be earlier. Throws FlagError for a future time. */
function readStarted(started: unknown, now: Instant, timeZone: string): Instant {
  const read = typeof started === 'string' ? readInstant(started.trim(), timeZone) : null;
  if (read === null || 'wrong' in read) return -Infinity;
  if (read.value > now)
    throw new FlagError('started', `${shortUtc(read.value)} is in the future. Type when customers were first affected`);
  return read.value;
}

/** The first update of an incident; `slug` is `--slug`. Throws UserError. */
export function openingDraft(
  update: UpdateText,
  slug: string | undefined,
  moment: Moment,
  content: ContentFolder,
): FileDraft {
  const { fields } = update;
  const title = String(fields.title);
  const started = readStarted(fields.started, moment.at ?? moment.now(), content.settings.timeZone);
  return updateDraft(update, content, (fresh) => {
    const times = updateTimes(moment, null, fresh, started);
    return { kind: 'incident', slug: newIncidentSlug(title, slug, times.at, fresh, fields.key), title, times };
  });
}

/** The first update of a maintenance window that begins at `start`; `slug` is `--slug`. Throws UsageError. */
export function scheduleDraft(
  update: UpdateText,
  start: Instant,
  slug: string | undefined,
  moment: Moment,
  content: ContentFolder,
): FileDraft {
  const title = String(update.fields.title);
  const date = utcDate(start);
  const wanted = slug === undefined ? `${date}-${titleSlug(title, 'maintenance')}` : readSlug(slug, date);
  return updateDraft(update, content, (fresh) => {
    const isTaken = (name: string): boolean => fresh.maintenances.some((maintenance) => maintenance.slug === name);
    return { kind: 'maintenance', slug: freeName(wanted, isTaken), title, times: updateTimes(moment, null, fresh) };
  });
}
