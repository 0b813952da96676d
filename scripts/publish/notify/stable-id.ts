import { createHash } from 'node:crypto';

/** A short name for an update of a site, the same at each try: by it, receivers know a message they have. */
export function stableId(siteUrl: string, id: string): string {
  return createHash('sha256').update(`${siteUrl}\n${id}`).digest('hex').slice(0, 32);
}
