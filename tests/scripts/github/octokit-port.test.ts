import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { octokitPort } from '../../../scripts/github/octokit.ts';
import { requestComplaints } from '../../support/openapi.ts';

describe('what GitHub refuses is one line that says what to do', () => {
  it.each([
    [401, 'Bad credentials', /status 401, Bad credentials.*Set GITHUB_TOKEN to a new one/],
    [403, 'Resource not accessible by integration', /permissions: in the workflow/],
    [403, 'GitHub Actions is not permitted to create or approve pull requests.', /Allow GitHub Actions to create/],
    [502, 'Bad gateway', /githubstatus\.com/],
  ])('status %i: %s', async (status, message, expected) => {
    const server = createServer((_, response) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message })),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const port = octokitPort({
      owner: 'dana',
      repo: 'status',
      token: 't',
      baseUrl,
      warn: () => undefined,
      patient: false,
    });
    await expect(port.issues('halfpast')).rejects.toThrow(expected);
    await expect(port.readFile('x')).rejects.toThrow(/^GitHub did not read x: /);
  });

  it('no answer at all', async () => {
    const port = octokitPort({
      owner: 'dana',
      repo: 'status',
      token: 't',
      baseUrl: 'http://127.0.0.1:9',
      warn: () => undefined,
      patient: false,
    });
    await expect(port.issues('halfpast')).rejects.toThrow(/^GitHub did not list issues: no answer.*GITHUB_API_URL/);
  });
});

it('a server that fails briefly is asked again', async () => {
  let calls = 0;
  const server = createServer((_, response) => {
    calls += 1;
    response.writeHead(calls === 1 ? 502 : 200, { 'content-type': 'application/json' }).end(calls === 1 ? '{}' : '[]');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const port = octokitPort({
    owner: 'dana',
    repo: 'status',
    token: 't',
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    warn: () => undefined,
  });
  expect(await port.issues('halfpast')).toEqual([]);
  expect(calls).toBe(2);
});

it('a file that is too large for the contents API is read as a blob', async () => {
  const text = `${'é'.repeat(1024 * 1024)}\n`;
  const sha = 'b'.repeat(40);
  const answers: Readonly<Record<string, object>> = {
    '/repos/dana/status/contents/releases.json?ref=halfpast-state': {
      type: 'file',
      encoding: 'none',
      content: '',
      sha,
    },
    [`/repos/dana/status/git/blobs/${sha}`]: { encoding: 'base64', content: Buffer.from(text).toString('base64'), sha },
  };
  const complaints: string[] = [];
  const port = octokitPort({
    ...{ owner: 'dana', repo: 'status', token: 't', baseUrl: 'https://api.github.com', patient: false },
    warn: () => undefined,
    fetch: (input, init) => {
      const { method, url } = new Request(input, init);
      complaints.push(...requestComplaints({ method, url, body: null }));
      return Promise.resolve(Response.json(answers[url.replace('https://api.github.com', '')]));
    },
  });
  expect(await port.readFile('releases.json', 'halfpast-state')).toEqual({ text, version: sha });
  expect(complaints).toEqual([]);
});

it('a run of a workflow counts as failed only once it has failed, not if it was canceled, was on hold or goes on', async () => {
  const conclusions = ['failure', 'timed_out', 'startup_failure', 'success', 'cancelled', 'skipped', null];
  const workflow_runs = conclusions.map((conclusion, index) => ({
    conclusion,
    created_at: `2026-11-22T15:0${9 - index}:00Z`,
  }));
  const server = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ workflow_runs })),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const port = octokitPort({ owner: 'dana', repo: 'status', token: 't', baseUrl, warn: () => undefined });
  const runs = await port.runsOf('publish.yml', 'c0ffee');
  expect(runs.map(({ failed }) => failed)).toEqual([true, true, true, false, false, false, false]);
});

describe('the check against the OpenAPI description', () => {
  const url = 'https://api.github.com/repos/dana/status/issues';

  it.each([
    [{ method: 'POST', url, body: '{"title":"x","lables":["a"]}' }, 'lables is not a field'],
    [{ method: 'POST', url, body: '{"body":"x"}' }, "must have required property 'title'"],
    [{ method: 'POST', url, body: null }, 'the body is missing'],
    [{ method: 'GET', url: `${url}?stat=all`, body: null }, '?stat is not a parameter'],
    [{ method: 'GET', url: `${url}?state=every`, body: null }, 'must be equal to one of the allowed values'],
    [{ method: 'GET', url: `${url}/x/y/z`, body: null }, 'not in the description'],
  ])('finds the problem with %j', (sent, complaint) => {
    expect(requestComplaints(sent).join('\n')).toContain(complaint);
  });

  it('accepts a correct one', () => {
    expect(requestComplaints({ method: 'POST', url, body: '{"title":"x","labels":["a"]}' })).toEqual([]);
  });
});
