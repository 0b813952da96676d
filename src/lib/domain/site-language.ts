import { foldIncident, type Incident } from './incident.ts';
import { foldMaintenance, type Maintenance } from './maintenance.ts';
import type { Settings, SiteLanguage } from './settings.ts';
import type { Site } from './site.ts';
import { inLanguage, textLanguage } from './translation.ts';

type Updates = Incident['updates'] | Maintenance['updates'];

const isTranslated = (updates: Updates): boolean => updates.some(({ record }) => record.translations !== undefined);

function incidentIn(incident: Incident, language: string, { cadence }: Settings): Incident {
  if (!isTranslated(incident.updates)) return incident;
  const [first, ...rest] = incident.updates.map(({ record }) => inLanguage(record, language));
  return first === undefined ? incident : foldIncident(incident.slug, [first, ...rest], cadence);
}

function maintenanceIn(maintenance: Maintenance, language: string): Maintenance {
  if (!isTranslated(maintenance.updates)) return maintenance;
  const [first, ...rest] = maintenance.updates.map(({ record }) => inLanguage(record, language));
  return first === undefined ? maintenance : foldMaintenance(maintenance.slug, [first, ...rest]);
}

function made(site: Site, { locale, language, folder }: SiteLanguage): Site {
  const translated = <T extends object>(texts: readonly T[]): T[] => texts.map((text) => inLanguage(text, language));
  return {
    ...site,
    settings: { ...inLanguage(site.settings, language), links: translated(site.settings.links), locale, folder },
    groups: translated(site.groups).map((group) => ({ ...group, components: translated(group.components) })),
    incidents: site.incidents.map((incident) => incidentIn(incident, language, site.settings)),
    maintenances: site.maintenances.map((maintenance) => maintenanceIn(maintenance, language)),
    postmortems: translated(site.postmortems),
    announcements: translated(site.announcements),
    pages: translated(site.pages),
  };
}

const known = new WeakMap<Site, Map<string, Site>>();

/**
 * Returns the site in one of its languages, with originals where there's no translation. The result is cached, and so
 * is everything derived from it.
 */
export function siteIn(site: Site, language: SiteLanguage): Site {
  if (language.folder === site.settings.folder) return site;
  const sites = known.get(site) ?? new Map<string, Site>();
  known.set(site, sites);
  const found = sites.get(language.folder) ?? made(site, language);
  sites.set(language.folder, found);
  return found;
}

/** Returns the language of the title of an incident or maintenance, as `textLanguage` does. */
export function titleLanguage({ updates }: { readonly updates: Updates }, settings: Settings): string | null {
  const named = updates.map(({ record }) => record).findLast(({ title }) => title !== null);
  return named === undefined ? null : textLanguage(named, settings, 'title');
}
