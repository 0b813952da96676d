import { dayOf } from '../../src/domain/calendar.ts';
import type { Instant } from '../../src/domain/instant.ts';

/** `15:30+01:00`, with its day in front when that is not the day of `now`: as the clock on the wall has it, and to be typed as it is. */
export function wallTime(instant: Instant, now: Instant, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'longOffset',
  });
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const offset = (parts['timeZoneName'] ?? '').replace(/^GMT/, '') || '+00:00';
  const isToday = dayOf(instant, timeZone) === dayOf(now, timeZone);
  const day = isToday
    ? ''
    : `${new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', day: 'numeric', month: 'short' }).format(instant)} `;
  return `${day}${parts['hour']}:${parts['minute']}${offset}`;
}

/** `Sunday 22 November 2026` */
export function wallDay(instant: Instant, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
    .format(instant)
    .replace(',', '');
}
