import { describe, expect, it } from 'vitest';
import { isCancelled, isRunning, maintenanceStatus } from '../../../src/lib/domain/maintenance.ts';
import { at, maintenance, work } from './make.ts';

const announced = work('2026-11-24T09:00Z', {
  title: 'Database upgrade',
  scheduledFor: at('2026-12-01T22:00Z'),
  scheduledUntil: at('2026-12-02T00:00Z'),
  components: { website: 'under_maintenance' },
});

describe('without new commits', () => {
  const plan = maintenance(announced);

  it.each([
    ['2026-12-01T21:59:59.999Z', 'scheduled'],
    ['2026-12-01T22:00Z', 'in_progress'],
    ['2026-12-01T23:59:59.999Z', 'in_progress'],
    ['2026-12-02T00:00Z', 'completed'],
  ])('at %s it is %s', (now, status) => {
    expect(maintenanceStatus(plan, at(now))).toBe(status);
  });
});

describe('when a person says so', () => {
  it('begins early', () => {
    const early = maintenance(announced, work('2026-12-01T21:30Z', { status: 'in_progress' }));
    expect(maintenanceStatus(early, at('2026-12-01T21:30Z'))).toBe('in_progress');
    expect(early.actual).toEqual({ from: at('2026-12-01T21:30Z'), to: at('2026-12-02T00:00Z') });
  });

  it('ends early', () => {
    const short = maintenance(announced, work('2026-12-01T22:40Z', { status: 'completed' }));
    expect(maintenanceStatus(short, at('2026-12-01T22:40Z'))).toBe('completed');
    expect(short.actual).toEqual({ from: at('2026-12-01T22:00Z'), to: at('2026-12-01T22:40Z') });
  });

  it('is verified until the window ends', () => {
    const checked = maintenance(announced, work('2026-12-01T23:00Z', { status: 'verifying' }));
    expect(maintenanceStatus(checked, at('2026-12-01T23:30Z'))).toBe('verifying');
    expect(isRunning(checked, at('2026-12-01T23:30Z'))).toBe(true);
    expect(maintenanceStatus(checked, at('2026-12-02T00:00Z'))).toBe('completed');
  });

  it('takes longer', () => {
    const long = maintenance(
      announced,
      work('2026-12-01T23:50Z', { status: 'in_progress', scheduledUntil: at('2026-12-02T02:00Z') }),
    );
    expect(maintenanceStatus(long, at('2026-12-02T01:00Z'))).toBe('in_progress');
    expect(long.window).toEqual({ from: at('2026-12-01T22:00Z'), to: at('2026-12-02T02:00Z') });
  });

  it('is postponed before it begins', () => {
    const moved = work('2026-12-01T12:00Z', {
      scheduledFor: at('2026-12-08T22:00Z'),
      scheduledUntil: at('2026-12-09T00:00Z'),
    });
    const later = maintenance(announced, moved);
    expect(maintenanceStatus(later, at('2026-12-01T22:30Z'))).toBe('scheduled');
    expect(maintenanceStatus(later, at('2026-12-08T22:30Z'))).toBe('in_progress');
  });

  it('is aborted and postponed: the first attempt doesn’t make the second one start early', () => {
    const begun = work('2026-12-01T22:00Z', { status: 'in_progress' });
    const moved = work('2026-12-01T22:20Z', {
      scheduledFor: at('2026-12-08T22:00Z'),
      scheduledUntil: at('2026-12-09T00:00Z'),
    });
    const later = maintenance(announced, begun, moved);
    expect(maintenanceStatus(later, at('2026-12-02T12:00Z'))).toBe('scheduled');
    expect(maintenanceStatus(later, at('2026-12-08T22:00Z'))).toBe('in_progress');
  });

  it('ends at the first completed update: a later note doesn’t change the end', () => {
    const noted = maintenance(
      announced,
      work('2026-12-01T22:40Z', { status: 'completed' }),
      work('2026-12-01T23:30Z', { status: 'completed' }),
    );
    expect(noted.actual).toEqual({ from: at('2026-12-01T22:00Z'), to: at('2026-12-01T22:40Z') });
  });

  it('is canceled: it took no time', () => {
    const off = maintenance(announced, work('2026-11-30T09:00Z', { status: 'completed' }));
    expect(off.actual).toEqual({ from: at('2026-11-30T09:00Z'), to: at('2026-11-30T09:00Z') });
    expect(isRunning(off, at('2026-12-01T22:30Z'))).toBe(false);
  });
});

describe('an update cancels maintenance', () => {
  const cancelling = (...records: Parameters<typeof maintenance>): boolean[] =>
    maintenance(...records).updates.map(({ cancels }) => cancels);

  it('if it says completed before anything began, as do notes on it, whatever comes later', () => {
    const off = work('2026-11-25T10:00Z', { status: 'completed' });
    const note = work('2026-12-02T10:00Z', { status: 'completed' });
    const anew = work('2026-12-03T10:00Z', {
      status: 'scheduled',
      scheduledFor: Date.parse('2026-12-09T22:00Z'),
      scheduledUntil: Date.parse('2026-12-09T23:00Z'),
    });
    const late = work('2026-12-09T23:00Z', { status: 'completed' });
    expect(cancelling(announced, off, note, anew, late)).toEqual([false, true, true, false, false]);
  });

  it('but not if it ends work that had begun, early or on schedule', () => {
    const early = work('2026-11-25T09:00Z', { status: 'in_progress' });
    expect(cancelling(announced, early, work('2026-11-25T10:00Z', { status: 'completed' }))).toEqual([
      false,
      false,
      false,
    ]);
    expect(cancelling(announced, work('2026-12-01T22:10Z', { status: 'completed' }))).toEqual([false, false]);
  });
});

describe('maintenance is cancelled', () => {
  const begun = work('2026-12-01T21:30Z', { status: 'in_progress' });
  const moved = work('2026-12-01T21:40Z', {
    scheduledFor: at('2026-12-08T22:00Z'),
    scheduledUntil: at('2026-12-09T00:00Z'),
  });
  const off = work('2026-12-01T21:50Z', { status: 'completed' });
  const note = work('2026-12-03T09:00Z', { status: 'completed' });

  it('if it’s completed before it began', () => {
    expect(isCancelled(maintenance(announced, off))).toBe(true);
    expect(isCancelled(maintenance(announced, off, note))).toBe(true);
    expect(isCancelled(maintenance(announced, begun, moved, off))).toBe(true);
  });

  it('but not if it began early, ended early, or has no updates', () => {
    expect(isCancelled(maintenance(announced, begun, off))).toBe(false);
    expect(isCancelled(maintenance(announced, work('2026-12-01T22:10Z', { status: 'completed' })))).toBe(false);
    expect(isCancelled(maintenance(announced))).toBe(false);
    expect(isCancelled(maintenance(announced, note))).toBe(false);
  });
});

it('is the same whatever the order of its files', () => {
  const begun = work('2026-12-01T22:10Z', { status: 'in_progress', title: 'Upgrade of the database' });
  expect(maintenance(begun, announced)).toEqual(maintenance(announced, begun));
});
