import { z } from 'zod';

/** `api/pages.json`. */
export const pagesSchema = z
  .strictObject({
    form: z.literal(1).describe('Raised when the meaning of a field changes.'),
    pages: z.record(z.string(), z.int().nonnegative()).describe('The bytes of what each page says, without the frame that all pages share, by its path.'),
  })
  .describe('The pages of this site and how much each says.');
