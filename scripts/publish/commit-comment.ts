import { isAbsolute, join, resolve } from 'node:path';
import { credentialsIn } from '../../src/lib/content/credentials.ts';
import type { Problem } from '../../src/lib/content/problem.ts';
import type { Context } from '../cli/context.ts';
import { fileErrorMessage } from '../cli/errors.ts';
import { codeSpan, cut, fenced, hiddenMarker, isMarked } from '../github/comments.ts';
import type { GitHubPort } from '../github/port.ts';
import type { Published } from './outcome.ts';
import type { NotRolledBack } from './restore.ts';

type ContentProblem = Pick<Problem, 'line' | 'column' | 'field' | 'message' | 'fix'> & {
  /** Relative to the root of the repository. */
  readonly path: string;
  /** The line in the file; null when it's unknown or must not be shown. */
  readonly text: string | null;
};

/** The line with the fix applied; null when there is no fix, or the line has changed since. */
export function correctedLine({ column, fix }: Pick<ContentProblem, 'column' | 'fix'>, line: string): string | null {
  if (fix === null || fix.given === '') return null;
  const rest = line.slice(column - 1);
  // Keep the quotes around the value.
  const quote = /^["']/.exec(rest)?.[0] ?? '';
  if (!rest.startsWith(quote + fix.given + quote)) return null;
  const typed = fix.type.startsWith('"') ? fix.type : quote + fix.type + quote;
  return line.slice(0, column - 1) + typed + rest.slice(fix.given.length + 2 * quote.length);
}

/** Used for links to GitHub. */
type Place = {
  /** Such as `https://github.com`. */
  readonly server: string;
  /** Such as `example/status`. */
  readonly repository: string;
  readonly branch: string;
  /** The address of the help page. */
  readonly help: string;
};

/** How a run on GitHub ended. `failed`: the build failed. */
export type Ended = Published | NotRolledBack | { readonly outcome: 'failed'; readonly message: string };

/** The most problems to list in one comment. The log of the run has them all. */
const mostShown = 10;

const headings: Readonly<Partial<Record<Ended['outcome'], string>>> = {
  problems: 'The content has problems',
  failed: 'The site could not be built',
  'not rolled back': 'The rollback failed',
  refused: 'This commit would remove or rewrite published updates',
  unverified: "The published site doesn't match the build",
  'not notified': 'The update is live, but not every channel was notified',
};

function headingOf(published: Ended): string {
  if (published.outcome === 'unverified' && published.silent === true) return "The published site doesn't respond";
  return headings[published.outcome] ?? 'The site could not be deployed';
}

function consequence(published: Ended): string {
  if (published.outcome === 'not notified')
    return 'The page itself is fine. Rerun the failed job: no channel is notified twice.';
  if (published.outcome !== 'unverified') return 'The live page is unchanged.';
  if (published.silent === true)
    return "The new release stays, because an older one wouldn't respond either. Check the page.";
  if (published.back === null) return 'No older release was restored. Check the page.';
  if (published.back.how === 'already') return 'Another release has replaced it in the meantime.';
  return `The last verified release ${published.back.how === 'served' ? 'was' : 'is being'} restored.`;
}

/** A link that opens the file for editing; null when it isn't in the repository. */
function editLink({ path, line }: ContentProblem, { server, repository, branch }: Place): string | null {
  if (!/\.(?:md|ya?ml)$/i.test(path) || path.startsWith('/') || path.split('/').includes('..')) return null;
  const parts = [...branch.split('/'), ...path.split('/')].map((part) =>
    encodeURIComponent(part).replaceAll(/[()'!*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`),
  );
  return `${server}/${repository}/edit/${parts.join('/')}#L${line}`;
}

function problemText(problem: ContentProblem, place: Place): string {
  const { path, line, field, message, text } = problem;
  const link = editLink(problem, place);
  const corrected = text === null ? null : correctedLine(problem, text);
  const parts = [
    `**${codeSpan(`${path}:${line}`)}**${link === null ? '' : ` · [edit this line](${link})`}`,
    fenced(cut(`${field === null ? '' : `${field}: `}${message}`, 1000), 'text'),
    ...(text === null || text.trim() === ''
      ? []
      : corrected === null
        ? ['The line:', fenced(cut(text, 500))]
        : ['Change it to:', fenced(cut(`- ${text}\n+ ${corrected}`, 1000), 'diff')]),
  ];
  return parts.join('\n');
}

/** Reads a line of a file in the working folder; null when it can't be read, or the file contains a credential. */
async function lineOf(path: string, line: number, context: Context): Promise<string | null> {
  if (isAbsolute(path) || path.split(/[\\/]/).includes('..')) return null;
  try {
    const text = await context.disk.read(resolve(context.cwd, path));
    // The comment is public and emailed, so it never quotes such a file, even if `allow:` lists the credential.
    if (text === null || (await credentialsIn(text)).length > 0) return null;
    return text.split(/\r\n|\r|\n/)[line - 1] ?? null;
  } catch (error) {
    if (fileErrorMessage(error) !== null) return null;
    throw error;
  }
}

export type Failure = {
  readonly commit: string;
  readonly published: Ended;
  /** The output of the run. */
  readonly lines: readonly string[];
};

type FailurePlace = Pick<Place, 'repository' | 'branch'> & {
  /** The content folder as the user named it. */
  readonly content: string;
};

/** The comment for the author of the commit, as Markdown. Escapes all text from outside. */
async function failureComment(
  { commit, published, lines }: Failure,
  place: Place,
  content: string,
  context: Context,
): Promise<string> {
  const found = published.outcome === 'problems' ? published.problems : [];
  const problems = await Promise.all(
    found.slice(0, mostShown).map(async (problem) => {
      const path = join(content, problem.file).replaceAll('\\', '/');
      const text = problem.kind === 'credential' ? null : await lineOf(path, problem.line, context);
      return problemText({ ...problem, path, text }, place);
    }),
  );
  const more = found.length - mostShown;
  const output = found.length > 0 ? '' : lines.join('\n');
  return [
    `### ${headingOf(published)}`,
    `${commit.slice(0, 7)}: ${consequence(published)}`,
    ...problems,
    ...(more > 0 ? [`And ${more} more: see the log of the run.`] : []),
    ...(output.trim() === '' ? [] : [fenced(cut(output, 8000), 'text')]),
    `[What to do now](${place.help})`,
  ].join('\n\n');
}

/** Comments on the commit, once per outcome, and returns a line for the log. Throws UserError when GitHub refuses. */
export async function commentOnFailure(
  port: GitHubPort,
  failure: Failure,
  { repository, branch, content }: FailurePlace,
  context: Context,
): Promise<string> {
  const { commit, published } = failure;
  const short = commit.slice(0, 7);
  const marker = `publish ${published.outcome}`;
  if ((await port.commitComments(commit)).some((comment) => isMarked(comment, marker)))
    return `${short} already has this comment`;
  const server = context.env['GITHUB_SERVER_URL'] ?? 'https://github.com';
  // A content-only repository doesn't contain the docs. The workflows set HALFPAST_CODE to the code they run.
  const code = context.env['HALFPAST_CODE'] ?? `${repository}/blob/${branch}`;
  const place = { server, repository, branch, help: `${server}/${code}/docs/when-it-goes-wrong.md` };
  const text = await failureComment(failure, place, content, context);
  await port.commentOnCommit(commit, `${text}\n\n${hiddenMarker(marker)}`);
  return `commented on ${short}`;
}
