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
import { git, repository, takeDown, withRemote } from '../github/publisher.ts';
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

/** The findings that aren't ok, with these changes to the settings. */
const wrong = (change: Partial<RepositorySettings>, settings: Partial<Settings> = {}, env = {}) =>
  gitHubFindings({ ...right, ...change }, { ...site, ...settings }, page, env).filter(({ state }) => state !== 'ok');

describe('on GitHub', () => {
  it('finds no problem if everything is set up correctly', () => {
    expect(wrong({})).toEqual([]);
  });

  const together = { secrets: ['HALFPAST_SECRETS'] };
  const channels = (notify: readonly object[], remind: readonly object[] | null = null): Partial<Settings> =>
    ({ notify, remind }) as unknown as Partial<Settings>;
  const workflowsWith = (file: string, state: string): Partial<RepositorySettings> => ({
    workflows: right.workflows?.map((one) => (one.file === file ? { ...one, state } : one)) ?? null,
  });
  const addSecret = `Add HALFPAST_SECRETS with one line per name, NAME=value: ${page}/settings/secrets/actions`;

  type Case = [
    name: string,
    change: Partial<RepositorySettings>,
    what: string,
    fix: string,
    settings?: Partial<Settings>,
    env?: Record<string, string>,
  ];
  it.each<Case>([
    [
      'Pages is off',
      { pages: null, hasPages: false },
      'Pages is off',
      `Select GitHub Actions as the source: ${page}/settings/pages`,
    ],
    [
      'its source is a branch',
      { pages: { source: 'legacy', url: null } },
      'the source of Pages is a branch',
      `Select GitHub Actions: ${page}/settings/pages`,
    ],
    [
      'it is served elsewhere',
      { pages: { source: 'workflow', url: 'https://example.github.io/status/' } },
      'url: in site.yml is https://status.example.com, but Pages serves https://example.github.io/status/',
      `Change url:, or set the custom domain: ${page}/settings/pages`,
    ],
    [
      'the branch has another name',
      { branch: 'master' },
      'the default branch is master, but the workflows publish main',
      `Rename it: ${page}/settings, or change branches: in .github/workflows/publish.yml`,
    ],
    [
      'Actions are off',
      { actions: { enabled: false, allowed: null } },
      'Actions are off',
      `Allow them: ${page}/settings/actions`,
    ],
    [
      'only local actions run',
      { actions: { enabled: true, allowed: 'local_only' } },
      'only actions of this owner can run',
      `Allow actions created by GitHub: ${page}/settings/actions`,
    ],
    [
      'pull requests are off',
      { pullRequests: false },
      "workflows can't open pull requests, so postmortem drafts stay on a branch",
      `Select "Allow GitHub Actions to create and approve pull requests": ${page}/settings/actions`,
    ],
    [
      'there are rules',
      { blocking: ['pull_request', 'update'] },
      "main has rules (pull_request, update), so Post an update can't commit",
      `Let GitHub Actions bypass them, or write updates in a clone: ${page}/settings/rules`,
    ],
    [
      'there are rules, and the branch is protected',
      { blocking: ['update'], isProtected: true },
      "main has rules (update), so Post an update can't commit",
      `Let GitHub Actions bypass them, or write updates in a clone: ${page}/settings/rules`,
    ],
    [
      'the timer is off',
      workflowsWith('timer.yml', 'disabled_inactivity'),
      'timer.yml is off (disabled_inactivity)',
      `Select Enable workflow: ${page}/actions/workflows/timer.yml`,
    ],
    [
      'a workflow is missing',
      { workflows: right.workflows?.slice(1) ?? null },
      'there is no publish.yml on the default branch',
      'Copy it: docs/publishing.md',
    ],
    ['a secret is missing', { secrets: [] }, 'no secret has HALFPAST_SLACK_URL', addSecret],
    [
      'secrets have names that no workflow hands on',
      {
        secrets: [
          'A_HALFPAST_SLACK_URL',
          'HALFPAST_SLACK_URL_2',
          'A_HALFPAST_WEBHOOK_SECRET',
          'HALFPAST_WEBHOOK_SECRET_2',
        ],
      },
      'no secret has A_HALFPAST_SLACK_URL, HALFPAST_SLACK_URL_2, A_HALFPAST_WEBHOOK_SECRET, HALFPAST_WEBHOOK_SECRET_2',
      addSecret,
      channels([
        { kind: 'slack', urlEnv: 'A_HALFPAST_SLACK_URL' },
        { kind: 'slack', urlEnv: 'HALFPAST_SLACK_URL_2' },
        { kind: 'webhook', urlEnv: 'A_HALFPAST_SLACK_URL', secretEnv: 'A_HALFPAST_WEBHOOK_SECRET' },
        { kind: 'webhook', urlEnv: 'A_HALFPAST_SLACK_URL', secretEnv: 'HALFPAST_WEBHOOK_SECRET_2' },
      ]),
    ],
    [
      'secrets of channels and reminders are missing, except one',
      {},
      'no secret has HALFPAST_WEBHOOK_URL, HALFPAST_WEBHOOK_SECRET, HALFPAST_TEAMS_URL',
      addSecret,
      channels(
        [
          { kind: 'slack', urlEnv: 'HALFPAST_SLACK_URL', Environment: 'production' },
          { kind: 'webhook', urlEnv: 'HALFPAST_WEBHOOK_URL', secretEnv: 'HALFPAST_WEBHOOK_SECRET' },
          { kind: 'webhook', urlEnv: 'HALFPAST_WEBHOOK_URL', secretEnv: null },
        ],
        [{ channel: { kind: 'teams', urlEnv: 'HALFPAST_TEAMS_URL' } }],
      ),
    ],
    [
      'a line of HALFPAST_SECRETS is wrong',
      together,
      "HALFPAST_SLACK_URL is not set, and line 2 of HALFPAST_SECRETS isn't NAME=value. Export it where publish or notify runs; on GitHub, add it to the secret HALFPAST_SECRETS, as a line HALFPAST_SLACK_URL=…",
      `${page}/settings/secrets/actions`,
      {},
      { HALFPAST_SECRETS: '# Slack\nHALFPAST_SLACK_URL: https://x' },
    ],
  ])('says what to fix, and where, when %s', (_, change, what, fix, settings = {}, env = {}) => {
    expect(wrong(change, settings, env)).toEqual([{ state: 'fix', what, fix }]);
  });

  const secrets = `${page}/settings/secrets/actions`;
  const nothing = { pages: null, actions: null, pullRequests: null, secrets: null, workflows: null, blocking: null };
  it.each<readonly [string, Partial<RepositorySettings>, readonly (readonly [what: string, fix: string])[]]>([
    [
      'nothing',
      { ...nothing, isProtected: null },
      [
        ["the source of Pages can't be seen with this token", `It must be GitHub Actions: ${page}/settings/pages`],
        ["whether Actions can run can't be seen with this token", `Look: ${page}/settings/actions`],
        ["the workflows can't be seen with this token", `Look: ${page}/actions`],
        ["the secrets can't be seen with this token: HALFPAST_SLACK_URL", `Look: ${secrets}`],
        ["whether workflows can open pull requests can't be seen with this token", `Look: ${page}/settings/actions`],
        ["the rules of main can't be seen with this token", `Look: ${page}/settings/rules`],
      ],
    ],
    [
      'how the branch is protected',
      { isProtected: true },
      [
        [
          "main is protected, but this token can't see how",
          `It must let GitHub Actions push, or Post an update can't commit: ${page}/settings/branches`,
        ],
      ],
    ],
    [
      'the lines of a secret',
      together,
      [
        [
          "HALFPAST_SECRETS is set, but its value can't be read. It needs a line for each of HALFPAST_SLACK_URL",
          'To check the lines, run this with the same text in the variable HALFPAST_SECRETS',
        ],
      ],
    ],
  ])('asks a person to look if the token can’t see %s', (_, change, expected) => {
    expect(wrong(change)).toEqual(expected.map(([what, fix]) => ({ state: 'unknown', what, fix })));
  });

  it("lists everything that's correct", () => {
    const found = (change: Partial<RepositorySettings>, settings: Partial<Settings> = {}, env = {}) =>
      gitHubFindings({ ...right, ...change }, { ...site, ...settings }, page, env);
    const said = [
      'the default branch is main',
      'the source of Pages is GitHub Actions',
      'url: in site.yml is the address of Pages, https://status.example.com',
      'Actions can run',
      'publish.yml is enabled',
      'watch.yml is enabled',
      'timer.yml is enabled',
      'the secrets of HALFPAST_SLACK_URL are set',
      'workflows can open pull requests, for postmortem drafts',
      'no rule of main keeps workflows from committing',
    ];
    const all = said.map((what) => ({ state: 'ok', what, fix: null }));
    expect(found({})).toEqual(all);
    expect(found(together, {}, { HALFPAST_SECRETS: 'HALFPAST_SLACK_URL=https://x' })).toEqual(all);
    // http or trailing slashes don't make it a different address.
    const insecure = { pages: { source: 'workflow', url: 'http://status.example.com//' } } as const;
    expect(found(insecure)).toEqual(all);
    expect(found({ secrets: null }, channels([]))[7]).toEqual({
      state: 'ok',
      what: 'no channel needs a secret',
      fix: null,
    });
    // Publish also passes these secrets under their own names.
    for (const name of ['SLACK_URL', 'DISCORD_URL', 'TEAMS_URL', 'WEBHOOK_URL', 'SMTP_URL', 'WEBHOOK_SECRET']) {
      const env = `HALFPAST_${name}`;
      expect(wrong({ secrets: [env] }, channels([{ kind: 'webhook', urlEnv: env }])), name).toEqual([]);
    }
    // Reminders come from Watch and Timer, which don't.
    const slack = { kind: 'slack', urlEnv: 'HALFPAST_SLACK_URL' };
    expect(wrong({ secrets: ['HALFPAST_SLACK_URL'] }, channels([slack], [{ channel: slack }]))).toEqual([
      { state: 'fix', what: 'no secret has HALFPAST_SLACK_URL', fix: addSecret },
    ]);
    expect(wrong({ pages: { source: 'workflow', url: null } })).toEqual([]);
  });

  it('treats a path in the address as part of it', () => {
    const served = { pages: { source: 'workflow', url: 'https://example.com/http://a/' } } as const;
    expect(wrong(served, { url: 'https://example.com/https://a' })).toHaveLength(1);
    expect(wrong(served, { url: 'http://example.com/http://a' })).toEqual([]);
    expect(
      wrong({ pages: { source: 'workflow', url: 'https://example.com/a//b' } }, { url: 'https://example.com/ab' }),
    ).toHaveLength(1);
  });
});

/** A GitHub API with these answers by the end of the path, and 403 for everything else. Returns its address. */
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

it('reads the settings through the API, as far as the token allows', async () => {
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
  const sleep = () => Promise.resolve();
  const doctor = (folder: string, ...flags: string[]) => call(['doctor', ...flags], folder, { context: { sleep } });

  it('finds no problem with a clone whose page is live, until the remote and the host are gone', async () => {
    const there = await withRemote();
    const { folder, page: served } = there;
    git(folder, 'branch', '--quiet', '--set-upstream-to', 'origin/main');
    expect(await doctor(folder)).toEqual({
      code: 0,
      stdout: `ok   git can commit\nok   the remote answers\nok   ${served.url} is live, published at 2026-11-22T15:00:00.000Z\n`,
      stderr: '',
    });
    git(folder, 'remote', 'set-url', 'origin', '/nowhere.git');
    takeDown(there);
    const { code, stdout } = await doctor(folder);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FIX {2}the remote doesn't answer: fatal: '\/nowhere.git'/m);
    expect(stdout).toMatch(/^FIX {2}http:\S+ doesn't respond .*Check the server and its domain/m);
  });

  it.each<[string, () => string, readonly string[]]>([
    ['no repository', smallSite, ["FIX  updates can't be committed. .*is not in a git repository. Run git init"]],
    [
      'no remote, and the address of the sample',
      repository,
      [
        'FIX  there is no remote to push to. Add one: git remote add',
        'FIX  url: in site.yml is an example, https://status.example.com',
      ],
    ],
  ])('reports %s, and exits with 1', async (_, arrange, expected) => {
    const { code, stdout } = await doctor(arrange());
    expect(code).toBe(1);
    for (const line of expected) expect(stdout).toMatch(new RegExp(`^${line}`, 'm'));
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
      context: { env: { GITHUB_TOKEN: 't', GITHUB_API_URL: await gitHub(answers) }, sleep },
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
