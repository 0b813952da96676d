import { z } from 'zod';
import type { ComponentStatus, Impact, IncidentStatus, MaintenanceStatus } from '../../domain/vocabulary.ts';

/**
 * Statuspage's words for ours. They are the same today; each table has to name every word of the model,
 * so that a new one does not compile until somebody says what programs written for Statuspage shall read.
 */
export const componentStatusSchema = z.enum([
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
]);
export type ApiComponentStatus = z.output<typeof componentStatusSchema>;

export const componentStatusCodes: Readonly<Record<ComponentStatus, ApiComponentStatus>> = {
  operational: 'operational',
  under_maintenance: 'under_maintenance',
  degraded_performance: 'degraded_performance',
  partial_outage: 'partial_outage',
  major_outage: 'major_outage',
};

export const incidentStatusSchema = z.enum(['investigating', 'identified', 'monitoring', 'resolved']);

export const incidentStatusCodes: Readonly<Record<IncidentStatus, z.output<typeof incidentStatusSchema>>> = {
  investigating: 'investigating',
  identified: 'identified',
  monitoring: 'monitoring',
  resolved: 'resolved',
};

export const maintenanceStatusSchema = z.enum(['scheduled', 'in_progress', 'verifying', 'completed']);

export const maintenanceStatusCodes: Readonly<Record<MaintenanceStatus, z.output<typeof maintenanceStatusSchema>>> = {
  scheduled: 'scheduled',
  in_progress: 'in_progress',
  verifying: 'verifying',
  completed: 'completed',
};

export const impactSchema = z.enum(['none', 'minor', 'major', 'critical']);

export const impactCodes: Readonly<Record<Impact, z.output<typeof impactSchema>>> = {
  none: 'none',
  minor: 'minor',
  major: 'major',
  critical: 'critical',
};
