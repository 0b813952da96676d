import type { ContentTree } from '../../src/lib/content/content-tree.ts';
import { siteFile } from '../../src/lib/content/write-content.ts';
import { minute } from '../../src/lib/domain/calendar.ts';
import { siteAddress } from '../../src/lib/schema/fields.ts';
import { isTimeZone, shortUtc } from '../../src/lib/schema/time-fields.ts';
import { count } from '../../src/lib/words/en.ts';
import { UserError } from '../cli/errors.ts';
import { componentId } from './components.ts';
import { planEvents } from './events.ts';
import {
  type CodedComponent,
  type ComponentIds,
  nameOf,
  type Plan,
  type PlannedComponent,
  type PlannedComponents,
} from './plan.ts';
import type { Dump, DumpComponent, DumpIncident, DumpMaintenance, DumpPage } from './statuspage-dump.ts';
import { importIncident, importMaintenance, sourceName } from './statuspage-events.ts';

type Event = DumpIncident | DumpMaintenance;

/** Whether an event has a time that isn't imported. */
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

/** One line that counts the events whose times change, which readers never saw. On a real page, nearly every incident is one. */
function changedTimes({ incidents, maintenances }: Dump): string[] {
  const of = [
    [incidents.filter((one) => losesTime(one, true)).length, 'incident'] as const,
    [maintenances.filter((one) => losesTime(one, false)).length, 'maintenance'] as const,
  ].filter(([amount]) => amount > 0);
  if (of.length === 0) return [];
  return [
    `${of.map(([amount, one]) => count(amount, one)).join(', ')}: created_at and started_at became the time of the first displayed update; the times of edits were not imported`,
  ];
}

const over = ['resolved', 'postmortem', 'completed'];

/** Notes components that aren't operational although no open event explains it: Halfpast takes statuses from events only. */
function noteTroubledComponents(
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
      `component ${id} (${name}): not imported: it is ${status} without an open incident. If it still is, run: npx halfpast open --component ${id}=${status}`,
    );
  }
}

/** The text of `site.yml`, from the dump's page. Throws UserError when that lacks too much. */
function planSite(page: DumpPage, note: (text: string) => void): string {
  if (page === null || page === undefined) {
    throw new UserError('the dump does not name its page, and there is no site.yml yet. First run: npx halfpast init');
  }
  const url = siteAddress.safeParse(page.url).data;
  if (url === undefined)
    throw new UserError(
      `page.url: "${page.url}" is not a web address, and there is no site.yml yet. First run: npx halfpast init`,
    );
  const zone = page.time_zone ?? '';
  if (!isTimeZone(zone)) note(`the time zone "${zone}" is not an IANA name, so site.yml has UTC`);
  const changed = typeof page.updated_at === 'number' ? { changed: shortUtc(page.updated_at) } : {};
  return siteFile({
    name: page.name.trim().replaceAll(/\s+/g, ' '),
    url,
    time_zone: isTimeZone(zone) ? zone : 'UTC',
    ...changed,
  });
}

type Known = Pick<DumpComponent, 'id' | 'name'> & Partial<DumpComponent>;

/** All components in the history, with the latest name of each. */
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

/** When it was created and last changed. A change before the creation is an error in the dump. */
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
 * Plans `components.yml`: listed components in their groups, then those only in the history, as retired. Without
 * a list, none is retired. Ids are made from names.
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
      note(`component ${id}: it was shown only when degraded, and is now always shown`);
  }
  const pick = (components: readonly Known[]): PlannedComponent[] =>
    components.flatMap(({ id }) => planned.get(id) ?? []);
  const inGroup = (group: string): Known[] => single.filter(({ group_id: of }) => of === group);
  const grouped = groups.map((group) => ({ name: nameOf(group.name), components: pick(inGroup(group.id)) }));
  for (const { name } of grouped.filter(({ components }) => components.length === 0))
    note(`group "${name}": not imported: it has no components`);
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

/** Plans an import into a content folder. `readNotes` are notes from reading the dump. Pure. Throws UserError when it isn't possible. */
export function planImport(dump: Dump, tree: ContentTree, content: string, readNotes: readonly string[] = []): Plan {
  const notes: string[] = [];
  const note = (text: string): void => void notes.push(text);
  const plan = planEvents(
    {
      site: (noteSite) => planSite(dump.page, noteSite),
      components: planComponents(dump, note),
      isList: dump.components !== null,
      missing: 'the dump names no components, and there is no components.yml yet. Pass the list with --components FILE',
      sourceOf: sourceName,
      events: (ids) => {
        noteTroubledComponents(dump, ids, note);
        return [
          ...dump.incidents.map((incident) => importIncident(incident, ids, note)),
          ...dump.maintenances.map((maintenance) => importMaintenance(maintenance, ids, note)),
        ];
      },
    },
    tree,
    content,
    notes,
  );
  return { ...plan, notes: [...notes, ...readNotes], remarks: [...(plan.remarks ?? []), ...changedTimes(dump)] };
}
