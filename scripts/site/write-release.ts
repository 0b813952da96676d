import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Site } from '../../src/domain/site.ts';
import { feedItems } from '../../src/views/feeds/feed-items.ts';
import { pagePath, pageSize, pageSizes, pageSizesFile } from './page-sizes.ts';
import { release } from './release.ts';
import { releaseFile } from './swap.ts';

type Options = {
  /** The digest of the content folder. */
  readonly content: string;
  readonly site: Site;
  readonly version: string;
  readonly commit: string | null;
};

// Without waiting for each of twenty thousand files by itself.
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/'));
}

/** Reads files one after the other into the same memory: what one call gives holds until the next. */
function reusingReader(): (path: string) => Buffer {
  let memory = Buffer.alloc(1024 * 1024);
  return (path) => {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      if (size > memory.length) memory = Buffer.alloc(size);
      let used = 0;
      for (let got = -1; got !== 0 && used < size; used += got) got = readSync(file, memory, used, size - used, null);
      return memory.subarray(0, used);
    } finally {
      closeSync(file);
    }
  };
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
    if (path !== null) pages.set(path, pageSize(read(join(folder, file))));
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
