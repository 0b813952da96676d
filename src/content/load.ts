import type { Instant } from '../domain/instant.ts';
import { type Checked, checkContent } from './check-content.ts';
import { readTree } from './disk.ts';

/** Reads the content folder `root` as it stands at `now`. Throws NoContentFolder when there is none. */
export async function loadContent(root: string, now: Instant): Promise<Checked> {
  return checkContent(await readTree(root), now);
}
