import { type Instant, isoTime } from '../domain/calendar.ts';
import { type Incident, type IncidentUpdateRecord, isOpen, latestUpdate } from '../domain/incident.ts';
import { openRemedies, type Remedy, remedyOf } from '../domain/owed.ts';
import type { Repository, Settings } from '../domain/settings.ts';
import { allComponents, openIncidents, publications, type Site } from '../domain/site.ts';
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
import { frame, type LinkView } from './frame.ts';
import { paths } from './paths.ts';

/** What the form knows about an incident that it can update. It's public, so it contains no names of people. */
export type ListedIncident = {
  readonly slug: string;
  readonly title: string;
  readonly status: IncidentStatus;
  /** The impact set in an update; null if it follows from the components. */
  readonly impact: Impact | null;
  readonly customerData: CustomerData | null;
  readonly components: ComponentStates;
  /** The worst status of each component. */
  readonly worst: ComponentStates;
  readonly remedy: Remedy | null;
  /** Whether an update can report that customers received the remedy. */
  readonly owes: boolean;
  /** When it began or was last reopened. */
  readonly openedAt: Instant;
  /** The newest update since then that lists an affected component; null for none. */
  readonly affectedAt: Instant | null;
  readonly latestAt: Instant;
};

/** A published update that the form can correct. */
export type EditableUpdate = {
  /** Relative to the content folder. */
  readonly path: string;
  readonly title: string;
  /** As shown on the page. */
  readonly status: string;
  readonly at: Instant;
  readonly posted: Instant | null;
  readonly edited: Instant | null;
  readonly body: string;
  /** Its file; null if it contains anything meant only for the team, because the form is public. */
  readonly text: string | null;
};

/** What the form knows about the site. It's part of the page, so everyone can read it. */
export type ComposeData = {
  /** When the page was built. */
  readonly asOf: Instant;
  /** When the newest update or postmortem on the page was published; 0 for none. */
  readonly latestAt: Instant;
  readonly settings: Pick<Settings, 'name' | 'url' | 'timeZone' | 'locale' | 'cadence'>;
  readonly repository: Repository;
  /** Includes retired ones, which `check` knows too. */
  readonly components: readonly { readonly id: string; readonly name: string; readonly retired: boolean }[];
  /** Most severe first. */
  readonly open: readonly ListedIncident[];
  /** Resolved incidents whose remedy is still owed, earliest due first. */
  readonly owing: readonly ListedIncident[];
  /** Folder names that new incidents can't use. */
  readonly taken: readonly string[];
  readonly templates: readonly Template[];
  /** The newest updates, newest first. */
  readonly editable: readonly EditableUpdate[];
};

/** The incident in the form's list with this slug; undefined for none. */
export const listedIncident = ({ open, owing }: ComposeData, slug: string): ListedIncident | undefined =>
  [...open, ...owing].find((one) => one.slug === slug);

const isAffecting = ({ components }: IncidentUpdateRecord): boolean =>
  Object.values(components ?? {}).some((status) => status !== 'operational');

const listed = (incident: Incident, owes: boolean): ListedIncident => ({
  slug: incident.slug,
  title: incident.title,
  status: incident.status,
  impact: incident.updates.findLast(({ record }) => record.impact !== null)?.record.impact ?? null,
  customerData: incident.customerData,
  components: incident.components,
  worst: incident.worstComponents,
  remedy: remedyOf(incident, undefined),
  owes,
  openedAt: incident.openPeriods.at(-1)?.from ?? incident.startedAt,
  affectedAt: incident.updates.findLast(({ record }) => isAffecting(record))?.record.at ?? null,
  latestAt: latestUpdate(incident).record.at,
});

/** How many updates the form can correct. Use `halfpast edit` for older ones. */
const mostEditable = 5;

/** Lines of front matter that aren't published: comments, names of people, and where the update came from. */
const privateLine = /^(?:lead|comms|hand_overs|key|source)\s*:|(?:^|\s)#/m;

function editableUpdates(site: Site): EditableUpdate[] {
  const { settings } = site;
  const words = wordsFor(settings);
  const labels = { ...words.incidentStatus, ...words.maintenanceStatus };
  const all = [
    ...site.incidents.map(({ slug, updates }) => ({ folder: `incidents/${slug}`, updates })),
    ...site.maintenances.map(({ slug, updates }) => ({ folder: `maintenance/${slug}`, updates })),
  ].flatMap(({ folder, updates }) => updates.map((update) => ({ folder, ...update })));
  return all
    .toSorted((a, b) => b.record.at - a.record.at)
    .slice(0, mostEditable)
    .map(({ folder, title, record: { id, at, status, posted, edited, body, written } }) => ({
      path: `${folder}/${id}.md`,
      title,
      status: labels[status],
      at,
      posted,
      edited,
      body: body.trim(),
      text: written === null || privateLine.test(written.split(/^---\s*$/m)[1] ?? '#') ? null : written,
    }));
}

/** Returns null if the settings have no repository or turn the form off. */
export function composeData(site: Site): ComposeData | null {
  const { name, url, timeZone, locale, cadence, repository, compose } = site.settings;
  if (repository === null || !compose) return null;
  // The names of new folders start with today's date, so only names from today on can clash.
  const today = isoTime(site.now).slice(0, 10);
  const owing = openRemedies(site)
    // The form doesn't ask for the remedy itself again, which the terms of an update need.
    .filter(({ incident }) => incident.remedy !== null)
    .map(({ incident }) => incident);
  return {
    asOf: site.now,
    latestAt: Math.max(0, ...publications(site).map(({ at }) => at)),
    settings: { name, url, timeZone, locale, cadence },
    repository,
    components: allComponents(site).map((component) => ({
      id: component.id,
      name: component.name,
      retired: component.retired,
    })),
    open: openIncidents(site).map((incident) => listed(incident, owing.includes(incident))),
    owing: owing.filter((incident) => !isOpen(incident)).map((incident) => listed(incident, true)),
    taken: site.incidents.filter((incident) => isOpen(incident) || incident.slug >= today).map(({ slug }) => slug),
    templates: site.templates.filter((template) => suits(template, 'open') || suits(template, 'update')),
    editable: editableUpdates(site),
  };
}

/** Returns the URL of GitHub's page for creating or editing files. */
export const gitHubPage = ({ name, branch }: Repository, action: 'new' | 'edit'): string =>
  `https://github.com/${name}/${action}/${branch.split('/').map(encodeURIComponent).join('/')}`;

/** Returns the path in the repository of a file in the content folder. */
export const repositoryPath = ({ folder }: Repository, path: string): string =>
  folder === '' ? path : `${folder}/${path}`;

/** GitHub's new file page. `check` rejects its name and text until they're filled in. */
function newFileLink({ repository }: ComposeData, label: string, slug: string, text: string): LinkView {
  const path = encodeURIComponent(repositoryPath(repository, `incidents/${slug}/YYYY-MM-DDTHHMMZ.md`));
  return { label, href: `${gitHubPage(repository, 'new')}?filename=${path}&value=${encodeURIComponent(text)}` };
}

/** Returns the page with the form; null if it's disabled. No page links to it, because it's for the team. */
export function composePage(site: Site) {
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
    incidents: data.open.map(({ slug, title }) => ({ value: slug, label: title })),
    owing: data.owing.map(({ slug, title }) => ({ value: slug, label: title })),
    components: data.components
      .filter(({ retired }) => !retired)
      .map(({ id, name }) => ({ name, field: `component.${id}` })),
    states: componentStatuses.map((value) => ({ value, label: words.componentStatus[value] })),
    verdicts: customerDataVerdicts.map((value) => ({ value, label: words.customerData[value] })),
    // These work without the form: one per open incident, and one for a new incident.
    newFileLinks: [
      ...data.open.map(({ slug, title }) =>
        newFileLink(data, words.compose.manualUpdate(title), slug, later(manualBody)),
      ),
      newFileLink(data, words.compose.manualIncident, `${isoTime(site.now).slice(0, 4)}-MM-DD-what-is-wrong`, first),
    ],
    example: later(manualExample),
  };
}
