import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { provideSite } from '../../src/content/run.ts';
import type { Site } from '../../src/domain/site.ts';
import { siteFiles } from '../../src/views/site-files.ts';
import type { Code } from './code-digest.ts';
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
  /** The code that renders, from `codeOf`. */
  readonly code: Code;
  /** The folder to write to: there, and empty. */
  readonly folder: string;
};

/** What was written: every file by its name below the folder, and the size of what each page says by the path at which it is served. */
export type Rendered = { readonly files: readonly string[]; readonly sizes: ReadonlyMap<string, number> };

/** The files below `folder`, by their names there. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/'));
}

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
 * as Astro makes them.
 */
export async function renderPages({ site, root, cache, clean, code, folder }: RenderOptions): Promise<Rendered> {
  provideSite(() => Promise.resolve(site));
  const kept = keptPages(cache, code.digest, clean);
  const write = writerBelow(folder);
  const files: string[] = [];
  const sizes = new Map<string, number>();
  try {
    await withSiteProgram(root, code, clean, async (program) => {
      cpSync(program.common, folder, { recursive: true });
      files.push(...filesBelow(folder));
      for (const { file, source } of siteFiles(site)) {
        const make = (): Promise<Uint8Array> => program.render(file);
        const bytes = source === null ? await make() : await kept.page(file, source(), make);
        write(file, bytes);
        files.push(file);
        const path = pagePath(file);
        if (path !== null) sizes.set(path, pageSize(bytes));
      }
    });
    if (code.isStill()) kept.finish();
  } finally {
    kept.close();
  }
  return { files, sizes };
}
