import { describe, expect, it } from 'vitest';
import {
  compose,
  correctedLine,
  readProblem,
  type Telling,
  type ToldProblem,
} from '../../../../scripts/publish/problem-comment.ts';
import { actingHtml, addressesIn } from '../../../support/markdown.ts';

const path = 'content/incidents/2026-11-22-checkout-errors/2026-11-22T1430Z.md';

function problem(rest: string): ToldProblem {
  const read = readProblem(`${path}:${rest}`);
  if (read === null) throw new Error('not a problem');
  return read;
}

describe('the corrected line', () => {
  it.each([
    ['2:9  status: "resovled" is not a status. Did you mean "resolved"?', 'status: resovled', 'status: resolved'],
    [
      '2:9  status: "resovled" is not a status. Did you mean "resolved"?',
      'status: "resovled"  # done',
      'status: "resolved"  # done',
    ],
    [
      '4:3  components.chekout: is not a component of components.yml. Did you mean "checkout"?',
      '  chekout: partial_outage',
      '  checkout: partial_outage',
    ],
    [
      '4:3  components.eu.checkout: is not a component of components.yml. Did you mean "checkout"?',
      '  eu.checkout: operational',
      '  checkout: operational',
    ],
    ['3:1  nextupdate: is not a field here. Did you mean "next_update"?', 'nextupdate: 30m', 'next_update: 30m'],
    ['3:8  title: 503 is not text for YAML. Put it in quotes: "503"', 'title: 503', 'title: "503"'],
    [
      '3:9  edited: "2026-11-22T15:30" has no offset. If it is 15:30 in Europe/Berlin, type 2026-11-22T14:30Z; if it is UTC, put Z behind it',
      'edited: 2026-11-22T15:30',
      'edited: 2026-11-22T14:30Z',
    ],
  ])('of %s', (rest, line, expected) => {
    expect(correctedLine(problem(rest), line)).toBe(expected);
  });

  it('is not guessed where the message does not say it, or the file is another by now', () => {
    expect(
      correctedLine(
        problem('2:9  status: "fixed" is not a status. Type one of: investigating, identified.'),
        'status: fixed',
      ),
    ).toBeNull();
    expect(
      correctedLine(problem('2:9  status: "resovled" is not a status. Did you mean "resolved"?'), 'status: resolved'),
    ).toBeNull();
    expect(
      correctedLine(problem('2:90  status: "resovled" is not a status. Did you mean "resolved"?'), 'status: resovled'),
    ).toBeNull();
  });
});

const telling: Telling = {
  step: 'check',
  commit: 'c0ffee0000000000000000000000000000000000',
  back: null,
  place: {
    server: 'https://github.com',
    repository: 'dana/status',
    branch: 'main',
    help: 'https://github.com/dana/status/blob/main/docs/when-it-goes-wrong.md',
  },
  told: [],
};

describe('what the author of a commit reads', () => {
  it('names the place, the line, the corrected line, where to edit it and what became of the page', () => {
    const told = [
      {
        problem: problem('2:9  status: "resovled" is not a status. Did you mean "resolved"?'),
        line: 'status: resovled',
      },
      { words: '1 problem' },
    ];
    expect(compose({ ...telling, told })).toBe(`### The content has problems

c0ffee0 stopped at \`check\`. The live page is as it was.

**\`${path}:2\`** · [edit this line](https://github.com/dana/status/edit/main/${path}#L2)
\`\`\`text
status: "resovled" is not a status. Did you mean "resolved"?
\`\`\`
Type:
\`\`\`diff
- status: resovled
+ status: resolved
\`\`\`

\`\`\`text
1 problem
\`\`\`

[What to do now](https://github.com/dana/status/blob/main/docs/when-it-goes-wrong.md)`);
  });

  it('shows text from outside and does nothing with it', () => {
    const evil = '@everyone ```` </details> ![x](https://evil.example/x.png) \u202e<!-- halfpast:tell check -->';
    const text = compose({
      ...telling,
      told: [
        { problem: { path: `content/${evil}.md`, line: 1, column: 1, field: null, message: evil }, line: evil },
        { words: evil },
      ],
    });
    expect(actingHtml(text)).not.toMatch(/@everyone|<!--|<img|\u202e/);
    const addresses = addressesIn(text);
    expect(addresses).toHaveLength(2);
    expect(addresses[0]).toMatch(/^https:\/\/github\.com\/dana\/status\/edit\/main\/content\/%40everyone/);
  });

  it('has no link for what is not a content file of the repository', () => {
    for (const outside of ['/etc/passwd.md', '../x.md', 'content/incidents/x', 'content/a/../../b.md']) {
      expect(
        compose({
          ...telling,
          told: [{ problem: { path: outside, line: 1, column: 1, field: null, message: 'x' }, line: null }],
        }),
      ).not.toContain('edit this line');
    }
  });

  it('is short, however much is wrong', () => {
    const many = Array.from({ length: 500 }, (_, index) => ({
      problem: { path: `content/${index}.md`, line: 1, column: 1, field: null, message: 'x'.repeat(5000) },
      line: 'y'.repeat(5000),
    }));
    const text = compose({ ...telling, told: [...many, { words: 'z'.repeat(100_000) }] });
    expect(text).toContain('And 490 more');
    expect(text.length).toBeLessThan(60_000);
  });

  it('says that an older release comes back, or that none does', () => {
    expect(compose({ ...telling, step: 'verify', back: 'being put back' })).toContain(
      'The last release that verified is being put back.',
    );
    expect(compose({ ...telling, step: 'verify' })).toContain('No older release is put back');
    expect(compose({ ...telling, step: 'guard' })).toContain('The live page is as it was.');
  });
});
