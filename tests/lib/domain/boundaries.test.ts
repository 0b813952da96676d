import { describe, expect, it } from 'vitest';
import { boundariesBetween, type Site } from '../../../src/lib/domain/site.ts';
import { at, incident, maintenance, update, work } from './make.ts';
import { smallSite } from '../views/small-site.ts';

const window = maintenance(
  work('2026-11-20T09:00Z', {
    title: 'Work',
    scheduledFor: at('2026-11-22T13:00Z'),
    scheduledUntil: at('2026-11-22T14:00Z'),
  }),
);
const kinds = (given: Site, from: string, to: string): string[] =>
  boundariesBetween(given, at(from), at(to)).map(({ kind }) => kind);

describe('what changes with time alone', () => {
  it('includes the start and end of maintenance, each once', () => {
    const given = smallSite({ maintenances: [window] });
    expect(kinds(given, '2026-11-22T12:50Z', '2026-11-22T12:59:59Z')).toEqual([]);
    expect(kinds(given, '2026-11-22T12:50Z', '2026-11-22T13:00Z')).toEqual(['maintenance begins']);
    expect(kinds(given, '2026-11-22T13:00Z', '2026-11-22T13:10Z'), 'the live page shows it already').toEqual([]);
    expect(kinds(given, '2026-11-22T12:00Z', '2026-11-22T15:00Z')).toEqual(['maintenance begins', 'maintenance ends']);
  });

  it("doesn't include the end of a window that was ended early", () => {
    const ended = maintenance(
      work('2026-11-20T09:00Z', {
        title: 'Work',
        scheduledFor: at('2026-11-22T13:00Z'),
        scheduledUntil: at('2026-11-22T14:00Z'),
      }),
      work('2026-11-22T13:30Z', { status: 'completed' }),
    );
    expect(kinds(smallSite({ maintenances: [ended] }), '2026-11-22T13:40Z', '2026-11-22T14:10Z')).toEqual([]);
  });

  it('includes a promise becoming overdue a minute after its time, unless the incident is over', () => {
    const open = incident(update('2026-11-22T14:05Z', { title: 'Down', impact: 'major' }));
    expect(kinds(smallSite({ incidents: [open] }), '2026-11-22T14:05Z', '2026-11-22T14:30Z')).toEqual([]);
    expect(kinds(smallSite({ incidents: [open] }), '2026-11-22T14:05Z', '2026-11-22T14:31Z')).toEqual([
      'update overdue',
    ]);
    const over = incident(
      update('2026-11-22T14:05Z', { title: 'Down', impact: 'major' }),
      update('2026-11-22T14:10Z', { status: 'resolved' }),
    );
    expect(kinds(smallSite({ incidents: [over] }), '2026-11-22T14:10Z', '2026-11-22T15:00Z')).toEqual([]);
  });

  it("includes one midnight in the site's zone, even when clocks change", () => {
    expect(kinds(smallSite(), '2026-11-22T22:50Z', '2026-11-22T22:59Z')).toEqual([]);
    expect(kinds(smallSite(), '2026-11-22T22:50Z', '2026-11-22T23:00Z')).toEqual(['new day']);
    expect(kinds(smallSite(), '2026-07-01T21:50Z', '2026-07-01T22:00Z')).toEqual(['new day']);
    expect(kinds(smallSite(), '2026-11-01T00:00Z', '2026-11-22T15:00Z')).toEqual(['new day']);
  });
});
