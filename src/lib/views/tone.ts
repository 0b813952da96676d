import {
  currentComponents,
  type Indicator,
  openIncidents,
  runningMaintenances,
  type Site,
  siteState,
} from '../domain/site.ts';
import type { Incident } from '../domain/incident.ts';
import type { ComponentStatus, CustomerData, Impact } from '../domain/vocabulary.ts';
import { wordsFor } from '../words/words.ts';

/**
 * How a state looks: always a color and a shape. `maintenance` is a calm blue with a clock, also used for incidents in
 * monitoring. Only outages have the stop sign (`major`).
 */
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

/** Incidents in monitoring look calm, no matter how severe they were. */
export const incidentTone = ({ status, impact }: Pick<Incident, 'status' | 'impact'>): Tone =>
  status === 'monitoring' ? 'maintenance' : impactTones[impact];

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

/** Returns the shape for severe states that aren't outages, because the stop sign is only for outages. */
export const warningShape = (tone: Tone): Tone => (tone === 'major' ? 'degraded' : tone);

/** The shape of each tone, for readers who can't tell the colors apart: the `d` of a path in a 20×20 square. */
export const toneShapes: Readonly<Record<Tone, string>> = {
  good: 'M10 1a9 9 0 1 0 0 18a9 9 0 0 0 0-18zm-1.6 13.2L4.3 10.100l1.600-1.600 2.500 2.500 5.700-5.700 1.600 1.600z',
  maintenance:
    'M4 1h12a3 3 0 0 1 3 3v12a3 3 0 0 1-3 3H4a3 3 0 0 1-3-3V4a3 3 0 0 1 3-3zm4.900 3.500v6.300l4.400 2.700 1.100-1.800-3.400-2.100V4.500z',
  degraded: 'M10 1 19.500 18.500H.5zM8.900 7l.3 6h1.600l.3-6zm-.1 7.200v2h2.400v-2z',
  partial: 'M10 .5 19.500 10 10 19.500.5 10zM8.900 5l.3 6.500h1.600l.3-6.500zm-.1 7.600V15h2.400v-2.400z',
  major:
    'M6 .8h8L19.200 6v8L14 19.200H6L.8 14V6zm.3 6.900L8.600 10l-2.300 2.300 1.400 1.400 2.300-2.300 2.300 2.300 1.400-1.400-2.300-2.300 2.300-2.300-1.400-1.400L10 8.600 7.700 6.300z',
  unknown: 'M10 1a9 9 0 1 0 0 18a9 9 0 0 0 0-18zM8.800 5h2.400v2.200H8.800zm0 3.600h2.400V15H8.800z',
};

/** The overall state, for the index, badges and embedded pages. */
export type Headline = { readonly tone: Tone; readonly headline: string };

/** Least severe first. */
const severity: readonly Tone[] = ['good', 'maintenance', 'unknown', 'degraded', 'partial', 'major'];

/**
 * Returns the worst of the components, open incidents and maintenance in progress. If the components don't explain the
 * state, the headline makes no claim about them. The API only considers components, as on Statuspage.
 */
export function headline(site: Site): Headline {
  const words = wordsFor(site.settings).headline;
  const { indicator, condition } = siteState(site);
  const ofComponents = { tone: indicatorTones[indicator], headline: words[condition] };
  const isWorse = (tone: Tone): boolean => severity.indexOf(tone) > severity.indexOf(ofComponents.tone);
  const open = openIncidents(site);
  const worst = severity.findLast((tone) => open.some((incident) => incidentTone(incident) === tone));
  if (worst !== undefined && isWorse(worst)) return { tone: worst, headline: words.openIncidents(open.length) };
  if (isWorse('maintenance') && runningMaintenances(site).length > 0)
    return { tone: 'maintenance', headline: words.under_maintenance };
  // No components are known to be operational.
  if (currentComponents(site).length === 0) return { tone: 'good', headline: words.noIncidents };
  return ofComponents;
}
