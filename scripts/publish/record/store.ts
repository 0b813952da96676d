import { UserError } from '../../cli/errors.ts';
import type { GitHubPort } from '../../github/port.ts';
import { emptyRecord, parseRecord, recordText, type ReleaseRecord } from './record.ts';

/** Where the record is kept: a branch of its own, so that writing to it publishes nothing. */
const branch = 'halfpast-state';
const path = 'releases.json';

/** Others write to the branch as well; each try reads anew. */
const tries = 6;

/** An empty record when there is none yet. Throws UserError for one that cannot be read. */
export async function readRecord(port: GitHubPort): Promise<ReleaseRecord> {
  const stored = await port.readFile(path, branch);
  return stored === null ? emptyRecord : parseRecord(stored.text, `${path} on the branch ${branch}`);
}

/** Changes the record as one commit, and gives it; nothing is written when `change` gives back what it got. */
export async function changeRecord(
  port: GitHubPort,
  message: string,
  change: (record: ReleaseRecord) => ReleaseRecord,
): Promise<ReleaseRecord> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const stored = await port.readFile(path, branch);
    const before = stored === null ? emptyRecord : parseRecord(stored.text, `${path} on the branch ${branch}`);
    const after = change(before);
    if (after === before) return before;
    const result = await port.writeFile({
      path,
      branch,
      message,
      text: recordText(after),
      replaces: stored?.version ?? null,
    });
    if (result.kind === 'written') return after;
  }
  throw new UserError(`${path} was not written: the branch ${branch} changed at every try. Run it again`);
}
