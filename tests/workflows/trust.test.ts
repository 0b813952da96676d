import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow } from '../support/folders.ts';
import { root } from '../support/halfpast.ts';
import { trustProblems } from './trust-problems.ts';

const workflows = readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`);
const actions = filesBelow(join(root, '.github/actions'))
  .filter((path) => path.endsWith('action.yml'))
  .map((path) => `.github/actions/${path}`);
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

it.each([...workflows, ...actions])('%s lets in nobody', (path) => {
  expect(trustProblems(path, read(path))).toEqual([]);
});

it('packages run nothing of their own when they are installed for publishing', () => {
  for (const path of actions)
    for (const line of read(path)
      .split('\n')
      .filter((text) => text.includes('npm ci')))
      expect(line).toContain('--ignore-scripts');
});

describe('a broken copy is caught', () => {
  const checkout = 'persist-credentials: false';
  it.each([
    ['preview.yml', 'pull_request:', 'pull_request_target:', 'is started by pull_request_target'],
    ['preview.yml', 'on:\n  pull_request:', 'on: [pull_request, issue_comment]', 'is started by issue_comment'],
    ['preview.yml', 'on:\n  pull_request:', 'on: issues', 'is started by issues'],
    ['preview.yml', "save: 'false'", "save: 'true'", 'writes a cache'],
    ['preview.yml', "        with:\n          save: 'false'\n", '', 'writes a cache'],
    ['preview.yml', 'actions/cache/restore@', 'actions/cache@', 'writes a cache'],
    ['preview.yml', 'contents: read', 'contents: write', 'may write, and runs'],
    ['preview.yml', 'NUMBER: ${{', 'A: ${{ secrets.HALFPAST_SLACK_URL }}\n          NUMBER: ${{', 'has a secret'],
    ['preview.yml', 'NUMBER: ${{', 'A: ${{ toJSON(secrets) }}\n          NUMBER: ${{', 'hands on all secrets'],
    ['preview.yml', 'runs-on: ubuntu-latest', 'runs-on: self-hosted', 'on a machine that others use later'],
    [
      'preview-comment.yml',
      checkout,
      `${checkout}\n          ref: \${{ github.event.workflow_run.head_sha }}`,
      'checks out what a stranger chose',
    ],
    [
      'preview-comment.yml',
      checkout,
      `${checkout}\n          repository: \${{ github.event.workflow_run.head_repository.full_name }}`,
      'checks out what a stranger chose',
    ],
    ['preview-comment.yml', '${{ runner.temp }}/preview', 'preview', "lays a stranger's files among our own"],
    [
      'preview-comment.yml',
      '      - name: Compose',
      '      - uses: ./.github/actions/setup\n      - name: Compose',
      'writes a cache that publishing reads',
    ],
    ['preview-comment.yml', 'contents: read', 'contents: write', 'may write contents'],
    [
      'preview-comment.yml',
      'run-id: ${{ github.event.workflow_run.id }}',
      'run-id: ${{ github.event.workflow_run.head_branch }}',
      'run-id is what somebody outside chose',
    ],
    [
      'publish.yml',
      'fetch-depth: 0',
      'fetch-depth: 0\n          ref: ${{ github.head_ref }}',
      'ref is what somebody outside chose',
    ],
    [
      'publish.yml',
      'check node',
      'check ${{ github.event.head_commit.message }} node',
      'an expression stands in a script',
    ],
    [
      'publish.yml',
      'run: .github/actions/run-step.sh check',
      'run: eval "$MESSAGE" .github/actions/run-step.sh check',
      'makes a program of a text',
    ],
    ['publish.yml', 'permissions:\n      contents: read\n', 'permissions: write-all\n', 'may write write-all'],
    ['publish.yml', './.github/actions/setup', 'docker://alpine:3', 'is not pinned'],
    [
      'publish.yml',
      'runs-on: ubuntu-latest',
      'runs-on: ubuntu-latest\n    container: node:24',
      'in an image that is not pinned',
    ],
    [
      'timer.yml',
      'contents: read\n      actions: write',
      'contents: write\n      actions: write',
      'may write contents',
    ],
  ])('%s: %s becomes %s', (name, from, to, expected) => {
    const path = `.github/workflows/${name}`;
    expect(read(path)).toContain(from);
    expect(trustProblems(path, read(path).replace(from, to)).join('\n')).toContain(expected);
  });
});
