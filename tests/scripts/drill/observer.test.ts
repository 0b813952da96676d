import { expect, it } from 'vitest';
import { asRead } from '../../../scripts/drill/observer.ts';
import { at, cadence, incident, update } from '../../lib/domain/make.ts';

it('an incident as customers read it leaves out what never was live, and has the times at which the rest was', () => {
  const night = incident(
    update('2026-11-22T14:05Z', { id: 'first', title: 'Down', customerData: 'under_review' }),
    update('2026-11-22T14:20Z', { id: 'stopped', status: 'resolved', customerData: 'unaffected' }),
  );
  const [read, ...more] = asRead(night, new Map([['/incidents/incident/#first', at('2026-11-22T14:07Z')]]), cadence);
  expect(more).toEqual([]);
  expect(read).toMatchObject({
    status: 'investigating',
    customerData: 'under_review',
    promised: at('2026-11-22T14:30Z'),
    updates: [{ record: { id: 'first', posted: at('2026-11-22T14:07Z') } }],
  });
  expect(asRead(night, new Map(), cadence)).toEqual([]);
});
