import { day, type Duration, hour, minute } from '../domain/instant.ts';
import { quote, type Read, readable } from './text.ts';

const form = /^(?=\d)(?:(\d{1,4})d)?(?:(\d{1,4})h)?(?:(\d{1,4})m)?$/;

/** `30m`, `1h`, `1h30m`, `7d` in milliseconds; null for anything else and for nothing at all. */
export function parseDuration(given: string): Duration | null {
  const parts = form.exec(given.replaceAll(' ', ''));
  if (parts === null) return null;
  const [days, hours, minutes] = parts.slice(1).map((part) => Number(part ?? 0));
  const total = (days ?? 0) * day + (hours ?? 0) * hour + (minutes ?? 0) * minute;
  return total > 0 ? total : null;
}

function readDuration(given: string): Read<Duration> {
  const value = parseDuration(given);
  if (value !== null) return { value };
  return { wrong: `${quote(given)} is not a length of time. Type minutes, hours or days, as 30m, 1h30m or 7d` };
}

/** A length of time that is not zero; `example` is what to type. */
export const duration = (example: string) => readable(example, readDuration);
