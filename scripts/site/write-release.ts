import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Site } from '../../src/domain/site.ts';
import { feedItems } from '../../src/views/feeds/feed-items.ts';
import { pagePath, pageSize, pageSizes, pageSizesFile } from './page-sizes.ts';
import { release } from './release.ts';
import { reusingReader } from './reusing-reader.ts';
import { releaseFile } from './swap.ts';

type Options = {
  /** The digest of the content folder. */
  readonly content: string;
  readonly site: Site;
  readonly version: string;
  readonly commit: string | null;
  /** The sizes of pages, by file, as far as they are known. */
  readonly sizes: ReadonlyMap<string, number>;
};

// Without waiting for each of twenty thousand files by itself.
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/'));
}

/** Writes into a built site what it was made from and what it holds. Gives the number of its files. */
export async function writeRelease(folder: string, options: Options): Promise<number> {
  const files = filesBelow(folder);
  const pages = new Map<string, number>();
  const years = new Map<string, string>();
  const read = reusingReader();
  for (const file of files) {
    const path = pagePath(file);
    const year = /^api\/updates\/(\d{4})\.json$/.exec(file)?.[1];
    if (path !== null) pages.set(path, options.sizes.get(file) ?? pageSize(read(join(folder, file))));
    if (year !== undefined) years.set(year, createHash('sha256').update(read(join(folder, file))).digest('hex'));
  }
  const sizes = pageSizes(pages);
  const made = release({ ...options, newest: feedItems(options.site)[0] ?? null, years, sizes });
  // A site without updates may have nothing else there.
  await mkdir(dirname(join(folder, pageSizesFile)), { recursive: true });
  await writeFile(join(folder, pageSizesFile), `${JSON.stringify({ form: 1, pages: sizes })}\n`);
  await writeFile(join(folder, releaseFile), `${JSON.stringify(made, null, 2)}\n`);
  return files.length + 2;
}
