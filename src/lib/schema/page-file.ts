import { z } from 'zod';
import { fields, perZone } from './fields.ts';
import { quote, text, Unquoted } from './text.ts';

const mostPlace = 999;

const place = z.preprocess(
  (given) => (given instanceof Unquoted && /^\d{1,4}$/.test(given.written) ? Number(given.written) : given),
  z
    .int({
      error: ({ input }) => `${quote(input)} is not a place. Use a number from 1 to ${mostPlace}: lower comes first`,
    })
    .min(1, { error: 'is 0. Use 1 or more: lower comes first' })
    .max(mostPlace, { error: `is more than ${mostPlace}. Use a lower number: lower comes first` }),
);

/** The front matter of a page of one's own. */
export const pageSchema = perZone(() =>
  fields(
    { title: text('title: About this page'), navigation: place.optional() },
    'is not front matter. Write one field per line, like "title: About this page"',
  ),
);
