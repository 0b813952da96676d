import type { Incident } from '../../domain/incident.ts';
import type { Site } from '../../domain/site.ts';
import { excerpt } from '../excerpt.ts';
import { type FrameView, frame } from '../frame.ts';
import { type IncidentDetailView, incidentDetail } from '../incident-view.ts';
import { paths } from '../links.ts';
import { plainText } from '../markdown.ts';
import { incidentSource } from '../sources.ts';
import { cacheKey, type StaticPath } from '../static-paths.ts';

export type IncidentPageView = { readonly frame: FrameView; readonly incident: IncidentDetailView };

export function incidentPage(site: Site, incident: Incident): IncidentPageView {
  const detail = incidentDetail(site, incident);
  const latest = detail.updates[0];
  const said = latest === undefined ? '' : excerpt(plainText(latest.html));
  return {
    frame: frame(site, {
      title: incident.title,
      description: `${detail.status}: ${said}`,
      path: paths.incident(incident.slug),
    }),
    incident: detail,
  };
}

/** The page of each incident, and its text. */
export function incidentPaths(site: Site): StaticPath<{ slug: string }, { incident: Incident }>[] {
  return site.incidents.map((incident) => ({
    params: { slug: incident.slug },
    props: { incident },
    cacheKey: cacheKey(incidentSource(site, incident)),
  }));
}
