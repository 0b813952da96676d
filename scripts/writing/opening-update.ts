import { updateFile } from '../../src/content/writing/new-update.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { readInstant, shortUtc } from '../../src/schema/instant.ts';
import { UsageError } from '../cli/errors.ts';
import type { Desk } from './desk.ts';
import type { Draft } from './draft.ts';
import { incidentSlug } from './incident-slug.ts';
import type { Said } from './later-update.ts';
import { permalink } from './permalink.ts';
import { promiseNote } from './promise-note.ts';
import { updateTime } from './update-time.ts';
import { label } from './words.ts';

/** When customers began to be affected, for a file name that is not before it. Throws UsageError for the future. */
export function startOf(started: unknown, now: Instant, timeZone: string): Instant {
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
  desk: Desk,
): Draft {
  const at = updateTime(now, null, startOf(fields.started, now, desk.settings.timeZone));
  const title = String(fields.title);
  const name = incidentSlug(title, slug, at, desk);
  return {
    file: updateFile('incidents', name, at, fields, message),
    slug: name,
    title,
    permalink: permalink(desk.settings, 'incident', name, at),
    commitMessage: `${label(String(fields.status))}: ${title}`,
    notes: fields.status === 'resolved' ? [] : [promiseNote(fields, at, desk.settings)],
    asked,
    message,
    rewritten: (other) => openingDraft({ fields, message: other, asked }, slug, now, desk),
  };
}
