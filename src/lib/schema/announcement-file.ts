import type { z } from 'zod';
import { fields, perZone, yesOrNo } from './fields.ts';
import { text } from './text.ts';
import { instant } from './time-fields.ts';

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

export type AnnouncementFile = z.output<ReturnType<typeof announcementSchema>>;
