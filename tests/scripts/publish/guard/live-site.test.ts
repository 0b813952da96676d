import { createHash } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { guard, type Verdict } from '../../../../scripts/publish/guard/guard.ts';
import { folderReader, httpReader, type SiteReader } from '../../../../scripts/live/site-reader.ts';
import type { LiveUpdate } from '../../../../scripts/live/snapshot.ts';
import type { Release } from '../../../../src/lib/api/release.ts';
import { builtSite } from '../../../support/built-sites.ts';
import { temporaryFolder, write } from '../../../support/folders.ts';
import { serveFolder } from '../../../support/static-server.ts';

const { site } = builtSite('troubled');

const none = { repository: null, messages: [], requireLive: false };

function compareWith(address: string, requireLive = false): Promise<Verdict> {
  const live = httpReader(address, { clock: () => 1, sleep: () => Promise.resolve() }, 300);
  return guard({ ...none, built: folderReader(site, 'site'), live, requireLive });
}

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A copy of the built site with one file changed or taken away. */
function spoiled(path: string, change: (text: string) => string | null): string {
  const copy = join(temporaryFolder(), 'copy');
  cpSync(site, copy, { recursive: true });
  const text = change(readFileSync(join(copy, path), 'utf8'));
  if (text === null) rmSync(join(copy, path));
  else writeFileSync(join(copy, path), text);
  return copy;
}

describe('the live site', () => {
  it('that is the same passes, over HTTP', async () => {
    const server = await serveFolder(site);
    expect(await compareWith(server.origin)).toEqual({ outcome: 'passed', refusals: [], allowed: [], notes: [] });
    await server.close();
  });

  it.each([
    [
      'has nothing yet',
      (_, response) => void response.writeHead(404).end('Not found'),
      /^first publish: http:\S+ has no Halfpast site/,
    ],
    [
      'is another one, which answers everything',
      (_, response) => void response.end('<html>Welcome</html>'),
      /^first publish: http:\S+ has no Halfpast site/,
    ],
    [
      'answers with an error',
      (_, response) => void response.writeHead(503).end(),
      /^first publish: http:\S+ returns status 503/,
    ],
    ['says nothing', () => undefined, /^first publish: http:\S+ doesn't respond \(timed out after 0\.3 seconds\)/],
    ['hangs up', (request) => void request.socket.destroy(), /^first publish: http:\S+ doesn't respond/],
  ] satisfies [string, RequestListener, RegExp][])(
    'that %s makes it a first publish, said so, or an error if it must be there',
    async (_, answer, note) => {
      const address = await serve(answer);
      const { outcome, notes } = await compareWith(address);
      expect({ outcome, notes }).toEqual({ outcome: 'first', notes: [expect.stringMatching(note)] });
      await expect(compareWith(address, true)).rejects.toThrow(/--require-live|can't be compared/);
    },
  );

  it('that stumbles once is asked again', async () => {
    let requests = 0;
    const address = await serve((request, response) => {
      requests += 1;
      if (requests % 2 === 1) return void response.writeHead(502).end();
      response.end(readFileSync(join(site, new URL(request.url ?? '/', 'http://x').pathname)));
    });
    expect(await compareWith(address)).toMatchObject({ outcome: 'passed', notes: [] });
  });

  it('without one of its files is compared by the others, said so', async () => {
    const live = folderReader(
      spoiled('rss.xml', () => null),
      'live',
    );
    expect(await guard({ ...none, built: folderReader(site, 'site'), live })).toMatchObject({
      outcome: 'passed',
      notes: ["live has no rss.xml, so it isn't compared"],
    });
  });
});

describe('a release that was rolled back from', () => {
  const checkout = 'incidents/2026-11-20-gift-cards';

  /** A release that readers saw, with its updates changed; only what the guard reads of it. */
  function seenWith(change: (updates: LiveUpdate[]) => LiveUpdate[]): SiteReader {
    const folder = join(temporaryFolder(), '20261120T184100000Z-0');
    const release = JSON.parse(readFileSync(join(site, 'release.json'), 'utf8')) as Release;
    const told = JSON.parse(readFileSync(join(site, 'api/updates/2026.json'), 'utf8')) as { updates: LiveUpdate[] };
    const text = JSON.stringify({ ...told, updates: change(told.updates) });
    write(folder, 'api/updates/2026.json', text);
    write(
      folder,
      'release.json',
      JSON.stringify({
        ...release,
        updates: { ...release.updates, 2026: createHash('sha256').update(text).digest('hex') },
      }),
    );
    return folderReader(folder, 'R');
  }
  const more = (updates: LiveUpdate[]): LiveUpdate[] =>
    updates.flatMap((one) =>
      one.update === '2026-11-20T1700Z'
        ? [one, { ...one, id: `/${checkout}/#2026-11-20T1730Z`, update: '2026-11-20T1730Z' }]
        : [one],
    );
  const reworded = (updates: LiveUpdate[]): LiveUpdate[] =>
    updates.map((one) => (one.update === '2026-11-20T1700Z' ? { ...one, hash: 'other' } : one));
  const compared = (seen: SiteReader, allow: string): Promise<Verdict> =>
    guard({
      ...none,
      built: folderReader(site, 'site'),
      live: folderReader(site, 'live'),
      seen: [seen],
      messages: [{ commit: null, text: allow }],
    });

  it.each([
    [
      'gone',
      more,
      `${checkout}/2026-11-20T1730Z.md`,
      'was live in release R, where readers saw it, but is missing from the content',
    ],
    [
      'reworded',
      reworded,
      `${checkout}/2026-11-20T1700Z.md`,
      'was live in release R, where readers saw it with different text',
    ],
  ])('keeps its updates, which readers saw, from being %s', async (_, change, file, what) => {
    expect(await compared(seenWith(change), '')).toMatchObject({ outcome: 'refused', refusals: [{ file, what }] });
  });

  it('is the past once a commit says so, and an edit is marked', async () => {
    const id = '2026-11-20-gift-cards/2026-11-20T17';
    expect(await compared(seenWith(more), `Halfpast-Allow: remove ${id}30Z`)).toMatchObject({
      outcome: 'passed',
      refusals: [],
      allowed: [{}],
    });
    expect(await compared(seenWith(reworded), `Halfpast-Allow: edit ${id}00Z`)).toMatchObject({
      outcome: 'refused',
      refusals: [{ allowed: true, lacks: expect.stringContaining('edited: ') as string }],
    });
  });

  it('has a mistyped name told where it is refused, and not where all went through', async () => {
    const id = '2026-11-20-gift-cards/2026-11-20T17';
    const typed = `Halfpast-Allow: remove ${id.replace('gift', 'gfit')}30Z`;
    expect(await compared(seenWith(more), typed)).toMatchObject({
      outcome: 'refused',
      notes: [`${typed} matches no refusal. Did you mean Halfpast-Allow: remove ${id}30Z`],
    });
    expect(
      await compared(
        seenWith((updates) => updates),
        typed,
      ),
    ).toMatchObject({ outcome: 'passed', notes: [] });
  });

  it('is compared by its updates alone, and not at all when they are the same', async () => {
    expect(
      await compared(
        seenWith((updates) => updates),
        '',
      ),
    ).toEqual({ outcome: 'passed', refusals: [], allowed: [], notes: [] });
  });
});

describe('a built site that is not whole is refused, whatever is live', () => {
  const page = 'incidents/2026-11-20-gift-cards/index.html';
  it.each<[string, string, (text: string) => string | null, string]>([
    ['a page cut off', page, (text) => text.slice(0, text.length / 2), `${page} is truncated`],
    ['an empty page', 'index.html', () => '', 'index.html is truncated'],
    ['a page that is gone', page, () => null, `${page} is missing`],
    ['a page without content', page, (text) => text.replace(/<main[\s\S]*<\/main>/, ''), `${page} has no content`],
    [
      'a page without a heading',
      page,
      (text) => text.replace(/(<h1[^>]*>).*?<\/h1>/, '$1 </h1>'),
      `${page} has no heading`,
    ],
    [
      'a page without a title',
      page,
      (text) => text.replace(/<title>.*?<\/title>/, '<title></title>'),
      `${page} has no title`,
    ],
    [
      'an update that is not shown',
      page,
      (text) => text.replace('id="2026-11-20T1700Z"', ''),
      `${page} doesn't show the update 2026-11-20T1700Z`,
    ],
    [
      'an index without a component',
      'index.html',
      (text) => text.replaceAll('/components/webhooks/', '/'),
      "index.html doesn't show the component webhooks",
    ],
    [
      'an index without the open incident',
      'index.html',
      (text) => text.replaceAll('/incidents/2026-11-20-gift-cards/', '/'),
      "index.html doesn't show the open incident 2026-11-20-gift-cards",
    ],
    ['a feed cut off', 'rss.xml', (text) => text.slice(0, -20), 'rss.xml is truncated'],
    [
      'a feed without the newest update',
      'rss.xml',
      (text) => text.replaceAll('#2026-11-20T1810Z', ''),
      'rss.xml has no item for the newest update',
    ],
    [
      'updates that are not as they were built',
      'api/updates/2026.json',
      (text) => text.slice(0, -1),
      "api/updates/2026.json doesn't match release.json",
    ],
  ])('%s', async (_, path, change, what) => {
    const built = folderReader(spoiled(path, change), 'site');
    const verdict = await guard({ ...none, built, live: folderReader('/nowhere', 'nowhere') });
    expect(verdict).toMatchObject({ outcome: 'broken', refusals: [{ what, allow: null }] });
  });
});
