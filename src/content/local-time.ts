import { type Instant, isoTime } from '../domain/instant.ts';
import { localInstant, shortUtc } from '../schema/instant.ts';
import { updateName } from './update-name.ts';

/**
 * What to say when an update's time cannot be: perhaps its name is the time on the wall.
 * `fits` tells whether the time it would then be is possible; `timeZone` is the site's.
 */
export function localTimeHint(
  at: Instant,
  timeZone: string,
  fits: (instant: Instant) => boolean,
): string {
  const local = isoTime(at);
  const meant = localInstant(local, timeZone);
  if (meant === null || meant === at || !fits(meant)) {
    return 'Rename it to the time of the update in UTC';
  }
  const utc = shortUtc(meant);
  return `Did you write local time? ${local.slice(11, 16)} in ${timeZone} is ${utc.slice(11)}: rename it to ${updateName(meant)}.md`;
}
