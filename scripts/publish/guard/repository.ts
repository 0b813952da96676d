import type { World } from '../../cli/world.ts';
import type { Message } from './acknowledgements.ts';
import type { Ancestry } from './compare-age.ts';

/** What the guard asks of git. Null or `unknown` is what git does not know here. */
export type Repository = {
  readonly isThere: () => Promise<boolean>;
  /** The full id of the commit that is checked out. */
  readonly head: () => Promise<string | null>;
  /** The full id of a commit, from a part of it or a name. */
  readonly idOf: (commit: string) => Promise<string | null>;
  /** Where `commit` stands towards `other`. */
  readonly ancestry: (commit: string, other: string) => Promise<Ancestry>;
  /** The messages of a range such as `A..B`, or of one commit, newest first. */
  readonly messages: (range: string) => Promise<readonly Message[] | null>;
  /** The short id of the last commit that touched a file or folder; `path` is relative to the content folder. */
  readonly lastCommitOf: (path: string, upTo: string | null) => Promise<string | null>;
};

/** An id or a range that git cannot take for a flag. */
const isSafe = (given: string): boolean => /^[^-\s][^\s]*$/.test(given);

/** The repository that a folder is in; also a bare one. */
export function repositoryAt(folder: string, run: World['runProgram']): Repository {
  const git = async (...args: string[]): Promise<string | null> => {
    const { code, stdout } = await run('git', args, folder);
    return code === 0 ? stdout.trim() : null;
  };
  const idOf = (commit: string): Promise<string | null> =>
    isSafe(commit) ? git('rev-parse', '--verify', '--quiet', `${commit}^{commit}`) : Promise.resolve(null);
  const isAncestor = async (a: string, b: string): Promise<boolean> =>
    (await run('git', ['merge-base', '--is-ancestor', a, b], folder)).code === 0;
  return {
    isThere: async () => (await git('rev-parse', '--git-dir')) !== null,
    head: () => idOf('HEAD'),
    idOf,
    ancestry: async (given, givenOther) => {
      const [commit, other] = [await idOf(given), await idOf(givenOther)];
      if (commit === null || other === null) return 'unknown';
      if (commit === other) return 'same';
      if (await isAncestor(other, commit)) return 'newer';
      return (await isAncestor(commit, other)) ? 'older' : 'apart';
    },
    messages: async (range) => {
      if (!isSafe(range)) return null;
      const log = await git('log', '-z', '--format=%h%n%B', ...(range.includes('..') ? [] : ['-1']), range, '--');
      if (log === null) return null;
      return log
        .split('\0')
        .filter((one) => one !== '')
        .map((one) => {
          const [commit = '', ...lines] = one.split('\n');
          return { commit, text: lines.join('\n') };
        });
    },
    lastCommitOf: async (path, upTo) => {
      // Wherever in the repository the content folder is.
      const pattern = `:(top,glob)**/${path.replaceAll(/[*?[\]\\]/g, '\\$&')}`;
      const from = upTo === null || !isSafe(upTo) ? 'HEAD' : upTo;
      const found = await git('log', '-1', '--format=%h', from, '--', pattern, `${pattern}/**`);
      return found === '' ? null : found;
    },
  };
}
