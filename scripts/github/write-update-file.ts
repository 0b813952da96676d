import { UserError } from '../cli/errors.ts';
import type { GitHubPort } from './port.ts';

export type NewUpdate = {
  /** From the root of the repository, as `content/incidents/…/2026-11-22T1405Z.md`. */
  readonly path: string;
  readonly text: string;
  /** The commit message. */
  readonly message: string;
};

/** Other people's commits move the branch; each try looks again. */
const tries = 5;

/**
 * Writes one new file to the default branch and gives the commit; null when the very same file was
 * there already, as after an answer that was lost. Throws UserError when another text has that name.
 */
export async function writeUpdateFile(port: GitHubPort, { path, text, message }: NewUpdate): Promise<string | null> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const result = await port.writeFile({ path, text, message, replaces: null });
    if (result.kind === 'written') return result.commit;
    const there = await port.readFile(path);
    if (there?.text === text) return null;
    if (there !== null)
      throw new UserError(`${path} is there already with another text. Post the update again in a minute`);
  }
  throw new UserError(`${path} was not written: the branch changed at every try. Run it again`);
}
