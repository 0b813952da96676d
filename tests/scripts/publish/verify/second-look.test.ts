import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type SiteReader, NoAnswer } from '../../../../scripts/live/site-reader.ts';
import type { LoggedRelease } from '../../../../scripts/publish/hosts/release-log.ts';
import { secondLook } from '../../../../scripts/publish/verify/verify-site.ts';
import { pageSize } from '../../../../src/lib/api/release.ts';
import { releaseOf } from '../../../support/release.ts';

const newestUpdate = 'https://status.example.com/incidents/slow/#2026-11-22T1405Z';
const index = '<html><main><p>Slow</p></main></html>';
const data = '{"form":1,"year":"2026","updates":[]}';
const release = releaseOf({
  now: '2026-11-22T14:06:00.000Z',
  newestUpdate,
  updates: { 2026: createHash('sha256').update(data).digest('hex') },
  pages: { count: 1, index: pageSize(new TextEncoder().encode(index)), history: 1, incidents: 1 },
});
const expected = { id: 'a', content: release.content, now: release.now } as LoggedRelease;

const good: Readonly<Record<string, string | null>> = {
  'release.json': JSON.stringify(release),
  'index.html': index,
  'rss.xml': `<rss><guid>${newestUpdate}</guid></rss>`,
  'api/updates/2026.json': data,
};

const look = (change: Readonly<Record<string, string | null>> = {}): Promise<string[]> => {
  const files = { ...good, ...change };
  const site: SiteReader = { name: 'the page', read: (path) => Promise.resolve(files[path] ?? null) };
  return secondLook(site, expected);
};

describe('the second look', () => {
  it('accepts a site that matches its release, and a later one', async () => {
    expect(await look()).toEqual([]);
    const later = JSON.stringify({ ...release, now: '2026-11-22T14:08:00.000Z' });
    expect(await look({ 'release.json': later, 'index.html': 'other' })).toEqual([]);
  });

  it.each([
    ['no site', { 'release.json': null }, 'no longer has a release.json'],
    [
      'an older release, from a cache',
      { 'release.json': JSON.stringify({ ...release, now: '2026-11-22T14:00:00.000Z' }) },
      'serves an older release, of 2026-11-22T14:00:00.000Z',
    ],
    [
      'other content of the same time',
      { 'release.json': JSON.stringify({ ...release, content: 'other' }) },
      'serves an older release',
    ],
    ['an empty front page', { 'index.html': '' }, "doesn't serve the front page"],
    ['no front page', { 'index.html': null }, "doesn't serve the front page"],
    ['a feed without the newest update', { 'rss.xml': '<rss/>' }, 'rss.xml lacks the newest update'],
    ['data of another release', { 'api/updates/2026.json': '{}' }, 'api/updates/2026.json belongs to another release'],
  ])('finds %s', async (_, change, problem) => {
    expect(await look(change)).toEqual([expect.stringContaining(problem)]);
  });

  it.each(['release.json', 'index.html', 'rss.xml', 'api/updates/2026.json'])(
    'doesn’t decide anything without an answer for %s',
    async (silent) => {
      const site: SiteReader = {
        name: 'the page',
        read: (path) =>
          path === silent ? Promise.reject(new NoAnswer("doesn't respond")) : Promise.resolve(good[path] ?? null),
      };
      await expect(secondLook(site, expected)).rejects.toThrow(NoAnswer);
    },
  );
});
