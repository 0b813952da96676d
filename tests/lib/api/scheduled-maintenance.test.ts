import { describe, expect, it } from 'vitest';
import { historyYear } from '../../../src/lib/api/history.ts';
import { apiMaintenance, maintenanceSchema } from '../../../src/lib/api/scheduled-maintenances.ts';
import { v2Files } from '../../../src/lib/api/v2-files.ts';
import { componentId } from '../../../src/lib/api/values.ts';
import type { Site } from '../../../src/lib/domain/site.ts';
import { at, work } from '../domain/make.ts';
import { siteOf, windowNamed } from './make-api.ts';

const announced = work('2026-11-20T09:00Z', {
  title: 'Database',
  scheduledFor: at('2026-11-22T14:00Z'),
  scheduledUntil: at('2026-11-22T16:00Z'),
  components: { a: 'under_maintenance' },
});
const silent = windowNamed('database', announced);
const told = windowNamed(
  'database',
  announced,
  work('2026-11-22T13:50Z', { status: 'in_progress', components: { b: 'degraded_performance' } }),
  work('2026-11-22T14:30Z', { status: 'verifying' }),
  work('2026-11-22T15:10Z', { status: 'completed' }),
);

const at15 = (maintenance: typeof told, now = '2026-11-22T15:00Z'): [Site, typeof told] => [
  siteOf({ maintenances: [maintenance] }, now),
  maintenance,
];

describe('a maintenance', () => {
  it.each([
    ['2026-11-22T13:59:59.999Z', 'scheduled', null],
    ['2026-11-22T14:00Z', 'in_progress', null],
    ['2026-11-22T16:00Z', 'completed', '2026-11-22T16:00:00.000Z'],
  ])('without updates is %s by the clock at %s', (now, status, resolved) => {
    expect(apiMaintenance(...at15(silent, now))).toMatchObject({
      status,
      resolved_at: resolved,
      updated_at: '2026-11-20T09:00:00.000Z',
      impact: 'maintenance',
    });
  });

  it('that is verified says so, in Statuspage’s words', () => {
    const verifying = windowNamed('database', announced, work('2026-11-22T14:30Z', { status: 'verifying' }));
    expect(apiMaintenance(...at15(verifying)).status).toBe('verifying');
    expect(
      v2Files(siteOf({ maintenances: [verifying] }))['scheduled-maintenances/active'].scheduled_maintenances,
    ).toHaveLength(1);
  });

  it('has Statuspage’s fields in its order, and no others', () => {
    const made = apiMaintenance(...at15(told));
    expect(Object.keys(made)).toEqual([
      'id',
      'name',
      'status',
      'created_at',
      'updated_at',
      'monitoring_at',
      'resolved_at',
      'impact',
      'shortlink',
      'started_at',
      'page_id',
      'components',
      'scheduled_for',
      'scheduled_until',
      'incident_updates',
    ]);
    expect(maintenanceSchema.parse(made)).toEqual(made);
    expect(made).toMatchObject({
      name: 'Database',
      scheduled_for: '2026-11-22T14:00:00.000Z',
      scheduled_until: '2026-11-22T16:00:00.000Z',
      resolved_at: '2026-11-22T15:10:00.000Z',
      started_at: '2026-11-20T09:00:00.000Z',
      shortlink: 'https://status.example.com/maintenance/database/',
    });
  });

  it('has the status of components with each update: operational before and after the work', () => {
    const affected = apiMaintenance(...at15(told)).incident_updates.map(({ status, affected_components: list }) => [
      status,
      list?.map(({ name, old_status: from, new_status: to }) => `${name}: ${from} → ${to}`) ?? null,
    ]);
    expect(affected).toEqual([
      ['completed', ['A: under_maintenance → operational', 'B: degraded_performance → operational']],
      ['verifying', null],
      ['in_progress', ['A: operational → under_maintenance', 'B: operational → degraded_performance']],
      ['scheduled', ['A: operational → operational']],
    ]);
  });

  it('has the status of its components during the work in the history, whatever it is now', () => {
    const year = historyYear(siteOf({ maintenances: [told] }, '2027-01-01T00:00Z'), '2026');
    expect(year.scheduled_maintenances[0]?.components).toEqual([
      { id: componentId('a'), name: 'A', status: 'under_maintenance' },
      { id: componentId('b'), name: 'B', status: 'degraded_performance' },
    ]);
  });
});

it('is in the list of upcoming, then of active, then only of all maintenance', () => {
  const lists = (now: string) => {
    const files = v2Files(siteOf({ maintenances: [silent] }, now));
    return (
      ['scheduled-maintenances/upcoming', 'scheduled-maintenances/active', 'summary', 'scheduled-maintenances'] as const
    ).map((name) => files[name].scheduled_maintenances.length);
  };
  expect([lists('2026-11-22T13:00Z'), lists('2026-11-22T15:00Z'), lists('2026-11-22T17:00Z')]).toEqual([
    [1, 0, 1, 1],
    [0, 1, 1, 1],
    [0, 0, 0, 1],
  ]);
});
