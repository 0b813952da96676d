import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { octokitPort } from '../../../scripts/github/octokit.ts';
import { call } from '../../scripts/call.ts';
import { filesBelow, temporaryFolder } from '../../support/folders.ts';
import { root } from '../../support/halfpast.ts';
import { requestComplaints } from '../../support/openapi.ts';
import { type GitHub, startGitHub, token } from './github.ts';

/**
 * The emulated GitHub plus the comments of all issues, in pages. The emulator mistakes that address for an issue called
 * "comments". All other requests are passed on.
 */
async function withAllComments(github: GitHub): Promise<{ readonly url: string; readonly complaints: string[] }> {
  const complaints: string[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'https://api.github.com');
    complaints.push(...requestComplaints({ method: request.method ?? '', url: url.href, body: null }));
    if (!url.pathname.endsWith('/issues/comments')) {
      const answer = await fetch(`${github.url}${request.url ?? ''}`, {
        headers: { authorization: request.headers.authorization ?? '' },
      });
      return response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
    }
    const issues = (await github.ask('/issues?state=all')) as { number: number }[];
    const comments = (await Promise.all(issues.map(({ number }) => github.ask(`/issues/${number}/comments`)))).flat();
    const page = Number(url.searchParams.get('page') ?? 1);
    const next =
      page < comments.length
        ? { link: `<http://${request.headers.host ?? ''}${url.pathname}?page=${page + 1}>; rel="next"` }
        : {};
    // One per page, so there's a second page.
    return response
      .writeHead(200, { 'content-type': 'application/json', ...next })
      .end(JSON.stringify(comments.slice(page - 1, page)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, complaints };
}

describe('import upptime --repo', () => {
  it('asks GitHub for issues, comments and the configuration', async () => {
    const github = await startGitHub();
    const { port } = github;
    await port.writeFile({
      path: '.upptimerc.yml',
      text: readFileSync(join(root, 'tests/fixtures/upptime-sample/.upptimerc.yml'), 'utf8'),
      message: 'x',
      replaces: null,
    });
    const one = await port.createIssue({
      title: '🛑 GitHub Mirror is down',
      body: 'It was **down**.',
      labels: ['status', 'mirror'],
    });
    await port.comment(one.number, '**Resolved:** GitHub Mirror is back up.');
    await port.changeIssue(one.number, { open: false });
    const two = await port.createIssue({ title: 'Other', body: 'x', labels: ['bug'] });
    await port.comment(two.number, 'y');
    const whole = await withAllComments(github);
    const reader = octokitPort({
      owner: 'dana',
      repo: 'status',
      token,
      baseUrl: whole.url,
      warn: () => undefined,
      patient: false,
    });
    expect(
      (await reader.archive()).map(({ title, isPullRequest, labels, comments, closedAt }) => [
        title,
        isPullRequest,
        labels,
        comments.map(({ body }) => body),
        closedAt !== null,
      ]),
    ).toEqual([
      ['🛑 GitHub Mirror is down', false, ['status', 'mirror'], ['**Resolved:** GitHub Mirror is back up.'], true],
      ['Other', false, ['bug'], ['y'], false],
    ]);
    const folder = temporaryFolder();
    const context = { env: { GITHUB_TOKEN: token, GITHUB_API_URL: whole.url } };
    const { code, stdout, stderr } = await call(
      ['import', 'upptime', '--repo', 'dana/status', '--content', 'c'],
      folder,
      { now: '2099-01-01T00:00:00Z', context },
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('1 incident with 2 updates, 0 maintenance windows with 0 updates\n');
    expect(stdout).toContain(
      '  dana/status#2: has neither the label status nor maintenance, but bug, and was not imported\n',
    );
    const written = filesBelow(join(folder, 'c'))
      .filter((path) => path.endsWith('.md'))
      .map((path) => readFileSync(join(folder, 'c', path), 'utf8'));
    expect(written.map((text) => [/^status: (.*)$/m.exec(text)?.[1], text.split('\n---\n')[1]])).toEqual([
      ['investigating', 'It was **down**.\n'],
      ['resolved', 'GitHub Mirror is back up.\n'],
    ]);
    expect(whole.complaints).toEqual([]);
  });

  it("reports GitHub's answer if the repository doesn't exist", async () => {
    const github = await startGitHub();
    const context = { env: { GITHUB_API_URL: github.url } };
    const { code, stderr } = await call(
      ['import', 'upptime', '--repo', 'dana/nothing', '--content', 'c'],
      temporaryFolder(),
      { now: '2099-01-01T00:00:00Z', context },
    );
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        /^halfpast: GitHub did not list issues: status 404.*Check the name of the repository/,
      ),
    });
  });
});
