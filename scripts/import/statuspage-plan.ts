import type { ContentTree } from '../../src/lib/content/content-tree.ts';
import { siteFile } from '../../src/lib/content/write-content.ts';
import { minute } from '../../src/lib/domain/calendar.ts';
import { siteAddress } from '../../src/lib/schema/fields.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { isTimeZone, shortUtc } from '../../src/lib/schema/time-fields.ts';
import { count } from '../../src/lib/words/en.ts';
import { UserError } from '../cli/errors.ts';
import { type Listed, planList } from './components.ts';
import { planEvents } from './plan-events.ts';
import { type ComponentIds, nameOf, type Note, type Plan, type PlannedComponents } from './plan.ts';
import {
  type Dump,
  type DumpComponent,
  type DumpIncident,
  type DumpMaintenance,
  type DumpPage,
  shownAt,
} from './statuspage-dump.ts';
import { closing, importIncident, importMaintenance, isUnfinished, onlyListed } from './statuspage-events.ts';

type Event = DumpIncident | DumpMaintenance;

/** Whether an event has a time that isn't imported. */
function losesTime(event: Event, carriesStart: boolean): boolean {
  const updates: readonly Event['incident_updates'][number][] = event.incident_updates;
  if (updates.length === 0) return false;
  const first = Math.min(...updates.map(shownAt));
  const started = event.started_at ?? first;
  const isStartLost = started !== first && !(carriesStart && first - started >= minute);
  return (
    event.created_at !== first ||
    isStartLost ||
    updates.some(({ created_at: created, updated_at: edited }) => (edited ?? created) !== created)
  );
}

/**
 * One line with the number of events whose times change. Readers never saw these times, and on a real page, nearly
 * every incident is affected.
 */
function changedTimes({ incidents, maintenances }: Dump): string[] {
  const of = [
    [incidents.filter((one) => losesTime(one, true)).length, 'incident'] as const,
    [maintenances.filter((one) => losesTime(one, false)).length, 'maintenance window'] as const,
  ].filter(([amount]) => amount > 0);
  if (of.length === 0) return [];
  return [
    `${of.map(([amount, one]) => count(amount, one)).join(', ')}: created_at and started_at became the time of the first displayed update; the times of edits were not imported`,
  ];
}

/** One line with the number of components that an incident only lists. Their status at the time is unknown. */
function unknownStates({ incidents }: Dump): string[] {
  const amounts = incidents
    .filter((incident) => !isUnfinished(incident))
    .map((incident) => onlyListed(incident).length);
  const events = amounts.filter((amount) => amount > 0).length;
  if (events === 0) return [];
  return [
    `${count(events, 'incident')}: components that no update mentions were not imported; Statuspage lists their current status`,
  ];
}

/**
 * Notes components that aren't operational without an open event that explains it: in Halfpast, statuses only come from
 * events.
 */
function noteTroubledComponents({ components, incidents, maintenances }: Dump, ids: ComponentIds, note: Note): void {
  const explained = codesIn([...incidents, ...maintenances].filter(isUnfinished));
  for (const { id: code, name, status, group } of components ?? []) {
    if (group === true || status == null || status === 'operational' || explained.has(code)) continue;
    const id = ids.get(code) ?? code;
    note(
      `component ${id} (${name ?? code}): not imported: it is ${status} without an open incident. If it still is, run: npx halfpast open --component ${id}=${status}`,
    );
  }
}

/** The text of `site.yml`, from the page in the dump. Throws UserError if too much is missing. */
function planSite(page: DumpPage, note: Note): string {
  const first = 'and there is no site.yml yet. First run: npx halfpast init';
  if (page?.name == null) throw new UserError(`the dump does not name its page, ${first}`);
  const url = siteAddress.safeParse(page.url).data;
  if (url === undefined) throw new UserError(`page.url: ${quote(page.url ?? '')} is not a web address, ${first}`);
  const zone = page.time_zone ?? '';
  if (!isTimeZone(zone)) note(`the time zone "${zone}" is not an IANA name, so site.yml has UTC`);
  return siteFile({
    name: nameOf(page.name),
    url,
    time_zone: isTimeZone(zone) ? zone : 'UTC',
    ...(page.updated_at == null ? {} : { changed: shortUtc(page.updated_at) }),
  });
}

/** The codes of the components in events, with the newest name of each; null if it has none. */
function codesIn(events: readonly Event[]): Map<string, Partial<DumpComponent>> {
  const named = new Map<string, Partial<DumpComponent>>();
  for (const { components, incident_updates: updates } of events.toSorted((a, b) => a.created_at - b.created_at)) {
    for (const { code, name } of updates.flatMap((update) => update.affected_components ?? []))
      named.set(code, { ...named.get(code), ...(name == null ? {} : { name }) });
    for (const { group, ...component } of components ?? [])
      if (group !== true)
        named.set(
          component.id,
          component.name == null ? { ...component, name: named.get(component.id)?.name } : component,
        );
  }
  return named;
}

function toListed(code: string, known: Partial<DumpComponent>, name: string | null | undefined): Listed {
  const { created_at: created, updated_at: changed } = known;
  return {
    code,
    name: known.name ?? name ?? code,
    description: known.description ?? '',
    more: {
      ...(known.start_date == null ? {} : { since: known.start_date }),
      ...(known.showcase === false ? { showcase: false } : {}),
      ...(created == null ? {} : { created: shortUtc(created) }),
      // A change before the component was created is an error in the dump.
      ...(changed == null || changed < (created ?? changed) ? {} : { changed: shortUtc(changed) }),
    },
  };
}

/**
 * Plans `components.yml`: listed components in their groups, then those only in the history. Ids are made from names.
 */
function planComponents(dump: Dump, note: Note): PlannedComponents {
  const history = codesIn([...dump.incidents, ...dump.maintenances]);
  const listed = (dump.components ?? []).toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0));
  const single = listed.filter(({ group }) => group !== true);
  const groups = new Map(listed.flatMap(({ id, name, group }) => (group === true ? [[id, name ?? id] as const] : [])));
  const planned = planList({
    list:
      dump.components &&
      single.map((known): Listed => {
        const group = groups.get(known.group_id ?? '');
        return { ...toListed(known.id, known, history.get(known.id)?.name), ...(group === undefined ? {} : { group }) };
      }),
    used: history.keys(),
    gone: [...history].flatMap(([code, known]) =>
      listed.some(({ id }) => id === code) ? [] : [toListed(code, known, null)],
    ),
    groups: [...groups.values()],
  });
  for (const { id } of [...single, ...history].flatMap((known) =>
    'id' in known && known.only_show_if_degraded === true ? [known] : [],
  ))
    note(`component ${planned.ids.get(id) ?? id}: it was shown only when degraded, and is now always shown`);
  for (const [id, name] of groups)
    if (!single.some(({ group_id: group }) => group === id))
      note(`group "${name}": not imported: it has no components`);
  return planned;
}

/**
 * Plans an import into a content folder. `readNotes` are notes from reading the dump. Pure. Throws UserError if the
 * import isn't possible.
 */
export function planImport(given: Dump, tree: ContentTree, content: string, readNotes: readonly string[] = []): Plan {
  const notes: string[] = [];
  const note = (text: string): void => void notes.push(text);
  const dump: Dump = {
    ...given,
    incidents: given.incidents.map((one) => ({
      ...one,
      incident_updates: [...closing(one, 'resolved', note), ...one.incident_updates],
    })),
    maintenances: given.maintenances.map((one) => ({
      ...one,
      incident_updates: [...closing(one, 'completed', note), ...one.incident_updates],
    })),
  };
  const plan = planEvents(
    {
      site: (noteSite) => planSite(dump.page, noteSite),
      components: planComponents(dump, note),
      missing: 'the dump names no components, and there is no components.yml yet. Pass the list with --components FILE',
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
  return {
    ...plan,
    notes: [...notes, ...readNotes],
    remarks: [...plan.remarks, ...changedTimes(dump), ...unknownStates(dump)],
  };
}
