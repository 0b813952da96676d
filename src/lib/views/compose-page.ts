import { type Instant, isoTime } from '../domain/calendar.ts';
import { isOpen, latestUpdate } from '../domain/incident.ts';
import type { Repository, Settings } from '../domain/settings.ts';
import { allComponents, openIncidents, type Site } from '../domain/site.ts';
import { suits, type Template } from '../domain/template.ts';
import {
  type ComponentStates,
  componentStatuses,
  type CustomerData,
  customerDataVerdicts,
  type Impact,
  type IncidentStatus,
} from '../domain/vocabulary.ts';
import { wordsFor } from '../words/words.ts';
import { frame, type FrameView, type LinkView } from './frame.ts';
import { paths } from './lookup.ts';
import { time, type TimeView } from './time.ts';

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

type ChoiceView = { readonly value: string; readonly label: string };

/** The form to write an update with, and how it goes without. */
type ComposeView = {
  readonly frame: FrameView;
  readonly data: ComposeData;
  readonly asOf: TimeView;
  readonly incidents: readonly ChoiceView[];
  readonly components: readonly { readonly name: string; readonly field: string }[];
  readonly states: readonly ChoiceView[];
  readonly verdicts: readonly ChoiceView[];
  /** GitHub's pages for a new file by hand, one for each incident and one for a new one. */
  readonly byHand: readonly LinkView[];
  /** What a file looks like. */
  readonly example: string;
};

/** GitHub's page for a new file. Its name and text are such that `check` refuses them until they are filled in. */
function byHand(
  { repository: { name, branch, folder } }: ComposeData,
  label: string,
  slug: string,
  text: string,
): LinkView {
  const path = `${folder === '' ? '' : `${folder}/`}incidents/${slug}/YYYY-MM-DDTHHMMZ.md`;
  const page = `https://github.com/${name}/new/${branch.split('/').map(encodeURIComponent).join('/')}`;
  return { label, href: `${page}?filename=${encodeURIComponent(path)}&value=${encodeURIComponent(text)}` };
}

/** The page with the form; null where there is none. It is in no list of pages and linked from none: it is for the team. */
export function composePage(site: Site): ComposeView | null {
  const data = composeData(site);
  if (data === null) return null;
  const { settings } = site;
  const words = wordsFor(settings);
  const { manualTitle, manualBody, manualExample } = words.compose;
  const first = `---\ntitle: "${manualTitle}"\nstatus: investigating\nimpact: minor\n---\n${manualBody}\n`;
  const later = (text: string): string => `---\nstatus: identified\n---\n${text}\n`;
  return {
    frame: frame(site, {
      title: words.compose.title,
      description: words.compose.description(settings.name),
      path: paths.compose,
    }),
    data,
    asOf: time(site.now, settings),
    incidents: data.open.map(({ slug, title }) => ({ value: slug, label: title })),
    components: data.components
      .filter(({ retired }) => !retired)
      .map(({ id, name }) => ({ name, field: `component.${id}` })),
    states: componentStatuses.map((value) => ({ value, label: words.componentStatus[value] })),
    verdicts: customerDataVerdicts.map((value) => ({ value, label: words.customerData[value] })),
    byHand: [
      ...data.open.map(({ slug, title }) => byHand(data, words.compose.manualUpdate(title), slug, later(manualBody))),
      byHand(data, words.compose.manualIncident, `${isoTime(site.now).slice(0, 4)}-MM-DD-what-is-wrong`, first),
    ],
    example: later(manualExample),
  };
}
