import type { Indicator } from '../domain/site-state.ts';
import type { ComponentStatus, CustomerData, Impact } from '../domain/vocabulary.ts';

/** How a state looks: a colour and a shape together, never a colour alone. */
export type Tone = 'good' | 'maintenance' | 'degraded' | 'partial' | 'major' | 'unknown';

export const componentTones: Readonly<Record<ComponentStatus, Tone>> = {
  operational: 'good',
  under_maintenance: 'maintenance',
  degraded_performance: 'degraded',
  partial_outage: 'partial',
  major_outage: 'major',
};

export const impactTones: Readonly<Record<Impact, Tone>> = {
  none: 'unknown',
  minor: 'degraded',
  major: 'partial',
  critical: 'major',
};

export const indicatorTones: Readonly<Record<Indicator, Tone>> = {
  none: 'good',
  maintenance: 'maintenance',
  minor: 'degraded',
  major: 'partial',
  critical: 'major',
};

export const customerDataTones: Readonly<Record<CustomerData, Tone>> = {
  unaffected: 'good',
  under_review: 'degraded',
  affected: 'major',
};
