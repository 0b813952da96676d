/** A point in time: milliseconds since 1970-01-01T00:00Z. Never a local time. */
export type Instant = number;

/** A length of time in milliseconds. */
export type Duration = number;

export const second: Duration = 1000;
export const minute: Duration = 60 * second;
export const hour: Duration = 60 * minute;
export const day: Duration = 24 * hour;

/** ISO 8601 in UTC with milliseconds, as `2026-11-22T14:05:00.000Z`. */
export function isoTime(instant: Instant): string {
  return new Date(instant).toISOString();
}

/** The year of UTC, in four digits. */
export function yearOf(instant: Instant): string {
  return isoTime(instant).slice(0, 4);
}
