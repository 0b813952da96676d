import { createServer } from 'node:http';
import { chmodSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { octokitPort } from '../../../scripts/github/octokit.ts';
import type { RepositorySettings } from '../../../scripts/github/port.ts';
import { gitHubFindings } from '../../../scripts/publish/doctor.ts';
import type { Settings } from '../../../src/lib/domain/settings.ts';
import { temporaryFolder, write } from '../../support/folders.ts';
import { call } from '../call.ts';
import { git, repository, withRemote } from '../github/publisher.ts';
import { put, smallSite } from '../site.ts';

const right: RepositorySettings = {
  branch: 'main',
  hasPages: true,
  pages: { source: 'workflow', url: 'https://Status.example.com/' },
  actions: { enabled: true, allowed: 'all' },
  pullRequests: true,
  secrets: ['HALFPAST_SLACK_URL'],
  workflows: ['publish.yml', 'watch.yml', 'timer.yml'].map((file) => ({ file, state: 'active' })),
  blocking: [],
  isProtected: false,
};

const site = {
  url: 'https://status.example.com',
  notify: [{ kind: 'slack', urlEnv: 'HALFPAST_SLACK_URL' }],
  remind: null,
} as unknown as Settings;

const page = 'https://github.com/example/status';

/** What isn't ok, with the changed settings. */
const wrong = (change: Partial<RepositorySettings>, settings: Partial<Settings> = {}, env = {}) =>
  gitHubFindings({ ...right, ...change }, { ...site, ...settings }, page, env).filter(({ state }) => state !== 'ok');

describe('on GitHub', () => {
  it('finds nothing where everything is right', () => {
    expect(wrong({})).toEqual([]);
  });

  const together = { secrets: ['HALFPAST_SECRETS'] };
  const other = { notify: [{ kind: 'slack', urlEnv: 'ACME_SLACK' }] } as unknown as Partial<Settings>;
  it.each<[string, Partial<RepositorySettings>, string, string, Partial<Settings>?, Record<string, string>?]>([
    ['Pages is off', { pages: null, hasPages: false }, 'Pages is off', '/settings/pages'],
    ['its source is a branch', { pages: { source: 'legacy', url: null } }, 'is a branch', '/settings/pages'],
    [
      'it is served elsewhere',
      { pages: { source: 'workflow', url: 'https://example.github.io/status/' } },
      'and Pages serves https://example.github.io/status/',
      '/settings/pages',
    ],
    ['the branch has another name', { branch: 'master' }, 'the default branch is master', '/settings'],
    ['Actions are off', { actions: { enabled: false, allowed: null } }, 'Actions are off', '/settings/actions'],
    [
      'only local actions run',
      { actions: { enabled: true, allowed: 'local_only' } },
      'only actions of',
      '/settings/actions',
    ],
    ['pull requests are off', { pullRequests: false }, 'may not open pull requests', '/settings/actions'],
    ['there are rules', { blocking: ['pull_request'] }, 'main has rules (pull_request)', '/settings/rules'],
    [
      'the timer is off',
      {
        workflows:
          right.workflows?.map((one) => (one.file === 'timer.yml' ? { ...one, state: 'disabled_inactivity' } : one)) ??
          null,
      },
      'timer.yml is off (disabled_inactivity)',
      '/actions/workflows/timer.yml',
    ],
    [
      'a workflow is missing',
      { workflows: right.workflows?.slice(1) ?? null },
      'there is no publish.yml',
      'docs/publishing.md',
    ],
    ['a secret is missing', { secrets: [] }, 'no secret has HALFPAST_SLACK_URL', '/settings/secrets/actions'],
    [
      'a secret has a name that no workflow hands on',
      { secrets: ['ACME_SLACK'] },
      'no secret has ACME_SLACK',
      '/secrets/actions',
      other,
    ],
    [
      'a line of HALFPAST_SECRETS is wrong',
      together,
      "HALFPAST_SLACK_URL is not set, and line 2 of HALFPAST_SECRETS isn't NAME=value",
      '/settings/secrets/actions',
      {},
      { HALFPAST_SECRETS: '# Slack\nHALFPAST_SLACK_URL: https://x' },
    ],
  ])('says what to fix, and where, when %s', (_, change, what, where, settings = {}, env = {}) => {
    const found = wrong(change, settings, env);
    expect(found).toEqual([
      { state: 'fix', what: expect.stringContaining(what) as string, fix: expect.stringContaining(where) as string },
    ]);
  });

  it('asks a person to look at what the token cannot see, and never calls it right', () => {
    const nothing = { pages: null, actions: null, pullRequests: null, secrets: null, workflows: null, blocking: null };
    expect(wrong({ ...nothing, isProtected: null }).map(({ state }) => state)).toEqual(Array(6).fill('unknown'));
    expect(wrong({ isProtected: true })).toMatchObject([
      { state: 'unknown', what: expect.stringContaining('is protected') as string },
    ]);
    expect(wrong(together)).toMatchObject([
      { state: 'unknown', what: expect.stringContaining('nobody can read it') as string },
    ]);
    expect(wrong(together, {}, { HALFPAST_SECRETS: 'HALFPAST_SLACK_URL=https://x' })).toEqual([]);
  });
});

/** GitHub's answers, by the end of the path; 403 for everything else. */
async function gitHub(answers: Readonly<Record<string, unknown>>): Promise<string> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*$/, '').replace('/repos/example/status', '');
    const answer = answers[path];
    response.writeHead(answer === undefined ? 403 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { message: 'Resource not accessible' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answers = {
  '': { default_branch: 'main', has_pages: true },
  '/pages': { build_type: 'workflow', html_url: 'https://status.example.com/' },
  '/actions/permissions': { enabled: true, allowed_actions: 'selected' },
  '/actions/permissions/workflow': { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false },
  '/actions/secrets': { total_count: 1, secrets: [{ name: 'HALFPAST_SECRETS' }] },
  '/actions/workflows': { total_count: 1, workflows: [{ path: '.github/workflows/publish.yml', state: 'active' }] },
  '/rules/branches/main': [{ type: 'deletion' }, { type: 'pull_request' }, { type: 'pull_request' }],
  '/branches/main': { name: 'main', protected: true },
};

it('reads the settings through the API, as far as the token may', async () => {
  const settings = async (given: Readonly<Record<string, unknown>>) =>
    octokitPort({
      owner: 'example',
      repo: 'status',
      token: 't',
      baseUrl: await gitHub(given),
      warn: () => undefined,
      patient: false,
    }).settings();
  expect(await settings(answers)).toEqual({
    branch: 'main',
    hasPages: true,
    pages: { source: 'workflow', url: 'https://status.example.com/' },
    actions: { enabled: true, allowed: 'selected' },
    pullRequests: false,
    secrets: ['HALFPAST_SECRETS'],
    workflows: [{ file: 'publish.yml', state: 'active' }],
    blocking: ['pull_request'],
    isProtected: true,
  });
  expect(await settings({ '': answers[''] })).toMatchObject({
    pages: null,
    secrets: null,
    workflows: null,
    blocking: null,
  });
  await expect(settings({})).rejects.toThrow('GitHub did not report its settings: status 403');
});

describe('the command', () => {
  const doctor = (folder: string, ...flags: string[]) => call(['doctor', ...flags], folder);

  it('finds nothing wrong with a clone whose page is live', async () => {
    const { folder, page: served } = await withRemote();
    git(folder, 'branch', '--quiet', '--set-upstream-to', 'origin/main');
    expect(await doctor(folder)).toEqual({
      code: 0,
      stdout: `ok   git can commit\nok   the remote answers\nok   ${served.url} is live, published at 2026-11-22T15:00:00.000Z\n`,
      stderr: '',
    });
  });

  it.each<[string, () => Promise<string> | string, string]>([
    ['no repository', smallSite, "FIX  updates can't be committed. .*is not in a git repository. Run git init"],
    ['no remote', () => repository(), 'FIX  there is no remote to push to. Add one: git remote add'],
    [
      'the address of the sample',
      () => repository(),
      'FIX  url: in site.yml is an example, https://status.example.com',
    ],
    [
      'a remote that is gone',
      async () => {
        const { folder } = await withRemote();
        git(folder, 'remote', 'set-url', 'origin', '/nowhere.git');
        return folder;
      },
      "FIX  the remote doesn't answer: fatal: '/nowhere.git'",
    ],
    [
      'a host that is down',
      async () => {
        const { folder, page: served } = await withRemote();
        await served.stop();
        return folder;
      },
      "FIX  http:\\S+ doesn't respond .*Check the server and its domain",
    ],
  ])('reports %s, and exits with 1', async (_, arrange, expected) => {
    const { code, stdout } = await doctor(await arrange());
    expect(code).toBe(1);
    expect(stdout).toMatch(new RegExp(`^${expected}`, 'm'));
  });

  it.each<[string, string | null, number, string]>([
    ['none', null, 0o755, 'FIX  there is no '],
    ['one that is not executable', '#!/bin/sh\n', 0o644, "FIX  .* can't be run. Make it executable: chmod"],
    ['one that uses npx', '#!/bin/sh\nnpx halfpast publish\n', 0o755, 'FIX  .* uses npx'],
    ['a right one', '#!/bin/sh\n# Not npx.\n/srv/halfpast/bin/halfpast publish\n', 0o755, 'ok   .* can be run'],
  ])('on a server with a hook: %s', async (_, text, mode, expected) => {
    const bare = temporaryFolder();
    if (text !== null) {
      write(bare, 'hooks/post-receive', text);
      chmodSync(join(bare, 'hooks/post-receive'), mode);
    }
    expect((await doctor(smallSite(), '--repository', bare)).stdout).toMatch(new RegExp(`^${expected}`));
  });

  it('on a server without the repository: names the folder', async () => {
    const { code, stdout } = await doctor(smallSite(), '--repository', 'nowhere');
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^FIX {2}--repository: nowhere isn't a folder\. Name the bare repository that you push to$/m,
    );
  });

  it('includes GitHub, with findings for programs', async () => {
    const folder = smallSite();
    put(folder, 'site.yml', 'name: Example\nurl: http://127.0.0.1:9\ntime_zone: UTC\n');
    const { code, stdout } = await call('doctor --json --github example/status', folder, {
      context: { env: { GITHUB_TOKEN: 't', GITHUB_API_URL: await gitHub(answers) } },
    });
    expect({ code, said: JSON.parse(stdout) as unknown }).toMatchObject({
      code: 1,
      said: {
        ok: false,
        findings: expect.arrayContaining([
          { state: 'ok', what: 'the source of Pages is GitHub Actions', fix: null },
          { state: 'fix', what: 'there is no timer.yml on the default branch', fix: 'Copy it: docs/publishing.md' },
        ]) as object[],
      },
    });
  });
});
