import { describe, expect, it } from 'vitest';
import { correctedLine, failureComment, type FailureReport } from '../../../../scripts/publish/problem-comment.ts';
import { actingHtml, addressesIn } from '../../../support/markdown.ts';

const path = 'content/incidents/2026-11-22-checkout-errors/2026-11-22T1430Z.md';

type Problem = FailureReport['problems'][number];
const problem = (rest: Partial<Problem>): Problem => ({
  path,
  line: 1,
  column: 1,
  field: null,
  message: 'x',
  fix: null,
  text: null,
  ...rest,
});

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

const report: FailureReport = {
  step: 'check',
  commit: 'c0ffee0000000000000000000000000000000000',
  back: null,
  place: {
    server: 'https://github.com',
    repository: 'dana/status',
    branch: 'main',
    help: 'https://github.com/dana/status/blob/main/docs/when-it-goes-wrong.md',
  },
  problems: [],
  output: '',
};

describe('the comment on a commit', () => {
  it('has the place, the line, the corrected line, a link to edit it, and the state of the page', () => {
    const message = '"resovled" is not a status. Did you mean "resolved"?';
    const fix = { given: 'resovled', type: 'resolved' };
    const problems = [problem({ line: 2, column: 9, field: 'status', message, fix, text: 'status: resovled' })];
    expect(failureComment({ ...report, problems })).toBe(`### The content has problems

c0ffee0 stopped at \`check\`. The live page is unchanged.

**\`${path}:2\`** · [edit this line](https://github.com/dana/status/edit/main/${path}#L2)
\`\`\`text
status: "resovled" is not a status. Did you mean "resolved"?
\`\`\`
Change it to:
\`\`\`diff
- status: resovled
+ status: resolved
\`\`\`

[What to do now](https://github.com/dana/status/blob/main/docs/when-it-goes-wrong.md)`);
  });

  it('shows text from outside without acting on it', () => {
    const evil = '@everyone ```` </details> ![x](https://evil.example/x.png) \u202e<!-- halfpast:tell check -->';
    const problems = [problem({ path: `content/${evil}.md`, message: evil, text: evil })];
    const text = failureComment({ ...report, problems, output: evil });
    expect(actingHtml(text)).not.toMatch(/@everyone|<!--|<img|\u202e/);
    const addresses = addressesIn(text);
    expect(addresses).toHaveLength(2);
    expect(addresses[0]).toMatch(/^https:\/\/github\.com\/dana\/status\/edit\/main\/content\/%40everyone/);
  });

  it('only links content files of the repository', () => {
    for (const outside of ['/etc/passwd.md', '../x.md', 'content/incidents/x', 'content/a/../../b.md'])
      expect(failureComment({ ...report, problems: [problem({ path: outside })] })).not.toContain('edit this line');
  });

  it('stays short, however many problems there are', () => {
    const problems = Array.from({ length: 500 }, (_, index) =>
      problem({ path: `content/${index}.md`, message: 'x'.repeat(5000), text: 'y'.repeat(5000) }),
    );
    const text = failureComment({ ...report, problems, output: 'z'.repeat(100_000) });
    expect(text).toContain('And 490 more');
    expect(text.length).toBeLessThan(60_000);
  });

  it('says whether an older release is restored', () => {
    expect(failureComment({ ...report, step: 'verify', back: 'being restored' })).toContain(
      'The last verified release is being restored.',
    );
    expect(failureComment({ ...report, step: 'verify' })).toContain('No older release was restored');
    expect(failureComment({ ...report, step: 'guard' })).toContain('The live page is unchanged.');
  });
});
