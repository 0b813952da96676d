import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtSite } from '../support/built-sites.ts';
import { filesBelow, hashes, write } from '../support/folders.ts';
import { changingSite, incident, update } from './changing-site.ts';

const { folder, content, site: out, cache, run, build } = changingSite();
const before = hashes(out);

describe('a build', () => {
  it('writes files that other users, such as a web server, can read', () => {
    expect(Object.keys(before).length).toBeGreaterThan(50);
    expect(statSync(builtSite('calm').site).mode & 0o055).toBe(0o055);
  });

  it('re-renders only pages that show a change', async () => {
    // Astro also writes each page that it renders to its cache.
    const times = (): ReadonlyMap<string, number> =>
      new Map(filesBelow(join(cache, 'dist')).map((path) => [path, statSync(join(cache, 'dist', path)).mtimeMs]));
    const earlier = times();
    const resolved = '---\nstatus: resolved\n---\nA last word.\n';
    write(content, 'incidents/2026-11-18-card-payments-one-bank/2026-11-20T1700Z.md', resolved);
    const after = await build();
    const again = [...times()].filter(([path, time]) => earlier.get(path) !== time).map(([path]) => path);
    // These contain the time of the last change.
    const v2 = ['components', 'incidents', 'incidents/unresolved', 'status', 'summary', 'scheduled-maintenances'];
    const maintenance = ['scheduled-maintenances/active', 'scheduled-maintenances/upcoming'];
    expect(again.sort()).toEqual(
      [
        'api/history/2026.json',
        'api/updates/2026.json',
        ...[...v2, ...maintenance].map((name) => `api/v2/${name}.json`),
        'components/card-payments/rss.xml',
        'incidents/2026-11-18-card-payments-one-bank.txt',
        'incidents/2026-11-18-card-payments-one-bank/index.html',
        'share/incidents/2026-11-18-card-payments-one-bank.png',
      ].sort(),
    );
    const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
    const feeds = ['rss.xml', 'atom.xml', 'feed.json', 'history.rss', 'history.atom'];
    expect(changed).toEqual([...again, ...feeds, 'api/pages.json', 'release.json', 'sitemap.xml'].sort());
  });

  it('leaves the last good site alone when the content has a problem', async () => {
    const good = hashes(out);
    write(content, update, incident.replace('investigating', 'investigatin'));
    const { code, stderr } = await run();
    write(content, update, incident);
    expect(code).toBe(1);
    const line = '2026-11-20T1700Z.md:3:9  status: "investigatin" is not a status. Did you mean "investigating"?';
    expect(stderr).toContain(line);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(hashes(out)).toEqual(good);
    expect(filesBelow(folder).filter((path) => /\.(?:new|old)-/.test(path))).toEqual([]);
  });
});
