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

it.each([...workflows, ...actions])('%s doesn’t trust strangers', (path) => {
  expect(trustProblems(path, read(path))).toEqual([]);
});

it('packages don’t run scripts when they’re installed for publishing', () => {
  for (const path of actions)
    for (const line of read(path)
      .split('\n')
      .filter((text) => text.includes('npm ci')))
      expect(line).toContain('--ignore-scripts');
});

describe('a broken copy is caught', () => {
  const saving =
    "if: inputs.pull_request == '' && steps.prepare.outputs.ready == 'true'\n        uses: actions/cache/save@";
  it.each([
    ['preview.yml', 'pull_request:', 'pull_request_target:', 'is started by pull_request_target'],
    ['preview.yml', 'on:\n  pull_request:', 'on: [pull_request, issue_comment]', 'is started by issue_comment'],
    ['preview.yml', 'on:\n  pull_request:', 'on: issues', 'is started by issues'],
    ['preview.yml', 'contents: read', 'contents: write', 'may write, and runs'],
    ['preview.yml', '    with:', '    secrets: inherit\n    with:', 'hands on all secrets'],
    [
      'preview.yml',
      '    with:',
      '    secrets: { A: "${{ secrets.A }}" }\n    with:',
      "has a secret, and runs a stranger's code",
    ],
    ['preview.yml', 'prepare.yml', 'pipeline.yml', "isn't made for it"],
    ['preview.yml', './.github/workflows/prepare.yml', 'x/y/.github/workflows/prepare.yml@main', 'of somebody else'],
    [
      'preview.yml',
      "pull_request: '${{ github.event.pull_request.number }}'",
      "pull_request: '${{ github.event.pull_request.title }}'",
      'is what somebody outside chose',
    ],
    ['prepare.yml', `save: "\${{ inputs.pull_request == '' }}"`, "save: 'true'", 'writes a cache'],
    ['prepare.yml', saving, 'uses: actions/cache/save@', 'writes a cache'],
    ['prepare.yml', 'actions/cache/restore@', 'actions/cache@', 'writes a cache'],
    ['prepare.yml', 'contents: read', 'contents: write', 'may write, and runs'],
    ['prepare.yml', 'NUMBER: ${{', 'A: ${{ secrets.HALFPAST_SLACK_URL }}\n          NUMBER: ${{', 'has a secret'],
    ['prepare.yml', 'NUMBER: ${{', 'A: ${{ toJSON(secrets) }}\n          NUMBER: ${{', 'hands on all secrets'],
    ['prepare.yml', 'runs-on: ubuntu-latest', 'runs-on: self-hosted', 'on a machine that others use later'],
    [
      'prepare.yml',
      'fetch-depth: 0',
      "fetch-depth: 0, ref: '${{ github.head_ref }}'",
      'ref is what somebody outside chose',
    ],
    [
      'prepare.yml',
      'publish prepare --content',
      'publish prepare ${{ github.event.head_commit.message }} --content',
      'an expression stands in a script',
    ],
    ['prepare.yml', 'run: .halfpast', 'run: eval "$MESSAGE" .halfpast', 'makes a program of a text'],
    ['prepare.yml', 'permissions: { contents: read }', 'permissions: write-all', 'may write write-all'],
    ['prepare.yml', './.halfpast/.github/actions/setup', 'docker://alpine:3', 'is not pinned'],
    [
      'prepare.yml',
      'runs-on: ubuntu-latest',
      'runs-on: ubuntu-latest\n    container: node:24',
      'in an image that is not pinned',
    ],
    [
      'command.yml',
      'ref: ${{ github.event.repository.default_branch }}',
      'ref: ${{ github.event.workflow_run.head_sha }}',
      'checks out what a stranger chose',
    ],
    [
      'command.yml',
      'ref: ${{ github.event.repository.default_branch }}',
      'repository: ${{ github.event.workflow_run.head_repository.full_name }}',
      'checks out what a stranger chose',
    ],
    ['command.yml', '${{ runner.temp }}/prepared', 'prepared', "lays a stranger's files among our own"],
    [
      'command.yml',
      '      - name: Run\n',
      '      - uses: ./.halfpast/.github/actions/setup\n      - name: Run\n',
      'writes a cache that publishing reads',
    ],
    ['preview-comment.yml', 'contents: read', 'contents: write', 'may write contents'],
    ['preview-comment.yml', 'workflow_run.id }}', 'workflow_run.head_branch }}', 'is what somebody outside chose'],
    ['publish.yml', 'actions: write }', 'actions: write, issues: write }', 'may write issues'],
    ['set-up.yml', '{ contents: write }', '{ contents: write, pages: write }', 'may write pages'],
    ['timer.yml', 'issues: write', 'packages: write', 'may write packages'],
    ['alert.yml', 'pull-requests: write', 'actions: write', 'may write actions'],
    [
      'alert.yml',
      'command: alert',
      "command: 'alert ${{ github.event.client_payload.flags }}'",
      'command is what somebody outside chose',
    ],
    [
      'alert.yml',
      "form: '${{ toJSON(github.event.client_payload) }}'",
      "form: '${{ toJSON(github.event) }}'",
      'form is what somebody outside chose',
    ],
    [
      'command.yml',
      'run: |\n',
      'run: |\n          echo "${{ github.event.client_payload.title }}"\n',
      'an expression stands in a script',
    ],
    ['ci.yml', 'contents: read', 'contents: write', 'may write, and runs'],
    ['ci.yml', '- run: |', '- env: { A: "${{ secrets.A }}" }\n        run: |', 'has a secret'],
    [
      'ci.yml',
      '- run: |',
      '- uses: actions/cache@27d5ce7f107fe9357f9df03efb73ab90386fccae\n      - run: |',
      'writes a cache',
    ],
    ['ci.yml', 'runs-on: ubuntu-latest', 'runs-on: self-hosted', 'on a machine that others use later'],
  ])('%s: %s becomes %s', (name, from, to, expected) => {
    const path = `.github/workflows/${name}`;
    expect(read(path)).toContain(from);
    expect(trustProblems(path, read(path).replace(from, to)).join('\n')).toContain(expected);
  });
});
