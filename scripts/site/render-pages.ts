import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { provideSite } from '../../src/content/run.ts';
import type { Site } from '../../src/domain/site.ts';
import { siteFiles } from '../../src/views/site-files.ts';
import { keptPages } from './kept-pages.ts';
import { pagePath, pageSize } from './page-sizes.ts';
import { withSiteProgram } from './site-program.ts';

export type RenderOptions = {
  readonly site: Site;
  /** The folder of Halfpast itself. */
  readonly root: string;
  /** Where rendered files are kept for the next build. */
  readonly cache: string;
  /** Whether to use nothing of what earlier builds have left. */
  readonly clean: boolean;
  /** The digest of the code that renders, from `codeDigest`. */
  readonly code: string;
  /** The folder to write to, which is not there yet. */
  readonly folder: string;
};

/** Writes files below `folder`, making each folder once. */
function writerBelow(folder: string): (file: string, bytes: Uint8Array) => void {
  const made = new Set<string>();
  return (file, bytes) => {
    const place = join(folder, file);
    const parent = dirname(place);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    writeFileSync(place, bytes);
  };
}

/**
 * Writes all files of the site: those that earlier builds have left in `cache` as they are, the others
 * as Astro makes them. Gives the size of what each page says, by its file.
 */
export async function renderPages({ site, root, cache, clean, code, folder }: RenderOptions): Promise<ReadonlyMap<string, number>> {
  provideSite(() => Promise.resolve(site));
  const kept = keptPages(cache, JSON.stringify([code, site.settings]), clean);
  const write = writerBelow(folder);
  const sizes = new Map<string, number>();
  try {
    await withSiteProgram(root, code, clean, async (program) => {
      cpSync(program.common, folder, { recursive: true });
      for (const { file, source } of siteFiles(site)) {
        const make = (): Promise<Uint8Array> => program.render(file);
        const bytes = source === null ? await make() : await kept.page(file, source(), make);
        write(file, bytes);
        if (pagePath(file) !== null) sizes.set(file, pageSize(bytes));
      }
    });
    kept.finish();
  } finally {
    kept.close();
  }
  return sizes;
}
