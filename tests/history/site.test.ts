import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { historyData, historyFlags } from './data.ts';
import { type Entry, exportedHistory, namesOfToday, renamed, told, worstSaid } from './exported-history.ts';
import { feedFiles, siteFeedProblems } from '../support/feed-rules.ts';
import { filesBelow } from '../support/folders.ts';
import { succeed } from '../support/halfpast.ts';
import { brokenLinks } from '../support/links.ts';
import { holdAgainstSchemas } from '../support/published-schemas.ts';

const incidents = historyData('github-incidents-2020-2024.json');

type Dump = { readonly incidents: readonly { readonly incident_updates: readonly { readonly body: string }[] }[] };

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

/** The letters and digits of a text, without markup: what a reader sees, regardless of layout. */
function letters(html: string): string {
  return html
    .replaceAll(/<\/?[a-z][^>]*>/gi, ' ')
    .replaceAll(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => entities[name] ?? '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

describe('four years of real history', () => {
  let folder: string;
  let site: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'halfpast-history-'));
    const content = join(folder, 'content');
    site = join(folder, 'site');
    await succeed(['import', 'statuspage', ...historyFlags(), '--content', content]);
    // The component list was saved in 2026, later than the incidents, and includes some newer components.
    await succeed([
      'build',
      '--content',
      content,
      '--out',
      site,
      '--cache',
      join(folder, 'cache'),
      '--now',
      '2026-11-22T00:00:00Z',
    ]);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is complete: each of the 2,104 bodies is on the page of its incident', () => {
    const dump = JSON.parse(readFileSync(incidents, 'utf8')) as Dump;
    const pages = filesBelow(site)
      .filter((path) => /^incidents\/[^/]+\/index\.html$/.test(path))
      .map((path) => letters(readFileSync(join(site, path), 'utf8')));
    expect(pages).toHaveLength(450);
    const updates = dump.incidents.flatMap((incident) => {
      const bodies = incident.incident_updates.map(({ body }) => letters(body));
      // Real incidents share names, so the page is the one that has all bodies of the incident.
      return pages.some((page) => bodies.every((body) => page.includes(body))) ? bodies : [];
    });
    expect(updates).toHaveLength(2104);
  });

  it('has no broken links', () => {
    expect(brokenLinks(site, 'https://www.githubstatus.com')).toEqual([]);
  });

  it('has valid RSS 2.0, Atom and JSON feeds', async () => {
    expect(feedFiles(site).length).toBeGreaterThan(15);
    expect(await siteFeedProblems(site, 'https://www.githubstatus.com')).toEqual([]);
  });

  it('has the fifty most recently created incidents and windows in its history feeds', () => {
    const read = (name: string): readonly { readonly name: string; readonly created_at: string }[] =>
      Object.values(
        JSON.parse(readFileSync(historyData(`github-${name}-2020-2024.json`), 'utf8')) as Record<string, unknown>,
      ).find(Array.isArray) as never;
    const newest = [...read('incidents'), ...read('scheduled-maintenances')]
      .sort((a, b) => (a.created_at < b.created_at ? 1 : -1))
      .slice(0, 50);
    for (const feed of ['history.rss', 'history.atom']) {
      const items = readFileSync(join(site, feed), 'utf8').match(/<(item|entry)>[\s\S]*?<\/\1>/g) ?? [];
      const titles = items.map((item) => letters(/<title>([^<]*)/.exec(item)?.[1] ?? ''));
      expect(titles, feed).toEqual(newest.map(({ name }) => letters(name)));
    }
  });

  type Named = { readonly id: string; readonly name: string };
  const dumped = <T>(name: string, kind: string): readonly T[] =>
    (JSON.parse(readFileSync(historyData(`github-${name}.json`), 'utf8')) as Record<string, readonly T[]>)[kind] ?? [];
  const asPublished = (): readonly Entry[] => dumped('incidents-2020-2024', 'incidents');
  const names = () => namesOfToday(dumped<Named>('components', 'components'), asPublished());
  const differing = <T>(a: readonly T[], b: readonly T[]): number =>
    a.filter((one, index) => JSON.stringify(one) !== JSON.stringify(b[index])).length;

  it('has all 450 incidents in the API, with updates to the millisecond', () => {
    const before = asPublished();
    const after = exportedHistory(site).incidents;
    expect(after).toHaveLength(450);
    const expected = told(before, (entry) => worstSaid(entry, names()));
    expect(told(after)).toEqual(expected);
    // The only difference from each incident in the dump: its list has component statuses from another day.
    expect(differing(told(before), expected)).toBe(273);
  });

  it('has all 21 maintenance windows in the API, except for those that were never completed', () => {
    const before = dumped<Entry>('scheduled-maintenances-2020-2024', 'scheduled_maintenances');
    const after = exportedHistory(site).scheduled_maintenances;
    expect(after).toHaveLength(21);
    const expected = told(before, (entry) => renamed(entry, names()));
    // The dump was taken before any of them was completed. Their windows have since ended by the clock.
    expect(before.map(({ status }) => status)).not.toContain('completed');
    expect(told(after)).toEqual(expected.map((entry) => ({ ...entry, status: 'completed' })));
    // These name a component that has been renamed. For one, the list has a status that no window has.
    expect(differing(told(before), expected)).toBe(6);
  });

  it('has the fifty newest incidents in the API’s lists', () => {
    const listed = (file: string, kind: string) =>
      (JSON.parse(readFileSync(join(site, 'api/v2', file), 'utf8')) as Record<string, readonly Entry[]>)[kind]?.map(
        ({ name }) => name,
      );
    expect(listed('incidents.json', 'incidents')).toEqual(
      asPublished()
        .slice(0, 50)
        .map(({ name }) => name),
    );
    const windows = dumped<Entry>('scheduled-maintenances-2020-2024', 'scheduled_maintenances');
    expect(listed('scheduled-maintenances.json', 'scheduled_maintenances')).toEqual(windows.map(({ name }) => name));
  });

  it('matches the published schemas', () => {
    const { by, problems } = holdAgainstSchemas(site, 'https://www.githubstatus.com');
    expect(problems).toEqual([]);
    expect(Object.values(by)).not.toContain(null);
    expect(Object.keys(by).filter((path) => by[path] === 'history')).toEqual(
      ['2020', '2021', '2022', '2023', '2024'].map((year) => `api/history/${year}.json`),
    );
  });
});
