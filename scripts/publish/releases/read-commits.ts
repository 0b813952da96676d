import { quote } from '../../../src/schema/text.ts';
import { UsageError } from '../../cli/errors.ts';
import type { Repository } from '../guard/repository.ts';

export type CommitFlags = {
  readonly 'commit-id': string | undefined;
  readonly range: string | undefined;
  readonly repository: string | undefined;
};

/**
 * The full id of the commit that was typed; undefined for none. `content` is the folder as the person named it.
 * Throws UsageError for what git does not know: a mistyped id would end in a site that nothing can be compared with.
 */
export async function readCommits(
  { 'commit-id': id, range, repository: folder }: CommitFlags,
  content: string,
  repository: Repository,
): Promise<string | undefined> {
  if (folder !== undefined && !(await repository.isThere()))
    throw new UsageError(
      `--repository: git has no repository at ${quote(folder)}. Type the folder of one, as --repository /srv/status.git`,
    );
  const place = `in the repository of ${folder ?? content}`;
  const ways = folder === undefined ? ', or name the repository that has it with --repository DIR' : '';
  const commit = id === undefined ? undefined : await repository.idOf(id);
  if (commit === null)
    throw new UsageError(
      `--commit-id: git knows no commit ${quote(id ?? '')} ${place}. Type one that git log shows there${ways}`,
    );
  if (range !== undefined && (await repository.messages(range)) === null)
    throw new UsageError(
      `--range: git knows no commits ${quote(range)} ${place}. Type what git log takes there, as HEAD~3..HEAD${ways}`,
    );
  return commit;
}
