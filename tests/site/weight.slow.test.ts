import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesBelow } from '../support/folders.ts';
import { succeed } from '../support/halfpast.ts';
import { budgets, gzipped, largeIndexes } from '../support/weight.ts';
import { largePage, longHistory, longHistoryNow } from '../support/long-history.ts';

let folder: string;
let site: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'halfpast-weight-'));
  const content = join(folder, 'content');
  longHistory(content);
  site = join(folder, 'site');
  const cache = join(folder, 'cache');
  await succeed(['build', '--content', content, '--out', site, '--cache', cache, '--now', longHistoryNow]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('ten years with twelve components, during an incident', () => {
  it('has an index of at most 14 KiB, compressed, with all its styles', () => {
    const html = readFileSync(join(site, 'index.html'), 'utf8');
    expect(html).toContain('Checkout fails for some customers in Europe');
    expect(html.match(/data-days=/g)?.length).toBe(12);
    expect(gzipped(join(site, 'index.html'))).toBeLessThanOrEqual(budgets.index);
  });

  it('has no other page above 30 KiB, compressed', () => {
    const pages = filesBelow(site).filter((path) => path.endsWith('.html'));
    const kinds = new Set(
      pages.map((path) =>
        path
          .split('/')
          .slice(0, -1)
          .map((part, depth) => (depth === 0 ? part : '*'))
          .join('/'),
      ),
    );
    expect([...kinds]).toEqual(
      expect.arrayContaining([
        '',
        'components/*',
        'developers',
        'embed',
        'history',
        'history/*',
        'incidents/*',
        'maintenance/*',
        'postmortems',
        'postmortems/*',
        'subscribe',
      ]),
    );
    expect(pages.filter((path) => gzipped(join(site, path)) > budgets.other)).toEqual([]);
  });
});

it.each(largeIndexes)(
  'an index with $components components during an incident has at most $compressed bytes compressed, and $raw in all',
  async ({ components, compressed, raw }) => {
    const [content, out] = [join(folder, `content-${components}`), join(folder, `site-${components}`)];
    largePage(content, components);
    const cache = join(folder, `cache-${components}`);
    await succeed(['build', '--content', content, '--out', out, '--cache', cache, '--now', longHistoryNow]);
    const index = join(out, 'index.html');
    const html = readFileSync(index, 'utf8');
    expect(html.match(/<svg[^>]* class="bars"/g)?.length).toBe(components);
    expect(html.match(/data-days=/g)?.length).toBeGreaterThan(components / 5);
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(raw);
    expect(gzipped(index)).toBeLessThanOrEqual(compressed);
  },
);
