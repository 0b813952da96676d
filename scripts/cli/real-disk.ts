import { existsSync } from 'node:fs';
import { constants, copyFile, link, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { naming } from './file-errors.ts';
import { makeFolder } from './make-folder.ts';
import type { Disk } from './world.ts';

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Writes beside the file under a hidden name, which the content reader passes over, then puts it in place. */
async function write(path: string, text: string, place: (from: string, to: string) => Promise<void>): Promise<void> {
  const isNewFolder = !existsSync(dirname(path));
  await makeFolder(dirname(path));
  const beside = join(dirname(path), `.${basename(path)}.part`);
  try {
    await naming(path, async () => {
      await writeFile(beside, text);
      await place(beside, path);
    });
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    // A folder of an incident without an update would keep all from being published.
    if (isNewFolder) await rmdir(dirname(path)).catch(() => undefined);
    throw error;
  }
  await rm(beside, { force: true });
}

/** A link refuses to take the place of a file, also one that appeared a moment ago. */
async function placeNew(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    // Some file systems have no links; there the copy must do, which refuses as well.
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}

/** The disk of this machine. */
export const realDisk: Disk = {
  read: async (path) => {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      if (isMissing(error)) return null;
      // Of a folder, Node does not say which.
      throw error instanceof Error ? Object.assign(error, { path }) : error;
    }
  },
  create: (path, text) => write(path, text, placeNew),
  replace: (path, text) => write(path, text, rename),
  remove: (path) => rm(path, { recursive: true, force: true }),
};
