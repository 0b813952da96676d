import { isAbsolute, resolve } from 'node:path';
import { credentialsIn } from '../../src/lib/content/credentials.ts';
import { didYouMean, quote } from '../../src/lib/schema/text.ts';
import { defineCommand } from '../cli/command.ts';
import { fileErrorMessage, UsageError, UserError } from '../cli/errors.ts';
import type { World } from '../cli/world.ts';
import { hiddenMarker, isMarked } from '../github/comments.ts';
import { openGitHub } from '../github/github.ts';
import type { GitHubPort } from '../github/port.ts';
import { gitHubOption, readCommit, readGitHub, readMoment, required } from '../publish/options.ts';
import { compose, readProblem, type TellStep, tellSteps, type Told } from '../publish/problem-comment.ts';

/** A line of a file below the working folder; null when it cannot be read, or the file holds a credential. */
async function lineOf(path: string, number: number, world: World): Promise<string | null> {
  if (isAbsolute(path) || path.split(/[\\/]/).includes('..')) return null;
  try {
    const text = await world.disk.read(resolve(world.cwd, path));
    // A comment is public, and mailed to all who watch: allowed or not, none of such a file is repeated.
    if (text === null || (await credentialsIn(text)).length > 0) return null;
    return text.split(/\r\n|\r|\n/)[number - 1] ?? null;
  } catch (error) {
    if (fileErrorMessage(error) !== null) return null;
    throw error;
  }
}

async function readTold(text: string, world: World): Promise<Told[]> {
  const lines = text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  return Promise.all(
    lines.map(async (line): Promise<Told> => {
      const problem = readProblem(line);
      return problem === null ? { words: line } : { problem, line: await lineOf(problem.path, problem.line, world) };
    }),
  );
}

function readStep(given: string): TellStep {
  const step = tellSteps.find((known) => known === given);
  if (step !== undefined) return step;
  throw new UsageError(`--step: ${quote(given)} is not a step that can be told of. ${didYouMean(given, tellSteps)}`);
}

/** Null when it was started. */
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
  summary: 'Tell the author of a commit on GitHub why it was not published',
  details:
    'Reads what the failed step printed from standard input and comments on the commit, once for each step: the line, the corrected line, and a link that opens it for editing.',
  args: [],
  options: {
    ...gitHubOption,
    commit: { value: 'COMMIT', help: 'the commit, with all 40 characters' },
    step: {
      value: 'STEP',
      help: 'what failed: check, build, guard, deploy, verify, verify-again or notify (default: check)',
    },
    branch: { value: 'NAME', help: 'where the file is to be edited (default: main)' },
    'help-page': {
      value: 'URL',
      help: 'the page that says what to do (default: docs/when-it-goes-wrong.md)',
    },
    'roll-back': { help: 'start rollback.yml first' },
    'put-back': { help: 'say that an older release was put back by this very run' },
    built: { value: 'TIME', help: 'for --roll-back: the moment for which the bad site was built' },
  },
  examples: [
    {
      line: 'npx halfpast tell --github example/status --commit 0123456789012345678901234567890123456789 --step check',
      says: 'after: npx halfpast check 2> problems.txt, with that file as its input',
    },
  ],
  run: async (call, world) => {
    const { options } = call;
    const repository = readGitHub(options.github);
    const commit = readCommit(required(options.commit, '--commit', '$GITHUB_SHA'), '--commit');
    const step = readStep(options.step ?? 'check');
    const { branch = 'main' } = options;
    if (options.built !== undefined) readMoment(options.built, '--built');
    const port = await openGitHub(repository, world);
    // The page comes first, and neither keeps the other from being tried.
    const refused = options['roll-back']
      ? await startRollback(port, { of: commit, built: options.built ?? '', reason: `${step} failed` })
      : null;
    const rollsBack = options['roll-back'] && refused === null;
    const outcome = options['put-back'] ? 'put back' : rollsBack ? 'being put back' : null;
    const mark = `tell ${step}`;
    if ((await port.commitComments(commit)).some((comment) => isMarked(comment, mark))) {
      world.stdout(`${commit.slice(0, 7)} was told before\n`);
      if (refused !== null) throw refused;
      return 0;
    }
    const server = world.env['GITHUB_SERVER_URL'] ?? 'https://github.com';
    const help = options['help-page'] ?? `${server}/${repository}/blob/${branch}/docs/when-it-goes-wrong.md`;
    const told = world.input.kind === 'piped' ? await readTold(await world.input.readAll(), world) : [];
    const text = compose({ step, commit, told, back: outcome, place: { server, repository, branch, help } });
    await port.commentOnCommit(commit, `${text}\n\n${hiddenMarker(mark)}`);
    world.stdout(`told on ${commit.slice(0, 7)}\n`);
    if (refused !== null) throw refused;
    return 0;
  },
});
