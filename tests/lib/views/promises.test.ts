import { describe, expect, it } from 'vitest';
import { foldIncident, type Incident, type IncidentUpdateRecord } from '../../../src/lib/domain/incident.ts';
import type { Site } from '../../../src/lib/domain/site.ts';
import { feedItems } from '../../../src/lib/feeds/feed-items.ts';
import { percent } from '../../../src/lib/views/component-page.ts';
import { utcTime } from '../../../src/lib/views/time.ts';
import { durationInWords, en } from '../../../src/lib/words/en.ts';
import { cadence, component, update } from '../domain/make.ts';
import { smallSite } from './small-site.ts';

const record = (clock: string, given: Partial<IncidentUpdateRecord>): IncidentUpdateRecord =>
  update(`2026-11-22T${clock}Z`, { id: `2026-11-22T${clock.replace(':', '')}Z`, ...given });

const siteWith = (incidents: readonly Incident[], name = 'Checkout'): Site =>
  smallSite({ incidents, groups: [{ name: null, components: [component('checkout', { name })] }] });

describe('a feed item', () => {
  const first = record('14:05', { title: 'Checkout is slow', components: { checkout: 'partial_outage' } });
  const later = [
    record('14:30', { title: 'Checkout is down', components: { checkout: 'major_outage' }, customerData: 'affected' }),
    record('14:50', { status: 'resolved', remedy: 'Nobody <was> charged.' }),
  ];

  it('never changes because of a later update, a new title or a renamed component', () => {
    const before = feedItems(siteWith([foldIncident('a', [first], cadence)]));
    const after = feedItems(siteWith([foldIncident('a', [first, ...later], cadence)], 'Till'));
    expect(after.at(-1)).toEqual(before[0]);
    expect(after.map(({ title }) => title)).toEqual([
      'Resolved: Checkout is down (22 Nov 2026, 14:50 UTC)',
      'Investigating: Checkout is down (22 Nov 2026, 14:30 UTC)',
      'Investigating: Checkout is slow (22 Nov 2026, 14:05 UTC)',
    ]);
  });

  it('contains customer data and remedy from its own file, escaped once', () => {
    const [resolved, down] = feedItems(siteWith([foldIncident('a', [first, ...later], cadence)]));
    expect(down?.html).toContain('<strong>Customer data is affected.</strong>');
    expect(resolved?.html).toContain('<p>Nobody &lt;was&gt; charged.</p>');
  });
});

describe('figures', () => {
  it('never round an outage away', () => {
    expect([1, 0.999999, 0.99999, 0.9995, 0.5].map((share) => percent(share, en))).toEqual([
      '100%',
      '99.99%',
      '99.99%',
      '99.95%',
      '50.00%',
    ]);
  });

  it('show durations in days, hours and minutes', () => {
    expect(durationInWords(4_800_000)).toBe('1 hour 20 minutes');
    expect(durationInWords(120 * 86_400_000 + 60_000)).toBe('120 days 1 minute');
    expect(durationInWords(59_000)).toBe('less than a minute');
  });

  it('distinguish two updates within one minute', () => {
    expect(utcTime(Date.parse('2026-11-22T14:05:00Z'), en)).toBe('22 Nov 2026, 14:05 UTC');
    expect(utcTime(Date.parse('2026-11-22T14:05:07Z'), en)).toBe('22 Nov 2026, 14:05:07 UTC');
    expect(utcTime(Date.parse('2026-11-22T14:05:07.120Z'), en)).toBe('22 Nov 2026, 14:05:07.120 UTC');
  });
});
