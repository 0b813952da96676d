import { z } from 'zod';
import { causes, customerDataVerdicts } from '../domain/vocabulary.ts';
import { fields, list, oneOf, perZone, yesOrNo } from './fields.ts';
import { quote, text, Unquoted } from './text.ts';
import { calendarDate, instant } from './time-fields.ts';
import { incidentUpdateSchema, maintenanceUpdateSchema, remedyTerms } from './update-file.ts';

/** The front matter of an announcement. */
export const announcementSchema = perZone((timeZone) =>
  fields(
    {
      title: text('title: Our office is closed over the holidays'),
      from: instant('from: 2026-12-24T08:00Z', timeZone),
      until: instant('until: 2026-12-27T08:00Z', timeZone),
      pinned: yesOrNo.optional(),
    },
    'is not front matter. Write one field per line, like "title: Our office is closed over the holidays"',
  ),
);

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

/** The front matter of one of the project's own pages. */
export const ownPageSchema = perZone(() =>
  fields(
    { title: text('title: About this page'), navigation: place.optional() },
    'is not front matter. Write one field per line, like "title: About this page"',
  ),
);

const action = fields(
  {
    what: text('what: Rehearse the rollback'),
    owner: text('owner: Dana'),
    due: calendarDate('due: 2026-12-15'),
    done: calendarDate('done: 2026-12-10').optional(),
  },
  'is not an action. Write what, owner and due, starting with "- what: Rehearse the rollback"',
);

/** The front matter of a postmortem. A draft may omit when it was published. */
export const postmortemSchema = perZone((timeZone) => {
  const published = instant('published: 2026-11-25T10:00Z', timeZone);
  return fields(
    {
      title: text('title: What happened to checkout'),
      draft: yesOrNo.optional(),
      published: published.optional(),
      notify: yesOrNo.optional(),
      authors: list(text('- Dana'), 'Dana').min(1, { error: 'is empty. Add who wrote it, like "  - Dana"' }),
      summary: text('summary: one sentence that says what happened'),
      customer_data: oneOf(customerDataVerdicts, 'a verdict on customer data'),
      cause: oneOf(causes, 'a cause').optional(),
      remedy: text('remedy: Everyone charged twice was refunded.').optional(),
      ...remedyTerms,
      lessons: list(text('- what you learned'), 'what you learned').optional(),
      actions: list(action, 'what: Rehearse the rollback').optional(),
    },
    'is not front matter. Write one field per line, like "title: What happened to checkout"',
  );
});

export type PostmortemFile = z.output<ReturnType<typeof postmortemSchema>>;

const title = text('title: Fehler beim Bezahlen');
const remedy = text('remedy: Fehlgeschlagene Bestellungen werden nicht berechnet.').optional();
const wrongKind = 'is not front matter. Write one field per line, like "title: Fehler beim Bezahlen"';

type Original = (timeZone: string) => { readonly shape: object };
const namesIn = (original: Original): string[] => Object.keys(original('UTC').shape);

/** The front matter of translations, by folder. They only have texts. Everything else comes from the original. */
export const translationSchemas = {
  incidents: fields({ title: title.optional(), remedy }, wrongKind, namesIn(incidentUpdateSchema)),
  maintenance: fields({ title: title.optional() }, wrongKind, namesIn(maintenanceUpdateSchema)),
  announcements: fields({ title }, wrongKind, namesIn(announcementSchema)),
  pages: fields({ title }, wrongKind, namesIn(ownPageSchema)),
  postmortems: fields(
    {
      title,
      summary: text('summary: ein Satz, der sagt, was passiert ist'),
      remedy,
      lessons: list(text('- was wir gelernt haben'), 'was wir gelernt haben').optional(),
    },
    wrongKind,
    namesIn(postmortemSchema),
  ),
} as const;
