import { describe, expect, it } from 'vitest';
import { articleHtml, plainText, updateHtml } from '../../src/views/markdown.ts';

const page = 'https://status.example.com/incidents/2026-11-22-checkout/';
const html = (markdown: string): string => updateHtml(markdown, page);

describe('the text of an update', () => {
  it.each([
    ['a line break is a line break', 'one\ntwo', '<p>one<br>two</p>'],
    ['the breaks of imported updates survive', 'one<br /><br />two', '<p>one<br><br>two</p>'],
    ['a link survives', '[help](https://example.com/a?b=1&c=2)', '<p><a href="https://example.com/a?b=1&amp;c=2">help</a></p>'],
    ['a bare address becomes a link', 'see https://example.com/x', '<p>see <a href="https://example.com/x">https://example.com/x</a></p>'],
    ['a link without a host is taken from the page', '[other](../2026-11-20-search/)', '<p><a href="https://status.example.com/incidents/2026-11-20-search/">other</a></p>'],
    ['a list survives', '- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
    ['code survives', 'run `a<b`', '<p>run <code>a&lt;b</code></p>'],
    ['an image has a text and is loaded late', '![plot](https://example.com/p.png)', '<p><img alt="plot" loading="lazy" src="https://example.com/p.png"></p>'],
    ['headings go below those of the page', '# Big', '<h2>Big</h2>'],
    ['a sign that is no tag stays a sign', 'for < 2% of runs & more', '<p>for &lt; 2% of runs &amp; more</p>'],
  ])('%s', (_, markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  it('keeps tables', () => {
    expect(html('| a | b |\n| --- | --- |\n| 1 | 2 |')).toContain('<td>1</td>');
  });

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a handler', '<img src="https://example.com/x.png" onerror="alert(1)">'],
    ['a javascript: link', '[x](javascript:alert(1))'],
    ['a javascript: link in disguise', '<a href="&#106;avascript:alert(1)">x</a>'],
    ['a data: image', '<img src="data:image/svg+xml,<svg onload=alert(1)>">'],
    ['a frame', '<iframe src="https://example.com"></iframe>'],
    ['a style', '<p style="position:fixed">x</p><style>*{display:none}</style>'],
    ['an id that could be taken for ours', '<p id="content" name="x" class="banner">x</p>'],
    ['a form', '<form action="https://example.com"><input name="card"></form>'],
  ])('drops %s', (_, markdown) => {
    expect(html(markdown)).not.toMatch(/script|onerror|onload|javascript|data:|iframe|style|\sid=|class=|form|input/i);
  });
});

describe('the text of a postmortem', () => {
  it('may be wrapped, and keeps its second-level headings', () => {
    expect(articleHtml('## What\n\none\ntwo', page)).toBe('<h2>What</h2>\n<p>one\ntwo</p>');
  });
});

describe('plain text', () => {
  it('says the same without markup, with the addresses of links', () => {
    const text = plainText(html('We <b>know</b> & fix.<br><br>See [help](https://example.com/a?b&c).\n\n- one\n- two'));
    expect(text).toBe('We know & fix.\n\nSee help (https://example.com/a?b&c).\n\n- one\n- two');
  });
});
