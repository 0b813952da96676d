import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { currentComponents } from '../../src/lib/domain/site.ts';
import { calendar } from '../../src/lib/feeds/icalendar.ts';
import { componentPage } from '../../src/lib/views/component-page.ts';
import { indexPage } from '../../src/lib/views/index-page.ts';
import { barDaysOf, histories, months } from '../../src/lib/views/lookup.ts';
import { countedWindow, uptime } from '../../src/lib/domain/uptime.ts';
import { v2Files } from '../../src/lib/api/v2-files.ts';
import { lasting } from './all-said.ts';
import { anyHistory, end, filesOf, siteOf } from './any-history.ts';
import { checkContent } from '../../src/lib/content/check-content.ts';
import { readTree } from '../../src/lib/content/disk.ts';
import { dayOf, lastDays, startOf } from '../../src/lib/domain/calendar.ts';
import { promisedBy } from '../../src/lib/domain/promise.ts';
import { calendarDate, readInstant } from '../../src/lib/schema/time-fields.ts';
import { brokenTree, fixtureNow, goodSite } from '../lib/content/fixture.ts';

/** Prints the output for some histories and files, to compare between time zones. The argument is a seed. */
const sites = fc
  .sample(anyHistory, { seed: Number(process.argv[2]), numRuns: 6 })
  .map((files) => siteOf(filesOf(files), end + 1));
for (const site of sites) {
  const ups = currentComponents(site).map((one) =>
    uptime(histories(site).get(one.id) ?? [], countedWindow(one, barDaysOf(site), site.now, site.settings.timeZone)),
  );
  const all = [
    indexPage(site),
    currentComponents(site).map((one) => componentPage(site, one)),
    lasting(site),
    v2Files(site),
    calendar(site),
    [...months(site).keys()],
    barDaysOf(site),
  ];
  process.stdout.write(`1,${ups.join()},${createHash('sha256').update(JSON.stringify(all)).digest('hex')}\n`);
}

const broken = ['name-future-local-time', 'started-without-offset', 'site-time-zone'];
const trees = await Promise.all([readTree(goodSite), ...broken.map(async (name) => (await brokenTree(name)).tree)]);
const zones = ['Europe/Berlin', 'America/Sao_Paulo', 'Asia/Kolkata', 'Pacific/Auckland', 'America/Havana'];
const read = {
  sites: await Promise.all(trees.map((tree) => checkContent(tree, fixtureNow))),
  calendars: zones.map((zone) => [
    lastDays(fixtureNow, 250, zone),
    dayOf(fixtureNow, zone),
    ...['2026-03-29', '2018-11-04', '2018-02-18', '2026-11-01'].map((date) => startOf(date, zone)),
  ]),
  promise: promisedBy(fixtureNow, { kind: 'clock', minuteOfDay: 870 }, { kind: 'at_minute', minute: 30 }),
  times: ['2026-11-22T14:05', '2026-03-29T02:30', '2026-10-25 02:30', '2026-11-22T14:05+05:30'].map((time) =>
    readInstant(time, 'Europe/Berlin'),
  ),
  dates: ['2026-03-29', '2026-02-30', '2018-11-04', '2026-09-27'].map((date) =>
    calendarDate('due: 2026-11-22').safeParse(date),
  ),
};
process.stdout.write(JSON.stringify(read));
