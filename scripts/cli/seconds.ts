import { type Duration, second } from '../../src/domain/instant.ts';
import { parseDuration } from '../../src/schema/duration.ts';
import { quote } from '../../src/schema/text.ts';
import { UsageError } from './errors.ts';

/** Reads a wait, as `10s`, `5m` or `0`; `otherwise` when it is left out. Throws UsageError. */
export function readWait(given: string | undefined, flag: string, otherwise: Duration): Duration {
  if (given === undefined) return otherwise;
  const text = given.trim();
  const seconds = /^(\d{1,5}(?:\.\d{1,3})?)s$/.exec(text)?.[1];
  const value = text === '0' ? 0 : seconds === undefined ? parseDuration(text) : Math.round(Number(seconds) * second);
  if (value !== null) return value;
  throw new UsageError(
    `${flag}: ${quote(given)} is not a length of time. Type seconds, minutes or hours, as 10s, 5m or 1h`,
  );
}

/** Reads a whole number from 1 up; `otherwise` when it is left out. Throws UsageError. */
export function readCount(given: string | undefined, flag: string, otherwise: number): number {
  if (given === undefined) return otherwise;
  if (/^[1-9]\d{0,3}$/.test(given.trim())) return Number(given);
  throw new UsageError(`${flag}: ${quote(given)} is not a number of times. Type a whole number, as ${flag} 5`);
}
