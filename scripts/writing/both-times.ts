import { dayOf } from '../../src/domain/calendar.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { shortUtc } from '../../src/schema/instant.ts';

/** The site's time zone, and how it writes times. */
export type Zone = Pick<Settings, 'timeZone' | 'locale'>;

/** `2026-11-22T14:30Z (15:30 CET)`: as files and flags have it, and as the clock on the wall and the page do. */
export function bothTimes(instant: Instant, { timeZone, locale }: Zone): string {
  const utc = shortUtc(instant);
  if (timeZone === 'UTC') return utc;
  const isOtherDay = dayOf(instant, timeZone) !== dayOf(instant, 'UTC');
  const day = isOtherDay ? ({ day: 'numeric', month: 'short' } as const) : {};
  const local = new Intl.DateTimeFormat(locale, {
    timeZone,
    ...day,
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(instant);
  return `${utc} (${local})`;
}
