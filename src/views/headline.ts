import { openIncidents, type Site, siteState } from '../domain/site.ts';
import { impactTones, indicatorTones, type Tone } from './tone.ts';
import { count } from './words.ts';

/** The one sentence that a worried person came for: on the index, in badges and in embedded banners. */
export type Headline = { readonly tone: Tone; readonly headline: string; readonly detail: string | null };

/** From calm to grave. */
const tones: readonly Tone[] = ['good', 'maintenance', 'unknown', 'degraded', 'partial', 'major'];

/** The rule table's words, but never that all is well while an incident is open. */
export function headline(site: Site): Headline {
  const state = siteState(site);
  const open = openIncidents(site);
  if (open.length === 0) {
    return { tone: indicatorTones[state.indicator], headline: state.description, detail: null };
  }
  const titles = open.map(({ title }) => title).join(' · ');
  if (state.indicator === 'none' || state.indicator === 'maintenance') {
    const worst = open
      .map(({ impact }) => impactTones[impact])
      .toSorted((a, b) => tones.indexOf(b) - tones.indexOf(a))[0];
    return { tone: worst ?? 'unknown', headline: count(open.length, 'active incident'), detail: titles };
  }
  return { tone: indicatorTones[state.indicator], headline: state.description, detail: titles };
}
