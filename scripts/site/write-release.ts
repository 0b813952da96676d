import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Site } from '../../src/domain/site.ts';
import { feedItems } from '../../src/views/feeds/feed-items.ts';
import { pageSizes, pageSizesFile } from './page-sizes.ts';
import { release } from './release.ts';
import type { Rendered } from './render-pages.ts';
import { releaseFile } from './swap.ts';

type Options = Rendered & {
  /** The digest of the content folder. */
  readonly content: string;
  readonly site: Site;
  readonly version: string;
  readonly commit: string | null;
};

/** Writes into a built site what it was made from and what it holds. Gives the number of its files. */
export async function writeRelease(folder: string, options: Options): Promise<number> {
  const { files } = options;
  const years = new Map<string, string>();
  for (const file of files) {
    const year = /^api\/updates\/(\d{4})\.json$/.exec(file)?.[1];
    if (year !== undefined) years.set(year, createHash('sha256').update(await readFile(join(folder, file))).digest('hex'));
  }
  const sizes = pageSizes(options.sizes);
  const made = release({ ...options, newest: feedItems(options.site)[0] ?? null, years, sizes });
  // A site without updates may have nothing else there.
  await mkdir(dirname(join(folder, pageSizesFile)), { recursive: true });
  await writeFile(join(folder, pageSizesFile), `${JSON.stringify({ form: 1, pages: sizes })}\n`);
  await writeFile(join(folder, releaseFile), `${JSON.stringify(made, null, 2)}\n`);
  return files.length + 2;
}
