import { foldersBelow } from '../../src/content/content-tree.ts';
import { readMarkdownFile } from '../../src/content/front-matter.ts';
import { readIncident } from '../../src/content/incidents.ts';
import { readMaintenance } from '../../src/content/maintenances.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Maintenance } from '../../src/domain/maintenance.ts';
import type { Site } from '../../src/domain/site.ts';
import { incidentDetail } from '../../src/views/incident-view.ts';
import { maintenanceView } from '../../src/views/maintenance-view.ts';
import { plainText } from '../../src/views/markdown.ts';
import type { UpdateView } from '../../src/views/update-view.ts';
import type { Desk } from './desk.ts';
import type { NewFile } from './new-problems.ts';

function updateLines(update: UpdateView | undefined): string[] {
  return update === undefined ? [] : ['', `${update.status}, ${update.time.text}`, plainText(update.html).trim()];
}

/** An incident as customers see it, with its newest update. */
function incidentLines(site: Site, incident: Incident): string[] {
  const { title, status, impact, customerData, states, promise, remedy, updates, open } = incidentDetail(
    site,
    incident,
  );
  const [newest] = updates;
  const named = states.map(({ name }) => name);
  // What works again is in effect no more, but is what customers wait to read.
  const now = [
    ...(open ? states : []),
    ...(newest?.changes ?? []).filter(({ name }) => !open || !named.includes(name)),
  ];
  return [
    title,
    `${status} · ${impact}`,
    ...(customerData === null ? [] : [`${customerData.text}.`]),
    ...now.map((state) => `${state.name}: ${state.status}`),
    ...(remedy === null ? [] : [`How we make it right: ${remedy}`]),
    ...updateLines(newest),
    ...(promise === null ? [] : ['', `Next update by ${promise.time.text}`]),
  ];
}

function maintenanceLines(site: Site, maintenance: Maintenance): string[] {
  const { title, status, from, to, components, updates } = maintenanceView(site, maintenance);
  return [
    title,
    `Maintenance · ${status}`,
    `From ${from.text}`,
    `Until ${to.text}`,
    ...components,
    ...updateLines(updates[0]),
  ];
}

/** What customers will see of the incident or maintenance with this new file, as plain lines; null when it cannot be read. */
export function preview(file: NewFile, desk: Desk, now: Instant): string | null {
  const folder = file.path.split('/').slice(0, 2).join('/');
  const [room] = file.path.split('/');
  if (room !== 'incidents' && room !== 'maintenance') return null;
  const beside = desk.tree.files.filter(({ path }) => path.startsWith(`${folder}/`));
  const files = [...beside, { path: file.path, bytes: new TextEncoder().encode(file.text) }].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
  const sources = (foldersBelow(room, { ...desk.tree, files }).get(folder) ?? files).map(readMarkdownFile);
  const site: Site = {
    now,
    settings: desk.settings,
    groups: desk.groups,
    incidents: [],
    maintenances: [],
    postmortems: [],
    templates: [],
  };
  const context = { ...desk.context, now };
  if (room === 'incidents') {
    const { value: incident } = readIncident(folder, sources, context);
    return incident === null ? null : incidentLines({ ...site, incidents: [incident] }, incident).join('\n');
  }
  const { value: maintenance } = readMaintenance(folder, sources, context);
  return maintenance === null
    ? null
    : maintenanceLines({ ...site, maintenances: [maintenance] }, maintenance).join('\n');
}
