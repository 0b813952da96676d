import type { Month } from '../../domain/calendar.ts';
import type { Site } from '../../domain/site.ts';
import { type FrameView, frame, type LinkView } from '../frame.ts';
import { type IncidentSummaryView, incidentSummary } from '../incident-view.ts';
import { local, paths } from '../links.ts';
import { type MaintenanceView, maintenanceView } from '../maintenance-view.ts';
import { months, monthSummary } from '../months.ts';
import { monthInWords } from '../time.ts';

export type MonthView = {
  readonly frame: FrameView;
  readonly heading: string;
  readonly incidents: readonly IncidentSummaryView[];
  readonly maintenances: readonly MaintenanceView[];
  readonly earlier: LinkView | null;
  readonly later: LinkView | null;
  readonly all: string;
};

/** One month: everything that began in it, newest first. */
export function monthPage(site: Site, month: Month): MonthView {
  const { settings } = site;
  const known = [...months(site).keys()];
  const index = known.indexOf(month);
  const link = (neighbour: Month | undefined): LinkView | null =>
    neighbour === undefined
      ? null
      : { label: monthInWords(neighbour, settings), href: local(settings, paths.month(neighbour)) };
  const content = months(site).get(month) ?? { incidents: [], maintenances: [] };
  const heading = monthInWords(month, settings);
  return {
    frame: frame(site, {
      title: heading,
      description: `Incidents of ${settings.name} in ${heading}: ${monthSummary(content)}`,
      path: paths.month(month),
    }),
    heading,
    incidents: content.incidents.map((incident) => incidentSummary(site, incident)),
    maintenances: content.maintenances.map((maintenance) => maintenanceView(site, maintenance)),
    earlier: link(known[index + 1]),
    later: index > 0 ? link(known[index - 1]) : null,
    all: local(settings, paths.history),
  };
}
