import { hour, minute } from '../../src/domain/instant.ts';
import type { Dump } from '../import/statuspage/dump-schema.ts';

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

/** A history of the shape of a real one, where there is none at hand: five updates an incident, a few hundred characters each. */
export function inventedDump(size: number): Dump {
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
