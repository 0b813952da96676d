import { describe, expect, it } from 'vitest';
import { latestUpdate } from '../../../src/lib/domain/incident.ts';
import { isCancelled, maintenanceStatus } from '../../../src/lib/domain/maintenance.ts';
import { at, incident, maintenance, update, work } from './make.ts';

const opened = {
  title: 'Slow',
  impact: 'minor',
  lead: 'Dana',
  comms: 'Priya',
  remedy: 'All is paid back.',
  customerData: 'under_review',
} as const;

describe('what an update of an incident doesn’t say', () => {
  it('keeps its last value', () => {
    const one = incident(update('2026-11-22T14:00Z', opened), update('2026-11-22T14:30Z'));
    expect(one).toMatchObject(opened);
    expect(one.updates.map(({ title, customerData }) => [title, customerData])).toEqual([
      ['Slow', 'under_review'],
      ['Slow', 'under_review'],
    ]);
    expect(latestUpdate(one).record.at).toBe(at('2026-11-22T14:30Z'));
  });

  it('is replaced by later values, and earlier updates keep theirs', () => {
    const said = {
      title: 'Errors',
      impact: 'critical',
      lead: 'Ines',
      comms: 'Bo',
      remedy: 'You need do nothing.',
      customerData: 'affected',
    } as const;
    const one = incident(
      update('2026-11-22T14:00Z', opened),
      update('2026-11-22T14:30Z', said),
      update('2026-11-22T15:00Z'),
    );
    expect(one).toMatchObject(said);
    expect(one.updates.map(({ title, customerData }) => [title, customerData])).toEqual([
      ['Slow', 'under_review'],
      ['Errors', 'affected'],
      ['Errors', 'affected'],
    ]);
  });

  it('is null if no update has it', () => {
    expect(incident(update('2026-11-22T14:00Z'))).toMatchObject({
      title: '',
      lead: null,
      comms: null,
      remedy: null,
      customerData: null,
      impact: 'none',
      resolvedAt: null,
    });
  });
});

describe('a maintenance', () => {
  const announced = work('2026-11-24T09:00Z', {
    title: 'Database',
    scheduledFor: at('2026-12-01T22:00Z'),
    scheduledUntil: at('2026-12-02T00:00Z'),
  });

  it('keeps its name until it’s renamed, and each update has the name at its time', () => {
    const one = maintenance(announced, work('2026-11-25T09:00Z'), work('2026-11-26T09:00Z', { title: 'Databases' }));
    expect(one.title).toBe('Databases');
    expect(one.updates.map(({ title }) => title)).toEqual(['Database', 'Database', 'Databases']);
    expect(maintenance(work('2026-11-24T09:00Z')).title).toBe('');
  });

  it.each(['in_progress', 'verifying'] as const)('begins early with %s', (status) => {
    expect(maintenance(announced, work('2026-12-01T21:00Z', { status })).actual.from).toBe(at('2026-12-01T21:00Z'));
  });

  it('doesn’t begin early if it’s only announced again', () => {
    expect(
      maintenance(announced, work('2026-12-01T21:00Z', { status: 'in_progress' }), work('2026-12-01T21:10Z')).actual
        .from,
    ).toBe(at('2026-12-01T22:00Z'));
  });

  it('is canceled by what ends it before it begins, but not in the minute when it begins', () => {
    const cancelled = maintenance(announced, work('2026-12-01T21:59Z', { status: 'completed' }));
    expect(cancelled.updates.map(({ cancels }) => cancels)).toEqual([false, true]);
    expect(isCancelled(cancelled)).toBe(true);
    const ended = maintenance(announced, work('2026-12-01T22:00Z', { status: 'completed' }));
    expect(ended.updates.map(({ cancels }) => cancels)).toEqual([false, false]);
    const done = maintenance(announced, work('2026-12-01T22:30Z', { status: 'completed' }));
    expect(isCancelled(done)).toBe(false);
    expect(maintenanceStatus(done, at('2026-12-01T22:20Z'))).toBe('completed');
  });

  it('that’s only announced, with no duration, isn’t canceled', () => {
    const none = work('2026-11-24T09:00Z', {
      scheduledFor: at('2026-12-01T22:00Z'),
      scheduledUntil: at('2026-12-01T22:00Z'),
    });
    expect(isCancelled(maintenance(none))).toBe(false);
  });
});
