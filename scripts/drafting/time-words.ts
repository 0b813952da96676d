import { tz } from '@date-fns/tz';
// From its own module: the whole of date-fns takes a second to load.
import { format } from 'date-fns/format';
import type { Instant } from '../../src/domain/instant.ts';

const utc = { in: tz('UTC') };

/** `22 November 2026`, in UTC. */
export function dateWords(instant: Instant): string {
  return format(instant, 'd MMMM yyyy', utc);
}

/** `14:05 UTC` */
function clockWords(instant: Instant): string {
  return `${format(instant, 'HH:mm', utc)} UTC`;
}

/** `22 November 2026, 14:05 UTC` */
export function momentWords(instant: Instant): string {
  return `${dateWords(instant)}, ${clockWords(instant)}`;
}
