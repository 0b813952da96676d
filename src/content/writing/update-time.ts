import { type Instant, minute, second } from '../../domain/instant.ts';
import { clockSkew } from '../update-folder.ts';

/**
 * The instant for an update written at `now`, as short a name as is free: the minute, else the
 * second, else the millisecond. It comes after `latest`, the newest update there is (null for none),
 * and not before `earliest`. Null when the newest update is later than now, by more than clocks differ.
 */
export function freeUpdateTime(now: Instant, latest: Instant | null, earliest: Instant = -Infinity): Instant | null {
  if (latest !== null && latest > now + clockSkew) return null;
  const floors = [minute, second, 1].map((unit) => Math.floor(now / unit) * unit);
  const free = floors.find((at) => at >= earliest && (latest === null || at > latest));
  return free ?? Math.max(latest === null ? now : latest + 1, earliest);
}
