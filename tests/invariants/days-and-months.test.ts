import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Instant, isoTime, lastDays, minute } from '../../src/lib/domain/calendar.ts';
import { responseYears } from '../../src/lib/domain/response.ts';
import { allComponents, type Site } from '../../src/lib/domain/site.ts';
import { updateName } from '../../src/lib/content/update-name.ts';
import { componentPage } from '../../src/lib/views/component-page.ts';
import { historyPage, monthPaths } from '../../src/lib/views/history-page.ts';
import { recentDaysViews } from '../../src/lib/views/index-page.ts';
import { sitemap } from '../../src/lib/views/sitemap.ts';
import { daysInWords } from '../../src/lib/views/time.ts';
import { componentIds, type Files, filesOf, siteOf } from './any-history.ts';

/*
 * Checks that pages list an event on exactly the days, months and years that it touched, and claim no events only if
 * there were none. The other side of the comparison checks every quarter hour, and asks Intl for its date.
 */

const step = 15 * minute;
/** Near a clock change, or the turn of the year. */
const begins = ['2026-10-10', '2026-12-10', '2027-03-01'].map((date) => Date.parse(date));
const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Etc/UTC'] as const;

/** What happened, in steps from the start. */
type Told =
  | {
      readonly kind: 'incident';
      /** When it started, if before the first update. */
      readonly started: number | null;
      readonly updates: readonly { readonly at: number; readonly isOpen: boolean }[];
      /** How long before its last update it ended, if that update says so. */
      readonly early: number;
      readonly component: (typeof componentIds)[number] | null;
    }
  | {
      readonly kind: 'maintenance';
      readonly announced: number;
      readonly from: number;
      readonly to: number;
      readonly began: number | null;
      readonly completed: number | null;
    };

const length = 45 * 96;

const anyIncident: fc.Arbitrary<Told> = fc
  .record({
    // Within days or weeks, and often at the same quarter hour as midnight in some zone.
    offsets: fc.uniqueArray(
      fc.oneof(
        fc.nat(length),
        fc.nat(45).map((days) => days * 96 - 4),
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    open: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    untold: fc.option(fc.integer({ min: 1, max: 20 * 96 })),
    component: fc.option(fc.constantFrom(...componentIds)),
    early: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5 * 96 })),
  })
  .map(({ offsets, open, untold, component, early }) => {
    const times = offsets.map((at) => Math.max(0, at)).sort((a, b) => a - b);
    const updates = [...new Set(times)].map((at, nth) => ({ at, isOpen: open[nth] ?? true }));
    const started = untold === null ? null : (times[0] ?? 0) - untold;
    // It ends after the previous update. Resolving a resolved incident again only adds a note.
    const [before, last] = [updates.at(-2), updates.at(-1)];
    const from = before === undefined ? started : before.isOpen ? before.at : null;
    const room = last === undefined || last.isOpen || from === null ? 0 : last.at - from - 1;
    return { kind: 'incident' as const, started, updates, early: Math.max(0, Math.min(early, room)), component };
  });

const anyMaintenance: fc.Arbitrary<Told> = fc
  .record({
    announced: fc.nat(length),
    after: fc.integer({ min: 1, max: 20 * 96 }),
    lasts: fc.integer({ min: 1, max: 4 * 96 }),
    early: fc.option(fc.integer({ min: -40, max: 40 })),
    completed: fc.option(fc.integer({ min: 1, max: 6 * 96 })),
  })
  .map(({ announced, after, lasts, early, completed }) => {
    const from = announced + after;
    const began = early === null ? null : Math.max(announced + 1, Math.min(from - early, from + lasts - 1));
    return {
      kind: 'maintenance' as const,
      ...{ announced, from, to: from + lasts, began },
      completed: completed === null ? null : (began ?? announced) + completed,
    };
  });

type World = { readonly zone: string; readonly from: Instant; readonly now: number; readonly told: readonly Told[] };

const anyWorld: fc.Arbitrary<World> = fc.record({
  zone: fc.constantFrom(...zones),
  from: fc.constantFrom(...begins),
  // After the last update, because updates in the future are errors.
  now: fc.integer({ min: length, max: length + 20 * 96 }),
  told: fc.array(fc.oneof(anyIncident, anyIncident, anyMaintenance), { maxLength: 7 }),
});

const titleOf = (nth: number): string => `Event ${nth}`;

function filesIn({ zone, from, now, told }: World): Files {
  const at = (steps: number): Instant => from + steps * step;
  const files: Record<string, string> = {
    'site.yml': `name: Example\nurl: https://status.example.com\ntime_zone: ${zone}\n`,
    'components.yml': `components:\n${componentIds.map((id) => `  - id: ${id}\n    name: ${id}\n`).join('')}`,
  };
  const put = (folder: string, steps: number, ...lines: readonly string[]): void => {
    if (steps > now) return;
    files[`${folder}/${updateName(at(steps))}.md`] = `---\n${lines.join('\n')}\n---\nText.\n`;
  };
  for (const [nth, one] of told.entries()) {
    const first = one.kind === 'incident' ? (one.updates[0]?.at ?? 0) : one.announced;
    const folder = `${one.kind === 'incident' ? 'incidents' : 'maintenance'}/${isoTime(at(first)).slice(0, 10)}-event-${nth}`;
    if (one.kind === 'incident') {
      for (const [place, { at: steps, isOpen }] of one.updates.entries()) {
        put(
          folder,
          steps,
          ...(place === 0 ? [`title: ${titleOf(nth)}`, 'impact: minor'] : []),
          ...(place === 0 && one.started !== null ? [`started: ${isoTime(at(one.started))}`] : []),
          `status: ${isOpen ? 'identified' : 'resolved'}`,
          ...(one.early > 0 && place === one.updates.length - 1 ? [`ended: ${isoTime(at(steps - one.early))}`] : []),
          ...(isOpen && one.component !== null ? [`components:\n  ${one.component}: degraded_performance`] : []),
          ...(isOpen ? ['next_update: none'] : []),
        );
      }
    } else {
      const window = [`scheduled_for: ${isoTime(at(one.from))}`, `scheduled_until: ${isoTime(at(one.to))}`];
      put(folder, one.announced, `title: ${titleOf(nth)}`, 'status: scheduled', ...window);
      if (one.began !== null) put(folder, one.began, 'status: in_progress');
      if (one.completed !== null) put(folder, one.completed, 'status: completed');
    }
  }
  return files;
}

/** Whether something is in progress or planned at a step. */
function isOnAt(one: Told, steps: number, now: number): boolean {
  if (one.kind === 'incident') {
    if (steps > now) return false;
    const [first, last] = [one.updates[0], one.updates.at(-1)];
    if (last !== undefined && last.at <= now && one.early > 0 && steps >= last.at - one.early) return false;
    const before = one.updates.findLast(({ at }) => at <= steps);
    if (before === undefined) return one.started !== null && steps >= one.started;
    // Reported after it was over, without a start: it happened at that moment.
    return before.isOpen || (steps === first?.at && one.started === null && !first.isOpen);
  }
  const completed = one.completed !== null && one.completed <= now ? one.completed : null;
  const began = one.began !== null && one.began <= now ? one.began : null;
  const from = Math.min(one.from, began ?? one.from);
  if (completed !== null && began === null && completed <= one.from) return steps === one.from;
  return steps >= from && steps < (completed ?? one.to);
}

const dates = new Map<string, readonly string[]>();

/** The date of each step, as formatted by Intl. */
function datesOf({ zone, from }: World, first: number, last: number): readonly string[] {
  const key = `${zone} ${from} ${first} ${last}`;
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const found =
    dates.get(key) ?? Array.from({ length: last - first + 1 }, (_, nth) => format.format(from + (first + nth) * step));
  dates.set(key, found);
  return found;
}

const [earliest, latest] = [-21 * 96, length + 40 * 96];

/** The days that each event touched, in the order of `told`. */
function daysOf(world: World): readonly ReadonlySet<string>[] {
  const dated = datesOf(world, earliest, latest);
  return world.told.map((one) => new Set(dated.filter((_, nth) => isOnAt(one, earliest + nth, world.now))));
}

const isScheduled = (one: Told, now: number): boolean =>
  one.kind === 'maintenance' &&
  !(one.completed !== null && one.completed <= now) &&
  Math.min(one.from, one.began !== null && one.began <= now ? one.began : Infinity) > now;

type Case = { readonly world: World; readonly site: Site; readonly days: readonly ReadonlySet<string>[] };

function checkDays({ world: { told, now, zone }, site, days }: Case): void {
  const newestFirst = lastDays(site.now, 14, zone).toReversed();
  let at = 0;
  for (const view of recentDaysViews(site)) {
    const newest = newestFirst[at]?.day ?? '';
    const more = newestFirst
      .slice(at)
      .findIndex((first) => daysInWords(first.day, newest, site.settings) === view.days);
    for (const { day } of newestFirst.slice(at, at + more + 1)) {
      const expected = told.flatMap((one, nth) => (days[nth]?.has(day) && !isScheduled(one, now) ? titleOf(nth) : []));
      expect([...view.items, ...view.continued].map(({ title }) => title).sort(), day).toEqual(expected.sort());
    }
    at += more + 1;
  }
  expect(at).toBe(14);
}

function checkMonths({ world: { told }, site, days }: Case): void {
  const touched = new Map<string, string[]>();
  for (const [nth, dates] of days.entries()) {
    for (const month of new Set([...dates].map((date) => date.slice(0, 7)))) {
      touched.set(month, [...(touched.get(month) ?? []), titleOf(nth)]);
    }
  }
  const pages = new Map(monthPaths(site).map(({ params, props }) => [params.month, props.view]));
  expect([...pages.keys()].sort()).toEqual([...touched.keys()].sort());
  for (const [month, titles] of touched) {
    const listed = pages.get(month)?.items.map(({ title }) => title);
    expect(listed?.sort(), month).toEqual(titles.sort());
  }
  const addresses = sitemap(site).flatMap(({ address }) => /\/history\/([\d-]+)\//.exec(address)?.[1] ?? []);
  expect(addresses.sort()).toEqual([...touched.keys()].sort());
  const listed = historyPage(site).years.flatMap(({ months }) => months);
  expect(listed.filter(({ href }) => href !== null).length).toBe(touched.size);
  for (const { href, summary } of listed) {
    const titles = touched.get(href?.slice('/history/'.length, -1) ?? '') ?? [];
    const incidents = titles.filter((title) => told[Number(title.slice(6))]?.kind === 'incident').length;
    expect(summary.includes('no incidents')).toBe(titles.length === 0);
    expect(Number(/(\d+) incident/.exec(summary)?.[1] ?? 0)).toBe(incidents);
  }
}

function checkYears({ world: { told, zone }, site, days }: Case): void {
  for (const { year, incidents, continued } of responseYears(site.incidents, site.now, zone)) {
    const touched = told.filter(
      ({ kind }, nth) => kind === 'incident' && [...(days[nth] ?? [])].some((date) => date.startsWith(`${year}-`)),
    );
    expect(incidents + continued).toBe(touched.length);
  }
}

function checkComponents({ world: { told, zone }, site, days }: Case): void {
  const shown = new Set(lastDays(site.now, 90, zone).map(({ day }) => day));
  for (const component of allComponents(site)) {
    const { component: view, incidents } = componentPage(site, component);
    const naming = told.flatMap((one, nth) =>
      one.kind === 'incident' && one.component === component.id && one.updates.some(({ isOpen }) => isOpen) ? nth : [],
    );
    const isTouched = naming.some((nth) => [...(days[nth] ?? [])].some((date) => shown.has(date)));
    expect(incidents.map(({ title }) => title).sort()).toEqual(naming.map(titleOf).sort());
    expect(view.barsInWords?.includes('no incidents')).toBe(!isTouched);
    expect(view.troubledDays.length === 0 || isTouched).toBe(true);
  }
}

it('an event is listed on every day it covers, and no such day claims that there was none', () => {
  fc.assert(
    fc.property(anyWorld, (world) => {
      const site = siteOf(filesOf(filesIn(world)), world.from + world.now * step);
      const one = { world, site, days: daysOf(world) };
      for (const check of [checkDays, checkMonths, checkYears, checkComponents]) check(one);
    }),
    { numRuns: 25, endOnFailure: true },
  );
});

it('the generated worlds cover everything', () => {
  const some = fc.sample(anyWorld, 200).flatMap(({ told, now }) => told.map((one) => ({ one, now })));
  const incidents = some.flatMap(({ one }) => (one.kind === 'incident' ? one : []));
  expect(some.some(({ one, now }) => isScheduled(one, now))).toBe(true);
  expect(incidents.some(({ updates }) => updates.at(-1)?.isOpen)).toBe(true);
  expect(
    incidents.some(({ updates, started }) => updates.length === 1 && !updates[0]?.isOpen && started === null),
  ).toBe(true);
  expect(incidents.some(({ updates, early }) => !updates.at(-1)?.isOpen && early > 0)).toBe(true);
});
