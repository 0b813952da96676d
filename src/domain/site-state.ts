import type { ComponentStatus } from './vocabulary.ts';

/** Statuspage's indicator: what monitoring scripts read. */
export type Indicator = 'none' | 'maintenance' | 'minor' | 'major' | 'critical';

export type SiteState = { readonly indicator: Indicator; readonly description: string };

const operational: SiteState = { indicator: 'none', description: 'All Systems Operational' };

/**
 * The overall state, from the statuses of all components that are shown.
 * Statuspage: worst degraded and worst partial outage are both `minor`; some in major outage is
 * `major`; every one in major outage is `critical`; only maintenance is `maintenance`.
 */
export function overallState(statuses: readonly ComponentStatus[]): SiteState {
  const has = (status: ComponentStatus): boolean => statuses.includes(status);
  if (has('major_outage')) {
    return statuses.every((status) => status === 'major_outage')
      ? { indicator: 'critical', description: 'Major Service Outage' }
      : { indicator: 'major', description: 'Partial System Outage' };
  }
  if (has('partial_outage')) return { indicator: 'minor', description: 'Minor Service Outage' };
  if (has('degraded_performance')) {
    return { indicator: 'minor', description: 'Partially Degraded Service' };
  }
  if (has('under_maintenance')) {
    return { indicator: 'maintenance', description: 'Service Under Maintenance' };
  }
  return operational;
}
