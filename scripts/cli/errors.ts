/** What a person can put right: told in one line, exit code 1. The message says what happened, where, and what to type instead. */
export class UserError extends Error {
  readonly exitCode: number = 1;
}

/** A wrong call: an unknown command or flag, a missing or impossible argument. Exit code 2. */
export class UsageError extends UserError {
  override readonly exitCode = 2;
}

/** Ctrl-C at a question, or "no" at the last one. Exit code 130, as shells have it. */
export class Cancelled extends UserError {
  override readonly exitCode = 130;
  constructor() {
    super('stopped. Nothing was written');
  }
}

const fileErrors: Readonly<Record<string, string>> = {
  EACCES: 'may not be read or written. Check who owns it',
  EPERM: 'may not be read or written. Check who owns it',
  ENOENT: 'is not there. Check the path',
  ENOTDIR: 'has a file where a folder should be. Check the path',
  EISDIR: 'is a folder. Name a file',
  EEXIST: 'exists already. Move it away, or name another',
  ENOSPC: 'could not be written: the disk is full',
  EROFS: 'could not be written: the disk is read-only',
  EMFILE: 'could not be opened: too many files are open',
};

/** What to say when the system refused a file; null when the error is of another kind, and so ours. */
export function fileErrorMessage(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return null;
  const said = fileErrors[String(error.code)];
  return said === undefined ? null : `${String(error.path)} ${said}`;
}
