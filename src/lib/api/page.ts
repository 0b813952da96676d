import { z } from 'zod';
import { type Instant, isoTime, publishedAt } from '../domain/calendar.ts';
import { allComponents, type Site, siteState } from '../domain/site.ts';
import { onceFor } from '../views/lookup.ts';
import { statuspageDescriptions } from '../words/en.ts';
import { idSchema, latest, pageId, requireUniqueIds, timeSchema } from './values.ts';

/** The fields that updates don't change. */
const shape = {
  id: idSchema.describe('The id of the page, derived from its host.'),
  name: z.string().describe('The name of the company or service.'),
  url: z.url().describe('The address of the page, without a trailing slash.'),
  time_zone: z.string().describe('The IANA time zone of the page.'),
};

export const lastingPageSchema = z.strictObject(shape).describe('The page.');
type LastingPage = z.output<typeof lastingPageSchema>;

export const pageSchema = z
  .strictObject({
    ...shape,
    updated_at: timeSchema.describe('The newest update or announced postmortem, or the newest edit of an update.'),
  })
  .describe('The page.');
type ApiPage = z.output<typeof pageSchema>;

/**
 * When the page last changed: its newest update, edit or announced postmortem. For a page without any, when its newest
 * component was created, or else `now`.
 */
const updatedAt = onceFor((site: Site): Instant => {
  const records = [...site.incidents, ...site.maintenances].flatMap(({ updates }) =>
    updates.map(({ record }) => record),
  );
  const changes = [
    ...records.flatMap((record) => [publishedAt(record), record.edited ?? record.at]),
    ...site.postmortems.filter(({ notify }) => notify === true).map(({ published }) => published),
  ];
  const known = latest(site.settings.changed === null ? changes : [...changes, site.settings.changed]);
  return known ?? latest(allComponents(site).flatMap(({ created }) => created ?? [])) ?? site.now;
});

/** Returns the page without `updated_at`, for files that a new update shouldn't change. */
export function lastingPage(site: Site): LastingPage {
  requireUniqueIds(site);
  const { name, url, timeZone } = site.settings;
  return { id: pageId(site), name, url, time_zone: timeZone };
}

export function apiPage(site: Site): ApiPage {
  return { ...lastingPage(site), updated_at: isoTime(updatedAt(site)) };
}

export const statusSchema = z
  .strictObject({
    indicator: z
      .enum(['none', 'maintenance', 'minor', 'major', 'critical'])
      .describe('How bad it is, from the statuses of all components. Retired ones count while they are affected.'),
    description: z
      .string()
      .describe(
        'The same in words, such as "All Systems Operational". An open incident that names no component does not change it.',
      ),
  })
  .describe('The overall state.');

/** Follows the rule table, as Statuspage does: only components count. */
export function apiStatus(site: Site): z.output<typeof statusSchema> {
  const { indicator, condition } = siteState(site);
  return { indicator, description: statuspageDescriptions[condition] };
}
