import { createHash } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Git } from '../../../../scripts/github/git.ts';
import { type GuardResult, guardSite } from '../../../../scripts/publish/guard/guard.ts';
import { folderReader, httpReader, type SiteReader } from '../../../../scripts/live/site-reader.ts';
import { type LiveUpdate, readSnapshot, requireRelease } from '../../../../scripts/live/snapshot.ts';
import type { SeenRelease } from '../../../../scripts/publish/hosts/release-log.ts';
import { pageSize, type Release } from '../../../../src/lib/api/release.ts';
import { builtSite } from '../../../support/built-sites.ts';
import { serveFolder } from '../../../support/static-server.ts';

const { site } = builtSite('troubled');

const isEarlier = ({ update }: LiveUpdate): boolean => update !== '2026-11-20T1700Z';

const none = { repository: null, messages: [], requireLive: false };

function compareWith(address: string, requireLive = false): Promise<GuardResult> {
  const live = httpReader(address, { clock: () => 1, sleep: () => Promise.resolve() }, 300);
  return guardSite({ ...none, built: folderReader(site, 'site'), live, requireLive });
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

/** The built site with some files changed, or taken away. */
function changed(files: Readonly<Record<string, string | null>>, name = 'site'): SiteReader {
  const built = folderReader(site, name);
  return { ...built, read: async (path) => (path in files ? (files[path] ?? null) : built.read(path)) };
}

const textOf = (path: string): string => readFileSync(join(site, path), 'utf8');

/** The built site with one file changed or taken away. */
const spoiled = (path: string, change: (text: string) => string | null, name?: string): SiteReader =>
  changed({ [path]: change(textOf(path)) }, name);

type Year = { readonly updates: readonly LiveUpdate[] };

/** The files of the built site that differ in one of another commit, with other updates and another history page. */
function filesFrom(commit: string, historySize: number, isThere: (update: LiveUpdate) => boolean = () => true) {
  const read = <T>(path: string): T => JSON.parse(textOf(path)) as T;
  const year = read<Year>('api/updates/2026.json');
  const updates = JSON.stringify({ ...year, updates: year.updates.filter(isThere) });
  const hash = createHash('sha256').update(updates).digest('hex');
  const release = read<Release>('release.json');
  const sizes = read<{ readonly pages: Readonly<Record<string, number>> }>('api/pages.json');
  return {
    'api/updates/2026.json': updates,
    'release.json': JSON.stringify({ ...release, commit, updates: { ...release.updates, 2026: hash } }),
    'api/pages.json': JSON.stringify({ ...sizes, pages: { ...sizes.pages, '/history/': historySize } }),
  };
}

describe('the live site', () => {
  it('that is the same passes, over HTTP', async () => {
    const server = await serveFolder(site);
    expect(await compareWith(server.origin)).toEqual({
      outcome: 'passed',
      refusals: [],
      allowed: [],
      notes: [],
      news: [],
    });
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

  const update = 'incidents/2026-11-20-gift-cards/2026-11-20T1700Z';
  /** A live site whose server answers with an error for one of its files. */
  const failing = async (file: string): Promise<SiteReader> => {
    const files: Readonly<Record<string, string>> = filesFrom('c1', 1_000_000, isEarlier);
    const address = await serve((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://x');
      const path = join(site, pathname);
      const text = files[pathname.slice(1)];
      if (pathname === file) response.writeHead(503).end();
      else if (text !== undefined) response.end(text);
      else if (existsSync(path)) response.end(readFileSync(path));
      else response.writeHead(404).end();
    });
    return httpReader(address, { clock: () => 1, sleep: () => Promise.resolve() }, 300);
  };
  const committed = (): SiteReader => changed(filesFrom('c2', 1));
  const served = { commit: 'c1', now: '2026-11-20T00:00:00.000Z', newestAt: null };
  const inGit = (changes: object | null): Git =>
    ({
      ancestry: () => Promise.resolve('newer'),
      changedFiles: () => Promise.resolve(changes),
      messages: () => Promise.resolve([]),
      lastCommitOf: () => Promise.resolve(null),
    }) as unknown as Git;
  const onlyAdded = inGit({ added: [`${update}.md`], changed: [] });

  const ways =
    'Try again once the page answers; or allow it with this line in a commit message: Halfpast-Allow: uncompared';

  describe.each([
    ['doesn’t answer', '/release.json', served],
    ['has a year that doesn’t answer', '/api/updates/2026.json', null],
    ['has a feed that doesn’t answer', '/rss.xml', null],
    ['has a page that doesn’t answer', '/history/index.html', null],
  ])('that %s', (_, file, log) => {
    const compared = async (repository: Git | null, more: object = {}): Promise<GuardResult> =>
      guardSite({ ...none, built: committed(), live: await failing(file), repository, served: log, ...more });

    it('is compared by git: new updates pass, with a note', async () => {
      const note = `${file} returns status 503, so it can't be compared. Since its commit c1, updates were only added`;
      expect(await compared(onlyAdded)).toMatchObject({
        outcome: 'passed',
        refusals: [],
        notes: [expect.stringMatching(new RegExp(`^http://[^/]+${note}$`))],
        news: [{ id: `/${update.replace(/\/(?=[^/]*$)/, '/#')}` }],
      });
    });

    it('stays if an update was changed or removed, or git doesn’t know', async () => {
      const changed = inGit({ added: [], changed: ['incidents/a/b.md', 'incidents/a/c.md'] });
      await expect(compared(changed)).rejects.toThrow(
        `${file} returns status 503, so it can't be compared, and incidents/a/b.md was changed or removed since its commit c1. ${ways}`,
      );
      for (const repository of [inGit(null), null])
        await expect(compared(repository)).rejects.toThrow(
          `${file} returns status 503, so it can't be compared, and git doesn't know what changed since its commit. ${ways}`,
        );
    });

    it('stays if --require-live is set', async () => {
      await expect(compared(onlyAdded, { requireLive: true })).rejects.toThrow(
        `${file} returns status 503, so it can't be compared. Try again`,
      );
    });

    it('doesn’t get back what was rolled back', async () => {
      const { snapshot } = await readSnapshot(committed(), await requireRelease(committed()), {});
      const news = snapshot.updates.filter(({ update: name }) => name === '2026-11-20T1700Z');
      const rolledBack = { at: '2026-11-20T18:50:00.000Z', by: 'person', reason: 'wrong' } as const;
      expect(await compared(onlyAdded, { seen: [{ id: 'R', news, rolledBack }] })).toMatchObject({
        outcome: 'refused',
        refusals: [{ file: `${update}.md`, allow: { what: 'restore' } }],
      });
    });
  });

  it('that is newer than the commit stays while it doesn’t answer', async () => {
    const repository = { ancestry: () => Promise.resolve('older') } as unknown as Git;
    const live = await failing('/release.json');
    expect(await guardSite({ ...none, built: committed(), live, repository, served })).toMatchObject({
      outcome: 'older',
      notes: ['not published: it was built from commit c2, but a newer one is live: c1'],
    });
  });

  describe.each<[string, RequestListener]>([
    ['is gone', (_, response) => void response.writeHead(404).end()],
    ['is another one for now', (_, response) => void response.end('<html>Checking your browser</html>')],
  ])('that %s, although the log has a release,', (_, answer) => {
    const reason = "is missing, or this version can't read it, so it can't be compared";
    const compared = async (changes: object, message = ''): Promise<GuardResult> => {
      const live = httpReader(await serve(answer), { clock: () => 1, sleep: () => Promise.resolve() });
      const messages = [{ commit: null, text: message }];
      return guardSite({ ...none, messages, built: committed(), live, repository: inGit(changes), served });
    };
    const changed = { added: [], changed: ['site.yml'] };

    it('is compared by git', async () => {
      expect(await compared({ added: [`${update}.md`], changed: [] })).toMatchObject({
        outcome: 'passed',
        notes: [expect.stringContaining(`/release.json ${reason}. Since its commit c1, updates were only added`)],
        news: [{ update: '2026-11-20T1700Z' }],
      });
      await expect(compared(changed)).rejects.toThrow(`/release.json ${reason}, and site.yml was changed or removed`);
    });

    it('isn’t compared if a commit allows that', async () => {
      expect(await compared(changed, 'Halfpast-Allow: uncompared')).toMatchObject({
        outcome: 'first',
        notes: [expect.stringContaining(`/release.json ${reason}. A commit allows publishing without comparing`)],
      });
    });
  });

  it('that fails once is asked again', async () => {
    let requests = 0;
    const address = await serve((request, response) => {
      requests += 1;
      if (requests % 2 === 1) return void response.writeHead(502).end();
      response.end(readFileSync(join(site, new URL(request.url ?? '/', 'http://x').pathname)));
    });
    expect(await compareWith(address)).toMatchObject({ outcome: 'passed', notes: [] });
  });

  it('that is newer stays, and only its clock shows that without commits', async () => {
    const newer = spoiled(
      'release.json',
      (text) => JSON.stringify({ ...(JSON.parse(text) as Release), commit: null, now: '2099-01-01T00:00:00.000Z' }),
      'live',
    );
    const built = folderReader(site, 'site');
    const { now } = await requireRelease(built);
    const repository = { ancestry: () => Promise.reject(new Error('not asked')) } as unknown as Git;
    expect(await guardSite({ ...none, repository, built, live: newer })).toEqual({
      outcome: 'older',
      refusals: [],
      allowed: [],
      notes: [`not published: it was built for ${now}, but a site for 2099-01-01T00:00:00.000Z is live`],
      news: [],
    });
  });

  it.each([
    ['c1', [{ commit: 'c2', text: 'Halfpast-Allow: edit x/y' }], ['c1..HEAD']],
    ['c1', null, ['c1..HEAD', 'HEAD']],
    [null, null, ['HEAD']],
  ])('of the commit %j may be changed by what commits since then allow, or all: %#', async (commit, since, asked) => {
    const live = spoiled(
      'release.json',
      (text) => JSON.stringify({ ...(JSON.parse(text) as Release), commit }),
      'live',
    );
    const ranges: string[] = [];
    const repository = {
      ancestry: () => Promise.resolve('newer'),
      messages: (range: string) => Promise.resolve(ranges.push(range) === 1 ? since : []),
    } as unknown as Git;
    const options = { built: folderReader(site, 'site'), live, requireLive: false };
    expect(await guardSite({ ...options, repository, messages: null })).toMatchObject({ outcome: 'passed' });
    expect(ranges).toEqual(asked);
  });

  it.each<[string, (html: string) => string, readonly string[]]>([
    ['another layout', (html) => html.replaceAll(/<(p|a|li|h2)[ >]/g, `<$1 data-x="${'x'.repeat(400)}"$&`), []],
    ['more text', (html) => html.replace('</main>', `${'More text. '.repeat(9000)}</main>`), ['/history/']],
  ])('whose page has more HTML than the built one refuses that only for its text: %s', async (_, change, shrunk) => {
    const html = change(textOf('history/index.html'));
    const sizes = JSON.parse(textOf('api/pages.json')) as { pages: Record<string, number> };
    const pages = { ...sizes.pages, '/history/': pageSize(Buffer.from(html)) };
    const files = { 'history/index.html': html, 'api/pages.json': JSON.stringify({ ...sizes, pages }) };
    const { refusals } = await guardSite({ ...none, built: folderReader(site, 'site'), live: changed(files, 'live') });
    expect(refusals.map(({ allow }) => allow?.id)).toEqual(shrunk);
  });

  it('without one of its files is compared by the others, with a note', async () => {
    const live = spoiled('rss.xml', () => null, 'live');
    expect(await guardSite({ ...none, built: folderReader(site, 'site'), live })).toMatchObject({
      outcome: 'passed',
      notes: ["live has no rss.xml, so it isn't compared"],
    });
  });
});

describe('a release that was rolled back', () => {
  const checkout = 'incidents/2026-11-20-gift-cards';
  const id = '2026-11-20-gift-cards/2026-11-20T17';

  /** What readers saw in a release R that was rolled back: the update at 17:00 in another form, or another update. */
  async function seen(by: 'person' | 'verification', change: Partial<LiveUpdate>): Promise<SeenRelease> {
    const release = await requireRelease(folderReader(site, 'site'));
    const { snapshot } = await readSnapshot(folderReader(site, 'site'), release, {});
    const update = snapshot.updates.find((one) => one.update === '2026-11-20T1700Z');
    if (update === undefined) throw new Error('the update is missing');
    const rolledBack = { at: '2026-11-20T18:50:00.000Z', by, reason: 'wrong' } as const;
    return { id: 'R', news: [{ ...update, ...change }], rolledBack };
  }
  const gone = { id: `/${checkout}/#2026-11-20T1730Z`, update: '2026-11-20T1730Z', hash: 'gone' };

  /** A live site that doesn't have the update at 17:00 yet. */
  const olderSite = (): SiteReader => changed(filesFrom('c1', 1, isEarlier), 'live');
  const compared = (release: SeenRelease, allow = '', again = false): Promise<GuardResult> =>
    guardSite({
      ...none,
      built: folderReader(site, 'site'),
      live: olderSite(),
      seen: [release],
      again,
      messages: [{ commit: null, text: allow }],
    });

  it.each([
    ['gone', gone, '30Z', 'but is missing from the content'],
    ['reworded', { hash: 'other' }, '00Z', 'with different text'],
  ])('after a failed verification keeps its updates from being %s', async (_, change, minute, what) => {
    expect(await compared(await seen('verification', change))).toMatchObject({
      outcome: 'refused',
      refusals: [
        {
          file: `incidents/${id}${minute}.md`,
          what: expect.stringMatching(new RegExp(`^was live in release R.*${what}$`)),
        },
      ],
    });
    expect(await compared(await seen('verification', {})), 'it may come back').toMatchObject({ outcome: 'passed' });
  });

  it('by a person can lose its updates, doesn’t allow rewording them, and needs a line to restore them', async () => {
    expect(await compared(await seen('person', gone))).toMatchObject({ outcome: 'passed' });
    expect(await compared(await seen('person', { hash: 'other' }))).toMatchObject({
      outcome: 'refused',
      refusals: [{ allow: null, advice: expect.stringContaining('add the line "edited:') as string }],
    });
    expect(await compared(await seen('person', { hash: 'other', facts: 'other' }))).toMatchObject({
      outcome: 'refused',
      refusals: [{ allow: { what: 'edit' } }],
    });
    expect(await compared(await seen('person', {}))).toMatchObject({
      outcome: 'refused',
      refusals: [
        {
          what: 'was rolled back at 2026-11-20T18:50:00.000Z (wrong), but is still in the content',
          allow: { what: 'restore', id: `${id}00Z` },
        },
      ],
    });
    expect(await compared(await seen('person', {}), `Halfpast-Allow: restore ${id}00Z`)).toMatchObject({
      outcome: 'passed',
    });
    expect(await compared(await seen('person', {}), '', true), 'it is published again on purpose').toMatchObject({
      outcome: 'passed',
    });
  });

  it('suggests the name for a mistyped one where something is refused, and not where all passed', async () => {
    const typed = `Halfpast-Allow: remove ${id.replace('gift', 'gfit')}30Z`;
    expect(await compared(await seen('verification', gone), typed)).toMatchObject({
      outcome: 'refused',
      notes: expect.arrayContaining([
        `${typed} matches no refusal. Did you mean Halfpast-Allow: remove ${id}30Z`,
      ]) as string[],
    });
    expect((await compared(await seen('verification', {}), typed)).notes.join()).not.toContain('gfit');
  });
});

describe('an incomplete build is refused, whatever is live', () => {
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
    ['a feed that is gone', 'rss.xml', () => null, 'rss.xml is missing'],
    ['an empty heading', page, (text) => text.replace(/(<h1[^>]*>).*?<\/h1>/, '$1\n  </h1>'), `${page} has no heading`],
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
    const built = spoiled(path, change);
    const verdict = await guardSite({ ...none, built, live: folderReader('/nowhere', 'nowhere') });
    const refusal = { what, file: null, allow: null, advice: null, commit: null, allowed: false };
    const notes = ['The build is incomplete. Build it again: npx halfpast build --clean'];
    expect(verdict).toEqual({ outcome: 'broken', refusals: [refusal], allowed: [], notes, news: [] });
  });
});
