import { open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../cli/errors.ts';

const isThere = async (path: string): Promise<boolean> => (await stat(path).catch(() => null)) !== null;

/** Throws now what would be thrown when the results are written to this file, an hour later. Leaves all as it was. */
export async function requireWritable(path: string): Promise<void> {
  if (!(await isThere(dirname(path))))
    throw new UserError(`--json: the folder ${dirname(path)} is not there. Make it, or name another`);
  const isNew = !(await isThere(path));
  await (await open(path, 'a')).close();
  if (isNew) await rm(path, { force: true });
}
