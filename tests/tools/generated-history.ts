import type { Dump } from '../../scripts/import/statuspage-dump.ts';
import { planImport } from '../../scripts/import/statuspage-plan.ts';
import type { NewFile } from '../../src/lib/content/write-content.ts';
import { day, hour, minute } from '../../src/lib/domain/calendar.ts';

const statuses = ['investigating', 'investigating', 'identified', 'monitoring', 'resolved'] as const;
const newest = Date.parse('2024-12-20T16:00:00Z');
const names = [
  'Website',
  'Checkout',
  'Search',
  'Accounts',
  'Payments',
  'Webhooks',
  'Reports',
  'Uploads',
  'Mail',
  'Partner API',
];
const sentence =
  'Some requests fail or take long. We are looking into it and will tell you more as soon as we know what it is.';

type Component = NonNullable<Dump['components']>[number];
const components = names.map((name, index): Component => ({ id: `component-${index}`, name, status: 'operational' }));

/** A history that resembles a real one: five updates per incident, with a few hundred characters each. */
export function generatedDump(size: number): Dump {
  const incidents = Array.from({ length: size }, (_, index): Dump['incidents'][number] => {
    const begin = newest - index * 78 * hour;
    const { id = '', name = '' } = components[index % components.length] ?? {};
    const affected = [{ code: id, name, new_status: 'partial_outage' as const }];
    const updates = statuses.map((status, nth) => ({
      id: `update-${index}-${nth}`,
      status,
      body: `${sentence} `.repeat(1 + ((index + nth) % 4)),
      created_at: begin + nth * 20 * minute,
      affected_components: nth === 0 ? affected : null,
    }));
    return {
      id: `incident-${index}`,
      name: `${name} does not answer`,
      impact: 'minor',
      created_at: begin,
      components: [],
      incident_updates: updates.toReversed(),
    };
  });
  return {
    page: { name: 'Example', url: 'https://status.example.com', time_zone: 'UTC' },
    incidents,
    maintenances: [],
    components,
  };
}

/**
 * The distance between copies of a history, if there's room: no two start on the same days, and 10,000 incidents fill
 * ten years.
 */
const usualDistance = 97 * day;
/** Content must be from this century. */
const earliest = Date.parse('2000-01-02T00:00Z');

type Incident = Dump['incidents'][number];

function earlier(incident: Incident, by: number, copy: number): Incident {
  return {
    ...incident,
    id: `${incident.id}-${copy}`,
    created_at: incident.created_at - by,
    started_at: incident.started_at == null ? null : incident.started_at - by,
    incident_updates: incident.incident_updates.map((update) => ({
      ...update,
      id: `${update.id}-${copy}`,
      created_at: update.created_at - by,
      display_at: update.display_at == null ? null : update.display_at - by,
    })),
  };
}

/** The earliest time of an incident. */
const beginOf = ({ created_at: at, started_at: start, incident_updates: updates }: Incident): number =>
  Math.min(at, start ?? at, ...updates.flatMap((update) => [update.created_at, update.display_at ?? at]));

/** `size` incidents: those of a dump, newest first, then earlier copies of them until there are enough. */
export function repeated({ incidents }: Dump, size: number): readonly Incident[] {
  const copies = Math.ceil(size / incidents.length);
  const room = Math.min(...incidents.map(beginOf)) - earliest;
  const apart = Math.min(usualDistance, Math.floor(room / copies / minute) * minute);
  return Array.from({ length: copies }, (_, copy) => incidents.map((incident) => earlier(incident, copy * apart, copy)))
    .flat()
    .slice(0, size);
}

/** The content files of a site with `size` incidents. */
export function historyFiles(dump: Dump, size: number): readonly NewFile[] {
  return planImport({ ...dump, incidents: repeated(dump, size) }, { files: [], folders: [], others: [] }, 'content')
    .files;
}
