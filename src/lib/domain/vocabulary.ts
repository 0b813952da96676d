import type { Day, Instant } from './calendar.ts';

/**
 * The terms of a status page. They're Statuspage's, so users already know them. Each list is ordered from best to
 * worst, or from first to last. Other modules rely on that order.
 */
export const componentStatuses = [
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
] as const;
export type ComponentStatus = (typeof componentStatuses)[number];

export const incidentStatuses = ['investigating', 'identified', 'monitoring', 'resolved'] as const;
export type IncidentStatus = (typeof incidentStatuses)[number];

export const maintenanceStatuses = ['scheduled', 'in_progress', 'verifying', 'completed'] as const;
export type MaintenanceStatus = (typeof maintenanceStatuses)[number];

export const impacts = ['none', 'minor', 'major', 'critical'] as const;
export type Impact = (typeof impacts)[number];

export const customerDataVerdicts = ['unaffected', 'under_review', 'affected'] as const;
export type CustomerData = (typeof customerDataVerdicts)[number];

/**
 * Causes that a postmortem can state: what failed, never who. A person's mistake is `manual_work`, because the
 * error-prone step is what needs fixing. `unknown` is a finding: the team looked for the cause.
 */
export const causes = [
  'change',
  'data',
  'defect',
  'manual_work',
  'capacity',
  'hardware',
  'dependency',
  'security',
  'unknown',
] as const;
export type Cause = (typeof causes)[number];

/** Returns the worst of some component statuses; `operational` if there are none. */
export function worstStatus(statuses: Iterable<ComponentStatus>): ComponentStatus {
  let worst = 0;
  for (const status of statuses) worst = Math.max(worst, componentStatuses.indexOf(status));
  return componentStatuses[worst] ?? 'operational';
}

/**
 * Returns the impact that a component status implies. As on Statuspage, degraded performance and partial outages are
 * minor, and major outages are major. Only people set `critical`.
 */
export function impactOf(status: ComponentStatus): Impact {
  switch (status) {
    case 'operational':
    case 'under_maintenance':
      return 'none';
    case 'degraded_performance':
    case 'partial_outage':
      return 'minor';
    case 'major_outage':
      return 'major';
  }
}

/** Texts that can be translated, by language tag. The field is absent if there are no translations. */
export type InLanguages<Texts extends object> = Texts & {
  readonly translations?: Readonly<
    Record<string, { readonly [Name in keyof Texts]?: Exclude<Texts[Name], null> | undefined }>
  >;
};

/** A part of the service that customers know by name. */
export type Component = InLanguages<{ readonly name: string; readonly description: string | null }> & {
  readonly id: string;
  /** The first day that counts for its uptime; null if every day counts. */
  readonly since: Day | null;
  /** No longer shown as a component, but kept for the incidents that reference it. */
  readonly retired: boolean;
  /** Whether the page shows its days and uptime. */
  readonly showcase: boolean;
  /** When it was created, for a page that moved to Halfpast; null if unknown. */
  readonly created: Instant | null;
  /** When its status last changed before the move; null if unknown. */
  readonly changed: Instant | null;
};

/** Components under one heading. `name` is null for ungrouped components. */
export type ComponentGroup = InLanguages<{ readonly name: string | null }> & {
  readonly components: readonly Component[];
};

/** Component statuses by id. */
export type ComponentStates = Readonly<Record<string, ComponentStatus>>;

/** An image in the content folder. */
export type ImageFile = {
  /** Relative to the content folder, such as `incidents/2026-11-22-checkout/error-rate.png`. */
  readonly path: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** SHA-256 of its bytes. */
  readonly hash: string;
};

/** An image in a text. */
export type ShownImage = {
  /** Its path as written in the text, relative to the text's file. */
  readonly src: string;
  readonly file: ImageFile;
};

/** How to claim a remedy, and whether it was delivered; null where the content doesn't say. */
export type RemedyTerms = {
  readonly claim: string | null;
  /** The last day to claim it. */
  readonly claimUntil: Day | null;
  /** The day when customers received it; `pending` until then. */
  readonly remedied: Day | 'pending' | null;
};
