import { checkContent, type Checked } from '../../src/lib/content/check-content.ts';
import { readTree } from '../../src/lib/content/disk.ts';

/** Reads the content folder `root` as of `now`. Throws NoContentFolder if there is none. */
export const loadContent = async (root: string, now: number): Promise<Checked> =>
  checkContent(await readTree(root), now);
