import { describe, expect, it } from 'vitest';
import { markdownProblems } from '../../../src/lib/content/body.ts';
import { articleHtml } from '../../../src/lib/markdown.ts';
import { plainText } from '../../../src/lib/plain-text.ts';

const head = '---\nstatus: resolved\n---\n';
const problems = (body: string): string[] =>
  markdownProblems(`${head}${body}\n`, body, 'a.md').map(({ line, message }) => `${line}: ${message}`);

const list = (levels: number): string =>
  Array.from({ length: levels }, (_, level) => `${'  '.repeat(level)}- level ${level + 1}`).join('\n');

describe('a text that wouldn’t be shown as written', () => {
  it('is rejected if lists are nested too deeply, with the line', () => {
    expect(problems(`Text.\n\n${list(11)}`)).toEqual([
      '16: nests quotes or lists more than 10 levels deep. Use fewer levels',
    ]);
  });

  it.each([
    ['quotes', `${'>'.repeat(11)} a`],
    ['quotes with spaces', `${'> '.repeat(200)}a`],
    ['lists on one line', `${'- '.repeat(11)}a`],
    ['numbers on one line', `${'1. '.repeat(11)}a`],
    ['both', `${'> 1. '.repeat(6)}a`],
    ['lists by tabs', Array.from({ length: 11 }, (_, level) => `${'\t'.repeat(level)}- a`).join('\n')],
    ['deeper than the parser goes', list(300)],
  ])('%s are too deep', (_, body) => {
    expect(problems(body)).toHaveLength(1);
  });

  it('is fine up to that limit, with every word on the page', () => {
    const body = list(10);
    expect(problems(body)).toEqual([]);
    const text = plainText(articleHtml(body, 'https://status.example.com/'));
    for (let level = 1; level <= 10; level++) expect(text).toContain(`level ${level}`);
    expect(problems(`${'> '.repeat(10)}a`)).toEqual([]);
    expect(problems(`${' '.repeat(60)}indented code\n\n${'-'.repeat(80)}`)).toEqual([]);
  });

  it('is rejected if a reusable link is long, since a small file could make a huge page', () => {
    const long = (length: number): string => `[here]: https://example.com/${'x'.repeat(length)}\n\n[here]`;
    expect(problems(long(2000))).toEqual([
      '4: defines the link [here] with more than 2000 characters. Shorten its address or title',
    ]);
    expect(problems(`[here]: https://example.com/ "${'x'.repeat(2000)}"\n\n[here]`)).toHaveLength(1);
    expect(problems(long(1900))).toEqual([]);
  });

  it('is rejected if it uses a link so often that a small file would make a huge page', () => {
    const often = (times: number): string => `[a]: https://example.com/${'x'.repeat(1900)}\n\n${'[a] '.repeat(times)}`;
    expect(problems(often(15_000))).toEqual([
      '4: has 28125 KiB of link addresses and titles, and 256 KiB is the limit. Link to them less often',
    ]);
    expect(problems(often(100))).toEqual([]);
  });

  it('is rejected if it has an image that readers can’t load, in Markdown or HTML, but not for other text', () => {
    const wrong = (address: string): string =>
      `has an image at "${address}", which readers cannot load. Use its full address, https://…`;
    expect(problems('See\n![plot](plot.png)')).toEqual([`5: ${wrong('plot.png')}`]);
    expect(problems("<img alt=x src='http://example.com/p.png'>")).toEqual([`4: ${wrong('http://example.com/p.png')}`]);
    expect(problems('a <IMG\nSRC=p.png> b')).toEqual([`5: ${wrong('p.png')}`]);
    expect(problems('![a][b]\n\n[b]: p.png')).toHaveLength(1);
    expect(problems('`![a](b.png)` <img alt="no address"> ![ok](https://example.com/a b)\n\n    <img src=x>')).toEqual(
      [],
    );
  });
});
