import { describe, expect, it } from 'vitest';
import { articleHtml, requireHarmless, updateHtml } from '../../../src/lib/markdown.ts';

const page = 'https://status.example.com/incidents/2026-11-22-checkout/';
const html = (markdown: string): string => updateHtml(markdown, page);

describe('the text of an update', () => {
  it.each([
    ['a line break is a line break', 'one\ntwo', '<p>one<br>two</p>'],
    ['the breaks of imported updates survive', 'one<br /><br />two', '<p>one<br><br>two</p>'],
    [
      'a link survives',
      '[help](https://example.com/a?b=1&c=2)',
      '<p><a href="https://example.com/a?b=1&amp;c=2">help</a></p>',
    ],
    [
      'a bare address becomes a link',
      'see https://example.com/x',
      '<p>see <a href="https://example.com/x">https://example.com/x</a></p>',
    ],
    [
      'a link without a host is taken from the page',
      '[other](../2026-11-20-search/)',
      '<p><a href="https://status.example.com/incidents/2026-11-20-search/">other</a></p>',
    ],
    ['a list survives', '- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
    ['code survives', 'run `a<b`', '<p>run <code>a&lt;b</code></p>'],
    [
      'an image has a text and is loaded late',
      '![plot](https://example.com/p.png)',
      '<p><img alt="plot" loading="lazy" src="https://example.com/p.png"></p>',
    ],
    ['headings go below those of the page', '# Big', '<h2>Big</h2>'],
    [
      'what begins with www is a link, without the signs behind it',
      'see (www.example.com/a_b).',
      '<p>see (<a href="http://www.example.com/a_b">www.example.com/a_b</a>).</p>',
    ],
    ['an address of a mail is a link', 'a@example.com', '<p><a href="mailto:a@example.com">a@example.com</a></p>'],
    ['a name with a dot is no link', 'README.md, ftp://example.com', '<p>README.md, ftp://example.com</p>'],
    [
      'what looks like the end of a tag in a title stays',
      '[a](https://example.com/ "b />")',
      '<p><a title="b /&gt;" href="https://example.com/">a</a></p>',
    ],
    ['boxes to tick stay words', '- [ ] a', '<ul>\n<li>[ ] a</li>\n</ul>'],
    ['a sign that is no tag stays a sign', 'for < 2% of runs & more', '<p>for &lt; 2% of runs &amp; more</p>'],
    [
      'what stands between < and > and is nothing to HTML is text',
      'requests to <host>, <your-id a="b"> and List<String>',
      '<p>requests to &lt;host&gt;, &lt;your-id a="b"&gt; and List&lt;String&gt;</p>',
    ],
    ['also alone on a line', '<host>', '&lt;host&gt;'],
    [
      'what would take the text behind it for its own is text, too',
      'a <title> b <textarea> c <xmp> d <option> e',
      '<p>a &lt;title&gt; b &lt;textarea&gt; c &lt;xmp&gt; d &lt;option&gt; e</p>',
    ],
    ['it is shown as it stands in code', '`<host>`', '<p><code>&lt;host&gt;</code></p>'],
  ])('%s', (_, markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  it('keeps tables and the alignment of their columns', () => {
    expect(html('| a | b |\n| --- | --: |\n| 1 | 2 |')).toContain('<tr>\n<td>1</td>\n<td align="right">2</td>\n</tr>');
  });

  it.each(['http://example.com/', 'https://example.com/', 'mailto:a@example.com', 'tel:+4930123', 'sms:12345'])(
    'links to %s',
    (address) => {
      expect(html(`[a](${address})`)).toBe(`<p><a href="${address}">a</a></p>`);
    },
  );

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,a',
    'vbscript:a',
    'file:///etc/passwd',
    'ftp://example.com/',
    'blob:https://example.com/a',
    'x:y',
  ])('doesn’t link to %s', (address) => {
    expect(html(`[a](${address})`)).toBe('<p><a>a</a></p>');
    expect(html(`<a href="${address}">a</a>`)).toBe('<p><a>a</a></p>');
  });

  it.each(['http://example.com/a.png', 'data:image/png;base64,AA', 'javascript:alert(1)'])(
    'shows no image from %s',
    (address) => {
      expect(html(`![a](${address})`)).toBe('<p></p>');
    },
  );

  it('only has text and an address in a link', () => {
    expect(
      html(
        '<a href="https://example.com" target="_top" rel="opener" ping="https://evil.example" download onclick="a()">a</a>',
      ),
    ).toBe('<p><a href="https://example.com/">a</a></p>');
  });

  it("has no first-level heading, however it's written", () => {
    expect(html('# a\n\nb\n=\n\n<h1>c</h1>\n\n###### d')).toBe('<h2>a</h2>\n<h2>b</h2>\n<h2>c</h2>\n<h6>d</h6>');
    expect(articleHtml('# a\n\n<H1>b</H1>', page)).not.toMatch(/<h1/i);
  });

  it("closes every element that it opens, so that it can't affect the rest of the page", () => {
    expect(html('</div></article></main><div><b>a')).toBe('<div><b>a</b></div>');
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
  it('can be wrapped, and keeps its second-level headings', () => {
    expect(articleHtml('## What\n\none\ntwo', page)).toBe('<h2>What</h2>\n<p>one\ntwo</p>');
  });
});

describe('sanitized HTML is sanitized again', () => {
  it.each([
    '<p>x</p><br>',
    '<a href="https://x.example" title="onclick=1">x</a>',
    'onclick=&lt;script&gt;',
    '<img src="https://x.example/a.png" alt="" loading="lazy">',
    '<a title="&quot; onmouseover=&quot;x()">x</a>',
    '<abbr title="a style=b">x</abbr>',
  ])('and passes: %s', (html) => {
    expect(requireHarmless(html)).toBe(html);
  });

  it.each([
    '<script>x</script>',
    '<p onclick=x>',
    '<p style="color:red">',
    '<p dir="rtl" onclick="x">',
    '<a title="x"onclick="y">',
    '<svg>',
    '<Script>',
    '<abbreviation>',
    '<p',
    '<style>',
    '</iframe>',
  ])('and stops the build: %s', (html) => {
    expect(() => requireHarmless(`<p>so far</p>${html}`)).toThrow('the cleaned HTML of a text has <');
  });
});
