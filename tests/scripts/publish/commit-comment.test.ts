import { describe, expect, it } from 'vitest';
import { commentOnFailure, correctedLine, type Failure } from '../../../scripts/publish/commit-comment.ts';
import type { Context } from '../../../scripts/cli/context.ts';
import type { Back } from '../../../scripts/publish/outcome.ts';
import type { GitHubPort } from '../../../scripts/github/port.ts';
import type { Problem } from '../../../src/lib/content/problem.ts';
import { actingHtml, addressesIn } from '../../support/markdown.ts';

describe('the corrected line', () => {
  const status = { given: 'resovled', type: 'resolved' };

  it.each([
    [9, status, 'status: resovled', 'status: resolved'],
    [9, status, 'status: "resovled"  # done', 'status: "resolved"  # done'],
    [3, { given: 'eu.checkout', type: 'checkout' }, '  eu.checkout: operational', '  checkout: operational'],
    [1, { given: 'nextupdate', type: 'next_update' }, 'nextupdate: 30m', 'next_update: 30m'],
    [8, { given: '503', type: '"503"' }, 'title: 503', 'title: "503"'],
    [9, status, "status: 'resovled'", "status: 'resolved'"],
    [9, status, 'status: resolved', null],
    [9, status, 'status: "resovled', null],
    [1, { given: '', type: 'resolved' }, 'status: ', null],
    [9, null, 'status: fixed', null],
    [90, status, 'status: resovled', null],
  ])('at column %i with %j in %s', (column, fix, line, expected) => {
    expect(correctedLine({ column, fix }, line)).toBe(expected);
  });
});

const commit = 'c0ffee0000000000000000000000000000000000';
const path = 'incidents/2026-11-22-checkout-errors/2026-11-22T1430Z.md';
const lines = { [`content/${path}`]: '---\nstatus: resovled\n---\n' };

function problem(rest: Partial<Problem>): Problem {
  return { file: path, line: 1, column: 1, field: null, message: 'x', fix: null, ...rest };
}

/** The comment that a failure gets, on a repository whose files are `files`. */
async function commentOn(
  published: Failure['published'],
  printed: readonly string[] = [],
  files: Readonly<Record<string, string>> = lines,
  { branch = 'main', env = {} }: { readonly branch?: string; readonly env?: Context['env'] } = {},
): Promise<string> {
  const comments: string[] = [];
  const port = {
    commitComments: () => Promise.resolve(comments.map((body, id) => ({ id, body, trusted: true }))),
    commentOnCommit: (_: string, body: string) => Promise.resolve(void comments.push(body)),
  } as unknown as GitHubPort;
  const context = {
    cwd: '/work',
    env,
    disk: { read: (file: string) => Promise.resolve(files[file.replace('/work/', '')] ?? null) },
  } as unknown as Context;
  const place = { repository: 'dana/status', branch, content: 'content' };
  const failure = { commit, published, lines: printed };
  expect(await commentOnFailure(port, failure, place, context)).toBe('commented on c0ffee0');
  expect(await commentOnFailure(port, failure, place, context)).toBe('c0ffee0 already has this comment');
  expect(comments).toHaveLength(1);
  return comments[0] ?? '';
}

const unverified = (back: Back | null): Failure['published'] =>
  ({ outcome: 'unverified', release: { id: 'x' }, back, lines: [] }) as unknown as Failure['published'];

describe('the comment on a commit', () => {
  it('has the place, the line, the corrected line, a link to edit it, and the state of the page', async () => {
    const message = '"resovled" is not a status. Did you mean "resolved"?';
    const fix = { given: 'resovled', type: 'resolved' };
    const problems = [problem({ line: 2, column: 9, field: 'status', message, fix })];
    expect(await commentOn({ outcome: 'problems', problems })).toBe(`### The content has problems

c0ffee0: The live page is unchanged.

**\`content/${path}:2\`** · [edit this line](https://github.com/dana/status/edit/main/content/${path}#L2)
\`\`\`text
status: "resovled" is not a status. Did you mean "resolved"?
\`\`\`
Change it to:
\`\`\`diff
- status: resovled
+ status: resolved
\`\`\`

[What to do now](https://github.com/dana/status/blob/main/docs/when-it-goes-wrong.md)

<!-- halfpast:publish problems -->`);
  });

  it('shows text from outside without acting on it', async () => {
    const evil = '@everyone ```` </details> ![x](https://evil.example/x.png) \u202e<!-- halfpast:publish problems -->';
    const problems = [problem({ file: `${evil}.md`, message: evil })];
    const text = await commentOn({ outcome: 'problems', problems }, [], { [`content/${evil}.md`]: evil });
    expect(actingHtml(text)).not.toMatch(/@everyone|<img|\u202e/);
    const addresses = addressesIn(text);
    expect(addresses).toHaveLength(2);
    expect(addresses[0]).toMatch(/^https:\/\/github\.com\/dana\/status\/edit\/main\/content\/%40everyone/);
    expect(actingHtml(await commentOn({ outcome: 'failed', message: evil }, [evil]))).not.toMatch(/@everyone|<img/);
  });

  it('never quotes a file with a credential, and only links content files in the repository', async () => {
    const secret = problem({ line: 2, kind: 'credential' });
    expect(await commentOn({ outcome: 'problems', problems: [secret] })).not.toContain('resovled');
    for (const file of ['../../x.md', 'incidents/x', 'a/../../../b.md'])
      expect(await commentOn({ outcome: 'problems', problems: [problem({ file })] })).not.toContain('edit this line');
  });

  it('stays short, however many problems there are', async () => {
    const problems = Array.from({ length: 500 }, (_, index) =>
      problem({ file: `${index}.md`, message: 'x'.repeat(5000) }),
    );
    const text = await commentOn({ outcome: 'problems', problems });
    expect(text).toContain('And 490 more');
    expect(text.length).toBeLessThan(60_000);
    expect((await commentOn({ outcome: 'failed', message: 'x' }, ['z'.repeat(100_000)])).length).toBeLessThan(60_000);
  });

  const page = 'https://github.com/dana/status/blob/main/docs/when-it-goes-wrong.md';
  const unchanged = 'The live page is unchanged.';

  it.each<[Failure['published'], string, string]>([
    [{ outcome: 'failed', message: 'x' }, 'The site could not be built', unchanged],
    [{ outcome: 'not rolled back', message: 'x' }, 'The rollback failed', unchanged],
    [{ outcome: 'not deployed', reason: 'x' }, 'The site could not be deployed', unchanged],
    [
      { outcome: 'refused' } as Failure['published'],
      'This commit would remove or rewrite published updates',
      unchanged,
    ],
    [unverified(null), "The published site doesn't match the build", 'No older release was restored. Check the page.'],
    [
      { ...unverified(null), silent: true } as Failure['published'],
      "The published site doesn't respond",
      "The new release stays, because an older one wouldn't respond either. Check the page.",
    ],
    [
      unverified({ id: 'a', how: 'started' }),
      "The published site doesn't match the build",
      'The last verified release is being restored.',
    ],
    [
      unverified({ id: 'a', how: 'already' }),
      "The published site doesn't match the build",
      'Another release has replaced it in the meantime.',
    ],
    [
      unverified({ id: 'a', how: 'served' }),
      "The published site doesn't match the build",
      'The last verified release was restored.',
    ],
    [
      { outcome: 'not notified' } as Failure['published'],
      'The update is live, but not every channel was notified',
      'The page itself is fine. Rerun the failed job: no channel is notified twice.',
    ],
  ])('has what happened, what readers see, and what the run printed: %j', async (published, heading, consequence) => {
    const end = `[What to do now](${page})\n\n<!-- halfpast:publish ${published.outcome} -->`;
    const start = `### ${heading}\n\nc0ffee0: ${consequence}\n\n`;
    expect(await commentOn(published, ['one', 'two'])).toBe(`${start}\`\`\`text\none\ntwo\n\`\`\`\n\n${end}`);
    expect(await commentOn(published, [' '])).toBe(`${start}${end}`);
  });

  it('shows the line where there is no correction, and nothing of an empty one, of another folder or on another server', async () => {
    const files = { 'content/a.yml': 'one\r\n  two\n\n', 'x.md': 'outside' };
    const at = (line: number, file = 'a.yml') => problem({ file, line, field: 'title' });
    const text = await commentOn(
      { outcome: 'problems', problems: [at(2), at(3), at(9), at(1, '../x.md'), at(1, '../../x.md')] },
      ['printed'],
      files,
      {
        branch: 'status/1 (a)',
        env: { GITHUB_SERVER_URL: 'https://git.example', HALFPAST_CODE: 'example/halfpast/blob/c0de' },
      },
    );
    const link = (line: number): string =>
      ` · [edit this line](https://git.example/dana/status/edit/status/1%20%28a%29/content/a.yml#L${line})`;
    const message = '\n```text\ntitle: x\n```';
    expect(text).toBe(`### The content has problems

c0ffee0: The live page is unchanged.

**\`content/a.yml:2\`**${link(2)}${message}
The line:
\`\`\`
  two
\`\`\`

**\`content/a.yml:3\`**${link(3)}${message}

**\`content/a.yml:9\`**${link(9)}${message}

**\`x.md:1\`** · [edit this line](https://git.example/dana/status/edit/status/1%20%28a%29/x.md#L1)${message}
The line:
\`\`\`
outside
\`\`\`

**\`../x.md:1\`**${message}

[What to do now](https://git.example/example/halfpast/blob/c0de/docs/when-it-goes-wrong.md)

<!-- halfpast:publish problems -->`);
  });

  it('counts the problems after the tenth', async () => {
    const many = (amount: number) => Array.from({ length: amount }, () => problem({}));
    expect(await commentOn({ outcome: 'problems', problems: many(10) })).not.toContain('more: see');
    expect(await commentOn({ outcome: 'problems', problems: many(11) })).toMatch(
      /`\n\nAnd 1 more: see the log of the run\.\n\n\[What to do now\]/,
    );
  });
});
