import { day } from '../../../src/lib/domain/calendar.ts';
import { describe, expect, it } from 'vitest';
import { foldIncident, type IncidentUpdateRecord } from '../../../src/lib/domain/incident.ts';
import { historyItem, historyItems, incidentSummary } from '../../../src/lib/views/event-list.ts';
import { incidentDetail, incidentPage, incidentPaths, incidentText } from '../../../src/lib/views/incident-page.ts';
import { at, cadence, component, postmortem, update } from '../domain/make.ts';
import { smallSite } from './small-site.ts';

const record = (id: string, given: Partial<IncidentUpdateRecord>): IncidentUpdateRecord =>
  update(id.replace(/(\d\d)Z$/, ':$1Z'), { id, ...given });

/** Everything an update can change, once. */
const down = foldIncident(
  'down',
  [
    record('2026-11-20T1000Z', {
      title: 'Checkout is slow',
      started: at('2026-11-20T09:50Z'),
      components: { checkout: 'partial_outage', search: 'operational' },
      lead: 'Dana',
      customerData: 'under_review',
      body: 'Cards are *declined*.',
    }),
    record('2026-11-20T1040Z', {
      status: 'identified',
      title: 'Checkout is down',
      components: { checkout: 'major_outage' },
      comms: 'Robin',
      edited: at('2026-11-20T10:45Z'),
    }),
    record('2026-11-20T1100Z', { status: 'resolved', customerData: 'unaffected', remedy: 'We refund every fee.' }),
    record('2026-11-20T1210Z', { components: { search: 'degraded_performance' }, title: 'Search is slow' }),
    record('2026-11-20T1230Z', {
      status: 'resolved',
      ended: at('2026-11-20T12:20Z'),
      posted: at('2026-11-21T09:00Z'),
    }),
    record('2026-11-20T1300Z', { status: 'investigating' }),
    record('2026-11-20T1315Z', { status: 'resolved' }),
  ],
  cadence,
);

const open = foldIncident(
  'open',
  [record('2026-11-22T1405Z', { title: 'Search fails', components: { search: 'major_outage' }, body: 'We look.' })],
  cadence,
);

const site = smallSite({
  incidents: [open, down],
  groups: [
    {
      name: null,
      components: [component('checkout', { name: 'Checkout' }), component('search', { name: 'Search' })],
    },
  ],
});

const named = smallSite({}, { showPeople: true });

describe('an incident’s page', () => {
  it('has the facts from all its updates', () => {
    expect(incidentDetail(site, down)).toMatchObject({
      title: 'Search is slow',
      href: '/incidents/down/',
      status: 'Resolved',
      impact: 'Major impact',
      open: false,
      started: { text: '20 Nov 2026, 10:50 CET' },
      resolved: { text: '20 Nov 2026, 14:15 CET' },
      customerData: { text: 'Customer data is not affected', tone: 'good' },
      remedy: { text: 'We refund every fee.', terms: [] },
      people: null,
      promise: null,
      components: ['Checkout', 'Search'],
      states: [
        { name: 'Checkout', status: 'Major outage', tone: 'major' },
        { name: 'Search', status: 'Degraded performance', tone: 'degraded' },
      ],
      text: '/incidents/down.txt',
    });
  });

  it('has the current states and the promised update while it is open', () => {
    expect(incidentDetail(site, open)).toMatchObject({
      open: true,
      resolved: null,
      lasted: null,
      customerData: null,
      states: [{ name: 'Search', status: 'Major outage' }],
      promise: { time: { text: '22 Nov 2026, 15:30 CET' }, overdue: true },
    });
  });

  it('names people only if the settings say so', () => {
    const people = (given: Partial<IncidentUpdateRecord>) =>
      incidentDetail(named, foldIncident('a', [record('2026-11-20T1000Z', given)], cadence)).people;
    expect(people({ lead: 'Dana', comms: 'Robin' })).toBe('Led by Dana, updates by Robin');
    expect(people({ lead: 'Dana' })).toBe('Led by Dana');
    expect(people({ comms: 'Robin' })).toBe('Updates by Robin');
    expect(people({})).toBeNull();
  });

  it('shows what each update changed, newest first', () => {
    const rows = incidentDetail(site, down).updates.map(({ id, status, closes, note, changes, promise }) => [
      id,
      status,
      closes,
      note,
      changes.map(({ name, status: state }) => `${name}: ${state}`).join(', '),
      promise === null ? 'none' : `${promise.promised.text}, ${promise.late ?? 'on time'}`,
    ]);
    expect(rows).toEqual([
      ['2026-11-20T1315Z', 'Resolved', true, null, '', '20 Nov 2026, 14:30 CET, on time'],
      ['2026-11-20T1300Z', 'Investigating', false, 'Reopened', '', '20 Nov 2026, 13:30 CET, 30 minutes'],
      ['2026-11-20T1230Z', 'Resolved', true, null, 'Search: Operational', 'none'],
      [
        '2026-11-20T1210Z',
        'Investigating',
        false,
        'Reopened and renamed from “Checkout is down”',
        'Search: Degraded performance',
        'none',
      ],
      ['2026-11-20T1100Z', 'Resolved', true, null, 'Checkout: Operational', '20 Nov 2026, 12:30 CET, on time'],
      [
        '2026-11-20T1040Z',
        'Identified',
        false,
        'Renamed from “Checkout is slow”',
        'Checkout: Major outage',
        '20 Nov 2026, 11:30 CET, 10 minutes',
      ],
      ['2026-11-20T1000Z', 'Investigating', false, null, 'Checkout: Partial outage', 'none'],
    ]);
  });

  it('shows when an update was edited, posted later, or states an end', () => {
    const times = Object.fromEntries(
      incidentDetail(site, down).updates.map(({ id, edited, posted, ended }) => [id, [edited, posted, ended]]),
    );
    expect(times).toMatchObject({
      '2026-11-20T1000Z': [null, null, null],
      '2026-11-20T1040Z': [{ text: '20 Nov 2026, 11:45 CET' }, null, null],
      '2026-11-20T1230Z': [null, { text: '21 Nov 2026, 10:00 CET' }, { text: '20 Nov 2026, 13:20 CET' }],
    });
  });
});

it('a promise is answered by the next update that customers could read', () => {
  const late = foldIncident(
    'late',
    [
      record('2026-11-20T1000Z', { title: 'Late', impact: 'minor' }),
      record('2026-11-20T1010Z', { posted: at('2026-11-22T09:00Z') }),
      record('2026-11-20T1040Z', { status: 'resolved' }),
    ],
    cadence,
  );
  expect(incidentDetail(site, late).updates.map(({ promise }) => promise?.late)).toEqual([
    '10 minutes',
    undefined,
    undefined,
  ]);
});

it('the page of an incident describes it by its newest update, and each incident has one', () => {
  expect(incidentPage(site, open).frame).toMatchObject({
    title: 'Investigating: Search fails · Example Status',
    description: 'Investigating: We look.',
    canonical: 'https://status.example.com/incidents/open/',
  });
  expect(incidentPaths(site).map(({ params, props }) => [params.slug, props.incident])).toEqual([
    ['open', open],
    ['down', down],
  ]);
});

it('an incident as plain text has every fact and every update', () => {
  expect(incidentText(site, open)).toBe(`Search fails
Investigating · Major impact
Began: 22 Nov 2026, 15:05 CET
Search: Major outage
Next update by: 22 Nov 2026, 15:30 CET

Investigating, 22 Nov 2026, 15:05 CET
We look.
https://status.example.com/incidents/open/#2026-11-22T1405Z
`);
  const [facts, ...updates] = incidentText(site, down).split('\n\n');
  expect(facts).toBe(`Search is slow
Resolved · Major impact
Began: 20 Nov 2026, 10:50 CET
Resolved: 20 Nov 2026, 14:15 CET
Customer data is not affected
At its worst:
- Checkout: Major outage
- Search: Degraded performance
How we’re making it right: We refund every fee.`);
  expect(updates.slice(-2)).toEqual([
    'Identified, 20 Nov 2026, 11:40 CET (edited 20 Nov 2026, 11:45 CET)\nText.\nhttps://status.example.com/incidents/down/#2026-11-20T1040Z',
    'Investigating, 20 Nov 2026, 11:00 CET\nCards are declined.\nhttps://status.example.com/incidents/down/#2026-11-20T1000Z\n',
  ]);
});

it('is rendered again when its postmortem says something else about the remedy', () => {
  const key = (given: Parameters<typeof postmortem>[1]) =>
    incidentPaths(smallSite({ incidents: [down], postmortems: [postmortem('down', given)] }))[0]?.cacheKey;
  const given: Parameters<typeof postmortem>[1][] = [{}, { remedied: 'pending' }, { remedied: '2026-11-25' }];
  given.push({ claim: 'Write to us.' }, { claimUntil: '2026-12-10' }, { remedy: 'A free month.' });
  expect(new Set(given.map(key)).size).toBe(given.length);
  expect(key({ title: 'Another title' })).toBe(key({}));
});

it('says how to claim the remedy, whether customers received it, and when to expect the postmortem or that it’s late', () => {
  const terms = { claim: 'Write to us.', claimUntil: '2026-12-31', remedied: '2026-11-21' } as const;
  const claimed = foldIncident(
    'claimed',
    [
      record('2026-11-20T1000Z', { title: 'Down', impact: 'major', remedy: 'A refund.', ...terms }),
      record('2026-11-20T1100Z', { status: 'resolved' }),
    ],
    cadence,
  );
  const lines = (days: number): string[] =>
    incidentText(
      smallSite({ incidents: [claimed] }, { postmortemFor: ['major'], postmortemWithin: days * day }),
      claimed,
    )
      .split('\n')
      .slice(4, 6);
  const remedy =
    'How we’re making it right: A refund. · Write to us. · Can be claimed until 31 December 2026 · Delivered on 21 November 2026';
  expect(lines(7)).toEqual([remedy, 'We’ll publish a postmortem by 27 November 2026']);
  expect(lines(1)).toEqual([remedy, 'The postmortem is late. It was due by 21 November 2026']);
});

describe('an incident in a list', () => {
  it("looks neutral once it's over", () => {
    expect(historyItem(site, down)).toMatchObject({
      title: 'Search is slow',
      kind: 'Major impact',
      tone: 'good',
      components: 'Checkout, Search',
      window: null,
      day: { iso: '2026-11-20' },
    });
    expect(historyItem(site, open)).toMatchObject({ tone: incidentSummary(site, open).tone, lasted: null });
  });

  it('comes before those that began earlier', () => {
    expect(historyItems(site, [down, open]).map(({ title }) => title)).toEqual(['Search fails', 'Search is slow']);
  });
});
