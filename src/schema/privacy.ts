import { list } from './list.ts';
import { text } from './text.ts';

/** Fields of `site.yml` that say what may not, and what may, stand in public texts. */
export const privacy = {
  /** Ends of internal host names, beside the usual ones. */
  internal: list(text('- corp.example'), 'corp.example').optional(),
  /** Texts that are public on purpose, and files below the content folder that may hold what is warned of. */
  allow: list(text('- support@example.com'), 'support@example.com').optional(),
};
