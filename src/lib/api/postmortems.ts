import { z } from 'zod';
import { isoTime } from '../domain/calendar.ts';
import type { Site } from '../domain/site.ts';
import type { Translation } from '../domain/translation.ts';
import { causes } from '../domain/vocabulary.ts';
import { absolute, paths } from '../views/paths.ts';
import { translationHashes, translationsSchema } from './history.ts';
import { lastingPage, lastingPageSchema } from './page.ts';
import { timeSchema } from './values.ts';

export const postmortemsSchema = z
  .strictObject({
    page: lastingPageSchema,
    postmortems: z
      .array(
        z.strictObject({
          id: z.string().describe("The name of its incident's folder."),
          title: z.string(),
          published: timeSchema.describe('When it was published.'),
          summary: z.string(),
          cause: z.enum(causes).nullable().describe('Null if it does not say.'),
          lessons: z.array(z.string()),
          shortlink: z.url().describe('Its page.'),
          translations: translationsSchema.describe(
            'The start of the SHA-256 of what feeds contain of each translation, by language; left out if there are none.',
          ),
        }),
      )
      .describe('All published ones, newest first.'),
  })
  .describe('Postmortems with their lessons.');

/** Returns the part of a translation that a postmortem's feed item contains. */
const partInFeeds = ({ title, summary, remedy }: Translation): Translation => ({
  body: '',
  ...(title === undefined ? {} : { title }),
  ...(summary === undefined ? {} : { summary }),
  ...(remedy === undefined ? {} : { remedy }),
});

export function postmortemsFile(site: Site): z.output<typeof postmortemsSchema> {
  return {
    page: lastingPage(site),
    postmortems: site.postmortems.map(({ slug, title, published, summary, cause, lessons, translations = {} }) => ({
      id: slug,
      title,
      published: isoTime(published),
      summary,
      cause,
      lessons: [...lessons],
      shortlink: absolute(site.settings, paths.postmortem(slug)),
      // Without the body, which can change at any time in all languages.
      ...translationHashes({ translations }, partInFeeds),
    })),
  };
}
