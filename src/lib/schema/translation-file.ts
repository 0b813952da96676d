import { announcementSchema } from './announcement-file.ts';
import { fields, list } from './fields.ts';
import { pageSchema } from './page-file.ts';
import { postmortemSchema } from './postmortem-file.ts';
import { text } from './text.ts';
import { incidentUpdateSchema, maintenanceUpdateSchema } from './update-file.ts';

const title = text('title: Fehler beim Bezahlen');
const remedy = text('remedy: Fehlgeschlagene Bestellungen werden nicht berechnet.').optional();
const wrongKind = 'is not front matter. Write one field per line, like "title: Fehler beim Bezahlen"';

type Original = (timeZone: string) => { readonly shape: object };
const namesIn = (original: Original): string[] => Object.keys(original('UTC').shape);

/** What the translations in each folder can contain: texts. The original has the rest, for all languages. */
export const translationSchemas = {
  incidents: fields({ title: title.optional(), remedy }, wrongKind, namesIn(incidentUpdateSchema)),
  maintenance: fields({ title: title.optional() }, wrongKind, namesIn(maintenanceUpdateSchema)),
  announcements: fields({ title }, wrongKind, namesIn(announcementSchema)),
  pages: fields({ title }, wrongKind, namesIn(pageSchema)),
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
