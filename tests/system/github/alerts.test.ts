import Handlebars from 'handlebars';
import { Liquid } from 'liquidjs';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { blocks } from '../../docs/documents.ts';
import { call, type Outcome } from '../../scripts/call.ts';
import { put } from '../../scripts/site.ts';
import { octokitPort } from '../../../scripts/github/octokit.ts';
import { startActions } from '../../support/actions.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { root } from '../../support/halfpast.ts';
import { startGitHub, token } from './github.ts';
import { alertmanagerBody, goTemplate } from './monitors.ts';

const now = '2026-11-22T14:30Z';
const workflow = parseYaml(readFileSync(join(root, '.github/workflows/alert.yml'), 'utf8')) as {
  readonly on: { readonly repository_dispatch: { readonly types: readonly string[] } };
};

/** The configuration in docs/alerts.md that begins with `beginning`, and how it's named after its fence. */
function configuration(kind: string, beginning: string): string {
  const found = blocks.filter(
    ({ path, kind: of, text }) => path === 'docs/alerts.md' && of === kind && text.startsWith(beginning),
  );
  if (found.length !== 1 || found[0] === undefined) throw new Error(`docs/alerts.md has no one block ${beginning}`);
  return found[0].text;
}

type Request = { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string };

/** GitHub's answer to a dispatch, with the alert if a workflow was started. */
function answer({ url, headers, body }: Request): { readonly status: number; readonly payload: unknown } {
  if (url !== '/repos/YOU/YOURS/dispatches') return { status: 404, payload: null };
  if (headers['authorization'] !== 'Bearer TOKEN') return { status: 401, payload: null };
  let parsed: { readonly event_type?: unknown; readonly client_payload?: unknown };
  try {
    parsed = JSON.parse(body) as typeof parsed;
  } catch {
    return { status: 400, payload: null };
  }
  // https://docs.github.com/en/rest/repos/repos#create-a-repository-dispatch-event
  const { event_type: type, client_payload: payload } = parsed;
  const extra = Object.keys(parsed).filter((name) => name !== 'event_type' && name !== 'client_payload');
  const isObject = typeof payload === 'object' && payload !== null && Object.keys(payload).length <= 10;
  if (typeof type !== 'string' || type.length > 100 || extra.length > 0 || !isObject || body.length >= 65_535)
    return { status: 422, payload: null };
  return { status: 204, payload: workflow.on.repository_dispatch.types.includes(type) ? payload : null };
}

/** GitHub as far as monitors know it. */
async function dispatches(): Promise<{
  readonly url: string;
  readonly alerts: unknown[];
  readonly statuses: number[];
}> {
  const alerts: unknown[] = [];
  const statuses: number[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const { status, payload } = answer({ url: request.url ?? '', headers, body });
      if (payload !== null) alerts.push(payload);
      statuses.push(status);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, alerts, statuses };
}

type Event = 'firing' | 'repeated' | 'resolved';

/** Sends what a monitor sends, configured as in docs/alerts.md. */
type Monitor = (event: Event, to: string) => Promise<unknown>;

const post = (
  address: string,
  to: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<unknown> => {
  expect(address).toMatch(/^https:\/\/api\.github\.com\//);
  return fetch(address.replace('https://api.github.com', to), { method: 'POST', headers, body });
};

const inDocs = (text: string): void => expect(readFileSync(join(root, 'docs/alerts.md'), 'utf8')).toContain(text);

const address = 'https://api.github.com/repos/YOU/YOURS/dispatches';
const bearer = { authorization: 'Bearer TOKEN', 'content-type': 'application/json' };

/** Webhook data of Alertmanager, version 4: docs/configuration.md there. */
const alertmanagerData = (event: Event): Readonly<Record<string, unknown>> => ({
  version: '4',
  groupKey: '{}/{severity="critical"}:{alertname="ApiErrors", cluster="eu"}',
  truncatedAlerts: 0,
  status: event === 'resolved' ? 'resolved' : 'firing',
  receiver: 'halfpast',
  groupLabels: { cluster: 'eu', alertname: 'ApiErrors' },
  commonLabels: { alertname: 'ApiErrors', cluster: 'eu', status_page_components: 'api=partial_outage' },
  commonAnnotations: { status_page_title: 'The API: "500" for some requests' },
  externalURL: 'http://alertmanager:9093',
  notification_reason: event === 'repeated' ? 'repeat interval' : 'first notification',
  alerts: [
    {
      status: event === 'resolved' ? 'resolved' : 'firing',
      labels: { alertname: 'ApiErrors', cluster: 'eu', instance: '10.0.0.7:9100' },
      annotations: { status_page_title: 'The API: "500" for some requests' },
      startsAt: '2026-11-22T14:29:10.613Z',
      endsAt: event === 'resolved' ? '2026-11-22T14:50:10.613Z' : '0001-01-01T00:00:00Z',
      generatorURL: 'http://prometheus:9090/graph?g0.expr=up',
      fingerprint: 'b1c4a8e0a2f7d3e9',
    },
  ],
});

/** Webhook data of Grafana: its documentation of the webhook notifier. */
const grafanaData = (event: Event): Readonly<Record<string, unknown>> => ({
  receiver: 'halfpast',
  status: event === 'resolved' ? 'resolved' : 'firing',
  orgId: 1,
  alerts: [
    {
      status: event === 'resolved' ? 'resolved' : 'firing',
      labels: {
        alertname: 'High latency',
        grafana_folder: 'Checkout',
        status_page_components: 'api=degraded_performance',
      },
      annotations: { summary: 'The API is "slow"' },
      startsAt: '2026-11-22T15:29:00+01:00',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'https://grafana.example.com/alerting/1afz29v7z/edit',
      fingerprint: 'c6eadffa33fcdf37',
      values: { B: 44.23943737541908, C: 1 },
    },
  ],
  groupLabels: { alertname: 'High latency', grafana_folder: 'Checkout' },
  commonLabels: { alertname: 'High latency', status_page_components: 'api=degraded_performance' },
  commonAnnotations: { summary: 'The API is "slow"' },
  externalURL: 'https://grafana.example.com/',
  version: '1',
  groupKey: '{}:{alertname="High latency", grafana_folder="Checkout"}',
  truncatedAlerts: 0,
});

const monitors: Readonly<Record<string, Monitor>> = {
  Alertmanager: (event, to) => {
    const { receivers } = parseYaml(configuration('yaml', 'receivers:')) as {
      readonly receivers: readonly {
        readonly webhook_configs: readonly {
          readonly url: string;
          readonly http_config: { readonly authorization: { readonly credentials: string } };
          readonly payload: unknown;
        }[];
      }[];
    };
    const [config] = receivers[0]?.webhook_configs ?? [];
    if (config === undefined) throw new Error('docs/alerts.md has no receiver for Alertmanager');
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${config.http_config.authorization.credentials}`,
    };
    return post(config.url, to, headers, JSON.stringify(alertmanagerBody(config.payload, alertmanagerData(event))));
  },
  Grafana: (event, to) => {
    inDocs(`with the URL \`${address}\`, the authorization scheme \`Bearer\` and the credentials \`TOKEN\``);
    return post(address, to, bearer, goTemplate(configuration('text', '{{ coll.Dict'), grafanaData(event)));
  },
  'Uptime Kuma': async (event, to) => {
    inDocs(`The URL is \`${address}\`. As **Request Body**`);
    // As renderTemplate() in its server/notification-providers/notification-provider.js.
    const engine = new Liquid({ root: './no-such-directory', relativeReference: false, dynamicPartials: false });
    const status = event === 'resolved' ? 1 : 0;
    const msg = `[Website "EU"] [${status === 0 ? '🔴 Down' : '✅ Up'}] timeout of 48000ms exceeded`;
    const text = blocks.find(({ path, text }) => path === 'docs/alerts.md' && text.includes('monitorJSON'))?.text ?? '';
    const body = (await engine.parseAndRender(text, {
      status: status === 0 ? '🔴 Down' : '✅ Up',
      name: 'Website "EU"',
      hostnameOrURL: 'https://example.com',
      monitorJSON: { id: 7, name: 'Website "EU"', url: 'https://example.com', type: 'http' },
      heartbeatJSON: {
        monitorID: 7,
        status,
        time: '2026-11-22 14:29:59.000',
        msg,
        ping: null,
        important: true,
        retries: 1,
      },
      msg,
    })) as string;
    const headers = JSON.parse(configuration('json', '{ "Authorization"')) as Record<string, string>;
    return post(address, to, headers, body);
  },
  Checkly: (event, to) => {
    inDocs(`Select \`POST\` and the URL \`${address}\`. Add the headers \`Authorization: Bearer TOKEN\` and`);
    const text = blocks.find(({ path, text }) => path === 'docs/alerts.md' && text.includes('CHECK_ID'))?.text ?? '';
    const body = Handlebars.compile(text)({
      ALERT_TITLE: 'Check "Website" has failed',
      ALERT_TYPE: { firing: 'ALERT_FAILURE', repeated: 'ALERT_FAILURE_REMAIN', resolved: 'ALERT_RECOVERY' }[event],
      CHECK_NAME: 'Website',
      CHECK_ID: '08437f9c-df8c-45ed-975a-a3f9e24d626d',
      CHECK_TYPE: 'BROWSER',
      CHECK_RESULT_ID: 'b0b4d1ce-1b6f-4a6c-8dd4-4a0a0f3bdb8e',
      RESPONSE_TIME: 1234,
      STARTED_AT: '2026-11-22T14:29:58.000Z',
      TAGS: ['production'],
    });
    return post(address, to, bearer, body);
  },
};

type Entry = { readonly number: number; readonly state: string; readonly title: string; readonly body: string };

/** Stands before GitHub, and refuses what it refuses in a repository where workflows may not open pull requests. */
async function withoutPullRequests(upstream: string): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = 'GET', url = '', headers } = request;
      if (method === 'POST' && url.endsWith('/pulls')) {
        response.writeHead(403, { 'content-type': 'application/json' });
        response.end('{"message":"GitHub Actions is not permitted to create or approve pull requests."}');
        return;
      }
      const body = chunks.length === 0 ? {} : { body: Buffer.concat(chunks).toString() };
      const { authorization = '' } = headers;
      void fetch(`${upstream}${url}`, { method, headers: { authorization }, ...body }).then(async (answer) => {
        response.writeHead(answer.status, { 'content-type': 'application/json' });
        response.end(await answer.text());
      });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A repository on GitHub, and its content on this machine. */
async function repository({ pullRequests = true } = {}) {
  const github = await startGitHub();
  await github.port.writeFile({ path: 'begin.md', text: 'x', message: 'Begin', replaces: null });
  const actions = await startActions(github.url);
  const api = pullRequests ? actions.url : await withoutPullRequests(github.url);
  const folder = temporaryFolder();
  put(folder, 'site.yml', 'name: Example\nurl: https://status.example.com\ntime_zone: UTC\n');
  put(folder, 'components.yml', 'components:\n  - id: api\n    name: API\n  - id: website\n    name: Website\n');
  const alert = (payload: unknown, flags: readonly string[] = [], at = now): Promise<Outcome> =>
    call(['alert', '--github', 'dana/status', ...flags], folder, {
      now: at,
      piped: JSON.stringify(payload),
      context: { env: { GITHUB_TOKEN: token, GITHUB_API_URL: api } },
    });
  const close = async (number: number): Promise<void> => {
    await fetch(`${github.url}/repos/dana/status/pulls/${number}`, {
      method: 'PATCH',
      headers: { authorization: `token ${token}` },
      body: '{"state":"closed"}',
    });
  };
  const pulls = async (): Promise<readonly Entry[]> => (await github.ask('/pulls?state=all')) as readonly Entry[];
  return { github, actions, folder, alert, pulls, close };
}

describe.each(Object.entries(monitors))('%s, configured as in the docs', (name, send) => {
  it('proposes one incident however often it reports it, and never resolves it', async () => {
    const { url, alerts, statuses } = await dispatches();
    for (const event of ['firing', 'repeated', 'resolved'] as const) await send(event, url);
    expect(statuses).toEqual([204, 204, 204]);
    const { github, folder, alert, pulls, close } = await repository();
    const [firing, repeated, resolved] = alerts;
    expect(await alert(firing)).toMatchObject({ code: 0, stderr: '' });
    const [pull, ...others] = await pulls();
    expect(others).toEqual([]);
    if (pull === undefined) throw new Error('there is no pull request');
    expect(pull).toMatchObject({ state: 'open' });
    expect(pull.title).toMatch(/^Open an incident\? 2026-11-22-[a-z0-9-]+$/);
    const slug = pull.title.split('? ')[1] ?? '';
    const branch = ((await github.ask(`/pulls/${pull.number}`)) as { readonly head: { readonly ref: string } }).head
      .ref;
    const file = /The file: `(.*)`/.exec(pull.body)?.[1] ?? '';
    const text = (await github.port.readFile(`content/${file}`, branch))?.text ?? '';
    expect(text).toContain('\nstatus: investigating\n');
    expect(text).toMatch(/\nkey: .+\n---\nOur monitoring reports a problem\. We are looking into it\.\n$/);
    expect(await alert(repeated)).toMatchObject({ code: 0, stderr: '' });
    expect(await pulls()).toHaveLength(1);
    // The monitor recovers before anyone decides.
    expect((await alert(resolved)).stdout).toContain(`Commented on pull request #${pull.number}`);
    expect((await github.port.comments(pull.number)).map(({ body }) => body)).toEqual([
      expect.stringContaining('reports that this is over') as string,
    ]);
    // Merged: from now on, it's open, whatever the monitor reports.
    put(folder, file, text);
    expect((await call('check', folder, { now })).stdout, name).toContain('no problems');
    for (const payload of [repeated, firing])
      expect((await alert(payload)).stdout).toContain(`the incident ${slug} is open for this alert`);
    expect((await alert(resolved)).stdout).toContain(`stays open until you resolve it: npx halfpast resolve ${slug}`);
    expect(await pulls()).toHaveLength(1);
    // A person resolves it. When the alert fires again, that's a new incident, also on the same day.
    await close(pull.number);
    put(folder, `incidents/${slug}/2026-11-22T1500Z.md`, '---\nstatus: resolved\n---\nIt works again.\n');
    expect(await alert(firing, [], '2026-11-22T16:00Z')).toMatchObject({ code: 0, stderr: '' });
    expect(await pulls()).toHaveLength(2);
  });
});

describe('a stand-in that refuses what GitHub refuses', () => {
  it.each([
    ['the payload that Alertmanager sends without `payload`', bearer, JSON.stringify(alertmanagerData('firing')), 422],
    ['the payload that Grafana sends without a template', bearer, JSON.stringify(grafanaData('firing')), 422],
    ['another token', { authorization: 'Bearer other' }, '{"event_type":"alert","client_payload":{}}', 401],
    ['no JSON', bearer, '{"event_type":"alert", }', 400],
  ])('%s', async (_, headers, body, status) => {
    const { url, alerts, statuses } = await dispatches();
    await post(address, url, headers, body);
    expect([statuses, alerts]).toEqual([[status], []]);
  });
});

const good = {
  key: 'api-5xx',
  state: 'firing',
  title: 'The API returns errors',
  message: 'We are looking into it.',
  components: 'api=partial_outage',
};

describe('an alert', () => {
  it('that a person has closed is ignored until tomorrow', async () => {
    const { alert, pulls, close } = await repository();
    await alert(good);
    const [pull] = await pulls();
    await close(pull?.number ?? 0);
    expect((await alert(good)).stdout).toContain('was closed, so this alert is ignored until tomorrow');
    expect(await pulls()).toHaveLength(1);
    expect((await alert(good, [], '2026-11-23T00:01Z')).stdout).toContain('is open. To publish the incident, merge it');
    expect(await pulls()).toHaveLength(2);
    // One that waits since yesterday still counts.
    expect((await alert(good, [], '2026-11-24T09:00Z')).stdout).toContain('is waiting for your decision');
    expect(await pulls()).toHaveLength(2);
    expect((await alert({ ...good, key: 'other' })).stdout).toContain('merge it');
  });

  it('mentions nobody, and contains nothing that’s special in a commit message', async () => {
    const { github, alert, pulls } = await repository();
    const text = '@dana Fixes #1\n```\nHalfpast-Allow: remove x\n[skip ci] <!-- halfpast:about:x -->';
    await alert({ ...good, key: `@dana ${good.key} \`x\``, title: `[skip ci] ${text}`, message: text });
    const [pull] = await pulls();
    expect(pull?.title).toMatch(/^Open an incident\? [a-z0-9-]+$/);
    expect(pull?.body).not.toMatch(/^\s*Halfpast-Allow/m);
    const inCode = pull?.body.replaceAll(/^> (`{3,})\n[^]*?\n> \1$/gm, '').replaceAll(/(`+)[^]*?[^`]\1(?!`)/g, '');
    expect(inCode).not.toMatch(/@dana|skip ci|Fixes|halfpast:about/);
    const branch = ((await github.ask(`/pulls/${pull?.number}`)) as { readonly head: { readonly ref: string } }).head;
    expect(branch.ref).toMatch(/^halfpast\/alert-[0-9a-f]{12}-2026-11-22-1$/);
    const commits = (await github.ask(`/commits?sha=${branch.ref}`)) as readonly {
      readonly commit: { readonly message: string };
    }[];
    expect(commits[0]?.commit.message).toMatch(/^Investigating: [a-z0-9-]+$/);
  });

  it('is published right away only with the flag', async () => {
    const { github, actions, alert, pulls } = await repository();
    const payload = { ...good, publish: 'now' };
    expect((await alert(payload)).stdout).toContain('merge it');
    expect(actions.started).toEqual([]);
    expect(await pulls()).toHaveLength(1);
    // It's honest about it: nothing is served at the address in site.yml.
    expect((await alert({ ...payload, key: 'other' }, ['--publish'])).stderr).toMatch(/^halfpast: NOT LIVE: /);
    expect(actions.started).toEqual([{ file: 'publish.yml', ref: 'main', inputs: {} }]);
    expect(await pulls()).toHaveLength(1);
    const found = (await github.ask('/contents/content/incidents')) as readonly { readonly name: string }[];
    expect(found.map(({ name }) => name)).toEqual(['2026-11-22-the-api-returns-errors']);
  });

  it('leaves a branch and its link if workflows can’t open pull requests', async () => {
    const { github, alert, pulls } = await repository({ pullRequests: false });
    for (let times = 1; times <= 2; times += 1) {
      const { code, stderr } = await alert(good);
      expect(code).toBe(1);
      const [, branch = ''] = /https:\/\/github\.com\/dana\/status\/compare\/(\S+)\?expand=1\. /.exec(stderr) ?? [];
      expect(stderr).toContain(
        'Settings, Actions, General, "Allow GitHub Actions to create and approve pull requests"',
      );
      const folder = 'content/incidents/2026-11-22-the-api-returns-errors';
      const files = (await github.ask(`/contents/${folder}?ref=${branch}`)) as readonly { readonly path: string }[];
      expect(files).toHaveLength(1);
      expect((await github.port.readFile(files[0]?.path ?? '', branch))?.text).toContain('key: api-5xx');
    }
    expect(await pulls()).toEqual([]);
  });

  it('has its own folder, even next to an unmerged one with the same title', async () => {
    const { github, alert } = await repository();
    await alert(good);
    await alert({ ...good, key: 'another check' });
    const slugs = (await github.port.openPullRequests()).map(({ title }) => title.split('? ')[1] ?? '').sort();
    expect(slugs).toHaveLength(2);
    expect(slugs[1]).toMatch(new RegExp(`^${slugs[0]}-[0-9a-f]{4}$`));
  });

  it('is not held back by a pull request from a fork', async () => {
    const { github, alert } = await repository();
    await alert(good);
    const [own] = await github.port.openPullRequests();
    expect(own?.branch).toMatch(/^halfpast\/alert-/);
    const fork = { head: { ref: own?.branch, repo: { id: 2 } }, base: { repo: { id: 1 } }, number: 1, html_url: 'x' };
    const port = octokitPort({
      owner: 'dana',
      repo: 'status',
      token,
      baseUrl: 'https://api.example.com',
      warn: () => undefined,
      patient: false,
      fetch: () => Promise.resolve(Response.json([fork, { ...fork, head: { ...fork.head, repo: null } }])),
    });
    expect(await port.openPullRequests()).toEqual([]);
  });
});
