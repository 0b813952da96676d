import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  pagePath,
  pageSize,
  pageSizes,
  pageSizesFile,
  release,
  type ReleaseFacts,
  releaseFile,
} from './lib/api/release.ts';
import { feedItems } from './lib/feeds/feed-items.ts';

/** Returns the files in `folder` in order, with `/` between folders. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/').replace(/^\//, ''))
    .sort();
}

/**
 * Adds `release.json` (what the site was built from) and `api/pages.json` (the size of each page) to the built site.
 */
export function writeRelease(
  folder: string,
  facts: Pick<ReleaseFacts, 'site' | 'content' | 'version' | 'commit'>,
): void {
  const sizes = new Map<string, number>();
  const years = new Map<string, string>();
  for (const file of filesBelow(folder)) {
    const path = pagePath(file);
    const year = /^api\/updates\/(\d{4})\.json$/.exec(file)?.[1];
    if (path !== null) sizes.set(path, pageSize(readFileSync(join(folder, file))));
    else if (year !== undefined)
      years.set(
        year,
        createHash('sha256')
          .update(readFileSync(join(folder, file)))
          .digest('hex'),
      );
  }
  const pages = pageSizes(sizes);
  const made = release({ ...facts, newest: feedItems(facts.site)[0] ?? null, years, sizes: pages });
  // If there are no updates, this folder doesn't exist yet.
  mkdirSync(dirname(join(folder, pageSizesFile)), { recursive: true });
  writeFileSync(join(folder, pageSizesFile), `${JSON.stringify({ form: 1, pages })}\n`);
  writeFileSync(join(folder, releaseFile), `${JSON.stringify(made, null, 2)}\n`);
}
