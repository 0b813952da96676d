import { quote } from '../../src/lib/schema/text.ts';
import { oneLine, UsageError } from '../cli/errors.ts';
import type { Context } from '../cli/context.ts';
import { type Git, gitIn, type Message } from '../github/git.ts';

type CommitFlags = {
  readonly 'commit-id': string | undefined;
  readonly range?: string | undefined;
  readonly repository?: string | undefined;
};

/**
 * The full id of the commit the user named; undefined for none. `content` is the folder as the user named it.
 * Throws UsageError if git doesn't know it: with a mistyped id, later sites would have nothing to compare with.
 */
export async function readCommits(
  { 'commit-id': id, range, repository: folder }: CommitFlags,
  content: string,
  repository: Git,
): Promise<string | undefined> {
  if (folder !== undefined && !(await repository.isRepository()))
    throw new UsageError(
      `--repository: there is no git repository at ${quote(folder)}. Use the folder of one, such as --repository /srv/status.git`,
    );
  const place = `in the repository of ${folder ?? content}`;
  const ways = folder === undefined ? ', or name the repository that has it with --repository DIR' : '';
  const commit = id === undefined ? undefined : await repository.idOf(id);
  if (commit === null)
    throw new UsageError(
      `--commit-id: git can't find commit ${quote(id ?? '')} ${place}. Use one that git log shows there${ways}`,
    );
  if (range !== undefined && (await repository.messages(range)) === null)
    throw new UsageError(
      `--range: git can't find the commits ${quote(range)} ${place}. Use a range that git log accepts there, such as HEAD~3..HEAD${ways}`,
    );
  return commit;
}

/**
 * The commit messages that may allow changes, from `--message` or `--range`; null without either, or if git doesn't
 * know the range. Throws UsageError for both.
 */
export async function readMessages(
  { range, message }: { readonly range: string | undefined; readonly message: string | undefined },
  repository: Git,
): Promise<readonly Message[] | null> {
  if (range !== undefined && message !== undefined)
    throw new UsageError("--range and --message can't be combined. Use one of them");
  if (message !== undefined) return [{ commit: null, text: message }];
  return range === undefined ? null : repository.messages(range);
}

/**
 * A note that the published commit lacks some of the content. Null when everything is committed, or when `content`
 * isn't a checkout of `repository` (as in a bare repository's hook) and this can't be checked.
 */
export async function uncommittedNote(
  content: string,
  shown: string,
  repository: string,
  commit: string | null,
  machine: Pick<Context, 'env' | 'runProgram'>,
): Promise<string | null> {
  const git = gitIn(content, machine);
  const common = await git.commonFolder();
  if (commit === null || common === null || common !== (await gitIn(repository, machine).commonFolder())) return null;
  // Hidden files aren't content.
  const files = (await git.filesNotIn(commit))?.filter((path) => !/(?:^|\/)\./.test(path)) ?? [];
  const [first] = files;
  if (first === undefined) return null;
  const more = files.length === 1 ? '' : ` and ${files.length - 1} more`;
  return oneLine(
    `differs from commit ${commit.slice(0, 9)}: ${shown.replace(/\/+$/, '')}/${first}${more}. Commit it, so that the history matches the page`,
  );
}
