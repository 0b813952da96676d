import { describe, expect, it } from 'vitest';
import { checkContent } from '../../../src/lib/content/check-content.ts';

const now = Date.parse('2026-11-22T15:00:00Z');

const update = (title: string, body: string): string =>
  `---\ntitle: ${title}\nstatus: identified\nimpact: minor\n---\n${body}\n`;
const postmortem = (body: string): string =>
  `---\ntitle: x\ndraft: true\nauthors: [Dana]\nsummary: x\ncustomer_data: unaffected\n---\n${body}\n`;

/** The warnings about a text, with their line and column in it. */
async function warnings(
  body: string,
  { url = 'https://status.example.com', isPostmortem = false } = {},
): Promise<string[]> {
  const content = {
    'components.yml': 'components:\n  - id: checkout\n    name: Checkout\n',
    'incidents/a/2026-11-20T0900Z.md': update('a', isPostmortem ? 'Text.' : body),
    'incidents/b/2026-11-21T1000Z.md': update('b', 'Text.'),
    'maintenance/m/2026-11-21T1000Z.md':
      '---\ntitle: m\nstatus: scheduled\nscheduled_for: 2026-12-01T10:00Z\nscheduled_until: 2026-12-01T11:00Z\n---\nSoon.\n',
    'postmortems/a.md': postmortem(isPostmortem ? body : 'Text.'),
    'postmortems/b.md': postmortem('Text.').replace('draft: true', 'published: 2026-11-22T10:00Z\nnotify: false'),
    'site.yml': `name: x\nurl: ${url}\ntime_zone: UTC\n`,
  };
  const files = Object.entries(content).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const checked = await checkContent(
    { files, folders: ['incidents/a', 'incidents/b', 'maintenance/m'], others: [] },
    now,
  );
  if ('problems' in checked) expect(checked.problems).toEqual([]);
  const before = isPostmortem ? 7 : 5;
  return checked.warnings
    .filter(({ message }) => !message.startsWith('has the email') && !message.startsWith('has the internal'))
    .map(({ line, column, message }) => `${line - before}:${column} ${message}`);
}

const nowhere =
  "leads to a page that doesn't exist. Use a full address, https://…, or a path from the root of the site, such as /history/";

describe('a broken link', () => {
  it.each([
    [
      '[x](www.example.com)',
      '1:5 the link "www.example.com" is read as a path on this site. Write https://www.example.com',
    ],
    [
      'a\n\n- see [x](example.com/a?b)',
      '3:11 the link "example.com/a?b" is read as a path on this site. Write https://example.com/a?b',
    ],
    [
      '[x](localhost:3000/a)',
      '1:5 the link "localhost:3000/a" is read as a path on this site. Write https://localhost:3000/a',
    ],
    [
      '[x](https:example.com)',
      '1:5 the link "https:example.com" is read as a path on this site. Write https://example.com',
    ],
    [
      '[x](https//example.com)',
      '1:5 the link "https//example.com" is read as a path on this site. Write https://example.com',
    ],
    [
      '[x](help@example.com)',
      '1:5 the link "help@example.com" is read as a path on this site. Write mailto:help@example.com',
    ],
    ['[x](+49-30-123)', '1:5 the link "+49-30-123" is read as a path on this site. Write tel:+4930123'],
    [
      '[x](https://)',
      '1:5 the link "https://" is not an address. Use a full address, https://…, or a path from the root of the site, such as /history/',
    ],
    ['[x]()', '1:1 the link "[x]()" has no address. Add it in the parentheses, or delete the brackets'],
    ['[x](notes.md)', `1:5 the link "notes.md" ${nowhere}`],
    ['[x](history/)', `1:5 the link "history/" ${nowhere}`],
    ['[x](/postmortems/a/)', `1:5 the link "/postmortems/a/" ${nowhere}`],
    ['[x](../c/)', `1:5 the link "../c/" ${nowhere}`],
    ['[x](/incidents/c/)', `1:5 the link "/incidents/c/" ${nowhere}`],
    [
      '[x](https://status.example.com/components/basket)',
      `1:5 the link "https://status.example.com/components/basket" ${nowhere}`,
    ],
    [
      '[x](../b/2026-11-21T1000Z.md)',
      '1:5 the link "../b/2026-11-21T1000Z.md" is not published under this name. Write ../b/#2026-11-21T1000Z',
    ],
    [
      '[x](2026-11-20T0900Z.md)',
      '1:5 the link "2026-11-20T0900Z.md" is not published under this name. Write #2026-11-20T0900Z',
    ],
    [
      '[x](#nowhere)',
      '1:5 the link "#nowhere" leads to an update that doesn\'t exist. Use the name of an update, such as #2026-11-20T0900Z',
    ],
    [
      '[x](#)',
      '1:5 the link "#" leads to an update that doesn\'t exist. Use the name of an update, such as #2026-11-20T0900Z',
    ],
    [
      '[x](../b/#2026-11-20T0900Z)',
      '1:5 the link "../b/#2026-11-20T0900Z" leads to an update that doesn\'t exist. Use the name of an update, such as #2026-11-21T1000Z',
    ],
    [
      '[x](ftp://example.com)',
      '1:5 the link "ftp://example.com" is removed from the page. Use https, mailto, tel or sms',
    ],
    [
      '[x](javascript:alert)',
      '1:5 the link "javascript:alert" is removed from the page. Use https, mailto, tel or sms',
    ],
    [
      '[x](sip:help@example.com)',
      '1:5 the link "sip:help@example.com" is removed from the page. Use https, mailto, tel or sms',
    ],
    [
      '<a href="www.example.com">x</a>',
      '1:10 the link "www.example.com" is read as a path on this site. Write https://www.example.com',
    ],
    ['<div>\n<a href=notes.md>x</a></div>', `2:9 the link "notes.md" ${nowhere}`],
    ['[x][y]\n\n[y]: notes.md', `1:1 the link "notes.md" ${nowhere}`],
    [
      'see [x][y]',
      '1:5 has "[x][y]", but no line defines [y]. Write [x](https://…); if it is text, put it in backticks',
    ],
    [
      'a[^1]\n\n[^1]: Rumour',
      '1:2 has the footnote "[^1]", which pages don\'t show. Write the note in parentheses instead',
    ],
    [
      'a[^1] b[^1]\n\n[^1]: A long note.',
      '1:2 has the footnote "[^1]", which pages don\'t show. Write the note in parentheses instead',
    ],
    [
      'a\n\n[^note]: Rumour',
      '3:1 has the footnote "[^note]", which pages don\'t show. Write the note in parentheses instead',
    ],
    [
      'a\n\n[Update]: Fixed',
      '3:1 has the line "[Update]: Fixed", which Markdown reads as a link definition, so readers don\'t see it. Put a backslash before "["',
    ],
  ])('%s', async (body, expected) => {
    expect(await warnings(body)).toEqual([expected]);
  });

  it("in a postmortem is a path relative to its page, or a heading that it doesn't have", async () => {
    const options = { isPostmortem: true };
    expect(await warnings('[x](#what-happened) [y](#text-what-happened) [z](../b/)', options)).toEqual([
      '1:5 the link "#what-happened" leads to a heading that doesn\'t exist. Write #text-what-happened, as next to the heading on the page',
    ]);
    expect(await warnings('[x](../incidents/b/)', options)).toHaveLength(1);
    expect(await warnings('[x](../../incidents/b/)', options)).toEqual([]);
  });

  it('of a site in a folder leads outside that folder', async () => {
    const url = 'https://example.com/status';
    expect(await warnings('[x](/incidents/b)', { url })).toEqual([
      '1:5 the link "/incidents/b" is outside this site, which is in /status/. Write /status/incidents/b/',
    ]);
    expect(await warnings('[x](/history/)', { url })).toHaveLength(1);
    expect(await warnings('[x](/status/history/) [y](/status/incidents/b) [z](/shop/) [w](../b/)', { url })).toEqual(
      [],
    );
  });
});

it.each([
  'https://example.com http://example.com/a.md www.example.com help@example.com',
  '[x](mailto:help@example.com) [x](tel:+4930123) [x](sms:12345) [x](HTTPS://example.com/)',
  '[x](//example.com/a) [x](/) [x](/history/) [x](/about) [x](/rss.xml)',
  '[x](../b/) [x](../b) [x](/incidents/b/index.html) [x](/incidents/b.txt) [x](../../maintenance/m/) [x](/postmortems/b/)',
  '[x](#2026-11-20T0900Z) [x](../b/#2026-11-21T1000Z) [x](/components/checkout/) [x](https://status.example.com/postmortems/)',
  '[x][y] [y][] [Y]\n\n[y]: https://example.com',
  'rows[0][1], `[x][y]`, [x], \\[x][y], <error:timeout>, ftp://example.com',
  '```\n[x](notes.md) a[^1]\n[Update]: Fixed\n```',
])('nothing is wrong with %s', async (body) => {
  expect(await warnings(body)).toEqual([]);
});
