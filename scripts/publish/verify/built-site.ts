import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../cli/errors.ts';
import { releaseFile } from '../../../src/views/api/release-file.ts';

/** What verification needs of `release.json`; later forms may say more. */
const releaseNameSchema = z.object({
  content: z.string(),
  now: z.string(),
  newestUpdate: z.string().nullable(),
  url: z.string().optional(),
});

export type ReleaseName = Readonly<z.output<typeof releaseNameSchema>>;

/** The release that some bytes name; null when they name none. */
export function readReleaseName(bytes: Uint8Array): ReleaseName | null {
  try {
    const parsed = releaseNameSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** A site as it was built. Paths begin with `/` and name files, as `/history/index.html`. */
export type BuiltSite = {
  readonly release: ReleaseName;
  /** In order. */
  readonly files: readonly string[];
  readonly read: (path: string) => Promise<Uint8Array>;
};

/** Opens a built site. Throws UserError when `folder`, named `shown` to people, holds none. */
export async function openBuiltSite(folder: string, shown: string): Promise<BuiltSite> {
  const name = join(folder, releaseFile);
  const release = existsSync(name) ? readReleaseName(await readFile(name)) : null;
  if (release === null)
    throw new UserError(`${shown} holds no site built by Halfpast. Build it with: npx halfpast build --out ${shown}`);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/'))
    .sort();
  return { release, files, read: (path) => readFile(join(folder, path)) };
}

/** The address of a file below the site's root, as customers ask for it: pages by their folder. */
export function servedPath(file: string): string {
  const path = file.replace(/(^|\/)index\.html$/, '$1');
  return path.split('/').map(encodeURIComponent).join('/');
}
