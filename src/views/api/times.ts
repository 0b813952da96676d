import { z } from 'zod';
import { type Instant, isoTime } from '../../domain/instant.ts';

/** A moment as Statuspage writes it: UTC, with milliseconds. */
export const timeSchema = z.iso.datetime({ precision: 3 });

export const timeOrNull = (instant: Instant | null): string | null => (instant === null ? null : isoTime(instant));

/** The latest of some moments; null when there is none. */
export const latest = (instants: readonly Instant[]): Instant | null =>
  instants.reduce<Instant | null>((found, instant) => (found === null || instant > found ? instant : found), null);

/** The earliest of some moments; null when there is none. */
export const earliest = (instants: readonly Instant[]): Instant | null =>
  instants.reduce<Instant | null>((found, instant) => (found === null || instant < found ? instant : found), null);
