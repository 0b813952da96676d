import type { ComponentStates } from './component.ts';
import type { Instant } from './instant.ts';
import type { NextUpdate } from './promise.ts';
import type { Period } from './period.ts';
import type { CustomerData, Impact, IncidentStatus } from './vocabulary.ts';

/** One update as its file says it; null where the file says nothing. */
export type IncidentUpdateRecord = {
  /** The file name without its ending: unique in the incident, and its anchor on the page. */
  readonly id: string;
  readonly at: Instant;
  readonly status: IncidentStatus;
  readonly title: string | null;
  readonly impact: Impact | null;
  readonly components: ComponentStates | null;
  readonly customerData: CustomerData | null;
  readonly nextUpdate: NextUpdate | null;
  readonly lead: string | null;
  readonly comms: string | null;
  readonly remedy: string | null;
  /** First update only: when customers began to be affected. */
  readonly started: Instant | null;
  /** First update only: where an imported incident came from. */
  readonly source: string | null;
  /** When its text was last changed after it had been published; null if never. */
  readonly edited: Instant | null;
  /** Markdown. */
  readonly body: string;
};

/** One update with what was in effect after it. */
export type IncidentUpdate = {
  readonly record: IncidentUpdateRecord;
  /** The incident's name at that time. */
  readonly title: string;
  readonly components: ComponentStates;
  readonly customerData: CustomerData | null;
  /** By when it promised the next update; null for none. */
  readonly promised: Instant | null;
};

export type Incident = {
  /** The folder name; part of the address. */
  readonly slug: string;
  readonly title: string;
  readonly status: IncidentStatus;
  readonly impact: Impact;
  /** When customers began to be affected, as far as is known. */
  readonly startedAt: Instant;
  /** When it was last resolved, notes added afterwards aside; null while open. */
  readonly resolvedAt: Instant | null;
  /** Oldest first, never empty. */
  readonly updates: readonly [IncidentUpdate, ...IncidentUpdate[]];
  /** In effect now: empty once resolved. */
  readonly components: ComponentStates;
  /** The worst each named component had. */
  readonly worstComponents: ComponentStates;
  readonly customerData: CustomerData | null;
  readonly lead: string | null;
  readonly comms: string | null;
  readonly remedy: string | null;
  /** By when the next update is promised; null for none and once resolved. */
  readonly promised: Instant | null;
  /** When it was open; more than one stretch if it was reopened. */
  readonly openPeriods: readonly Period[];
};

export function isOpen(incident: Incident): boolean {
  return incident.resolvedAt === null;
}

/** The newest update. */
export function latestUpdate(incident: Incident): IncidentUpdate {
  return incident.updates.at(-1) ?? incident.updates[0];
}
