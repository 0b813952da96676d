import type { Instant } from '../domain/instant.ts';
import { readTree } from './disk.ts';
import { parseContent, type Parsed } from './parse-content.ts';

/** Reads the content folder `root` as it stands at `now`. Throws NoContentFolder when there is none. */
export async function loadContent(root: string, now: Instant): Promise<Parsed> {
  return parseContent(await readTree(root), now);
}
