import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow } from '../support/folders.ts';
import { root } from '../support/halfpast.ts';
import { exampleWorkflow } from './example-workflow.ts';
import { houseProblems } from './house-problems.ts';
import { trustProblems } from './trust-problems.ts';

const workflows = readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`);
const actions = filesBelow(join(root, '.github/actions'))
  .filter((path) => path.endsWith('action.yml'))
  .map((path) => `.github/actions/${path}`);
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

it.each([...workflows, ...actions])('%s keeps the rules of the house', (path) => {
  expect(houseProblems(path, read(path))).toEqual([]);
});

it('there are all workflows that the commands start', () => {
  for (const name of ['publish', 'verify-again', 'rollback', 'timer', 'post-update', 'preview', 'preview-comment'])
    expect(workflows).toContain(`.github/workflows/${name}.yml`);
});

it('the workflow of the docs is short', () => {
  expect(exampleWorkflow('example/halfpast', '5'.repeat(40)).trim().split('\n').length).toBeLessThanOrEqual(17);
});

describe('the rules catch', () => {
  const path = '.github/workflows/timer.yml';
  const good = read(path);

  it.each([
    [
      'a job without permissions',
      '    permissions:\n      contents: read\n      actions: write\n',
      '',
      /tick: has no permissions/,
    ],
    [
      'an action that is not pinned',
      /uses: actions\/checkout@\S+ # v5.0.0/.exec(good)?.[0] ?? '',
      'uses: actions/checkout@v5',
      /checkout@v5 is not pinned/,
    ],
    ['a pin of which nobody can tell the version', ' # v5.0.0', '', /no version behind/],
    [
      'an expression within a script',
      'scripts/halfpast.ts tick',
      'scripts/halfpast.ts tick ${{ github.event.head_commit.message }}',
      /stands in a script/,
    ],
    ['credentials that stay in the checkout', 'persist-credentials: false', 'fetch-depth: 0', /leaves the token/],
    [
      'two timers at once',
      /concurrency:\n {2}group: timer\n {2}cancel-in-progress: false\n/.exec(good)?.[0] ?? '',
      '',
      /remind: writes, and two runs at once/,
    ],
    [
      'a timer with our rights for pull requests',
      'on:\n',
      'on:\n  pull_request:\n',
      /may write, and runs a stranger's code[\s\S]*has a secret[\s\S]*writes a cache/,
    ],
    [
      'a trigger that lends our rights to strangers',
      'on:\n',
      'on:\n  pull_request_target:\n',
      /is started by pull_request_target/,
    ],
    [
      'a secret that a whole job sees',
      '    steps:\n',
      '    env:\n      TOKEN: ${{ github.token }}\n    steps:\n',
      /outside of a step/,
    ],
  ])('%s', (_, from, to, expected) => {
    expect(good).toContain(from);
    const spoilt = good.replace(from, to);
    expect(spoilt).not.toBe(good);
    expect([...houseProblems(path, spoilt), ...trustProblems(path, spoilt)].join('\n')).toMatch(expected);
  });
});
