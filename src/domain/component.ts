import type { Day } from './calendar.ts';
import type { Instant } from './instant.ts';
import type { ComponentStatus } from './vocabulary.ts';

/** A part of the service that customers know by name. */
export type Component = {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** The first day that counts for uptime; null counts every day. */
  readonly since: Day | null;
  /** Kept for the incidents that name it, no longer shown among the components. */
  readonly retired: boolean;
  /** Whether the page shows its days and its uptime. */
  readonly showcase: boolean;
  /** When it was first on a page that moved over; null when nobody said. */
  readonly created: Instant | null;
  /** When its status last changed before this history begins; null when nobody said. */
  readonly changed: Instant | null;
};

/** Components under one heading; `name` is null for those without a group. */
export type ComponentGroup = {
  readonly name: string | null;
  readonly components: readonly Component[];
};

/** The status of each named component, by id. */
export type ComponentStates = Readonly<Record<string, ComponentStatus>>;
