import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseContent, type Parsed } from '../../src/lib/content/check-content.ts';
import type { ContentTree } from '../../src/lib/content/content-tree.ts';
import { NoContentFolder, readTree } from '../../src/lib/content/disk.ts';
import { problemLine } from '../../src/lib/content/problem.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import { UserError } from '../cli/errors.ts';
import type { Git } from '../github/git.ts';

type Good = Extract<Parsed, { readonly site: unknown }> & { readonly tree: ContentTree };

/** The newest valid content. `note` says why the newest commit wasn't used; null when it was. */
export type LastGood = Good & { readonly note: string | null };

/** How many commits to go back. Errors are usually in the newest one. */
const mostTried = 20;

function read(tree: ContentTree, now: Instant): Good | null {
  const parsed = parseContent(tree, now);
  return 'site' in parsed ? { ...parsed, tree } : null;
}

/** The content of a commit; null when it has none, or has problems. */
async function contentOf(commit: string, folders: readonly string[], now: Instant, git: Git): Promise<Good | null> {
  const base = await mkdtemp(join(tmpdir(), 'halfpast-'));
  const checkout = join(base, 'checkout');
  try {
    if (!(await git.checkOut(commit, checkout))) return null;
    for (const folder of folders) {
      const tree = await readTree(join(checkout, folder)).catch((error: unknown) => {
        if (error instanceof NoContentFolder) return null;
        throw error;
      });
      const good = tree === null ? null : read(tree, now);
      if (good !== null) return good;
    }
    return null;
  } finally {
    await git.dropCheckOut(checkout);
    await rm(base, { recursive: true, force: true });
  }
}

async function newestGoodCommit(folders: readonly string[], now: Instant, git: Git): Promise<Good | null> {
  for (const commit of await git.history(mostTried)) {
    const good = await contentOf(commit, folders, now, git);
    if (good !== null) return good;
  }
  return null;
}

type Search = {
  /** Folders that may contain the content in a commit. */
  readonly folders: readonly string[];
  /** The content's name in messages. */
  readonly shown: string;
  readonly now: Instant;
  readonly git: Git;
  /** The last valid content, which a service remembers. */
  readonly before: ContentTree | null;
};

/**
 * The site in `tree`, or the newest valid one if `tree` has problems: a typo must not silence reminders. Throws
 * UserError when there is none.
 */
export async function readLastGood(tree: ContentTree, { folders, shown, now, git, before }: Search): Promise<LastGood> {
  const parsed = parseContent(tree, now);
  if ('site' in parsed) return { ...parsed, tree, note: null };
  const [first] = parsed.problems;
  const problem = first === undefined ? `${shown} can't be read` : problemLine(first, shown);
  const remembered = before === null ? null : read(before, now);
  const good = remembered ?? (await newestGoodCommit(folders, now, git));
  if (good !== null)
    return { ...good, note: `The newest content has a problem, so this is based on the content before it. ${problem}` };
  throw new UserError(`${problem}. No earlier commit without problems was found, so no reminders can be sent`);
}
