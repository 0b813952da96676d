import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltSite, httpGet, openBuiltSite } from '../../../../scripts/publish/verify/served-files.ts';
import type { Release } from '../../../../src/lib/api/release.ts';
import { type Verification, verifySite } from '../../../../scripts/publish/verify/verify-site.ts';
import { copyOfSite } from '../../../support/built-sites.ts';
import { temporaryFolder, write } from '../../../support/folders.ts';
import { call } from '../../call.ts';
import { deadAddress, type Fault, fileAt, host } from './host.ts';

const slug = '2026-11-20-phones';
const page = `/incidents/${slug}/`;
/** What the newest update says: each of its paragraphs. */
const newestText = /The exchange is down|We call back everybody/g;

const folder = mkdtempSync(join(tmpdir(), 'halfpast-'));
const { site: built } = copyOfSite('troubled', folder);
/** The site before its newest update. */
const before = join(folder, 'before');

function edit(site: string, path: string, change: (text: string) => string): void {
  const file = join(site, path);
  const text = readFileSync(file, 'utf8');
  const changed = change(text);
  expect(changed, `${path} has what is replaced`).not.toBe(text);
  writeFileSync(file, changed);
}

beforeAll(() => {
  cpSync(built, before, { recursive: true });
  rmSync(join(before, 'incidents', slug), { recursive: true });
  edit(before, 'index.html', (html) => html.replace(newestText, ''));
  edit(before, 'rss.xml', (xml) => xml.replace(/<item>[\s\S]*?<\/item>/, ''));
  edit(before, 'release.json', (text) =>
    JSON.stringify({ ...(JSON.parse(text) as Release), content: 'before', now: '2026-11-20T18:05:00.000Z' }),
  );
  // A page with a style sheet and an image of its own, as themes have them.
  edit(built, join(page, 'index.html'), (html) =>
    html.replace(
      '</head>',
      '<link rel="stylesheet" href="/_astro/site.css"><link rel="icon" href="../../icon.svg"></head>',
    ),
  );
  write(built, '_astro/site.css', 'body { color: red }');
  write(built, 'icon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A site of its own, to be damaged before it is looked at. */
function copyOfBuilt(): string {
  const copy = join(temporaryFolder(), 'site');
  cpSync(built, copy, { recursive: true });
  return copy;
}

const openings = new Map<string, Promise<BuiltSite>>();

/** Without most files that are only sampled, because they take most of the time. Tests of the command have all. */
async function open(site: string): Promise<BuiltSite> {
  const whole = await openBuiltSite(site, 'site');
  return {
    ...whole,
    files: whole.files.filter(
      (file) => !/^\/(?:components|share|history\/\d|incidents\/(?!2026-11-20-phones))/.test(file),
    ),
  };
}

/** Reads each site once: tests change only their copies, and before they open them. */
function opened(site: string): Promise<BuiltSite> {
  const opening = openings.get(site) ?? open(site);
  openings.set(site, opening);
  return opening;
}

type Options = {
  readonly tries?: number;
  readonly againAfter?: number;
  readonly orNewer?: boolean;
  readonly site?: string;
  /** How long a response can take, in milliseconds. */
  readonly patience?: number;
};

async function look(
  url: string,
  { tries = 1, againAfter, orNewer = false, site = built, patience = 2000 }: Options = {},
): Promise<Verification & { readonly waits: readonly number[] }> {
  const waits: number[] = [];
  const outside = {
    get: httpGet(patience),
    clock: () => Date.now(),
    sleep: async (wait: number) => void waits.push(wait),
  };
  const options = {
    site: await opened(site),
    url,
    tries,
    wait: 2000,
    againAfter: againAfter ?? null,
    orNewer,
  };
  return { ...(await verifySite(options, outside)), waits };
}

const lines = ({ rounds }: Verification): string[] =>
  rounds.at(-1)?.findings.map(({ path, message }) => `${path} ${message}`) ?? [];

describe('a site that matches its build', () => {
  it('passes at the first try', async () => {
    const { url, asked } = await host(built, () => null);
    const verdict = await look(url);
    expect(lines(verdict)).toEqual([]);
    expect(verdict).toMatchObject({ outcome: 'verified', waits: [] });
    expect(asked).toEqual(
      expect.arrayContaining([
        '/',
        '/rss.xml',
        '/sitemap.xml',
        '/release.json',
        page,
        '/_astro/site.css',
        '/icon.svg',
        '/api/updates/2026.json',
      ]),
    );
    expect(
      asked.filter((path) => path.startsWith('/release.json?')),
      'past caches, too',
    ).toHaveLength(1);
  });

  it('passes in a subfolder of its host', async () => {
    const { url } = await host(built, () => null, '/status');
    expect(lines(await look(`${url}/`))).toEqual([]);
  });

  it('may be modified around its content by the host, which is noted', async () => {
    const injects: Fault = (path, _, file) =>
      path === '/' ? { body: String(file).replace('</body>', '<script>track()</script></body>') } : null;
    const verdict = await look((await host(built, injects)).url);
    expect(verdict.outcome).toBe('verified');
    expect(lines(verdict)).toEqual(['/ was modified outside its main content, perhaps by the host or a proxy']);
  });
});

const whole = (path: string): Buffer => fileAt(built, path) ?? Buffer.from('');
const only =
  (path: string, reply: ReturnType<Fault>): Fault =>
  (asked) =>
    asked === path ? reply : null;

type Wrong = readonly [says: string, fault: Fault, line: RegExp];

/** Faults, by host: one host can have several, of different files. */
const hosts = (
  [
    [
      [
        'an old feed',
        (path) => (path === '/rss.xml' ? { body: fileAt(before, path) ?? '' } : null),
        /^\/rss\.xml (differs from the build|has no item for the newest update, https:\/\/status\.example\.com\/incidents\/2026-11-20-phones\/#2026-11-20T1810Z)/,
      ],
      [
        'a page in Latin-1',
        only('/', { type: 'text/html; charset=ISO-8859-1' }),
        /^\/ is served with the charset iso-8859-1/,
      ],
      ['an empty page', only(page, { body: '' }), /^\/incidents\/2026-11-20-phones\/ is empty/],
      ['a 500 on one asset', only('/_astro/site.css', { status: 500 }), /^\/_astro\/site\.css returns status 500/],
      ['a 404 on the icon', only('/icon.svg', { status: 404, body: 'gone' }), /^\/icon\.svg returns status 404/],
      ['a 500 on one page', only('/history/', { status: 500 }), /^\/history\/ returns status 500/],
      ['a 500 on the plain text', only(`/incidents/${slug}.txt`, { status: 500 }), /phones\.txt returns status 500/],
      [
        'a sitemap of before',
        (path) => (path === '/sitemap.xml' ? { body: String(whole(path)).replaceAll(page, '/') } : null),
        /^\/sitemap\.xml doesn't list \/incidents\/2026-11-20-phones\//,
      ],
    ],
    [
      [
        'half an index with the length it says',
        (path, _, file) => (path === '/' ? { body: file?.subarray(0, 9000) ?? '' } : null),
        /^\/ is truncated after 9,000 bytes of [\d,]+ bytes/,
      ],
      [
        'a page that ends early after a change by the host',
        (path, _, file) => (path === page ? { body: `<!-- cached -->${String(file).slice(0, -20)}` } : null),
        /is truncated: [\d,]+ bytes, without <\/html> at the end/,
      ],
      [
        'a feed as a page',
        only('/rss.xml', { type: 'text/html' }),
        /^\/rss\.xml is served as text\/html, not as application\/xml/,
      ],
      [
        'a JSON that lost the update',
        (path) => (path === '/api/updates/2026.json' ? { body: '{"updates":[]}' } : null),
        /phones\/ is missing from the updates in JSON: 2026-11-20T1810Z/,
      ],
    ],
    [
      ['an index whose connection drops', only('/', { cut: 9000 }), /^\/ doesn't respond: /],
      [
        'another page in its place',
        only(page, { body: '<html><body><main>Please log in</main></body></html>' }),
        /phones\/ has different content from the build/,
      ],
      [
        'a feed as a download',
        only('/rss.xml', { headers: { 'content-disposition': 'attachment; filename=rss.xml' } }),
        /^\/rss\.xml is served as a download/,
      ],
    ],
    [
      [
        'an old index',
        (path) => (path === '/' ? { body: fileAt(before, path) ?? '' } : null),
        /^\/ doesn't show the text of the newest update/,
      ],
      ['a page as plain text', only(page, { type: 'text/plain' }), /is served as text\/plain, not as text\/html/],
    ],
    [
      [
        'an older release from a cache',
        (path, query) =>
          query === ''
            ? { body: fileAt(before, path) ?? '', ...(fileAt(before, path) === null ? { status: 404 } : {}) }
            : null,
        /^\/release\.json is from an older release: the release of 2026-11-20T18:05:00\.000Z/,
      ],
    ],
    [
      [
        'an older release from everywhere',
        (path) => (path === '/release.json' ? { body: fileAt(before, path) ?? '' } : null),
        /is from an older release with caches bypassed/,
      ],
    ],
    [
      [
        'a login page for everything',
        () => ({ status: 200, type: 'text/html', body: '<html>Log in</html>' }),
        /^\/release\.json isn't a Halfpast release/,
      ],
    ],
  ] satisfies Wrong[][]
).map((faults: readonly Wrong[]) => [faults.map(([says]) => says).join(', '), faults] as const);

describe('a host that serves', () => {
  it.each(hosts)('fails for each: %s', async (_, faults) => {
    const reply: Fault = (...asked) => faults.map(([, fault]) => fault(...asked)).find((one) => one !== null) ?? null;
    const verdict = await look((await host(built, reply)).url, { tries: 2 });
    expect(verdict.outcome).toBe('failed');
    expect(verdict.rounds[0]?.tries).toBe(2);
    const problems = verdict.rounds[0]?.findings.filter(({ level }) => level === 'problem') ?? [];
    const found = problems.map(({ path, message }) => `${path} ${message}`);
    for (const [says, , line] of faults) expect(found, says).toContainEqual(expect.stringMatching(line));
  });

  it('nothing at all fails', async () => {
    expect(lines(await look('http://127.0.0.1:9'))).toContainEqual(
      expect.stringMatching(/^\/ doesn't respond: (?:.*ECONNREFUSED|bad port)/),
    );
  });

  it('an endless response fails', async () => {
    const endless: Fault = (path, _, file) =>
      path === '/' ? { headers: { 'content-length': '999999' }, body: file ?? '' } : null;
    const verdict = await look((await host(built, endless)).url, { patience: 500 });
    expect(lines(verdict)).toContain("/ doesn't respond: timed out after 0.5 seconds");
  });
});

describe('caching and missing pages are noted, but pass', () => {
  const cached =
    (header: string): Fault =>
    (_, __, file) => ({
      headers: { 'cache-control': header },
      body: file ?? 'not found',
      ...(file === null ? { status: 404 } : {}),
    });

  it('long caching of pages, feeds and the API', async () => {
    const verdict = await look((await host(built, cached('max-age=86400'))).url);
    expect(verdict.outcome).toBe('verified');
    const message =
      'may be up to 1 day out of date: its headers let caches keep it that long (cache-control: max-age=86400)';
    for (const path of ['/', '/rss.xml', '/atom.xml', '/feed.json', '/api/v2/summary.json', '/maintenance.ics'])
      expect(lines(verdict)).toContain(`${path} ${message}`);
    expect(
      lines(verdict).filter((line) => /\.(?:css|svg)/.test(line)),
      'assets may be cached',
    ).toEqual([]);
  });

  it('each kind of note is printed once, with a count', async () => {
    const hidden: Fault = (_, __, file) =>
      file === null ? null : { headers: { 'cache-control': 'max-age=86400', 'x-robots-tag': 'noindex' }, body: file };
    const { stdout } = await call(['verify', '--site', built, '--url', (await host(built, hidden)).url], folder);
    expect(stdout.trimEnd().split('\n').slice(1)).toEqual([
      expect.stringMatching(/^\/ note: may be up to 1 day out of date: .*\(and \d+ more files\)$/),
      expect.stringMatching(/^\/ note: is hidden from search engines \(x-robots-tag\) \(and \d+ more files\)$/),
    ]);
  });

  it.each([
    [
      '200 and the start page',
      200,
      'returns status 200 for a missing page, not 404, so customers and programs take it for a page',
    ],
    ['403', 403, 'returns status 403 for a missing page, not 404'],
  ])('a missing page returns %s', async (_, status, message) => {
    const everything: Fault = (_path, __, file) =>
      file === null ? { status, type: 'text/html', body: whole('/') } : null;
    const verdict = await look((await host(built, everything)).url);
    expect(verdict.outcome).toBe('verified');
    expect(lines(verdict)).toEqual([`/an-address-that-is-not-there/ ${message}`]);
  });
});

describe('a host that redirects', () => {
  it('to the site is noted with the final address', async () => {
    const { url } = await host(built);
    const from = await host(built, (path) => ({ status: 301, headers: { location: `${url}${path}` } }));
    const verdict = await look(from.url);
    expect(verdict.outcome).toBe('verified');
    expect(lines(verdict)).toEqual([`/ redirects to ${url}/`]);
  });

  it('to a host that is down is reported once', async () => {
    const nowhere = await deadAddress();
    const { url } = await host(built, (path) => ({ status: 302, headers: { location: `${nowhere}${path}` } }));
    const { code, stderr } = await call(['verify', '--site', built, '--url', url, '--tries', '1'], folder);
    expect(code).toBe(1);
    const said = stderr.split('\n').filter((line) => line.includes(nowhere));
    expect(said).toEqual([
      expect.stringMatching(
        /^\/release\.json redirects to http:\/\/127\.0\.0\.1:\d+, which doesn't respond: .*ECONNREFUSED.* \(and \d+ more files\)$/,
      ),
    ]);
  });

  it('to another site is noted in addition to the problems there', async () => {
    const other = await host(join(folder, 'nothing'));
    const { url } = await host(built, (path) => ({ status: 302, headers: { location: `${other.url}${path}` } }));
    const verdict = await look(url);
    expect(verdict.outcome).toBe('failed');
    expect(lines(verdict).filter((line) => line.includes('redirects to'))).toEqual([`/ redirects to ${other.url}/`]);
  });

  it('in circles fails', async () => {
    const { url } = await host(built, (path) =>
      path === '/robots.txt' ? { status: 302, headers: { location: '/robots.txt' } } : null,
    );
    expect(lines(await look(url))).toEqual(["/robots.txt doesn't respond: too many redirects"]);
  });
});

describe('a page whose script creates images', () => {
  it('needs only the assets in its markup', async () => {
    const site = copyOfBuilt();
    const page = join(site, 'index.html');
    const script = '<script type="module">f=e=>`<img src="${e}">`</script>';
    writeFileSync(page, readFileSync(page, 'utf8').replace('</body>', `${script}</body>`));
    expect(lines(await look((await host(site)).url, { site }))).toEqual([]);
  });
});

describe('a build that left something out', () => {
  it.each([
    ['the item of the feed', 'rss.xml', /<item>[\s\S]*?<\/item>/, '/rss.xml has no item'],
    ['the text on the page', `incidents/${slug}/index.html`, newestText, "doesn't show the text of the newest update"],
    ['the text on the index', 'index.html', newestText, "/ doesn't show the text of the newest update"],
    [
      'a style sheet',
      '_astro/site.css',
      /[\s\S]*/,
      '/_astro/site.css is missing, and /incidents/2026-11-20-phones/ needs it',
    ],
  ])('fails although it is served unchanged: %s', async (_, path, lost, line) => {
    const site = copyOfBuilt();
    const text = readFileSync(join(site, path), 'utf8');
    if (path.endsWith('.css')) rmSync(join(site, path));
    else writeFileSync(join(site, path), text.replace(lost, ''));
    const verdict = await look((await host(site)).url, { site });
    expect(lines(verdict)).toContainEqual(expect.stringContaining(line));
  });
});

describe('a cache', () => {
  it('that catches up is waited for, longer each time', async () => {
    let looks = 0;
    const slow: Fault = (path, query, file) => {
      if (file === null) return null;
      if (path === '/release.json' && query === '') looks += 1;
      return looks < 7 && query === '' && path !== '/robots.txt' ? { body: fileAt(before, path) ?? 'not yet' } : null;
    };
    const verdict = await look((await host(built, slow)).url, { tries: 8 });
    expect(lines(verdict)).toEqual([]);
    expect(verdict).toMatchObject({ outcome: 'verified', waits: [2000, 4000, 8000, 16_000, 30_000, 30_000] });
  });

  it('is only asked again for files that failed', async () => {
    let count = 0;
    const { url, asked } = await host(built, (path) =>
      path === '/robots.txt' && (count += 1) < 3 ? { status: 503 } : null,
    );
    expect(await look(url, { tries: 5 })).toMatchObject({ outcome: 'verified', rounds: [{ tries: 3 }] });
    expect(asked.filter((path) => path === '/robots.txt')).toHaveLength(3);
    expect(asked.filter((path) => path === '/history/')).toHaveLength(1);
  });

  it('is noted once, however many tries there are', async () => {
    let count = 0;
    const { url } = await host(built, (path, _, file) =>
      path === '/' ? { headers: { 'x-robots-tag': 'noindex' }, body: (count += 1) < 5 ? '' : (file ?? '') } : null,
    );
    expect(lines(await look(url, { tries: 8 }))).toEqual(['/ is hidden from search engines (x-robots-tag)']);
  });

  it('that later goes back to an older release is caught by the second round', async () => {
    let feeds = 0;
    const relapse: Fault = (path) =>
      path === '/rss.xml' && (feeds += 1) > 2 ? { body: fileAt(before, path) ?? '' } : null;
    const { url } = await host(built, relapse);
    const verdict = await look(url, { againAfter: 300_000 });
    expect(verdict).toMatchObject({
      outcome: 'failed',
      waits: [300_000],
      rounds: [{ outcome: 'verified' }, { outcome: 'failed' }],
    });
  });
});

describe('a host that doesn’t respond', () => {
  it('isn’t reported as different from the build, and the command fails with a single reason', async () => {
    const url = await deadAddress();
    expect(await look(url, { tries: 2 })).toMatchObject({
      outcome: 'silent',
      rounds: [{ outcome: 'silent', tries: 2 }],
    });
    const args = ['verify', '--site', built, '--url', url, '--tries', '2', '--wait', '0'];
    const { code, stderr } = await call(args, folder);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      / doesn't respond, after 2 tries in [\d.]+ s\. Check its server and its domain\n\/release\.json doesn't respond: .*\n$/,
    );
  });

  it('fails like any other if it responds to some requests', async () => {
    const { url } = await host(built, (path) => (path === '/release.json' ? null : { cut: 0 }));
    expect(await look(url)).toMatchObject({ outcome: 'failed' });
  });
});

describe('a later release', () => {
  it('passes only where it is allowed', async () => {
    const { url } = await host(built);
    expect((await look(url, { site: before, orNewer: true })).outcome).toBe('overtaken');
    expect((await look(url, { site: before })).outcome).toBe('failed');
    expect(
      (await look((await host(before)).url, { site: built, orNewer: true })).outcome,
      'an older one never passes',
    ).toBe('failed');
  });
});

describe('the command', () => {
  it('reports success in one line', async () => {
    const { url } = await host(built);
    const { code, stdout, stderr } = await call(['verify', '--site', built, '--url', url], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+ matches the build: \d+ checks in [\d.]+ s\. Newest update: https:\/\/status\.example\.com\/incidents\/2026-11-20-phones\/#2026-11-20T1810Z\n$/,
    );
  });

  it('exits with 1 and prints a line per problem, or JSON', async () => {
    const { url } = await host(built, only('/history/', { status: 500 }));
    const args = ['verify', '--site', built, '--url', url, '--tries', '2', '--wait', '0'];
    const plain = await call(args, folder);
    expect(plain).toMatchObject({ code: 1, stdout: '' });
    expect(plain.stderr).toMatch(
      / doesn't match the build after 2 tries in [\d.]+ s: 1 problem\. To go back, see docs\/when-it-goes-wrong\.md\n\/history\/ returns status 500\n$/,
    );
    const json = await call([...args, '--json'], folder);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: false,
      outcome: 'failed',
      rounds: [{ findings: [{ level: 'problem', path: '/history/', message: 'returns status 500' }] }],
    });
  });

  it('prints the most important findings, and all of them as JSON', async () => {
    const { url } = await host(join(folder, 'nothing'));
    const args = ['verify', '--site', built, '--url', url, '--tries', '1'];
    const { code, stderr } = await call(args, folder);
    const printed = stderr.trimEnd().split('\n');
    expect({ code, lines: printed.length }).toEqual({ code: 1, lines: 9 });
    expect(printed[1]).toBe('/release.json returns status 404. Perhaps this address serves another site');
    const { rounds } = JSON.parse((await call([...args, '--json'], folder)).stdout) as Verification;
    const all = rounds[0]?.findings.length ?? 0;
    expect(all).toBeGreaterThan(60);
    expect(printed[0]).toContain(`: ${all} problems.`);
    expect(printed.slice(3, 6)).toEqual([
      '/ returns status 404',
      '/rss.xml returns status 404',
      '/sitemap.xml returns status 404',
    ]);
    expect(printed[8]).toMatch(new RegExp(` returns status 404 \\(and ${all - 8} more files\\)$`));

    const bare: Fault = (path, _, file) => (path.endsWith('.txt') ? { type: 'text/plain', body: file ?? '' } : null);
    const site = copyOfBuilt();
    for (const name of ['a', 'b', 'c']) write(site, `${name}.txt`, 'é');
    const noted = await call(['verify', '--site', site, '--url', (await host(site, bare)).url], folder);
    expect(noted.stdout.split('\n').filter((line) => line.includes('without a charset'))).toEqual([
      expect.stringMatching(/^\/\S+ note: is served without a charset\. .*\(and \d+ more files\)$/),
    ]);
  });

  it.each([
    [['verify'], 2, '--url is missing'],
    [['verify', '--url', 'status.example.com'], 2, 'is not the address of a site'],
    [['verify', '--url', 'http://localhost', '--tries', 'many'], 2, '--tries: "many" is not a count'],
    [['verify', '--url', 'http://localhost', '--wait', 'soon'], 2, '--wait: "soon" is not a duration'],
    [['verify', '--url', 'http://localhost', '--site', 'nowhere'], 1, 'nowhere has no site built by Halfpast'],
  ])('explains how to fix %j', async (args, code, message) => {
    const outcome = await call(args, folder);
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).toContain(message);
  });
});
