import { type Instant, minute } from '../../src/domain/instant.ts';
import { updateName } from '../../src/content/update-name.ts';
import { freeUpdateTime } from '../../src/content/writing/update-time.ts';
import { shortUtc } from '../../src/schema/instant.ts';
import { UserError } from '../cli/errors.ts';

/**
 * The instant for an update written at `now`: after `latest`, the newest update there is (null for
 * none), and not before `earliest`. Throws UserError when the newest update is later than now.
 */
export function updateTime(now: Instant, latest: Instant | null, earliest: Instant = -Infinity): Instant {
  const at = freeUpdateTime(now, latest, earliest);
  if (at !== null) return at;
  const newest = updateName(latest ?? now);
  throw new UserError(
    `there is an update later than ${shortUtc(Math.floor(now / minute) * minute)}: ${newest}.md. Wait until then, or pass --now with a time after it`,
  );
}
