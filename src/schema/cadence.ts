import type { UpdateCadence } from '../domain/settings.ts';
import { duration, parseDuration } from './duration.ts';
import { fields } from './fields.ts';
import { quote, type Read, readable } from './text.ts';

function readUpdateCadence(given: string): Read<UpdateCadence> {
  const every = parseDuration(given);
  if (every !== null) return { value: { kind: 'every', duration: every } };
  const minute = /^at :([0-5]\d)$/.exec(given)?.[1];
  if (minute !== undefined) return { value: { kind: 'at_minute', minute: Number(minute) } };
  return {
    wrong: `${quote(given)} is not a cadence. Type a length of time, as 30m, or a minute of each hour, as "at :30"`,
  };
}

/** How often the team checks in, and when customers are told something. */
export const cadence = fields(
  {
    check_in: duration('check_in: 15m').optional(),
    update: readable('update: at :30', readUpdateCadence).optional(),
  },
  'is not a cadence. Type "check_in: 15m" and "update: at :30" below it',
);
