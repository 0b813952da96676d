import { createHash } from 'node:crypto';
import type { Site } from '../../../src/domain/site.ts';
import { onceFor } from '../../../src/views/once-for.ts';
import { updateRecords } from '../../../src/views/update-records.ts';

/** What each update of a site says, title and words as a hash, by the id it has in the record. */
export const saidById = onceFor(
  (site: Site): ReadonlyMap<string, string> =>
    new Map(
      updateRecords(site).map(({ kind, slug, update, title, hash }) => [
        `${kind === 'incident' ? 'incidents' : 'maintenance'}/${slug}/${update}`,
        createHash('sha256').update(`${title}\n${hash}`).digest('hex').slice(0, 32),
      ]),
    ),
);
