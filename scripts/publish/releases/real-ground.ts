import { lstat, lutimes, readdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { naming } from '../../cli/file-errors.ts';
import { makeFolder } from '../../cli/make-folder.ts';
import type { Ground } from './ground.ts';

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code);

/** Null for an error of one of these codes. */
async function unless<T>(codes: readonly string[], step: () => Promise<T>): Promise<T | null> {
  try {
    return await step();
  } catch (error) {
    if (codes.includes(codeOf(error))) return null;
    throw error;
  }
}

const missing = ['ENOENT', 'ENOTDIR'];

/** The file system of this machine. */
export const realGround: Ground = {
  // A folder where a file should be is there, and says nothing.
  read: (path) => unless(missing, async () => (await unless(['EISDIR'], () => readFile(path, 'utf8'))) ?? ''),
  write: (path, text) => naming(path, () => writeFile(path, text)),
  makeFolder,
  list: async (path) => ((await unless(missing, () => readdir(path))) ?? []).sort(),
  rename: (from, to) => rename(from, to),
  makeLink: async (target, path) =>
    (await unless(['EEXIST'], async () => (await symlink(target, path), true))) ?? false,
  readLink: (path) => unless([...missing, 'EINVAL'], () => readlink(path)),
  remove: (path) => rm(path, { recursive: true, force: true }),
  touch: async (path, now) => void (await unless(missing, () => lutimes(path, now / 1000, now / 1000))),
  changedAt: async (path) => (await unless(missing, () => lstat(path)))?.mtimeMs ?? null,
};
