import type { World } from '../../cli/world.ts';
import { oneLine } from '../../cli/one-line.ts';

type RunProgram = World['runProgram'];

async function git(folder: string, run: RunProgram, ...args: string[]): Promise<string | null> {
  const { code, stdout } = await run('git', args, folder);
  return code === 0 ? stdout.trim() : null;
}

const whereGitIs = (folder: string, run: RunProgram): Promise<string | null> =>
  git(folder, run, 'rev-parse', '--path-format=absolute', '--git-common-dir');

/**
 * The files of the content folder that are not as `commit` has them, by their paths in it. Null when that is not known:
 * the folder is no checkout of `repository`, as in the hook of a bare one.
 */
async function uncommittedFiles(
  content: string,
  repository: string,
  commit: string,
  run: RunProgram,
): Promise<string[] | null> {
  const place = await whereGitIs(content, run);
  if (place === null || place !== (await whereGitIs(repository, run))) return null;
  const changed = await git(content, run, 'diff', '--name-only', '--relative', '-z', commit, '--', '.');
  const added = await git(content, run, 'ls-files', '--others', '-z', '--', '.');
  if (changed === null || added === null) return null;
  const files = [...changed.split('\0'), ...added.split('\0')].filter((path) => path !== '');
  // As the reader of the content has it: what is hidden is no content.
  return [...new Set(files)].filter((path) => !path.split('/').some((part) => part.startsWith('.'))).sort();
}

/** One line for content that was published under a commit which lacks it; null when all is committed, or that is not known. */
export async function uncommittedNote(
  content: string,
  shown: string,
  repository: string,
  commit: string | null,
  run: RunProgram,
): Promise<string | null> {
  const files = commit === null ? null : await uncommittedFiles(content, repository, commit, run);
  const [first] = files ?? [];
  if (first === undefined || commit === null || files === null) return null;
  const more = files.length === 1 ? '' : ` and ${files.length - 1} more`;
  return oneLine(
    `not as in commit ${commit.slice(0, 9)}: ${shown.replace(/\/+$/, '')}/${first}${more}. Commit it, so that the history has what customers read`,
  );
}
