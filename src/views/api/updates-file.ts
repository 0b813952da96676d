import { z } from 'zod';
import type { YearOfUpdates } from '../update-records.ts';

const update = z.strictObject({
  id: z.string().describe('The path of its page and its anchor.'),
  kind: z.enum(['incident', 'maintenance']),
  slug: z.string().describe('The incident or maintenance that it belongs to.'),
  update: z.string().describe('The name of its file, without the ending.'),
  at: z.iso.datetime({ precision: 3 }),
  status: z.string(),
  title: z.string().describe('The name of the incident or maintenance at that time.'),
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('SHA-256 of what its own file tells customers.'),
  edited: z.iso.datetime({ precision: 3 }).nullable().describe('When its text was changed after it was published.'),
});

/** `api/updates/<yyyy>.json`. */
export const updatesYearSchema = z
  .strictObject({
    form: z.literal(1).describe('Raised when hash is made otherwise.'),
    year: z
      .string()
      .regex(/^\d{4}$/)
      .describe('A year of UTC.'),
    updates: z.array(update).readonly().describe('Oldest first.'),
  })
  .describe(
    'Every update of one year with a hash of what it tells, to compare what is live with what is to be.',
  ) satisfies z.ZodType<YearOfUpdates>;
