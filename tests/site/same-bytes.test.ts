import { readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, hashes, sampleContent, temporaryFolder, write } from '../support/folders.ts';
import { halfpast, succeed } from '../support/halfpast.ts';

const now = '2026-11-20T18:00:00Z';

type Build = { readonly content: string; readonly out: string; readonly cache: string };

async function build({ content, out, cache }: Build, ...more: string[]): Promise<Record<string, string>> {
  await succeed(['build', '--content', content, '--out', out, '--cache', cache, '--now', now, ...more]);
  return hashes(out);
}

const incident = `---
title: Gift cards cannot be bought
status: investigating
components:
  checkout: partial_outage
---
We are looking into it.
`;

describe('a build', () => {
  it('gives the same bytes for the same content and the same moment', async () => {
    const folder = temporaryFolder();
    const content = sampleContent(folder);
    const first = await build({ content, out: join(folder, 'a'), cache: join(folder, 'cache-a') }, '--clean');
    const second = await build({ content, out: join(folder, 'b'), cache: join(folder, 'cache-b') }, '--clean');
    expect(Object.keys(first).length).toBeGreaterThan(50);
    expect(second).toEqual(first);
    // A web server reads it as somebody else.
    expect(statSync(join(folder, 'a')).mode & 0o055).toBe(0o055);
  });

  it('gives the same bytes whatever NODE_ENV is in the shell', async () => {
    const folder = temporaryFolder();
    const content = sampleContent(folder);
    const inEnvironment = async (
      out: string,
      environment: Readonly<Record<string, string>>,
    ): Promise<Record<string, string>> => {
      const args = [
        'build',
        '--content',
        content,
        '--out',
        join(folder, out),
        '--cache',
        join(folder, `cache-${out}`),
        '--now',
        now,
        '--clean',
      ];
      expect(await halfpast(args, undefined, environment)).toMatchObject({ code: 0, stderr: '' });
      return hashes(join(folder, out));
    };
    expect(await inEnvironment('b', { NODE_ENV: 'development' })).toEqual(await inEnvironment('a', {}));
  });

  it('gives the same bytes whether pages of an earlier build are reused or not', async () => {
    const folder = temporaryFolder();
    const content = sampleContent(folder);
    const kept: Build = { content, out: join(folder, 'kept'), cache: join(folder, 'cache') };
    write(content, 'incidents/2026-11-20-gift-cards/2026-11-20T1700Z.md', incident);
    await build(kept);
    const changes: readonly [string, () => void][] = [
      [
        'an edited update and an added one',
        () => {
          write(
            content,
            'incidents/2026-11-20-gift-cards/2026-11-20T1700Z.md',
            incident.replace('looking', 'searching'),
          );
          write(
            content,
            'incidents/2026-11-20-gift-cards/2026-11-20T1730Z.md',
            '---\nstatus: resolved\n---\nAll is well again.\n',
          );
        },
      ],
      [
        'a removed incident, a removed postmortem and a renamed component',
        () => {
          edit(join(content, 'components.yml'), 'name: Checkout', 'name: Till');
          rmSync(join(content, 'incidents/2026-11-20-gift-cards'), { recursive: true });
          rmSync(join(content, 'postmortems/2026-02-25-wrong-prices.md'));
        },
      ],
      ['another site name', () => edit(join(content, 'site.yml'), 'name: Example', 'name: Exemplary')],
    ];
    for (const [what, change] of changes) {
      change();
      const incremental = await build(kept);
      const clean = await build({ content, out: join(folder, 'clean'), cache: join(folder, 'cache-clean') }, '--clean');
      expect(incremental, what).toEqual(clean);
    }
  });

  it('renders again only the pages that show what changed', async () => {
    const folder = temporaryFolder();
    const content = sampleContent(folder);
    const kept: Build = { content, out: join(folder, 'kept'), cache: join(folder, 'cache') };
    const before = await build(kept);
    write(
      content,
      'incidents/2026-11-18-card-payments-one-bank/2026-11-20T1700Z.md',
      '---\nstatus: resolved\n---\nA last word.\n',
    );
    // Astro writes what it rendered to its cache as well, and leaves there what it did not render.
    const keptAt = (): ReadonlyMap<string, number> => {
      const pages = join(folder, 'cache/dist');
      return new Map(filesBelow(pages).map((path) => [path, statSync(join(pages, path)).mtimeMs]));
    };
    const timesBefore = keptAt();
    const after = await build(kept);
    const again = [...keptAt()]
      .filter(([path, time]) => timesBefore.get(path) !== time)
      .map(([path]) => path)
      .sort();
    expect(again).toEqual(
      [
        'api/history/2026.json',
        'api/updates/2026.json',
        // Each of these says when the page last changed.
        ...[
          'components',
          'incidents',
          'incidents/unresolved',
          'scheduled-maintenances',
          'scheduled-maintenances/active',
          'scheduled-maintenances/upcoming',
          'status',
          'summary',
        ].map((name) => `api/v2/${name}.json`),
        'components/card-payments/rss.xml',
        'incidents/2026-11-18-card-payments-one-bank.txt',
        'incidents/2026-11-18-card-payments-one-bank/index.html',
      ].sort(),
    );
    const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
    const feeds = ['rss.xml', 'atom.xml', 'feed.json', 'history.rss', 'history.atom'];
    expect(changed).toEqual([...again, ...feeds, 'api/pages.json', 'release.json', 'sitemap.xml'].sort());
  });

  it('leaves the last good site as it was when the content has a problem', async () => {
    const folder = temporaryFolder();
    const content = sampleContent(folder);
    const out = join(folder, 'out');
    const good = await build({ content, out, cache: join(folder, 'cache') });
    write(
      content,
      'incidents/2026-11-20-gift-cards/2026-11-20T1700Z.md',
      incident.replace('investigating', 'investigatin'),
    );
    const result = await halfpast(['build', '--content', content, '--out', out, '--now', now]);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain(
      '2026-11-20T1700Z.md:3:9  status: "investigatin" is not a status. Did you mean "investigating"?',
    );
    expect(result.stderr).not.toMatch(/\n\s+at /);
    expect(hashes(out)).toEqual(good);
    expect(filesBelow(folder).filter((path) => /\.(?:new|old)-/.test(path))).toEqual([]);
  });

  it('removes nothing that a person has put beside a built site, and follows no link', async () => {
    const folder = temporaryFolder();
    const content = sampleContent(folder);
    const out = join(folder, 'out');
    await build({ content, out, cache: join(folder, 'cache') });
    const again = (place: string): ReturnType<typeof halfpast> =>
      halfpast(['build', '--content', content, '--out', place, '--cache', join(folder, 'cache'), '--now', now]);
    write(out, 'CNAME', 'status.example.com');
    write(out, '.git/HEAD', 'ref: refs/heads/main');
    const foreign = await again(out);
    expect(foreign.code).toBe(1);
    expect(foreign.stderr).toMatch(/out also holds \.git, CNAME, which a build would remove\. Move it away/);
    expect(readFileSync(join(out, 'CNAME'), 'utf8')).toBe('status.example.com');
    symlinkSync(out, join(folder, 'link'));
    expect((await again(join(folder, 'link'))).stderr).toMatch(/is a link, and a build would take its place/);
    expect((await again(join(content, 'dist'))).stderr).toMatch(/is inside the content folder/);
  });

  it('refuses to replace a folder that is not a site', async () => {
    const folder = temporaryFolder();
    const content = sampleContent(folder);
    write(folder, 'precious/letter.txt', 'Do not delete me.');
    const result = await halfpast(['build', '--content', content, '--out', join(folder, 'precious'), '--now', now]);
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/precious holds something other than a site built by Halfpast/);
    expect(filesBelow(join(folder, 'precious'))).toEqual(['letter.txt']);
  });
});

function edit(path: string, from: string, to: string): void {
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}
