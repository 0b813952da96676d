import { describe, expect, it } from 'vitest';
import { updateRecords, yearOfUpdates, yearsOfUpdates } from '../../../src/lib/api/history.ts';
import { parseContent } from '../../../src/lib/content/check-content.ts';
import { readTree } from '../../../src/lib/content/disk.ts';
import { feedItems } from '../../../src/lib/feeds/feed-items.ts';
import { incidentText, incidentUpdateViews } from '../../../src/lib/views/incident-page.ts';
import { fixtureNow, goodSite } from '../content/fixture.ts';

const tree = await readTree(goodSite);
const checkout = 'incidents/2026-11-22-checkout-errors/2026-11-22T1405Z.md';

/** The good site with a file changed or added. */
function site(path?: string, change: (text: string) => string = (text) => text) {
  const before = tree.files.find((file) => file.path === path);
  const text = change(before === undefined ? '' : new TextDecoder().decode(before.bytes));
  const files =
    path === undefined
      ? tree.files
      : [...tree.files.filter((file) => file !== before), { path, bytes: new TextEncoder().encode(text) }];
  const parsed = parseContent({ ...tree, files }, fixtureNow);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.site;
}

const hashes = (path?: string, change?: (text: string) => string) =>
  Object.fromEntries(updateRecords(site(path, change)).map(({ id, hash }) => [id, hash]));

const id = '/incidents/2026-11-22-checkout-errors/#2026-11-22T1405Z';

describe('the record of what is live', () => {
  it('has every update once, oldest first, in one file per year', () => {
    const records = updateRecords(site());
    expect(records.map((record) => record.id)).toEqual([
      '/incidents/2026-11-20-slow-search/#2026-11-20T0910Z',
      '/incidents/2026-11-20-slow-search/#2026-11-20T0950Z',
      '/maintenance/2026-12-01-database-upgrade/#2026-11-21T0900Z',
      id,
    ]);
    expect(records.at(-1)).toMatchObject({
      kind: 'incident',
      slug: '2026-11-22-checkout-errors',
      update: '2026-11-22T1405Z',
      at: '2026-11-22T14:05:00.000Z',
      status: 'investigating',
      edited: null,
    });
    const early = site(
      'incidents/2025-12-31-late/2025-12-31T2359Z.md',
      () => '---\ntitle: Late\nstatus: resolved\nimpact: minor\n---\nOver.\n',
    );
    expect(yearsOfUpdates(early).map((year) => [year, yearOfUpdates(early, year).updates.length])).toEqual([
      ['2025', 1],
      ['2026', 4],
    ]);
  });

  it.each([
    ['text', (text: string) => text.replace('Some card', 'All card')],
    ['status', (text: string) => text.replace('investigating', 'identified')],
    ['title', (text: string) => text.replace(/title: .*/, 'title: Checkout')],
    ['component', (text: string) => text.replace('partial_outage', 'major_outage')],
  ])('has a different hash for a different %s, for that update only', (_, change) => {
    const [before, after] = [hashes(), hashes(checkout, change)];
    expect(after[id]).not.toBe(before[id]);
    expect({ ...after, [id]: before[id] }).toEqual(before);
  });

  it.each([
    ['who leads', (text: string) => text.replace('lead: Dana', 'lead: Robin')],
    ['white space at the end', (text: string) => `${text}\n\n`],
    ['the mark of an edit', (text: string) => text.replace('status:', 'edited: 2026-11-22T14:30Z\nstatus:')],
  ])('has the same hash for any %s', (_, change) => {
    expect(hashes(checkout, change)).toEqual(hashes());
  });

  it('keeps the hash of earlier versions: otherwise the guard would refuse every live update', () => {
    expect(hashes()[id]).toBe('68e87a3e1b89e4514c499c7877a462872ab07ffbc7f389977e8b2ca370aed13b');
  });
});

describe('an edited update', () => {
  it('shows when it was edited on the page, in the plain text and in the feed', () => {
    const edited = site(checkout, (text) => text.replace('status:', 'edited: 2026-11-22T14:30Z\nstatus:'));
    const [incident] = edited.incidents;
    if (incident === undefined) throw new Error('no incident');
    expect(incidentUpdateViews(edited, incident)[0]?.edited).toEqual({
      iso: '2026-11-22T14:30:00.000Z',
      text: '22 Nov 2026, 15:30 CET',
    });
    expect(incidentText(edited, incident)).toContain('(edited 22 Nov 2026, 15:30 CET)');
    expect(feedItems(edited)[0]?.html).toContain('<p>Edited 22 Nov 2026, 14:30 UTC.</p>');
    expect(updateRecords(edited).at(-1)?.edited).toBe('2026-11-22T14:30:00.000Z');
  });
});
