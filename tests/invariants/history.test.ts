import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { componentHistories, affectedTime, uptime } from '../../src/lib/domain/uptime.ts';
import { foldIncident, isOpen } from '../../src/lib/domain/incident.ts';
import { foldMaintenance } from '../../src/lib/domain/maintenance.ts';
import { day, hour, type Instant, minute } from '../../src/lib/domain/calendar.ts';
import type { Site } from '../../src/lib/domain/site.ts';
import { feedLength } from '../../src/lib/feeds/feed-items.ts';
import { historyFeed, updatesFeed } from '../../src/lib/feeds/site-feeds.ts';
import { paths } from '../../src/lib/views/paths.ts';
import { incidentPage } from '../../src/lib/views/incident-page.ts';
import { historyYear, historyYears } from '../../src/lib/api/history.ts';
import { idsIn, lasting } from './all-said.ts';
import {
  anyHistory,
  anyIncident,
  anyMaintenance,
  begin,
  componentIds,
  end,
  type Files,
  filesOf,
  siteOf,
} from './any-history.ts';

/** Properties that hold for any history. fast-check prints the shortest counterexample. */
const property = <T extends [unknown, ...unknown[]]>(
  name: string,
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  check: (...given: T) => void,
): void => it(name, () => fc.assert(fc.property(...arbitraries, check), { numRuns: 8 }));

/** The state of each component in each minute, looked up in the updates one minute at a time. */
function minutesOf(site: Site, id: string): readonly ReadonlySet<string>[] {
  return Array.from({ length: (end - begin) / minute }, (_, nth) => {
    const now: Instant = begin + nth * minute;
    return new Set(
      site.incidents.flatMap(({ updates }) => updates.findLast(({ record }) => record.at <= now)?.components[id] ?? []),
    );
  });
}

describe('a history', () => {
  property(
    'is the same whatever the order of the files',
    [
      anyHistory.chain((files) =>
        fc.tuple(fc.constant(files), fc.shuffledSubarray(filesOf(files), { minLength: Object.keys(files).length })),
      ),
    ] as never,
    ([files, shuffled]: [Files, ReturnType<typeof filesOf>]) => {
      expect(siteOf(shuffled)).toEqual(siteOf(filesOf(files)));
    },
  );

  property(
    'is the same whatever the order of the updates',
    [anyHistory, fc.noShrink(fc.infiniteStream(fc.nat()))],
    (files, numbers) => {
      const { incidents, maintenances, settings } = siteOf(filesOf(files));
      const shuffle = <T>(records: readonly T[]) =>
        records
          .map((record) => ({ record, by: numbers.next().value ?? 0 }))
          .sort((a, b) => a.by - b.by)
          .map(({ record }) => record) as [T, ...T[]];
      for (const one of incidents)
        expect(foldIncident(one.slug, shuffle(one.updates.map(({ record }) => record)), settings.cadence)).toEqual(one);
      for (const one of maintenances)
        expect(foldMaintenance(one.slug, shuffle(one.updates.map(({ record }) => record)))).toEqual(one);
    },
  );

  property(
    'counts each minute of an outage once, by the worst that is said of it, and no uptime leaves 0 to 1',
    [anyHistory],
    (files) => {
      const site = siteOf(filesOf(files));
      const histories = componentHistories(site.incidents);
      for (const id of componentIds) {
        const minutes = minutesOf(site, id);
        const major = minutes.filter((said) => said.has('major_outage')).length;
        const partial = minutes.filter((said) => said.has('partial_outage') && !said.has('major_outage')).length;
        const window = { from: begin, to: end };
        expect(affectedTime(histories.get(id) ?? [], window)).toMatchObject({
          major: major * minute,
          partial: partial * minute,
        });
        const up = uptime(histories.get(id) ?? [], window) ?? NaN;
        expect(up).toBeCloseTo(1 - (major + 0.3 * partial) / minutes.length, 10);
        expect(up >= 0 && up <= 1).toBe(true);
      }
    },
  );

  property('tells every update once: on its page, in the feed, in both histories of the API', [anyHistory], (files) => {
    const { files: told, pages, feed, history, records } = idsIn(siteOf(filesOf(files)));
    const once = told.toSorted();
    expect(once.length).toBe(Object.keys(files).filter((path) => path.includes('/')).length);
    expect(pages.toSorted()).toEqual(once);
    expect(once.length).toBeLessThan(feedLength);
    expect(feed.toSorted()).toEqual(once);
    expect(records.toSorted()).toEqual(once);
    expect(new Set(history).size).toBe(once.length);
    expect(history.length).toBe(once.length);
  });

  it('has the newest updates in the feed, each once, when there are more than a feed holds', () => {
    const many = Object.assign(
      {},
      fc.sample(anyHistory, { seed: 1, numRuns: 1 })[0],
      ...Array.from({ length: 60 }, (_, nth) => fc.sample(anyIncident(`more-${nth}`), { seed: nth, numRuns: 1 })[0]),
    ) as Files;
    const site = siteOf(filesOf(many));
    const { files, feed } = idsIn(site);
    expect(files.length).toBeGreaterThan(feedLength);
    expect(new Set(feed).size).toBe(feed.length);
    // In addition, there is one update for each open incident.
    const slugIn = (id: string): string => /([^/]+)\/#/.exec(id)?.[1] ?? '';
    const open = site.incidents.filter(isOpen).map(({ slug }) => slug);
    const more = feed.slice(feedLength).map(slugIn);
    expect(new Set(more).size).toBe(more.length);
    expect(open).toEqual(expect.arrayContaining(more));
    expect(feed.map(slugIn)).toEqual(expect.arrayContaining(open));
    const newest = (ids: readonly string[]): string[] =>
      ids
        .map((id) => id.replace(/.*#/, ''))
        .sort()
        .reverse()
        .slice(0, feedLength);
    expect(newest(feed)).toEqual(newest(files));
  });

  property(
    'keeps every guid and id, and what was said, when something is added',
    [anyHistory, fc.oneof(anyIncident('later'), anyMaintenance('later'))],
    (files, added) => {
      const [before, after] = [siteOf(filesOf(files)), siteOf(filesOf({ ...files, ...added }))];
      const [old, now] = [idsIn(before), idsIn(after)];
      for (const place of ['pages', 'feed', 'history', 'records'] as const)
        expect(now[place]).toEqual(expect.arrayContaining([...old[place]]));
      const items = new Map(updatesFeed(after).items.map((item) => [item.id, item]));
      for (const item of updatesFeed(before).items) expect(items.get(item.id)).toEqual(item);
    },
  );

  property(
    'keeps every guid and id when an update is added to what there is',
    [anyHistory, fc.nat(999)],
    (files, nth) => {
      const update = Object.keys(files).filter((path) => path.startsWith('incidents/'))[nth % 7];
      fc.pre(update !== undefined);
      const added = {
        [update.replace(/[^/]+$/, '2026-10-25T235930Z.md')]:
          '---\ntitle: Renamed\nstatus: resolved\ncomponents:\n  mail: operational\n---\nAll is well.\n',
      };
      const [before, after] = [siteOf(filesOf(files)), siteOf(filesOf({ ...files, ...added }))];
      const items = new Map(updatesFeed(after).items.map((item) => [item.id, item]));
      for (const item of updatesFeed(before).items) expect(items.get(item.id)).toEqual(item);
      expect(items.size).toBe(updatesFeed(before).items.length + 1);
      const guids = (site: Site): string[] =>
        historyFeed(site, paths.historyRss)
          .items.map(({ id }) => id)
          .sort();
      expect(guids(after)).toEqual(guids(before));
      const ids = (site: Site): string[] =>
        historyYears(site)
          .flatMap((year) => historyYear(site, year).incidents.map(({ id }) => id))
          .sort();
      expect(ids(after)).toEqual(ids(before));
    },
  );

  property(
    'says the same later, except what is open, planned or owed',
    [anyHistory, fc.nat(40 * day)],
    (files, later) => {
      const read = filesOf(files);
      expect(lasting(siteOf(read, end + later))).toEqual(lasting(siteOf(read, end)));
    },
  );

  property('has open incidents that look at the clock, and so differ later', [anyIncident('open')], (files) => {
    const site = {
      'site.yml': 'name: Example\nurl: https://status.example.com\ntime_zone: UTC\n',
      'components.yml': `components:\n${componentIds.map((id) => `  - id: ${id}\n    name: ${id}\n`).join('')}`,
    };
    const [now, later] = [0, 3000 * hour].map((more) => siteOf(filesOf({ ...files, ...site }), end + more)) as [
      Site,
      Site,
    ];
    const overdue = (at: Site): unknown => at.incidents.map((one) => incidentPage(at, one));
    const isPromised = now.incidents.some(({ promised }) => promised !== null && promised > end);
    if (isPromised) expect(overdue(later)).not.toEqual(overdue(now));
  });
});
