import { describe, expect, it } from 'vitest';
import { hour, lastDays, minute } from '../../../src/lib/domain/calendar.ts';
import { barDays, countedWindow, dayBars } from '../../../src/lib/domain/uptime.ts';
import { at, component } from './make.ts';

const now = at('2026-11-22T15:00Z');
const zone = 'Europe/Berlin';
const checkout = component('checkout');
const days = lastDays(now, barDays, zone);

describe('the bars of a component', () => {
  it('are ninety days up to today', () => {
    expect(days).toHaveLength(barDays);
    expect([days[0]?.day, days.at(-1)?.day]).toEqual(['2026-08-25', '2026-11-22']);
  });

  it('split an outage at midnight, in the zone of the site', () => {
    const outage = {
      from: at('2026-11-20T22:30Z'),
      to: at('2026-11-21T00:30Z'),
      status: 'major_outage',
      incident: 'night',
    } as const;
    const bars = dayBars([outage], days, countedWindow(checkout, days, now, zone));
    const [twentieth, twentyFirst] = bars.slice(-3);
    expect(twentieth).toEqual({
      day: '2026-11-20',
      worst: 'major_outage',
      incidents: ['night'],
      major: 30 * minute,
      partial: 0,
      degraded: 0,
      maintenance: 0,
    });
    expect(twentyFirst).toEqual({
      day: '2026-11-21',
      worst: 'major_outage',
      incidents: ['night'],
      major: 90 * minute,
      partial: 0,
      degraded: 0,
      maintenance: 0,
    });
  });

  it('count what’s ongoing up to now', () => {
    const outage = { from: now - hour, to: null, status: 'partial_outage', incident: 'today' } as const;
    expect(dayBars([outage], days, countedWindow(checkout, days, now, zone)).at(-1)).toMatchObject({
      worst: 'partial_outage',
      partial: hour,
    });
  });

  it('list each incident of a day once, and show the worst', () => {
    const part = { from: now - hour, to: now, status: 'degraded_performance', incident: 'a' } as const;
    const bars = dayBars(
      [part, { ...part, status: 'major_outage' }, { ...part, incident: 'b' }],
      days,
      countedWindow(checkout, days, now, zone),
    );
    expect(bars.at(-1)).toMatchObject({ worst: 'major_outage', incidents: ['a', 'b'] });
  });

  it('have no data for the days before it existed', () => {
    const young = { ...checkout, since: '2026-11-21' };
    const counted = countedWindow(young, days, now, zone);
    expect(counted).toEqual({ from: at('2026-11-20T23:00Z'), to: now });
    expect(
      dayBars([], days, counted)
        .map(({ worst }) => worst)
        .slice(-3),
    ).toEqual([null, 'operational', 'operational']);
  });
});
