import { z } from 'zod';
import type { Indicator } from '../../domain/site-state.ts';
import { type Site, siteState } from '../../domain/site.ts';

const indicatorSchema = z.enum(['none', 'maintenance', 'minor', 'major', 'critical']);

/** Statuspage's words for ours; a new one of ours does not compile until it has one. */
const indicatorCodes: Readonly<Record<Indicator, z.output<typeof indicatorSchema>>> = {
  none: 'none',
  maintenance: 'maintenance',
  minor: 'minor',
  major: 'major',
  critical: 'critical',
};

export const statusSchema = z
  .strictObject({
    indicator: indicatorSchema.describe('How bad it is, from the statuses of all components that are shown.'),
    description: z
      .string()
      .describe(
        'The same in words, such as "All Systems Operational". An open incident that names no component does not change it.',
      ),
  })
  .describe('The overall state.');

/** By the rule table, as Statuspage: it follows the components alone. */
export function apiStatus(site: Site): z.output<typeof statusSchema> {
  const { indicator, description } = siteState(site);
  return { indicator: indicatorCodes[indicator], description };
}
