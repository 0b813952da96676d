import { UserError } from './errors.ts';

/** The folder that the program was called in. `cwd` asks the system. Throws UserError when it was removed, or may not be read. */
export function workingFolder(cwd: () => string): string {
  try {
    return cwd();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT')
      throw new UserError('the working folder was removed. Go to one that is there, with cd, and call again');
    throw new UserError(
      `the working folder may not be read (${code}). Check who owns it and those above, or go to another with cd`,
    );
  }
}
