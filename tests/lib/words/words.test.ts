import { describe, expect, it } from 'vitest';
import { en, label } from '../../../src/lib/words/en.ts';

describe('sentences', () => {
  it('have the right number', () => {
    expect(en.headline.openIncidents(1)).toBe('1 active incident');
    expect(en.headline.openIncidents(2)).toBe('2 active incidents');
    expect(en.history.monthSummary(2, 1)).toBe('2 incidents, 1 maintenance window');
    expect(en.history.monthSummary(0, 2)).toBe('2 maintenance windows');
  });

  it('are complete when a part is missing', () => {
    expect(en.incident.people('Dana', null)).toBe('Led by Dana');
    expect(en.incident.people(null, 'Priya')).toBe('Updates by Priya');
    expect(en.component.affected({ major: null, partial: '1 hour', degraded: '1 minute', maintenance: null })).toBe(
      'Partial outage for 1 hour, degraded performance for 1 minute',
    );
    const none = { major: 0, partial: 0, degraded: 0, any: false };
    expect(en.component.bars(90, none)).toBe('The last 90 days: no incidents.');
    expect(en.component.bars(1, { ...none, any: true })).toBe('Today: no outages.');
  });
});

it('labels translate known values, and return others unchanged', () => {
  expect(label('in_progress')).toBe('In progress');
  expect(label('something')).toBe('something');
});
