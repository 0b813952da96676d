import type { ComponentStates } from '../domain/component.ts';
import { isOpen, latestUpdate } from '../domain/incident.ts';
import { type Instant, isoTime } from '../domain/instant.ts';
import type { Repository, Settings } from '../domain/settings.ts';
import { allComponents, openIncidents, type Site } from '../domain/site.ts';
import { suits, type Template } from '../domain/template.ts';
import type { CustomerData, Impact, IncidentStatus } from '../domain/vocabulary.ts';

/** An open incident as far as an update of it needs to know. Nobody's name is in it. */
export type OpenIncident = {
  readonly slug: string;
  readonly title: string;
  readonly status: IncidentStatus;
  /** What somebody said of the impact; null while it follows the components. */
  readonly impact: Impact | null;
  readonly customerData: CustomerData | null;
  /** In effect now. */
  readonly components: ComponentStates;
  /** The worst that each named component had. */
  readonly worst: ComponentStates;
  readonly remedy: string | null;
  readonly latestAt: Instant;
};

/** What the form to write updates knows of the site; it is in the page for everybody to read. */
export type ComposeData = {
  /** The moment at which the content was looked at. */
  readonly asOf: Instant;
  readonly settings: Pick<Settings, 'name' | 'url' | 'timeZone' | 'locale' | 'cadence'>;
  readonly repository: Repository;
  /** All of them, as `check` knows them. */
  readonly components: readonly { readonly id: string; readonly name: string; readonly retired: boolean }[];
  /** The gravest first. */
  readonly open: readonly OpenIncident[];
  /** Folders whose name a new incident could want. */
  readonly taken: readonly string[];
  readonly templates: readonly Template[];
};

/** What the form needs of a site whose repository is known; null when there is to be no form. */
export function composeData(site: Site): ComposeData | null {
  const { name, url, timeZone, locale, cadence, repository, compose } = site.settings;
  if (repository === null || !compose) return null;
  // A new incident has the day on which it is told: no older name can be in its way.
  const today = isoTime(site.now).slice(0, 10);
  return {
    asOf: site.now,
    settings: { name, url, timeZone, locale, cadence },
    repository,
    components: allComponents(site).map(({ id, name: called, retired }) => ({ id, name: called, retired })),
    open: openIncidents(site).map((incident) => ({
      slug: incident.slug,
      title: incident.title,
      status: incident.status,
      impact: incident.updates.findLast(({ record }) => record.impact !== null)?.record.impact ?? null,
      customerData: incident.customerData,
      components: incident.components,
      worst: incident.worstComponents,
      remedy: incident.remedy,
      latestAt: latestUpdate(incident).record.at,
    })),
    taken: site.incidents.filter((incident) => isOpen(incident) || incident.slug >= today).map(({ slug }) => slug),
    templates: site.templates.filter((template) => suits(template, 'open') || suits(template, 'update')),
  };
}
