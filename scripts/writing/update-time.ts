import { type Instant, minute, second } from '../../src/domain/instant.ts';
import { updateName } from '../../src/content/update-name.ts';
import { shortUtc } from '../../src/schema/instant.ts';
import { UserError } from '../cli/errors.ts';

/** Two clocks may differ by this much; a later update than that is no accident of clocks. */
const clockSkew = 5 * minute;

/**
 * The instant for an update written at `now`, as short a name as is free: the minute, else the
 * second, else the millisecond. It comes after `latest`, the newest update there is (null for none),
 * and not before `earliest`. Throws UserError when the newest update is later than now.
 */
export function updateTime(now: Instant, latest: Instant | null, earliest: Instant = -Infinity): Instant {
  if (latest !== null && latest > now + clockSkew) {
    const newest = updateName(latest);
    throw new UserError(`there is an update later than ${shortUtc(Math.floor(now / minute) * minute)}: ${newest}.md. Wait until then, or pass --now with a time after it`);
  }
  const floors = [minute, second, 1].map((unit) => Math.floor(now / unit) * unit);
  const free = floors.find((at) => at >= earliest && (latest === null || at > latest));
  return free ?? Math.max(latest === null ? now : latest + 1, earliest);
}
