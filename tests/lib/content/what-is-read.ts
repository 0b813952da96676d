import { loadContent } from '../../../src/lib/content/check-content.ts';
import { dayOf, lastDays, startOf } from '../../../src/lib/domain/calendar.ts';
import { promisedBy } from '../../../src/lib/domain/promise.ts';
import { calendarDate, readInstant } from '../../../src/lib/schema/time-fields.ts';

/** Prints all that is read from the sites named on the command line, to be compared between machines. */
const now = Date.parse('2026-11-22T15:00:00Z');
const sites = await Promise.all(process.argv.slice(2).map((root) => loadContent(root, now)));
const zones = ['Europe/Berlin', 'America/Sao_Paulo', 'Asia/Kolkata', 'Pacific/Auckland', 'America/Havana'];
const calendars = zones.map((zone) => [
  lastDays(now, 250, zone),
  dayOf(now, zone),
  ...['2026-03-29', '2018-11-04', '2018-02-18', '2026-11-01'].map((date) => startOf(date, zone)),
]);
const promise = promisedBy(
  now,
  { kind: 'clock', minuteOfDay: 870 },
  { checkIn: 1, update: { kind: 'at_minute', minute: 30 } },
);
const times = ['2026-11-22T14:05', '2026-03-29T02:30', '2026-10-25 02:30', '2026-11-22T14:05+05:30'].map((time) =>
  readInstant(time, 'Europe/Berlin'),
);
const dates = ['2026-03-29', '2026-02-30', '2018-11-04', '2026-09-27'].map((date) =>
  calendarDate('due: 2026-11-22').safeParse(date),
);
process.stdout.write(JSON.stringify({ sites, calendars, promise, times, dates }));
