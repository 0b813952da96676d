import type { NextUpdate } from '../domain/promise.ts';
import { parseDuration } from './duration.ts';
import { readInstant } from './instant.ts';
import { quote, type Read, readable } from './text.ts';

const timeOfDay = /^([01]\d|2[0-3]):([0-5]\d)(?:(Z)|([+-])(0\d|1[0-4]):?([0-5]\d))?$/i;
const minutesOfDay = 24 * 60;

function readTimeOfDay(given: string, parts: RegExpExecArray): Read<NextUpdate> {
  const [, hours, minutes, utc, sign, offsetHours, offsetMinutes] = parts;
  if (utc === undefined && sign === undefined) {
    return { wrong: `${quote(given)} has no offset. Type ${given}Z for UTC, or how long it will take, as 30m` };
  }
  const offset = (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0)) * (sign === '-' ? -1 : 1);
  const local = Number(hours) * 60 + Number(minutes);
  return { value: { kind: 'clock', minuteOfDay: (local - offset + 2 * minutesOfDay) % minutesOfDay } };
}

/** A duration (`30m`), a time of day (`14:30Z`), a full time, or `none`. */
export function readNextUpdate(given: string, timeZone: string): Read<NextUpdate> {
  if (given === 'none') return { value: { kind: 'none' } };
  const duration = parseDuration(given);
  if (duration !== null) return { value: { kind: 'in', duration } };
  const parts = timeOfDay.exec(given);
  if (parts !== null) return readTimeOfDay(given, parts);
  if (/^\d{4}-/.test(given)) {
    const time = readInstant(given, timeZone);
    return 'wrong' in time ? time : { value: { kind: 'at', instant: time.value } };
  }
  return { wrong: `${quote(given)} is neither a length of time nor a time. Type 30m, 14:30Z or none` };
}

export const nextUpdate = (timeZone: string) =>
  readable('next_update: 30m', (given) => readNextUpdate(given, timeZone));
