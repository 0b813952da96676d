import { z } from 'zod';
import { isoTime } from '../domain/calendar.ts';
import type { Site } from '../domain/site.ts';
import { causes } from '../domain/vocabulary.ts';
import { absolute, paths } from '../views/lookup.ts';
import { lastingPage, lastingPageSchema } from './page.ts';
import { timeSchema } from './values.ts';

export const postmortemsSchema = z
  .strictObject({
    page: lastingPageSchema,
    postmortems: z
      .array(
        z.strictObject({
          id: z.string().describe('The folder name of its incident.'),
          title: z.string(),
          published: timeSchema.describe('When it was published.'),
          summary: z.string(),
          cause: z.enum(causes).nullable().describe('Null where it does not say.'),
          lessons: z.array(z.string()),
          shortlink: z.url().describe('Its page.'),
        }),
      )
      .describe('All that have been published, newest first.'),
  })
  .describe('Postmortems with their lessons: what the search of the library reads.');

export function postmortemsFile(site: Site): z.output<typeof postmortemsSchema> {
  return {
    page: lastingPage(site),
    postmortems: site.postmortems.map(({ slug, title, published, summary, cause, lessons }) => ({
      id: slug,
      title,
      published: isoTime(published),
      summary,
      cause,
      lessons: [...lessons],
      shortlink: absolute(site.settings, paths.postmortem(slug)),
    })),
  };
}
