import { updateFile } from '../../src/content/writing/new-update.ts';
import { type Incident, isOpen, latestUpdate } from '../../src/domain/incident.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Maintenance } from '../../src/domain/maintenance.ts';
import { quote } from '../../src/schema/text.ts';
import type { Desk } from './desk.ts';
import { permalink } from './permalink.ts';
import { promiseNote } from './promise-note.ts';
import type { Fields } from './update-file.ts';
import { updateTime } from './update-time.ts';
import { label } from './words.ts';
import type { Draft } from './draft.ts';

/** What an update after the first one says. `asked`: whether questions were asked for it. */
export type Said = { readonly fields: Fields; readonly message: string; readonly asked: boolean };

/** The file for a later update of an incident, written at `now`. Throws UserError when its time cannot be. */
export function incidentUpdateDraft(
  incident: Incident,
  { fields, message, asked }: Said,
  now: Instant,
  desk: Desk,
): Draft {
  const at = updateTime(now, latestUpdate(incident).record.at);
  const { slug } = incident;
  const resolves = fields.status === 'resolved';
  const caution = !isOpen(incident) && !resolves ? `This opens ${slug} again, which was resolved.` : null;
  return {
    file: updateFile('incidents', slug, at, fields, message),
    slug,
    title: incident.title,
    permalink: permalink(desk.settings, 'incident', slug, at),
    commitMessage: `${label(String(fields.status))}: ${String(fields.title ?? incident.title)}`,
    notes: [
      // Whoever was asked has been told.
      ...(asked ? [] : [`It is an update of the incident ${quote(incident.title)}.`]),
      ...(caution === null ? [] : [caution]),
      resolves ? `For a postmortem: npx halfpast postmortem ${slug}` : promiseNote(fields, at, desk.settings),
    ],
    caution,
    asked,
    message,
    rewritten: (other) => incidentUpdateDraft(incident, { fields, message: other, asked }, now, desk),
  };
}

/** The file for a later update of a maintenance, written at `now`. Throws UserError when its time cannot be. */
export function maintenanceUpdateDraft(
  maintenance: Maintenance,
  { fields, message, asked }: Said,
  now: Instant,
  desk: Desk,
): Draft {
  const at = updateTime(now, (maintenance.updates.at(-1) ?? maintenance.updates[0]).record.at);
  const { slug } = maintenance;
  return {
    file: updateFile('maintenance', slug, at, fields, message),
    slug,
    title: maintenance.title,
    permalink: permalink(desk.settings, 'maintenance', slug, at),
    commitMessage: `${label(String(fields.status))}: ${String(fields.title ?? maintenance.title)}`,
    notes: asked ? [] : [`It is an update of the maintenance ${quote(maintenance.title)}.`],
    asked,
    message,
    rewritten: (other) => maintenanceUpdateDraft(maintenance, { fields, message: other, asked }, now, desk),
  };
}
