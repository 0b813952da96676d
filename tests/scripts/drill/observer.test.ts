import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { realDisk } from '../../../scripts/cli/system.ts';
import { asCustomersSaw, createObserver } from '../../../scripts/drill/observer.ts';
import { scenarios } from '../../../scripts/drill/scenarios.ts';
import { temporaryFolder, write } from '../../support/folders.ts';
import { at, cadence, incident, update } from '../../lib/domain/make.ts';

it('an incident as customers read it has only updates that were live, at the times they went live', () => {
  const night = incident(
    update('2026-11-22T14:05Z', { id: 'first', title: 'Down', customerData: 'under_review' }),
    update('2026-11-22T14:20Z', { id: 'stopped', status: 'resolved', customerData: 'unaffected' }),
  );
  const [read, ...more] = asCustomersSaw(
    night,
    new Map([['/incidents/incident/#first', at('2026-11-22T14:07Z')]]),
    cadence,
  );
  expect(more).toEqual([]);
  expect(read).toMatchObject({
    status: 'investigating',
    customerData: 'under_review',
    promised: at('2026-11-22T14:30Z'),
    updates: [{ record: { id: 'first', posted: at('2026-11-22T14:07Z') } }],
  });
  expect(asCustomersSaw(night, new Map(), cadence)).toEqual([]);
});

it('verdicts are recorded as customers saw them, even if they were edited, removed or republished later', async () => {
  const published = temporaryFolder();
  symlinkSync('releases/R1', join(published, 'current'));
  let now = at('2026-11-22T14:00Z');
  const context = { clock: () => now, sleep: () => Promise.resolve(), disk: realDisk };
  const observer = createObserver(published, new Set(['old']), { isHeld: () => false, context });
  const guess = update('2026-11-22T14:05Z', { id: 'guess', customerData: 'unaffected' });
  const other = update('2026-11-22T14:20Z', { id: 'other', customerData: 'unaffected' });
  const wrong = scenarios[0]?.beats.find(({ pushes }) => pushes !== undefined)?.pushes;
  if (wrong === undefined) throw new Error('nobody pushes');
  observer.expect(wrong, '/incidents/incident/#pushed');

  /** Makes these updates live, with these facts, while the content has the written ones. */
  const see = async (time: string, live: Record<string, string>, ...written: Parameters<typeof incident>) => {
    now = at(`2026-11-22T${time}Z`);
    const common = { at: '', status: '', title: '', hash: '', edited: null };
    const updates = Object.entries(live).map(([name, facts]) => ({
      ...{ ...common, kind: 'incident', slug: 'incident', id: `/incidents/incident/#${name}`, update: name, facts },
    }));
    const planned = { ...common, kind: 'maintenance', slug: 'database', id: '/maintenance/database/#planned' };
    updates.push({ ...planned, update: 'planned', facts: 'x' });
    write(published, 'releases/R1/api/updates/2026.json', JSON.stringify({ form: 1, year: '2026', updates }));
    await observer.look([incident(...written)]);
  };
  await see('14:06', { guess: 'a' }, guess, other);
  expect([...observer.liveAt]).toEqual([['/incidents/incident/#guess', now]]);
  // Its impact was edited, then its verdict.
  await see('14:10', { guess: 'b' }, guess, other);
  await see('14:15', { guess: 'c' }, { ...guess, customerData: 'under_review' }, other);
  await see('14:21', { guess: 'c', other: 'd' }, { ...guess, customerData: 'under_review' }, other);
  // `other` was rolled back and removed from the content. A colleague's push is live, but wasn't pulled yet.
  await see('14:25', { guess: 'c', pushed: 'e' }, { ...guess, customerData: 'under_review' });
  expect(observer.stated()).toEqual([
    { verdict: 'unaffected', at: at('2026-11-22T14:06Z'), until: at('2026-11-22T14:15Z') },
    { verdict: 'under_review', at: at('2026-11-22T14:15Z'), until: null },
    { verdict: 'unaffected', at: at('2026-11-22T14:21Z'), until: at('2026-11-22T14:25Z') },
    { verdict: 'unaffected', at: at('2026-11-22T14:25Z'), until: null },
  ]);

  await see('14:30', { guess: 'c' }, guess);
  expect(observer.pushes()).toMatchObject([{ goneAt: now }]);
  await see('14:35', { guess: 'c', pushed: 'e' }, guess);
  expect(observer.pushes()).toMatchObject([{ seenAt: at('2026-11-22T14:25Z'), goneAt: null }]);
});
