import { updateRecords } from '../../src/lib/api/history.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import type { Incident } from '../../src/lib/domain/incident.ts';
import type { Maintenance } from '../../src/lib/domain/maintenance.ts';
import type { Site } from '../../src/lib/domain/site.ts';
import { plainText } from '../../src/lib/plain-text.ts';
import { incidentDetail, type UpdateView } from '../../src/lib/views/incident-page.ts';
import { remedyLine } from '../../src/lib/views/remedy.ts';
import { absolute } from '../../src/lib/views/paths.ts';
import { maintenanceView } from '../../src/lib/views/maintenance-page.ts';
import { type ContentFolder, siteOf } from '../cli/content.ts';
import type { LiveUpdate } from '../live/snapshot.ts';
import { type FileDraft, eventsWith } from './draft.ts';

function updateLines(update: UpdateView | undefined): string[] {
  return update === undefined ? [] : ['', `${update.status}, ${update.time.text}`, plainText(update.html).trim()];
}

/** The update in a file. */
const updateIn = (updates: readonly UpdateView[], { path }: FileDraft['file']): UpdateView | undefined =>
  updates.find(({ id }) => path.endsWith(`/${id}.md`));

/** An incident as customers will see it, with the draft's update. */
function incidentLines(site: Site, incident: Incident, file: FileDraft['file']): string[] {
  const view = incidentDetail(site, incident);
  const { title, status, impact, customerData, states, promise, remedy, open } = view;
  const update = updateIn(view.updates, file);
  const named = states.map(({ name }) => name);
  // A component that works again isn't affected anymore, but customers want to read about it.
  const shown = [
    ...(open ? states : []),
    ...(update?.changes ?? []).filter(({ name }) => !open || !named.includes(name)),
  ];
  return [
    title,
    `${status} · ${impact}`,
    ...(customerData === null ? [] : [`${customerData.text}.`]),
    ...shown.map((state) => `${state.name}: ${state.status}`),
    ...(remedy === null ? [] : [`How we’re making it right: ${remedyLine(remedy)}`]),
    ...updateLines(update),
    ...(promise === null ? [] : ['', `Next update by ${promise.time.text}`]),
  ];
}

function maintenanceLines(site: Site, maintenance: Maintenance, file: FileDraft['file']): string[] {
  const { title, status, from, to, components, updates } = maintenanceView(site, maintenance);
  const window = [`From ${from.text}`, `Until ${to.text}`];
  return [title, `Maintenance · ${status}`, ...window, ...components, ...updateLines(updateIn(updates, file))];
}

/** A site with only the draft's incident or maintenance, or neither if that's unreadable. */
const siteWith = ({ file }: FileDraft, content: ContentFolder, now: Instant): Site =>
  siteOf({ ...content, now }, eventsWith(file, content, now));

/** The incident or maintenance as customers will see it with the new file, in plain text; null if unreadable. */
export function renderDraft(draft: FileDraft, content: ContentFolder, now: Instant): string | null {
  const site = siteWith(draft, content, now);
  const lines = [
    ...site.incidents.flatMap((incident) => incidentLines(site, incident, draft.file)),
    ...site.maintenances.flatMap((maintenance) => maintenanceLines(site, maintenance, draft.file)),
  ];
  return lines.length === 0 ? null : lines.join('\n');
}

/** The live update that the new file will become; null for a file that isn't published. */
export function expectedUpdate(draft: FileDraft, content: ContentFolder, now: Instant): LiveUpdate | null {
  const records = updateRecords(siteWith(draft, content, now));
  return records.find(({ id }) => absolute(content.settings, id) === draft.permalink) ?? null;
}
