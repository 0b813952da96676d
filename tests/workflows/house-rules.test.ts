import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, temporaryFolder, write } from '../support/folders.ts';
import { parse } from 'yaml';
import { root } from '../support/halfpast.ts';
import { copiedWorkflows } from './example-workflow.ts';
import { houseProblems } from './house-problems.ts';
import { trustProblems } from './trust-problems.ts';

const workflows = readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`);
const actions = filesBelow(join(root, '.github/actions'))
  .filter((path) => path.endsWith('action.yml'))
  .map((path) => `.github/actions/${path}`);
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

it.each([...workflows, ...actions])('%s follows the house rules', (path) => {
  expect(houseProblems(path, read(path))).toEqual([]);
});

describe('the length', () => {
  const lines = (path: string): string[] => read(path).trimEnd().split('\n');

  it('of all of them together is at most 450 lines', () => {
    expect([...workflows, ...actions].flatMap(lines).length).toBeLessThanOrEqual(450);
  });

  it.each(workflows.filter((path) => !/workflow_call:/.test(read(path))))('of %s is at most 30 lines', (path) => {
    // The fields of a form don't count.
    const form = /\n {4}inputs:\n(?: {6}.*\n)*/.exec(read(path))?.[0] ?? '';
    expect(lines(path).length - form.trim().split('\n').length).toBeLessThanOrEqual(30);
  });
});

it.each(workflows)('GitHub accepts the form of %s: it has at most 25 fields', (path) => {
  type Form = { readonly on?: { readonly workflow_dispatch?: { readonly inputs?: object } | null } };
  const { on } = parse(read(path)) as Form;
  expect(Object.keys(on?.workflow_dispatch?.inputs ?? {}).length).toBeLessThanOrEqual(25);
});

it('a repository with only content gets the same workflows, which call those of Halfpast', () => {
  const { names, folder } = copiedWorkflows(temporaryFolder());
  const callers = workflows.filter((path) => !/workflow_call:/.test(read(path)) && !path.endsWith('/ci.yml'));
  expect(names.map((name) => `.github/workflows/${name}`).sort()).toEqual(callers.sort());
  for (const name of names) {
    const text = readFileSync(join(folder, name), 'utf8');
    expect(text).toMatch(/uses: example\/halfpast\/\.github\/workflows\/\w+\.yml@v1\n/);
    expect(text).not.toContain('uses: ./');
  }
});

it('CI only runs the tests with the sample content, which they need, and not with the content of a copy', () => {
  const { jobs } = parse(read('.github/workflows/ci.yml')) as {
    readonly jobs: { readonly test: { readonly steps: readonly { readonly run?: string }[] } };
  };
  const script = jobs.test.steps.flatMap(({ run }) => run ?? []).join('\n');
  const folder = temporaryFolder();
  write(folder, 'bin/npm', '#!/bin/sh\necho "npm $*"\n');
  chmodSync(join(folder, 'bin/npm'), 0o755);
  const ran = (site: string): string => {
    write(folder, 'content/site.yml', site);
    const env = { PATH: `${join(folder, 'bin')}:/usr/bin:/bin` };
    return execFileSync('bash', ['-e', '-c', script], { cwd: folder, env, encoding: 'utf8' });
  };
  expect(ran(read('content/site.yml'))).toBe('npm cit\n');
  expect(ran('name: Acme\nurl: https://status.acme.example\n')).toBe('npm ci\nnpm run types\n');
});

type Permissions = Readonly<Record<string, string>>;
type Callable = {
  readonly jobs: Readonly<Record<string, { readonly uses?: string; readonly permissions?: Permissions }>>;
};

/** Permissions that the jobs of a called workflow have and the calling job doesn't. GitHub doesn't start such a run. */
function missing(given: Permissions, path: string): string[] {
  const levels = ['none', 'read', 'write'];
  return Object.values((parse(read(path)) as Callable).jobs).flatMap(({ uses, permissions = {} }) => [
    ...Object.entries(permissions)
      .filter(([name, level]) => levels.indexOf(given[name] ?? 'none') < levels.indexOf(level))
      .map(([name, level]) => `${path}: ${name}: ${level}`),
    ...(uses === undefined ? [] : missing(permissions, uses.slice(2))),
  ]);
}

it.each(workflows)('the jobs of %s have the permissions that the workflows they call need', (path) => {
  const { jobs } = parse(read(path)) as Callable;
  expect(
    Object.values(jobs).flatMap(({ uses, permissions = {} }) =>
      uses === undefined ? [] : missing(permissions, uses.slice(2)),
    ),
  ).toEqual([]);
});

describe('the rules catch', () => {
  it.each([
    ['timer.yml', 'a job without permissions', / {4}permissions: .*\n/, '', /watch: has no permissions/],
    [
      'prepare.yml',
      'an action that is not pinned',
      /uses: actions\/checkout@\S+ # v7.0.1/,
      'uses: actions/checkout@v7',
      /checkout@v7 is not pinned/,
    ],
    ['prepare.yml', 'a pin without its version', / # v7.0.1/, '', /no version behind/],
    [
      'prepare.yml',
      'an expression within a script',
      'publish prepare',
      'publish prepare ${{ github.event.head_commit.message }}',
      /stands in a script/,
    ],
    [
      'command.yml',
      'credentials that stay in the checkout',
      'persist-credentials: false',
      'submodules: false',
      /leaves the token/,
    ],
    ['timer.yml', 'two timers at once', 'concurrency: timer\n', '', /watch: writes, and two runs at once/],
    [
      'timer.yml',
      'a timer with our permissions for pull requests',
      'on:\n',
      'on:\n  pull_request:\n',
      /may write, and runs a stranger's code/,
    ],
    [
      'timer.yml',
      'a trigger that lends our permissions to strangers',
      'on:\n',
      'on:\n  pull_request_target:\n',
      /is started by pull_request_target/,
    ],
    [
      'command.yml',
      'a secret that a whole job sees',
      '    steps:\n',
      '    env:\n      TOKEN: ${{ github.token }}\n    steps:\n',
      /outside of a step/,
    ],
    ['command.yml', 'a job that takes hours', / {4}timeout-minutes: .*\n/, '', /may run for hours/],
  ])('%s: %s', (name, _, from, to, expected) => {
    const path = `.github/workflows/${name}`;
    const good = read(path);
    const spoiled = good.replace(from, to);
    expect(spoiled).not.toBe(good);
    expect([...houseProblems(path, spoiled), ...trustProblems(path, spoiled)].join('\n')).toMatch(expected);
  });
});
