import type { ContentTree } from '../../src/lib/content/content-tree.ts';
import { siteFile } from '../../src/lib/content/write-content.ts';
import { minute } from '../../src/lib/domain/calendar.ts';
import { siteAddress } from '../../src/lib/schema/fields.ts';
import { isTimeZone, shortUtc } from '../../src/lib/schema/time-fields.ts';
import { count } from '../../src/lib/words/en.ts';
import { UserError } from '../cli/errors.ts';
import { componentId, settleComponents } from './components.ts';
import { settleSite } from './events.ts';
import { existingFolders, folderNames } from './existing.ts';
import {
  type CodedComponent,
  type ComponentIds,
  countOf,
  nameOf,
  type Plan,
  type PlannedComponent,
  type PlannedComponents,
} from './plan.ts';
import type { Dump, DumpComponent, DumpIncident, DumpMaintenance, DumpPage } from './statuspage-dump.ts';
import { planIncident, planMaintenance, sourceName } from './statuspage-events.ts';

type Event = DumpIncident | DumpMaintenance;

/** Whether an event says a time that comes to nothing here. */
function losesTime(event: Event, carriesStart: boolean): boolean {
  const updates: readonly Event['incident_updates'][number][] = event.incident_updates;
  if (updates.length === 0) return false;
  const first = Math.min(...updates.map(({ display_at: shown, created_at: created }) => shown ?? created));
  const started = event.started_at ?? first;
  const isStartLost = started !== first && !(carriesStart && first - started >= minute);
  return (
    event.created_at !== first ||
    isStartLost ||
    updates.some(({ created_at: created, updated_at: edited }) => (edited ?? created) !== created)
  );
}

/** One line about the times that readers never saw and that are not carried over, if any; they are counted, since on a real page nearly every incident has them. */
function timesLeft({ incidents, maintenances }: Dump): string[] {
  const of = [
    [incidents.filter((one) => losesTime(one, true)).length, 'incident'] as const,
    [maintenances.filter((one) => losesTime(one, false)).length, 'maintenance'] as const,
  ].filter(([amount]) => amount > 0);
  if (of.length === 0) return [];
  return [
    `${of.map(([amount, one]) => count(amount, one)).join(', ')}: created_at and started_at become the time of the first update that was displayed, and when updates were edited is not carried over`,
  ];
}

const over = ['resolved', 'postmortem', 'completed'];

/** Tells of components that are not operational though no open incident or running work says so: in Halfpast only those can. */
function troubledComponents(
  { components, incidents, maintenances }: Dump,
  ids: ComponentIds,
  note: (text: string) => void,
): void {
  const open = [...incidents, ...maintenances].filter(
    ({ incident_updates: updates }) => !updates.some(({ status }) => over.includes(status)),
  );
  const explained = new Set(
    open.flatMap((event) => [
      ...(event.components ?? []).map(({ id }) => id),
      ...event.incident_updates.flatMap(({ affected_components: affected }) =>
        (affected ?? []).map(({ code }) => code),
      ),
    ]),
  );
  for (const { id: code, name, status, group } of components ?? []) {
    if (group === true || status === 'operational' || explained.has(code)) continue;
    const id = ids.get(code) ?? code;
    note(
      `component ${id} (${name}) is ${status} though no open incident says so, which was not carried over. If it still is, type: npx halfpast open --component ${id}=${status}`,
    );
  }
}

/** The text of `site.yml` from what the dump says of its page. Throws UserError when it says too little. */
function planSite(page: DumpPage, note: (text: string) => void): string {
  if (page === null || page === undefined) {
    throw new UserError(
      'the dump does not say whose page it is, and there is no site.yml yet. Run first: npx halfpast init',
    );
  }
  const url = siteAddress.safeParse(page.url).data;
  if (url === undefined)
    throw new UserError(
      `page.url: "${page.url}" is not a web address, and there is no site.yml yet. Run first: npx halfpast init`,
    );
  const zone = page.time_zone ?? '';
  if (!isTimeZone(zone)) note(`the time zone "${zone}" is not an IANA name, and site.yml got UTC`);
  const changed = typeof page.updated_at === 'number' ? { changed: shortUtc(page.updated_at) } : {};
  return siteFile({
    name: page.name.trim().replaceAll(/\s+/g, ' '),
    url,
    time_zone: isTimeZone(zone) ? zone : 'UTC',
    ...changed,
  });
}

type Known = Pick<DumpComponent, 'id' | 'name'> & Partial<DumpComponent>;

/** All components that the history names, with the latest name of each. */
function namedInHistory(dump: Dump): Map<string, Known> {
  const named = new Map<string, Known>();
  const oldestFirst = [...dump.incidents, ...dump.maintenances].toSorted((a, b) => a.created_at - b.created_at);
  for (const { components, incident_updates: updates } of oldestFirst) {
    for (const { code, name } of updates.flatMap((update) => update.affected_components ?? [])) {
      named.set(code, { ...named.get(code), id: code, name });
    }
    for (const component of components ?? []) if (component.group !== true) named.set(component.id, component);
  }
  return named;
}

/** When it was made and last changed, as far as the dump can be believed. */
function moments({ created_at: created, updated_at: changed }: Known): Pick<PlannedComponent, 'created' | 'changed'> {
  return {
    ...(typeof created === 'number' ? { created: shortUtc(created) } : {}),
    ...(typeof changed === 'number' && changed >= (created ?? changed) ? { changed: shortUtc(changed) } : {}),
  };
}

function toPlanned(known: Known, id: string, retired: boolean): PlannedComponent {
  const description = nameOf(known.description ?? '');
  return {
    id,
    name: nameOf(known.name),
    ...(description === '' ? {} : { description }),
    ...(typeof known.start_date === 'string' ? { since: known.start_date } : {}),
    ...(retired ? { retired: true as const } : {}),
    ...(known.showcase === false ? { showcase: false as const } : {}),
    ...moments(known),
  };
}

/**
 * Plans `components.yml`: those of the list in their groups, then those that only the history names, as
 * retired. Without a list nobody knows which are retired, and none is. An id is made from the name.
 */
function planComponents(dump: Dump, note: (text: string) => void): PlannedComponents {
  const history = namedInHistory(dump);
  const listed = (dump.components ?? []).toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0));
  const groups = listed.filter(({ group }) => group === true);
  const single = listed.filter(({ group }) => group !== true);
  const gone = [...history.values()].filter(({ id }) => !listed.some((component) => component.id === id));
  const ids = new Map<string, string>();
  const planned = new Map<string, PlannedComponent>();
  for (const known of [...single, ...gone]) {
    const id = componentId([known.name], ids.values());
    ids.set(known.id, id);
    planned.set(known.id, toPlanned(known, id, dump.components !== null && gone.includes(known)));
    if (known.only_show_if_degraded === true)
      note(`component ${id} was shown only when degraded; here it is always shown`);
  }
  const pick = (components: readonly Known[]): PlannedComponent[] =>
    components.flatMap(({ id }) => planned.get(id) ?? []);
  const inGroup = (group: string): Known[] => single.filter(({ group_id: of }) => of === group);
  const grouped = groups.map((group) => ({ name: nameOf(group.name), components: pick(inGroup(group.id)) }));
  for (const { name } of grouped.filter(({ components }) => components.length === 0))
    note(`group "${name}" has no component, and was not carried over`);
  const loose = single.filter(({ group_id: of }) => !groups.some(({ id }) => id === of));
  const coded = (codes: Iterable<string>): CodedComponent[] =>
    [...codes].flatMap((code) => {
      const component = planned.get(code);
      return component === undefined ? [] : [{ code, planned: component }];
    });
  return {
    ids,
    file: { components: pick([...loose, ...gone]), groups: grouped.filter(({ components }) => components.length > 0) },
    used: coded(history.keys()),
    all: coded(ids.keys()),
  };
}

const noComponents =
  'the dump names no component, and there is no components.yml yet. Pass the list with --components FILE';

/** Plans an import into a content folder as it is. `told` are notes from reading the dump. Pure. Throws UserError when it cannot be done. */
export function planImport(dump: Dump, tree: ContentTree, content: string, told: readonly string[] = []): Plan {
  const notes: string[] = [];
  const note = (text: string): void => void notes.push(text);
  const site = settleSite(tree, (tell) => planSite(dump.page, tell), note);
  const { ids, files, edits, added, remarks } = settleComponents(
    planComponents(dump, note),
    dump.components !== null,
    tree,
    content,
    noComponents,
  );
  troubledComponents(dump, ids, note);
  const incidentFolders = folderNames(dump.incidents, existingFolders('incidents', tree), 'incident', sourceName);
  const maintenanceFolders = folderNames(
    dump.maintenances,
    existingFolders('maintenance', tree),
    'maintenance',
    sourceName,
  );
  const incidents = dump.incidents.map((incident) =>
    planIncident(incident, incidentFolders.get(incident.id) ?? '', ids, note),
  );
  const maintenances = dump.maintenances.map((maintenance) =>
    planMaintenance(maintenance, maintenanceFolders.get(maintenance.id) ?? '', ids, note),
  );
  return {
    edits,
    added,
    files: [...site, ...files, ...incidents.flat(), ...maintenances.flat()],
    counts: countOf(incidents, maintenances),
    notes: [...notes, ...told],
    remarks: [...remarks, ...timesLeft(dump)],
  };
}
