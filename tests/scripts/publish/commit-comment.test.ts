import { describe, expect, it } from 'vitest';
import { correctedLine, type Failure, reportFailure } from '../../../scripts/publish/commit-comment.ts';
import type { Context } from '../../../scripts/cli/context.ts';
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
  ])('at column %i with %j in %s', (column, fix, line, expected) => {
    expect(correctedLine({ column, fix }, line)).toBe(expected);
  });

  it('is unknown without a fix, or when the file has changed since', () => {
    expect(correctedLine({ column: 9, fix: null }, 'status: fixed')).toBeNull();
    expect(correctedLine({ column: 9, fix: status }, 'status: resolved')).toBeNull();
    expect(correctedLine({ column: 90, fix: status }, 'status: resovled')).toBeNull();
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
): Promise<string> {
  const comments: string[] = [];
  const port = {
    commitComments: () => Promise.resolve(comments.map((body, id) => ({ id, body, trusted: true }))),
    commentOnCommit: (_: string, body: string) => Promise.resolve(void comments.push(body)),
  } as unknown as GitHubPort;
  const context = {
    cwd: '/work',
    env: {},
    disk: { read: (file: string) => Promise.resolve(files[file.replace('/work/', '')] ?? null) },
  } as unknown as Context;
  const place = { repository: 'dana/status', branch: 'main', help: null, content: 'content' };
  const failure = { commit, published, lines: printed };
  expect(await reportFailure(port, failure, place, context)).toBe('commented on c0ffee0');
  expect(await reportFailure(port, failure, place, context)).toBe('c0ffee0 already has this comment');
  expect(comments).toHaveLength(1);
  return comments[0] ?? '';
}

const unverified = (back: { id: string; how: 'started' } | null): Failure['published'] =>
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

  it('repeats nothing of a file with a credential, and links only content files of the repository', async () => {
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

  it('says whether an older release is restored', async () => {
    expect(await commentOn(unverified({ id: 'a', how: 'started' }))).toContain(
      'The last verified release is being restored.',
    );
    expect(await commentOn(unverified(null))).toContain('No older release was restored');
    expect(await commentOn({ outcome: 'not deployed', reason: 'x' })).toContain('The live page is unchanged.');
  });
});
