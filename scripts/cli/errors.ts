import { replaceHidden } from '../../src/lib/schema/hidden.ts';

/** Removes terminal control characters from untrusted text. */
export function safeLines(text: string): string {
  return replaceHidden(text.replaceAll('\t', ' '), () => '\uFFFD').trim();
}

/** The same, on one line. */
export function oneLine(text: string): string {
  return safeLines(text.replaceAll(/\s+/g, ' '));
}

/** An error that users can fix. Its message is one line: what happened, where, and what to do. Exit code 1. */
export class UserError extends Error {
  readonly exitCode: number = 1;
}

/** A usage error, such as an unknown option or an invalid argument. Exit code 2. */
export class UsageError extends UserError {
  override readonly exitCode = 2;
}

/** Ctrl-C at a prompt, or "no" at the last one. Exit code 130, as in a shell. */
export class Cancelled extends UserError {
  override readonly exitCode = 130;
  constructor() {
    super('canceled. Nothing was written');
  }
}

const refusals: Readonly<Record<string, string>> = {
  EACCES: "can't be read or written. Check its owner and permissions",
  EPERM: "can't be read or written. Check its owner and permissions",
  ENOENT: "doesn't exist. Check the path",
  ENOTDIR: 'has a file where a folder should be. Check the path',
  EISDIR: 'is a folder. Name a file',
  EEXIST: 'already exists. Move it, or use another name',
  ENAMETOOLONG: 'has a name that is too long for the disk. Use a shorter one',
  ELOOP: 'is a circular link. Use the folder itself',
  EBUSY: 'is in use, for example by a mount. Use another path',
};

/** Errors that affect a whole disk or machine, which are reported even without a file name. */
const shortages: Readonly<Record<string, string>> = {
  ENOSPC: 'could not be written: the disk is full',
  EDQUOT: "could not be written: this user's disk quota is used up",
  EROFS: 'could not be written: the disk is read-only',
  EIO: 'could not be read or written: the disk itself failed (EIO)',
  EMFILE: 'could not be opened: too many files are open',
  ENFILE: 'could not be opened: too many files are open on this machine',
};

type SystemError = Error & { readonly code: string; path?: string; dest?: string };

/** Finds a system error in an error or its causes. */
function systemError(error: unknown): SystemError | null {
  for (let one = error; one instanceof Error; one = one.cause) {
    if (!('code' in one)) continue;
    const code = String(one.code);
    if (Object.hasOwn(shortages, code) || (Object.hasOwn(refusals, code) && 'path' in one)) return one as SystemError;
  }
  return null;
}

/** The message for a system error about a file; null for other errors. */
export function fileErrorMessage(error: unknown): string | null {
  const found = systemError(error);
  if (found === null) return null;
  const shortage = shortages[found.code];
  if (shortage === undefined) return `${String(found.path)} ${refusals[found.code] ?? ''}`;
  // Copying or moving fails at the destination, not at the source.
  return `${found.dest ?? found.path ?? 'a file'} ${shortage}`;
}

/** The message for an error that users can fix; null for others, which are bugs. */
export const fixableMessage = (error: unknown): string | null =>
  error instanceof UserError ? error.message : fileErrorMessage(error);

/** Whether the disk is full or the quota is exceeded. */
export function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes(systemError(error)?.code ?? '');
}

/** Runs a step that writes a file, and adds the path to its errors: once a file is open, Node omits it. */
export async function withPath<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw error instanceof Error && 'code' in error ? Object.assign(error, { path, dest: undefined }) : error;
  }
}

/** Adds a path to a system error that doesn't have one. */
export function addPath(error: unknown, place: string): unknown {
  const found = systemError(error);
  if (found !== null && found.path === undefined) found.path = place;
  return error;
}
