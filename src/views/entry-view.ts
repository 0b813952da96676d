import { type Incident, isOpen } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import type { Maintenance } from '../domain/maintenance.ts';
import type { Site } from '../domain/site.ts';
import { incidentSummary } from './incident-view.ts';
import { maintenanceView } from './maintenance-view.ts';
import type { TimeView } from './time.ts';
import type { Tone } from './tone.ts';

/** An incident or a maintenance in a list: both in one form, told apart by a word. */
export type EntryView = {
  readonly title: string;
  readonly href: string;
  readonly tone: Tone;
  readonly status: string;
  /** `Major impact`, or `Maintenance`. */
  readonly kind: string;
  readonly from: TimeView;
  /** The end of a window, without its date where it begins on the same day; null for an incident, of which `lasted` tells. */
  readonly to: TimeView | null;
  readonly lasted: string | null;
  readonly components: string;
  readonly postmortem: string | null;
};

export function incidentEntry(site: Site, incident: Incident): EntryView {
  const { title, href, tone, status, impact, started, lasted, components, postmortem } = incidentSummary(
    site,
    incident,
  );
  return {
    ...{ title, href, status, kind: impact, from: started, to: null, lasted, postmortem },
    tone: isOpen(incident) ? tone : 'good',
    components: components.join(', '),
  };
}

export function maintenanceEntry(site: Site, maintenance: Maintenance): EntryView {
  const { title, href, status, over, from, end: to, components } = maintenanceView(site, maintenance);
  return {
    ...{ title, href, status, kind: 'Maintenance', from, to, lasted: null, postmortem: null },
    tone: over ? 'good' : 'maintenance',
    components: components.join(', '),
  };
}

/** What happened, incidents and maintenance together, newest first by their begin. */
export function entries(site: Site, incidents: readonly Incident[], maintenances: readonly Maintenance[]): EntryView[] {
  const dated: { readonly at: Instant; readonly entry: EntryView }[] = [
    ...incidents.map((incident) => ({ at: incident.startedAt, entry: incidentEntry(site, incident) })),
    ...maintenances.map((maintenance) => ({ at: maintenance.window.from, entry: maintenanceEntry(site, maintenance) })),
  ];
  return dated.toSorted((a, b) => b.at - a.at).map(({ entry }) => entry);
}
