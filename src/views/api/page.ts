import { z } from 'zod';
import { type Instant, isoTime } from '../../domain/instant.ts';
import { allComponents, type Site } from '../../domain/site.ts';
import { onceFor } from '../once-for.ts';
import { idSchema, pageId, requireUniqueIds } from './ids.ts';
import { latest, timeSchema } from './times.ts';

/** What stays the same from one update to the next. */
const shape = {
  id: idSchema.describe('The id of the page, from the host it is served on.'),
  name: z.string().describe('Whose page it is.'),
  url: z.url().describe('Where the page is, without a slash at the end.'),
  time_zone: z.string().describe('The IANA time zone in which the page tells days and times.'),
};

export const lastingPageSchema = z.strictObject(shape).describe('The page.');
export type LastingPage = z.output<typeof lastingPageSchema>;

export const pageSchema = z
  .strictObject({ ...shape, updated_at: timeSchema.describe('The newest update, or the newest edit of one.') })
  .describe('The page.');
export type ApiPage = z.output<typeof pageSchema>;

/** When anybody last said anything: `now` only for a page on which nobody ever did. */
const updatedAt = onceFor((site: Site): Instant => {
  const records = [...site.incidents, ...site.maintenances].flatMap(({ updates }) =>
    updates.map(({ record }) => record),
  );
  const said = records.flatMap(({ at, edited }) => [at, edited ?? at]);
  const known = latest(site.settings.changed === null ? said : [...said, site.settings.changed]);
  return known ?? latest(allComponents(site).flatMap(({ created }) => created ?? [])) ?? site.now;
});

/** The page without `updated_at`, for files that one new update shall not change. */
export function lastingPage(site: Site): LastingPage {
  requireUniqueIds(site);
  const { name, url, timeZone } = site.settings;
  return { id: pageId(site), name, url, time_zone: timeZone };
}

export function apiPage(site: Site): ApiPage {
  return { ...lastingPage(site), updated_at: isoTime(updatedAt(site)) };
}
