import { describe, expect, it } from 'vitest';
import { readFrontMatter } from '../../../src/lib/content/front-matter.ts';
import { processorTime } from '../../support/processor-time.ts';

function read(text: string) {
  const matter = readFrontMatter(text, 'a.md');
  if (Array.isArray(matter)) throw new Error(matter.map(({ message }) => message).join());
  return matter;
}

describe('front matter', () => {
  it('is separated from the text', () => {
    expect(read('---\nstatus: resolved\n---\nAll is well.\n')).toMatchObject({
      data: { status: 'resolved' },
      body: 'All is well.',
    });
  });

  it('keeps a line of hyphens in the text', () => {
    const body = 'Above.\n\n---\n\nBelow.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n---js\n---';
    expect(read(`---\nstatus: resolved\n---\n${body}\n`).body).toBe(body);
  });

  it('accepts spaces after the hyphens', () => {
    const { data, body, locate } = read('---  \nstatus: resolved\n--- \nAll is well.\n');
    expect({ data, body }).toEqual({ data: { status: 'resolved' }, body: 'All is well.' });
    expect(locate(['status'])).toEqual({ line: 2, column: 9 });
  });

  it('keeps text about front matter', () => {
    const body = '```yaml\n---\nstatus: investigating\n---\n```\n\n<!-- more -->\n\n---excerpt';
    expect(read(`---\nstatus: resolved\n---\n${body}`).body).toBe(body);
  });

  it('ends at the first line of hyphens, even inside a quoted value', () => {
    expect(readFrontMatter('---\ntitle: "a\n---\nb"\n---\nText.\n', 'a.md')).toMatchObject([{ line: 2, column: 8 }]);
  });

  it('counts lines from the top of the file', () => {
    expect(read('---\n\n# why\nstatus: resolved\n---\nText.\n').locate(['status'])).toEqual({ line: 4, column: 9 });
  });

  it('that’s the same in two files is parsed once, and neither can change what the other reads', () => {
    const text = '---\nstatus: resolved\ncomponents:\n  a: operational\n---\n';
    const [one, two] = [read(`${text}Text.\n`), read(`${text}Other.\n`)];
    expect(two.data).toBe(one.data);
    expect([one.body, two.body]).toEqual(['Text.', 'Other.']);
    expect(() => Object.assign((one.data as { components: object }).components, { b: 'operational' })).toThrow(
      TypeError,
    );
  });

  it('that’s wrong in the same way in two files is reported for each', () => {
    for (const fields of ['lead:', 'lead: "Dana']) {
      const files = ['a.md', 'b.md'].map((path) => {
        const matter = readFrontMatter(`---\nstatus: resolved\n${fields}\n---\nText.\n`, path);
        return (Array.isArray(matter) ? matter : matter.problems).map(({ file }) => file);
      });
      expect(files).toEqual([['a.md'], ['b.md']]);
    }
  });

  it('is cached for the five hundred texts that were read last', () => {
    const of = (nth: number): unknown => read(`---\nlead: Person ${nth}\n---\nText.\n`).data;
    const [first, second] = [of(0), of(1)];
    for (let nth = 2; nth < 500; nth += 1) of(nth);
    expect(of(0), 'the five hundredth has room').toBe(first);
    of(500);
    expect(of(0), 'what was read again is kept').toBe(first);
    expect(of(1), 'what was read longest ago is not').not.toBe(second);
  });

  it('has at most 32 KiB', () => {
    const fields = (length: number): string => `lead: ${'x'.repeat(length - 'lead: '.length)}`;
    expect(readFrontMatter(`---\n${fields(32 * 1024)}\n---\nText.\n`, 'a.md')).toMatchObject({ body: 'Text.' });
    expect(readFrontMatter(`---\n${fields(32 * 1024 + 1)}\n---\nText.\n`, 'a.md')).toEqual([
      {
        file: 'a.md',
        field: null,
        line: 2,
        column: 1,
        fix: null,
        message: 'has more than 32 KiB of fields. Put the text below the second "---"',
      },
    ]);
  });

  it.each(['js', ' js', 'javascript', 'json', 'coffee'])('is never run as a program: ---%s', (language) => {
    const text = `---${language}\n{ "status": globalThis.wasRun = true }\n---\nText.\n`;
    const message = expect.stringContaining('does not start with');
    expect(readFrontMatter(text, 'a.md')).toMatchObject([{ line: 1, message }]);
    expect(globalThis).not.toHaveProperty('wasRun');
  });

  it('has at most 100 blank lines in a row', () => {
    const withBlanks = (count: number): string =>
      `---\nlead: Dana\n${' \n'.repeat(count)}status: resolved\n---\nText.\n`;
    expect(read(withBlanks(100)).locate(['status'])).toEqual({ line: 103, column: 9 });
    expect(readFrontMatter(withBlanks(101), 'a.md')).toEqual([
      {
        file: 'a.md',
        field: null,
        line: 3,
        column: 1,
        fix: null,
        message: 'has more than 100 blank lines between its fields. Delete them',
      },
    ]);
  });

  it.each([
    ['as fields', `---\n${'\n'.repeat(64 * 1024)}status: resolved\n---\nText.\n`],
    ['as fields that are just short enough', `---\n${'\n'.repeat(31 * 1024)}status: resolved\n---\nText.\n`],
    ['as text', `---\nstatus: resolved\n---\n${'\n'.repeat(64 * 1024)}Text.\n`],
  ])('doesn’t take long with 64 KiB of blank lines %s', (_, text) => {
    expect(processorTime(() => readFrontMatter(text, 'a.md'))).toBeLessThan(500);
  });

  it.each(['', '\n', '# later\n', '\n  # later\n'])(
    'needs fields, even if there are only blank lines and comments: %j',
    (fields) => {
      const message = expect.stringContaining('has no fields');
      expect(readFrontMatter(`---\n${fields}---\nText.\n`, 'a.md')).toMatchObject([{ line: 2, message }]);
    },
  );

  it('that’s read twice becomes two objects, and a change to one doesn’t affect the other', () => {
    const text = '---\nstatus: resolved\n---\nText.\n';
    const [one, two] = [read(text), read(text)];
    Object.assign(one, { body: 'Changed.' });
    expect(two.body).toBe('Text.');
    expect(read(text)).toEqual(two);
  });

  it('reports a missing text together with invalid fields', () => {
    expect(readFrontMatter('---\nlead: @dana\n---\n', 'a.md')).toHaveLength(2);
  });
});
