import type { Day, Instant } from './calendar.ts';

/**
 * The words of a status page. They are Statuspage's, which users already know.
 * Each list is ordered from best to worst, or from first to last; other modules rely on that order.
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
 * Kinds of cause that a postmortem may name. What failed, never who: somebody's slip is `manual_work`,
 * since a step that can slip is what there is to mend. `unknown` is a finding: it was looked for.
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

/** The worst of some component statuses; `operational` when there is none. */
export function worstStatus(statuses: Iterable<ComponentStatus>): ComponentStatus {
  let worst = 0;
  for (const status of statuses) worst = Math.max(worst, componentStatuses.indexOf(status));
  return componentStatuses[worst] ?? 'operational';
}

/**
 * The impact that a component status stands for.
 * Statuspage: degraded performance and partial outage are minor, a major outage is major;
 * critical is only ever said by a person.
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

/**
 * Texts that other languages may have in their own words, by the tag of the language. Without any, there is no such
 * field.
 */
export type InLanguages<Texts extends object> = Texts & {
  readonly translations?: Readonly<
    Record<string, { readonly [Name in keyof Texts]?: Exclude<Texts[Name], null> | undefined }>
  >;
};

/** A part of the service that customers know by name. */
export type Component = InLanguages<{ readonly name: string; readonly description: string | null }> & {
  readonly id: string;
  /** The first day that counts for uptime; null counts every day. */
  readonly since: Day | null;
  /** Kept for the incidents that name it, no longer shown among the components. */
  readonly retired: boolean;
  /** Whether the page shows its days and its uptime. */
  readonly showcase: boolean;
  /** When it was created on a page that moved to Halfpast; null when unknown. */
  readonly created: Instant | null;
  /** When its status last changed before the move; null when unknown. */
  readonly changed: Instant | null;
};

/** Components under one heading; `name` is null for those without a group. */
export type ComponentGroup = InLanguages<{ readonly name: string | null }> & {
  readonly components: readonly Component[];
};

/** The status of each named component, by id. */
export type ComponentStates = Readonly<Record<string, ComponentStatus>>;

/** An image of the content folder. */
export type ImageFile = {
  /** Below the content folder, such as `incidents/2026-11-22-checkout/error-rate.png`. */
  readonly path: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** SHA-256 of its bytes. */
  readonly hash: string;
};

/** An image in a text. */
export type ShownImage = {
  /** Its address as the text says it: a path relative to the text's file. */
  readonly src: string;
  readonly file: ImageFile;
};

/** How a remedy is claimed, and what became of it; null where the content doesn't say. */
export type RemedyTerms = {
  readonly claim: string | null;
  /** The last day on which it can be claimed. */
  readonly claimUntil: Day | null;
  /** The day on which customers had it; `pending` until then. */
  readonly remedied: Day | 'pending' | null;
};
