import { tz } from '@date-fns/tz';
// From its own module: the whole of date-fns takes a second to load.
import { format } from 'date-fns/format';
import type { Instant } from '../../src/domain/instant.ts';

/** `22 November 2026`, in an IANA time zone. */
export function localDate(instant: Instant, timeZone: string): string {
  return format(instant, 'd MMMM yyyy', { in: tz(timeZone) });
}

/** `14:05`; the zone is said once for the whole text. */
export function localClock(instant: Instant, timeZone: string): string {
  return format(instant, 'HH:mm', { in: tz(timeZone) });
}

/** `22 November 2026, 14:05` */
export function localMoment(instant: Instant, timeZone: string): string {
  return `${localDate(instant, timeZone)}, ${localClock(instant, timeZone)}`;
}
