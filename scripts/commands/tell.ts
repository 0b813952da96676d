import { isAbsolute, join, resolve } from 'node:path';
import type { z } from 'zod';
import { credentialsIn } from '../../src/lib/content/credentials.ts';
import { didYouMean, quote } from '../../src/lib/schema/text.ts';
import { defineCommand } from '../cli/command.ts';
import { fileErrorMessage, UsageError, UserError } from '../cli/errors.ts';
import type { Context } from '../cli/context.ts';
import { hiddenMarker, isMarked } from '../github/comments.ts';
import { openGitHub } from '../github/github.ts';
import type { GitHubPort } from '../github/port.ts';
import { gitHubOption, readCommit, readGitHub, readMoment, required } from '../publish/options.ts';
import {
  checkOutputSchema,
  type FailedStep,
  failureComment,
  type FailureReport,
  reportedSteps,
} from '../publish/problem-comment.ts';

type Failure = Pick<FailureReport, 'problems' | 'output'>;

/** A line of a file below the working folder; null when it can't be read, or the file has a credential. */
async function lineOf(path: string, line: number, context: Context): Promise<string | null> {
  if (isAbsolute(path) || path.split(/[\\/]/).includes('..')) return null;
  try {
    const text = await context.disk.read(resolve(context.cwd, path));
    // The comment is public and e-mailed: nothing in such a file may be repeated, not even if `allow:` lists it.
    if (text === null || (await credentialsIn(text)).length > 0) return null;
    return text.split(/\r\n|\r|\n/)[line - 1] ?? null;
  } catch (error) {
    if (fileErrorMessage(error) !== null) return null;
    throw error;
  }
}

/** Reads the output of `check --json`; null for anything else. */
function parseCheckOutput(text: string): z.output<typeof checkOutputSchema> | null {
  try {
    return checkOutputSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Reads what the failed step printed: the JSON of `check`, or text. */
async function readFailure(text: string, content: string, context: Context): Promise<Failure> {
  const checked = parseCheckOutput(text);
  if (checked === null) return { problems: [], output: text };
  if (!('problems' in checked)) return { problems: [], output: checked.error };
  const problems = await Promise.all(
    checked.problems.map(async ({ file, ...problem }) => {
      const path = join(content, file).replaceAll('\\', '/');
      const hidden = problem.kind === 'credential';
      return { ...problem, path, text: hidden ? null : await lineOf(path, problem.line, context) };
    }),
  );
  return { problems, output: '' };
}

function readStep(given: string): FailedStep {
  const step = reportedSteps.find((known) => known === given);
  if (step !== undefined) return step;
  throw new UsageError(
    `--step: ${quote(given)} is not a step that can be reported. ${didYouMean(given, reportedSteps)}`,
  );
}

/** Null when it was started, else the error. */
async function startRollback(port: GitHubPort, inputs: Readonly<Record<string, string>>): Promise<UserError | null> {
  try {
    await port.startWorkflow('rollback.yml', inputs);
    return null;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

export const tell = defineCommand({
  name: 'tell',
  summary: 'Comment on a commit on GitHub that was not published',
  details:
    'Reads the output of the failed step from standard input and comments on the commit, once per step. With the JSON of check, the comment has each line, the corrected line, and a link to edit it.',
  args: [],
  options: {
    ...gitHubOption,
    commit: { value: 'COMMIT', help: 'the commit, with all 40 characters' },
    step: {
      value: 'STEP',
      help: 'the step that failed: check, build, guard, deploy, verify, verify-again or notify (default: check)',
    },
    branch: { value: 'NAME', help: 'the branch to edit files on (default: main)' },
    'help-page': {
      value: 'URL',
      help: 'the help page to link to (default: docs/when-it-goes-wrong.md)',
    },
    'roll-back': { help: 'start rollback.yml first' },
    'put-back': { help: 'say that this run restored an older release' },
    built: { value: 'TIME', help: 'for --roll-back: the time the bad site was built for' },
  },
  examples: [
    {
      line: 'npx halfpast tell --github example/status --commit 0123456789012345678901234567890123456789 --step check',
      says: 'with the output of npx halfpast check --json as its input',
    },
  ],
  run: async (call, context) => {
    const { options } = call;
    const repository = readGitHub(options.github);
    const commit = readCommit(required(options.commit, '--commit', '$GITHUB_SHA'), '--commit');
    const step = readStep(options.step ?? 'check');
    const { branch = 'main' } = options;
    if (options.built !== undefined) readMoment(options.built, '--built');
    const port = await openGitHub(repository, context);
    // The page comes first. If that fails, the author is still notified.
    const refused = options['roll-back']
      ? await startRollback(port, { of: commit, built: options.built ?? '', reason: `${step} failed` })
      : null;
    const rollsBack = options['roll-back'] && refused === null;
    const back = options['put-back'] ? 'restored' : rollsBack ? 'being restored' : null;
    const mark = `tell ${step}`;
    if ((await port.commitComments(commit)).some((comment) => isMarked(comment, mark))) {
      context.stdout(`${commit.slice(0, 7)} already has this comment\n`);
      if (refused !== null) throw refused;
      return 0;
    }
    const server = context.env['GITHUB_SERVER_URL'] ?? 'https://github.com';
    const help = options['help-page'] ?? `${server}/${repository}/blob/${branch}/docs/when-it-goes-wrong.md`;
    const input = context.input.kind === 'piped' ? await context.input.readAll() : '';
    const failure = await readFailure(input, call.content, context);
    const text = failureComment({ step, commit, ...failure, back, place: { server, repository, branch, help } });
    await port.commentOnCommit(commit, `${text}\n\n${hiddenMarker(mark)}`);
    context.stdout(`commented on ${commit.slice(0, 7)}\n`);
    if (refused !== null) throw refused;
    return 0;
  },
});
