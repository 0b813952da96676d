import { z } from 'zod';
import { type Instant, isoTime, startOf } from '../domain/calendar.ts';
import { reportedAfterwards } from '../domain/incident.ts';
import { allComponents, type Site } from '../domain/site.ts';
import { type Component, type ComponentGroup, type ComponentStates, worstStatus } from '../domain/vocabulary.ts';
import { onceFor, statusNow } from '../views/lookup.ts';
import {
  componentId,
  componentStatusSchema,
  earliest,
  groupIds,
  idSchema,
  latest,
  pageId,
  timeSchema,
} from './values.ts';

/** Returns the components whose status differs between two states. */
function changedIds(before: ComponentStates, after: ComponentStates): string[] {
  const ids = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...ids].filter((id) => (before[id] ?? 'operational') !== (after[id] ?? 'operational'));
}

/** When updates or the clock last changed each component's status, up to `now`. */
const lastChanges = onceFor((site: Site): ReadonlyMap<string, Instant> => {
  const found = new Map<string, Instant>();
  const note = (id: string, at: Instant): void => void found.set(id, Math.max(at, found.get(id) ?? at));
  for (const { updates } of site.incidents) {
    updates.forEach(({ components, record }, index) => {
      for (const id of changedIds(updates[index - 1]?.components ?? {}, components)) note(id, record.at);
      for (const id of Object.keys(reportedAfterwards(record))) note(id, record.ended ?? record.at);
    });
  }
  for (const { actual, components } of site.maintenances) {
    if (actual.from === actual.to) continue;
    const passed = [actual.from, actual.to].filter((at) => at <= site.now);
    for (const id of changedIds({}, components)) for (const at of passed) note(id, at);
  }
  return found;
});

const oldestUpdate = onceFor((site: Site): Instant | null =>
  earliest([...site.incidents, ...site.maintenances].map(({ updates }) => updates[0].record.at)),
);

/**
 * When a component was added to the page: its `created` time, or else the day from which it counts, or else the time
 * of the oldest update.
 */
function createdAt(site: Site, { created, since }: Component): Instant {
  return created ?? (since === null ? (oldestUpdate(site) ?? site.now) : startOf(since, site.settings.timeZone));
}

/** When its status last changed, or else when it was created. */
function changedAt(site: Site, component: Component): Instant {
  const created = createdAt(site, component);
  const known = [component.changed, lastChanges(site).get(component.id)].filter((at) => typeof at === 'number');
  return latest([created, ...known]) ?? created;
}

export const affectedSchema = z
  .array(
    z
      .strictObject({
        code: idSchema.describe('The id of the component.'),
        name: z.string().describe('Its name, as it is today.'),
        old_status: componentStatusSchema.describe('Its status before this update.'),
        new_status: componentStatusSchema.describe('Its status after this update.'),
      })
      .describe('A component that the update mentions.'),
  )
  .nullable()
  .describe('The components that the update mentions; null if there are none.');
export type AffectedComponents = z.output<typeof affectedSchema>;

/**
 * Returns the components that an update affects: those that its file names, and those that its status changed, each
 * with the status before and after. Null if there are none (Statuspage).
 */
export function affectedComponents(
  site: Site,
  named: readonly string[],
  before: ComponentStates,
  after: ComponentStates,
): AffectedComponents {
  const ids = new Set([...named, ...changedIds(before, after)]);
  const affected = allComponents(site)
    .filter(({ id }) => ids.has(id))
    .map(({ id, name }) => ({
      code: componentId(id),
      name,
      old_status: before[id] ?? 'operational',
      new_status: after[id] ?? 'operational',
    }));
  return affected.length === 0 ? null : affected;
}

export const componentSchema = z
  .strictObject({
    id: idSchema.describe('Derived from its id in components.yml, or for a group, from its name.'),
    name: z.string(),
    status: componentStatusSchema.describe(
      'The worst status in open incidents and active maintenance; for a group, the worst of its components.',
    ),
    created_at: timeSchema.describe('When it was added to the page, if known.'),
    updated_at: timeSchema.describe('When its status last changed, if known.'),
    position: z.int().positive().describe('Its position on the page, or in its group.'),
    description: z.string().nullable(),
    showcase: z.boolean().describe('Whether the page shows its days and its uptime.'),
    start_date: z.iso.date().nullable().describe('The first day that counts for its uptime; null if every day counts.'),
    group_id: idSchema.nullable().describe('The id of its group.'),
    page_id: idSchema,
    group: z.boolean().describe('Whether it is a group of components.'),
    only_show_if_degraded: z.literal(false).describe('Always false: every component is always shown.'),
    components: z.array(idSchema).optional().describe('For a group, the ids of its components.'),
  })
  .describe('A component, or a group of components.');
type ApiComponent = z.output<typeof componentSchema>;

type Place = { readonly position: number; readonly group: string | null };

function memberObject(site: Site, component: Component, { position, group }: Place): ApiComponent {
  return {
    id: componentId(component.id),
    name: component.name,
    status: statusNow(site, component.id),
    created_at: isoTime(createdAt(site, component)),
    updated_at: isoTime(changedAt(site, component)),
    position,
    description: component.description,
    showcase: component.showcase,
    start_date: component.since,
    group_id: group,
    page_id: pageId(site),
    group: false,
    only_show_if_degraded: false,
  };
}

const isShown = ({ retired }: Component): boolean => !retired;

function groupObject(
  site: Site,
  name: string,
  { components }: ComponentGroup,
  { position, group }: Place & { readonly group: string },
): ApiComponent {
  const shown = components.filter(isShown);
  return {
    id: group,
    name,
    status: worstStatus(shown.map(({ id }) => statusNow(site, id))),
    created_at: isoTime(Math.min(...shown.map((component) => createdAt(site, component)))),
    updated_at: isoTime(Math.max(...shown.map((component) => changedAt(site, component)))),
    position,
    description: null,
    showcase: false,
    start_date: null,
    group_id: null,
    page_id: pageId(site),
    group: true,
    only_show_if_degraded: false,
    components: shown.map(({ id }) => componentId(id)),
  };
}

/**
 * The position of each component. Statuspage numbers groups and ungrouped components in one sequence, and the
 * components of each group separately. Retired ones come last. If a group has no current components, its retired
 * ones are ungrouped.
 */
const places = onceFor(
  (site: Site): { readonly groups: readonly number[]; readonly components: ReadonlyMap<string, Place> } => {
    const components = new Map<string, Place>();
    const ids = groupIds(site);
    let top = 0;
    const groups = site.groups.map((group, index) => {
      const own = ids[index] ?? null;
      const shown = group.components.filter(isShown);
      if (own !== null && shown.length > 0) top += 1;
      shown.forEach(({ id }, at) => components.set(id, { position: own === null ? (top += 1) : at + 1, group: own }));
      return top;
    });
    site.groups.forEach((group, index) => {
      const shown = group.components.filter(isShown).length;
      const own = shown > 0 ? (ids[index] ?? null) : null;
      group.components
        .filter(({ retired }) => retired)
        .forEach(({ id }, at) =>
          components.set(id, { position: own === null ? (top += 1) : shown + at + 1, group: own }),
        );
    });
    return { groups, components };
  },
);

/** All components that anything references, including retired ones, by content id and in the content's order. */
export const componentObjects = onceFor((site: Site): ReadonlyMap<string, ApiComponent> => {
  const all = site.groups.flatMap(({ components }) => components);
  return new Map(
    all.map((component) => [
      component.id,
      memberObject(site, component, places(site).components.get(component.id) ?? { position: all.length, group: null }),
    ]),
  );
});

/** The components that the page shows, with each group before its components. */
export const apiComponents = onceFor((site: Site): readonly ApiComponent[] =>
  site.groups.flatMap((group, index) => {
    const members = group.components.filter(isShown).flatMap(({ id }) => componentObjects(site).get(id) ?? []);
    const own = groupIds(site)[index] ?? null;
    if (group.name === null || own === null || members.length === 0) return members;
    return [
      groupObject(site, group.name, group, { position: places(site).groups[index] ?? 1, group: own }),
      ...members,
    ];
  }),
);
