import { dirname, join, relative } from 'node:path';
import type { Disk } from './world.ts';

/** Whether there is anything of that name. */
async function isThere(path: string, disk: Disk): Promise<boolean> {
  try {
    return (await disk.read(path)) !== null;
  } catch (error) {
    // A folder cannot be read as a file, and what may not be read is there too; below a file there is nothing.
    return !(error instanceof Error && 'code' in error && error.code === 'ENOTDIR');
  }
}

/**
 * The content folder for somebody who names none: that of the working folder, else of the nearest folder
 * above it that has one, within the repository. `content` when there is none.
 */
export async function findContent(cwd: string, disk: Disk): Promise<string> {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (await isThere(join(folder, 'content/site.yml'), disk)) return relative(cwd, join(folder, 'content')) || '.';
    if (folder === dirname(folder) || (await isThere(join(folder, '.git'), disk))) return 'content';
  }
}
