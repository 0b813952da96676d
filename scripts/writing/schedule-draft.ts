import { updateFile } from '../../src/content/writing/new-update.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Desk } from './desk.ts';
import type { Draft } from './draft.ts';
import { permalink } from './permalink.ts';
import { freeName, readSlug, titleSlug, utcDate } from './slug.ts';
import type { Fields } from './update-file.ts';
import { updateTime } from './update-time.ts';

type Announcement = {
  readonly fields: Fields;
  readonly message: string;
  readonly asked: boolean;
  readonly start: Instant;
};

function slugFor(title: string, given: string | undefined, start: Instant, desk: Desk): string {
  const date = utcDate(start);
  const wanted = given === undefined ? `${date}-${titleSlug(title, 'maintenance')}` : readSlug(given, date);
  return freeName(wanted, (name) => desk.maintenances.some(({ slug }) => slug === name));
}

/** The first file of a maintenance whose window begins at `start`, written at `now`; `slug` is `--slug`. Throws UsageError. */
export function scheduleDraft(said: Announcement, slug: string | undefined, now: Instant, desk: Desk): Draft {
  const { fields, message, asked, start } = said;
  const title = String(fields.title);
  const at = updateTime(now, null);
  const name = slugFor(title, slug, start, desk);
  return {
    file: updateFile('maintenance', name, at, fields, message),
    slug: name,
    title,
    permalink: permalink(desk.settings, 'maintenance', name, at),
    commitMessage: `Scheduled: ${title}`,
    notes: [],
    asked,
    message,
    rewritten: (other) => scheduleDraft({ ...said, message: other }, slug, now, desk),
  };
}
