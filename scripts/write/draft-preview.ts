import { foldersBelow } from '../../src/lib/content/content-tree.ts';
import { readMarkdownFile } from '../../src/lib/content/front-matter.ts';
import { readIncident, readMaintenance } from '../../src/lib/content/read-updates.ts';
import { updateRecords } from '../../src/lib/api/history.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import type { Incident } from '../../src/lib/domain/incident.ts';
import type { Maintenance } from '../../src/lib/domain/maintenance.ts';
import type { Site } from '../../src/lib/domain/site.ts';
import { plainText } from '../../src/lib/plain-text.ts';
import { incidentDetail, type UpdateView } from '../../src/lib/views/incident-page.ts';
import { absolute } from '../../src/lib/views/lookup.ts';
import { maintenanceView } from '../../src/lib/views/maintenance-page.ts';
import type { ContentFolder } from '../cli/content.ts';
import type { ExpectedUpdate } from '../live/live-update.ts';
import type { Draft } from './draft.ts';

function updateLines(update: UpdateView | undefined): string[] {
  return update === undefined ? [] : ['', `${update.status}, ${update.time.text}`, plainText(update.html).trim()];
}

/** An incident as customers see it, with its newest update. */
function incidentLines(site: Site, incident: Incident): string[] {
  const view = incidentDetail(site, incident);
  const { title, status, impact, customerData, states, promise, remedy, open } = view;
  const [newest] = view.updates;
  const named = states.map(({ name }) => name);
  // A component that works again has no effect any more, but customers are waiting to read about it.
  const shown = [
    ...(open ? states : []),
    ...(newest?.changes ?? []).filter(({ name }) => !open || !named.includes(name)),
  ];
  return [
    title,
    `${status} · ${impact}`,
    ...(customerData === null ? [] : [`${customerData.text}.`]),
    ...shown.map((state) => `${state.name}: ${state.status}`),
    ...(remedy === null ? [] : [`How we make it right: ${remedy}`]),
    ...updateLines(newest),
    ...(promise === null ? [] : ['', `Next update by ${promise.time.text}`]),
  ];
}

function maintenanceLines(site: Site, maintenance: Maintenance): string[] {
  const { title, status, from, to, components, updates } = maintenanceView(site, maintenance);
  const window = [`From ${from.text}`, `Until ${to.text}`];
  return [title, `Maintenance · ${status}`, ...window, ...components, ...updateLines(updates[0])];
}

/** A site with nothing but the incident or maintenance that a draft belongs to; null when that can't be read. */
function siteOf({ file }: Draft, content: ContentFolder, now: Instant): Site | null {
  const [room, slug] = file.path.split('/');
  if (room !== 'incidents' && room !== 'maintenance') return null;
  const folder = `${room}/${slug}`;
  const files = [...content.tree.files, { path: file.path, bytes: new TextEncoder().encode(file.text) }].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
  const sources = (foldersBelow(room, { ...content.tree, files }).get(folder) ?? []).map(readMarkdownFile);
  const { settings, groups } = content;
  const none = { incidents: [], maintenances: [], postmortems: [], images: [], templates: [] };
  const site: Site = { now, settings, groups, ...none };
  const readContext = { ...content.readContext, now };
  if (room === 'incidents') {
    const { value: incident } = readIncident(folder, sources, readContext);
    return incident && { ...site, incidents: [incident] };
  }
  const { value: maintenance } = readMaintenance(folder, sources, readContext);
  return maintenance && { ...site, maintenances: [maintenance] };
}

/** The incident or maintenance with the new file as customers will see it, in plain text; null if it can't be read. */
export function renderDraft(draft: Draft, content: ContentFolder, now: Instant): string | null {
  const site = siteOf(draft, content, now);
  if (site === null) return null;
  const lines = [
    ...site.incidents.flatMap((incident) => incidentLines(site, incident)),
    ...site.maintenances.flatMap((maintenance) => maintenanceLines(site, maintenance)),
  ];
  return lines.join('\n');
}

/** The update that the new file will be on the live page; null for a file that isn't published. */
export function expectedUpdate(draft: Draft, content: ContentFolder, now: Instant): ExpectedUpdate | null {
  const site = siteOf(draft, content, now);
  const records = site === null ? [] : updateRecords(site);
  return records.find(({ id }) => absolute(content.settings, id) === draft.permalink) ?? null;
}
