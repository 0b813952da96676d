import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../../scripts/live/http.ts';
import { checkFile, checkNewest, contentTypeOf } from '../../../../scripts/publish/verify/responses.ts';
import type { VerifyFinding } from '../../../../scripts/publish/verify/served-files.ts';

type Headers = Readonly<Record<string, string>>;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const answer = (body: string, headers: Headers = {}, status = 200): Answer => ({
  kind: 'answer',
  status,
  headers,
  body: bytes(body),
});

const lines = (findings: readonly VerifyFinding[]): string[] =>
  findings.map(({ level, kind, path, message }) => `${level}, ${kind}: ${path} ${message}`);

/** The problems found in a file that's served as built, with these headers. */
const served = (file: string, headers: Headers, text = 'x'): string[] =>
  lines(checkFile(file, bytes(text), answer(text, { 'content-type': contentTypeOf(file), ...headers })));

const untyped = (file: string, headers: Headers = {}): string[] =>
  lines(checkFile(file, bytes('x'), answer('x', headers)));

describe('the content type', () => {
  it.each([
    ['/index.html', 'text/html; charset=utf-8'],
    ['/rss.xml', 'application/xml'],
    ['/api/v2/summary.json', 'application/json'],
    ['/robots.txt', 'text/plain; charset=utf-8'],
    ['/maintenance.ics', 'text/calendar; charset=utf-8'],
    ['/a.MJS', 'text/javascript; charset=utf-8'],
    ['/icon.svg', 'image/svg+xml'],
    ['/photo.png', 'application/octet-stream'],
    ['/html', 'application/octet-stream'],
    ['/v1.css/notes', 'application/octet-stream'],
  ])('of %s is %s', (file, type) => {
    expect(contentTypeOf(file)).toBe(type);
  });

  it.each([
    ['html', ['text/html', ' Text/HTML ; charset=UTF-8']],
    ['xml', ['application/xml', 'text/xml', 'application/rss+xml', 'application/atom+xml']],
    ['rss', ['application/rss+xml', 'application/xml', 'text/xml']],
    ['atom', ['application/atom+xml', 'application/xml', 'text/xml']],
    ['json', ['application/json', 'application/feed+json']],
    ['txt', ['text/plain']],
    ['ics', ['text/calendar']],
    ['css', ['text/css']],
    ['js', ['text/javascript', 'application/javascript']],
    ['mjs', ['text/javascript', 'application/javascript']],
    ['svg', ['image/svg+xml']],
    ['png', ['image/png', '']],
  ])('of .%s may be any of %j', (extension, types) => {
    for (const type of types) expect(served(`/a.${extension}`, { 'content-type': type })).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['/a.css', 'text/plain', 'problem, content-type: /a.css is served as text/plain, not as text/css'],
    ['/a.xml', 'text/plain', 'problem, content-type: /a.xml is served as text/plain, not as application/xml'],
    [
      '/a.txt',
      'application/octet-stream',
      'problem, content-type: /a.txt is served as application/octet-stream, not as text/plain',
    ],
    ['/a.png', 'text/html', 'problem, content-type: /a.png is served as text/html'],
    ['/a.ics', 'text/plain', 'note, content-type: /a.ics is served as text/plain, not as text/calendar'],
    [
      '/a.ics',
      'application/octet-stream',
      'note, content-type: /a.ics is served as application/octet-stream, not as text/calendar',
    ],
    ['/a.ics', 'text/css', 'problem, content-type: /a.ics is served as text/css, not as text/calendar'],
  ])('of %s as %s is wrong', (file, type, line) => {
    expect(served(file, { 'content-type': type })).toEqual([line]);
  });

  it('must not be missing, unless browsers go by the content', () => {
    expect(untyped('/a.xml')).toEqual([
      'problem, content-type: /a.xml is served without a content type, not as application/xml',
    ]);
    expect(untyped('/a.ics')).toEqual([
      'note, content-type: /a.ics is served without a content type, not as text/calendar',
    ]);
    expect(untyped('/a.png')).toEqual([]);
  });
});

describe('the charset', () => {
  it.each(['utf-8', '"UTF-8"', 'utf8', ' = us-ascii'])('may be %s', (charset) => {
    const type = `text/plain; charset${charset.includes('=') ? '' : '='}${charset}`;
    expect(served('/a.txt', { 'content-type': type }, 'é')).toEqual([]);
  });

  it("can't be anything else", () => {
    expect(served('/a.txt', { 'content-type': 'text/plain;CHARSET="Latin1";x=y' }, 'é')).toEqual([
      'problem, charset: /a.txt is served with the charset latin1, not utf-8',
    ]);
  });

  it.each([
    ['/a.txt', 'text/plain'],
    ['/a.ics', 'text/calendar'],
    ['/a.css', 'text/css'],
    ['/a.js', 'text/javascript'],
    ['/a.mjs', 'text/javascript'],
  ])('of %s matters if it has letters other than ASCII', (file, type) => {
    expect(served(file, { 'content-type': type }, 'caf\u00e9')).toEqual([
      `note, charset: ${file} is served without a charset. Set charset=utf-8, or letters such as é are garbled`,
    ]);
    expect(served(file, { 'content-type': type }, 'cafe\u007f')).toEqual([]);
  });

  it('can be missing if the format specifies it', () => {
    expect(served('/a.xml', { 'content-type': 'text/xml' }, 'é')).toEqual([]);
  });
});

describe('caching', () => {
  const note = (file: string, age: string, header: string): string =>
    `note, cache: ${file} may be up to ${age} out of date: its headers let caches keep it that long (${header})`;

  it.each([
    ['max-age=601', '10 minutes'],
    ['max-age="900"', '15 minutes'],
    ['Max-Age = 3599', '59 minutes'],
    ['max-age=3600', '1 hour'],
    ['max-age=7199', '119 minutes'],
    ['max-age=7200, s-maxage=60', '2 hours'],
    ['public, max-age=60, s-maxage=86399', '23 hours'],
    ['max-age=86400', '1 day'],
    ['max-age=172799', '47 hours'],
    ['max-age=172800', '2 days'],
  ])('for %s is noted as up to %s', (header, age) => {
    expect(served('/rss.xml', { 'cache-control': header })).toEqual([
      note('/rss.xml', age, `cache-control: ${header}`),
    ]);
  });

  const [date, later] = ['Sun, 22 Nov 2026 15:00:00 GMT', 'Sun, 22 Nov 2026 16:00:00 GMT'];
  it.each<[string, Headers]>([
    ['ten minutes', { 'cache-control': 'max-age=600' }],
    ['revalidating', { 'cache-control': 'max-age=86400, No-Cache' }],
    ['storing nothing', { 'cache-control': 'no-store, max-age=86400' }],
    ['a short age, which counts more than Expires', { 'cache-control': 'max-age=60', date, expires: later }],
    ['Expires in the past', { date, expires: '0' }],
    ['Expires without a date', { expires: later }],
  ])('is fine: %s', (_, headers) => {
    expect(served('/rss.xml', headers)).toEqual([]);
  });

  it("by Expires counts if there's no Cache-Control", () => {
    expect(served('/rss.xml', { date, expires: later })).toEqual([note('/rss.xml', '1 hour', `expires: ${later}`)]);
  });

  it.each([
    '/index.html',
    '/a.xml',
    '/history.rss',
    '/history.atom',
    '/feed.json',
    '/incidents/a.txt',
    '/maintenance.ics',
  ])('of %s matters, because updates change it', (file) => {
    expect(served(file, { 'cache-control': 'max-age=900' })).toHaveLength(1);
  });

  it.each(['/a.css', '/a.js', '/icon.svg', '/photo.png', '/robots.txt', '/api/schema/site.json'])(
    'of %s never matters',
    (file) => {
      expect(served(file, { 'cache-control': 'max-age=31536000' })).toEqual([]);
    },
  );
});

describe('other headers', () => {
  it.each<[string, Headers, readonly string[]]>([
    [
      '/index.html',
      { 'content-disposition': 'Attachment; filename=index.html' },
      ['problem, download: / is served as a download (content-disposition)'],
    ],
    ['/index.html', { 'content-disposition': 'inline' }, []],
    ['/index.html', { 'x-robots-tag': 'NoIndex' }, ['note, noindex: / is hidden from search engines (x-robots-tag)']],
    ['/index.html', { 'x-robots-tag': 'none' }, ['note, noindex: / is hidden from search engines (x-robots-tag)']],
    ['/index.html', { 'x-robots-tag': 'noarchive' }, []],
    ['/rss.xml', { 'x-robots-tag': 'noindex' }, []],
  ])('of %s: %j', (file, headers, expected) => {
    expect(served(file, headers)).toEqual(expected);
  });
});

describe('the body', () => {
  const page = '<html><main>Slow</main><footer></footer></html>';
  it.each<[string, string, string, string, readonly string[]]>([
    ['the same', '/a/index.html', page, page, []],
    ['an empty file', '/rss.xml', 'abc', '', ['problem, empty: /rss.xml is empty']],
    ['the beginning', '/rss.xml', 'abc', 'ab', ['problem, truncated: /rss.xml is truncated after 2 bytes of 3 bytes']],
    [
      'more than was built',
      '/rss.xml',
      'abc',
      'abcd',
      ['problem, different: /rss.xml differs from the build: 4 bytes served, 3 bytes built'],
    ],
    [
      'fewer, but other bytes',
      '/rss.xml',
      'abc',
      'bc',
      ['problem, different: /rss.xml differs from the build: 2 bytes served, 3 bytes built'],
    ],
    [
      'another page',
      '/a/index.html',
      page,
      page.replace('Slow', 'Fast'),
      ['problem, different: /a/ has different content from the build'],
    ],
    [
      'a page without content',
      '/a/index.html',
      page,
      '<html></html>',
      ['problem, different: /a/ has different content from the build'],
    ],
    [
      'pages that both have none',
      '/a/index.html',
      '<html>a</html>',
      '<html>b</html>',
      ['problem, different: /a/ has different content from the build'],
    ],
    [
      'a page that ends early',
      '/a/index.html',
      page,
      `<!-- by a proxy -->${page.slice(0, -7)}`,
      ['problem, truncated: /a/ is truncated: 59 bytes, without </html> at the end'],
    ],
    [
      'a page with something around its content',
      '/a/index.html',
      page,
      `${page.replace('<footer>', '<script></script><footer>')}\n`,
      ['note, modified: /a/ was modified outside its main content, perhaps by the host or a proxy'],
    ],
  ])('may be compared: %s', (_, file, built, body, expected) => {
    expect(lines(checkFile(file, bytes(built), answer(body, { 'content-type': contentTypeOf(file) })))).toEqual(
      expected,
    );
  });

  it("of an error isn't compared", () => {
    expect(lines(checkFile('/rss.xml', bytes('abc'), answer('no', { 'x-robots-tag': 'none' }, 404)))).toEqual([
      'problem, status 404: /rss.xml returns status 404',
    ]);
    expect(lines(checkFile('/rss.xml', bytes('abc'), { kind: 'none', reason: 'timed out', unsent: false }))).toEqual([
      "problem, no-response: /rss.xml doesn't respond: timed out",
    ]);
  });
});

describe('the newest update', () => {
  const update = 'https://status.example.com/incidents/a/#2026-11-22T1405Z';
  const feed = (text: string): string =>
    `<rss><channel><item><guid>${update}</guid><title>T</title><pubDate>Sun, 22 Nov 2026 14:05:00 GMT</pubDate><description>${text}</description></item></channel></rss>`;
  const records = (status: string): string =>
    JSON.stringify({ updates: [{ id: '/incidents/a/#2026-11-22T1405Z', status }] });
  const whole = {
    update,
    page: '/incidents/a/',
    index: '<p>We look into it.</p>',
    feed: feed('&lt;p&gt;We look into it.&lt;/p&gt;'),
    html: '<article id="2026-11-22T1405Z"><p>We look into it.</p></article>',
    sitemap: '<url><loc>https://status.example.com/incidents/a/</loc></url>',
    records: records('investigating'),
  };
  const onPage = 'problem, newest: /incidents/a/';

  it.each<[string, Partial<Parameters<typeof checkNewest>[0]>, readonly string[]]>([
    ['everywhere', {}, []],
    ['without an index that was served', { index: null }, []],
    [
      'in a feed with other items',
      { feed: whole.feed.replace('T1405Z', 'T1404Z') },
      [`problem, newest: /rss.xml has no item for the newest update, ${update}`],
    ],
    ['in nothing that was served', { index: null, feed: null, html: null, sitemap: null, records: null }, []],
    [
      'missing from the feed, so its text is unknown',
      { feed: '<rss></rss>', html: '<p id="2026-11-22T1405Z"></p>', index: '' },
      [`problem, newest: /rss.xml has no item for the newest update, ${update}`],
    ],
    [
      'without its anchor',
      { html: '<article><p>We look into it.</p></article>' },
      [`${onPage} has no update 2026-11-22T1405Z`],
    ],
    [
      'without its text',
      { html: '<article id="2026-11-22T1405Z"></article>' },
      [`${onPage} doesn't show the text of the newest update, 2026-11-22T1405Z`],
    ],
    [
      'with one of its paragraphs',
      { feed: feed('&lt;p&gt;See this.&lt;/p&gt;&lt;p&gt;We look into it.&lt;/p&gt;') },
      [],
    ],
    ['without words, such as an image', { feed: feed(''), html: '<p id="2026-11-22T1405Z"></p>', index: '' }, []],
    [
      'missing from the index while it is open',
      { index: '<p>All good</p>' },
      [`problem, newest: / doesn't show the text of the newest update, ${update}`],
    ],
    ['missing from the index when resolved', { index: '', records: records('resolved') }, []],
    ['missing from the index when completed', { index: '', records: records('completed') }, []],
    ['missing from the index when nothing says that it is open', { index: '', records: null }, []],
    [
      'missing from the sitemap',
      { sitemap: '<url><loc>https://status.example.com/</loc></url>' },
      ["problem, newest: /sitemap.xml doesn't list /incidents/a/"],
    ],
    [
      'missing from the JSON',
      { records: '{"updates":[{"id":"/incidents/a/#2026-11-22T1404Z","status":"resolved"}]}' },
      [`${onPage} is missing from the updates in JSON: 2026-11-22T1405Z`],
    ],
    ['in JSON of another form', { records: '{}' }, [`${onPage} is missing from the updates in JSON: 2026-11-22T1405Z`]],
    ['in broken JSON', { records: '{' }, [`${onPage} is missing from the updates in JSON: 2026-11-22T1405Z`]],
  ])('is looked for: %s', (_, change, expected) => {
    expect(lines(checkNewest({ ...whole, ...change }))).toEqual(expected);
  });
});
