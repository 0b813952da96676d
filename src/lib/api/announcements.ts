import { z } from 'zod';
import { publishedAnnouncements, type Site } from '../domain/site.ts';
import { isoTime } from '../domain/calendar.ts';
import { announcementHtml } from '../views/announcement-page.ts';
import { absolute, paths } from '../views/paths.ts';
import { translationHashes, translationsSchema } from './history.ts';
import { lastingPage, lastingPageSchema } from './page.ts';
import { timeSchema } from './values.ts';

export const announcementsSchema = z
  .strictObject({
    page: lastingPageSchema,
    announcements: z
      .array(
        z.strictObject({
          id: z.string().describe('The name of its file, without the extension.'),
          title: z.string(),
          from: timeSchema.describe('When it was published.'),
          until: timeSchema.describe('When it leaves the front page.'),
          pinned: z.boolean().describe('Whether it is shown above open incidents.'),
          shortlink: z.url().describe('Its page, which stays after it is over.'),
          body: z.string().describe('HTML.'),
          translations: translationsSchema,
        }),
      )
      .describe('All published ones, newest first.'),
  })
  .describe('Announcements: neither incidents nor maintenance, and not in /api/v2/.');

export function announcementsFile(site: Site): z.output<typeof announcementsSchema> {
  return {
    page: lastingPage(site),
    announcements: publishedAnnouncements(site).map((announcement) => ({
      id: announcement.slug,
      title: announcement.title,
      from: isoTime(announcement.from),
      until: isoTime(announcement.until),
      pinned: announcement.pinned,
      shortlink: absolute(site.settings, paths.announcement(announcement.slug)),
      body: announcementHtml(site, announcement),
      ...translationHashes(announcement),
    })),
  };
}
