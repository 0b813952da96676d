import { describe, expect, it } from 'vitest';
import { hour, minute } from '../../../src/lib/domain/calendar.ts';
import { actionState, postmortemFacts } from '../../../src/lib/domain/postmortem.ts';
import { at, incident, update } from './make.ts';

const first = update('2026-11-22T14:00Z', {
  started: at('2026-11-22T13:50Z'),
  components: { checkout: 'partial_outage' },
  customerData: 'under_review',
});
const end = update('2026-11-22T15:00Z', {
  status: 'resolved',
  remedy: 'All is paid back.',
  customerData: 'unaffected',
});

describe('the facts of an incident', () => {
  it('are known once it’s over', () => {
    expect(postmortemFacts(incident(first))).toBeNull();
    expect(postmortemFacts(incident(first, update('2026-11-22T14:20Z'), end))).toEqual({
      startedAt: at('2026-11-22T13:50Z'),
      endedAt: at('2026-11-22T15:00Z'),
      duration: 70 * minute,
      reopenings: 0,
      timeToFirstUpdate: 10 * minute,
      longestSilence: { from: at('2026-11-22T14:20Z'), to: at('2026-11-22T15:00Z') },
      worstComponents: { checkout: 'partial_outage' },
    });
  });

  it('leave out the time between the end and a reopening, when no update was due', () => {
    const again = incident(
      first,
      end,
      update('2026-11-22T18:00Z'),
      update('2026-11-22T20:00Z', { status: 'resolved' }),
    );
    expect(postmortemFacts(again)).toMatchObject({
      duration: 70 * minute + 2 * hour,
      reopenings: 1,
      longestSilence: { from: at('2026-11-22T18:00Z'), to: at('2026-11-22T20:00Z') },
    });
  });

  it('have the first of two equal silences, and none if there was one update', () => {
    const even = incident(first, update('2026-11-22T14:30Z'), end);
    expect(postmortemFacts(even)?.longestSilence).toEqual({
      from: at('2026-11-22T14:00Z'),
      to: at('2026-11-22T14:30Z'),
    });
    const short = postmortemFacts(incident(update('2026-11-22T14:00Z', { status: 'resolved' })));
    expect(short).toMatchObject({ duration: null, longestSilence: null, timeToFirstUpdate: null });
  });

  it('say how long customers heard nothing, even if updates were posted days later', () => {
    const posted = at('2026-11-26T09:00Z');
    const later = (time: string, seconds: number, given = {}) => update(time, { posted: posted + seconds, ...given });
    const wait = posted - at('2026-11-22T13:50Z');
    const ends = later('2026-11-22T15:00Z', 2000, { status: 'resolved' });
    const all = incident({ ...first, posted }, later('2026-11-22T14:30Z', 1000), ends);
    expect(postmortemFacts(all)).toMatchObject({ timeToFirstUpdate: wait, longestSilence: null });
    const others = incident(first, later('2026-11-22T14:30Z', 0), ends);
    expect(postmortemFacts(others)).toMatchObject({
      timeToFirstUpdate: 10 * minute,
      longestSilence: { from: first.at, to: posted },
    });
    const between = incident(first, later('2026-11-22T14:30Z', 0), end);
    expect(postmortemFacts(between)?.longestSilence).toEqual({ from: first.at, to: end.at });
    const before = incident({ ...first, posted }, update('2026-11-22T14:20Z'), end);
    expect(postmortemFacts(before)?.timeToFirstUpdate).toBe(30 * minute);
  });
});

it.each([
  ['2026-12-15', null, '2026-12-15', 'open'],
  ['2026-12-15', null, '2026-12-16', 'overdue'],
  ['2026-12-15', '2026-12-20', '2026-12-31', 'done'],
])('an action due on %s and done on %s is, on %s, %s', (due, done, today, state) => {
  expect(actionState({ what: 'Rehearse the rollback', owner: 'Dana', due, done }, today)).toBe(state);
});
