import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minute } from '../../../src/lib/domain/calendar.ts';
import { affectedBefore, foldIncident, type IncidentUpdateRecord, isOpen } from '../../../src/lib/domain/incident.ts';
import { componentStatuses, incidentStatuses } from '../../../src/lib/domain/vocabulary.ts';
import { at, cadence, incident, update } from './make.ts';

const opened = update('2026-11-22T14:05Z', { title: 'Checkout errors', components: { checkout: 'partial_outage' } });

describe('component states', () => {
  it('are carried forward one by one until an update changes them', () => {
    const { updates, components } = incident(
      opened,
      update('2026-11-22T14:30Z', { components: { api: 'degraded_performance' } }),
      update('2026-11-22T15:30Z', { components: { checkout: 'operational' } }),
      update('2026-11-22T16:30Z'),
    );
    expect(updates.map((one) => one.components)).toEqual([
      { checkout: 'partial_outage' },
      { checkout: 'partial_outage', api: 'degraded_performance' },
      { checkout: 'operational', api: 'degraded_performance' },
      { checkout: 'operational', api: 'degraded_performance' },
    ]);
    expect(components).toEqual({ checkout: 'operational', api: 'degraded_performance' });
  });

  it('are cleared by resolved, and the worst of each is remembered', () => {
    const { components, worstComponents } = incident(
      opened,
      update('2026-11-22T14:30Z', { components: { checkout: 'degraded_performance', api: 'operational' } }),
      update('2026-11-22T15:30Z', { status: 'resolved' }),
    );
    expect(components).toEqual({});
    expect(worstComponents).toEqual({ checkout: 'partial_outage', api: 'operational' });
  });

  it('of a component named like a property of every object are its own', () => {
    const { worstComponents } = incident(
      update('2026-11-22T14:05Z', { components: { ['constructor']: 'operational' as const } }),
    );
    expect(worstComponents).toEqual({ constructor: 'operational' });
  });
});

describe('an incident that is reopened', () => {
  const reopened = incident(
    opened,
    update('2026-11-22T15:00Z', { status: 'resolved' }),
    update('2026-11-22T16:00Z', { status: 'investigating', components: { checkout: 'major_outage' } }),
  );

  it('is open again, with only the components named since', () => {
    expect(isOpen(reopened)).toBe(true);
    expect(reopened.resolvedAt).toBeNull();
    expect(reopened.components).toEqual({ checkout: 'major_outage' });
  });

  it('was not open in between', () => {
    expect(reopened.openPeriods).toEqual([
      { from: at('2026-11-22T14:05Z'), to: at('2026-11-22T15:00Z') },
      { from: at('2026-11-22T16:00Z'), to: null },
    ]);
  });
});

describe('what was affected before an incident was resolved', () => {
  const resolved = update('2026-11-22T15:00Z', { status: 'resolved' });
  const note = update('2026-11-22T15:30Z', { status: 'resolved' });
  const again = update('2026-11-22T16:00Z');

  it.each([
    ['a resolved incident', [opened, resolved], { checkout: 'partial_outage' }],
    ['one with a note afterwards', [opened, resolved, note], { checkout: 'partial_outage' }],
    ['a reopened one', [opened, resolved, again], { checkout: 'partial_outage' }],
    [
      'one resolved twice',
      [opened, resolved, update('2026-11-22T15:10Z', { components: { api: 'major_outage' } }), note],
      { api: 'major_outage' },
    ],
    [
      'a component that had recovered',
      [opened, update('2026-11-22T14:40Z', { components: { checkout: 'operational' } }), resolved],
      {},
    ],
    ['one never resolved', [opened, again], {}],
    ['one that began resolved', [resolved], {}],
    [
      'one reported afterwards',
      [
        update('2026-11-22T15:00Z', {
          status: 'resolved',
          started: at('2026-11-22T13:00Z'),
          ended: at('2026-11-22T14:00Z'),
          components: { api: 'major_outage', checkout: 'operational' },
        }),
        again,
      ],
      { api: 'major_outage' },
    ],
  ] as [string, [IncidentUpdateRecord, ...IncidentUpdateRecord[]], object][])('%s', (_, updates, expected) => {
    expect(affectedBefore(incident(...updates).updates)).toEqual(expected);
  });
});

describe('the title of an incident', () => {
  const renamed = incident(
    opened,
    update('2026-11-22T14:30Z', { title: 'Card payments fail' }),
    update('2026-11-22T15:30Z'),
  );

  it('is its latest title', () => {
    expect(renamed.title).toBe('Card payments fail');
  });

  it('is kept on each update as of its time', () => {
    expect(renamed.updates.map(({ title }) => title)).toEqual([
      'Checkout errors',
      'Card payments fail',
      'Card payments fail',
    ]);
  });
});

describe('impact', () => {
  it.each([
    ['operational', 'none'],
    ['under_maintenance', 'none'],
    ['degraded_performance', 'minor'],
    ['partial_outage', 'minor'],
    ['major_outage', 'major'],
  ] as const)('of a component at worst %s is %s', (status, impact) => {
    const first = update('2026-11-22T14:05Z', { components: { api: 'operational', checkout: status } });
    expect(incident(first, update('2026-11-22T14:30Z', { status: 'resolved' })).impact).toBe(impact);
  });

  it('is the latest stated value, if there is one', () => {
    const said = incident(
      { ...opened, impact: 'critical' },
      update('2026-11-22T14:30Z', { impact: 'minor' }),
      update('2026-11-22T15:30Z'),
    );
    expect(said.impact).toBe('minor');
  });
});

it('begins when customers were first affected, if the first update says so', () => {
  const early = incident({ ...opened, started: at('2026-11-22T13:50Z') });
  expect(early.startedAt).toBe(at('2026-11-22T13:50Z'));
  expect(early.openPeriods).toEqual([{ from: at('2026-11-22T13:50Z'), to: null }]);
});

it('promises nothing once resolved, whatever the file says', () => {
  const done = update('2026-11-22T14:30Z', { status: 'resolved', nextUpdate: { kind: 'in', duration: 30 * minute } });
  expect(incident(opened, done).promised).toBeNull();
});

it('was resolved at the first resolved update, not at a later note', () => {
  const noted = incident(
    opened,
    update('2026-11-22T15:00Z', { status: 'resolved' }),
    update('2026-11-23T09:00Z', { status: 'resolved' }),
  );
  expect(noted.resolvedAt).toBe(at('2026-11-22T15:00Z'));
});

const anyRecord: fc.Arbitrary<IncidentUpdateRecord> = fc
  .record({
    minutes: fc.nat(10_000),
    status: fc.constantFrom(...incidentStatuses),
    title: fc.option(fc.constantFrom('A', 'B', 'C')),
    components: fc.option(
      fc.dictionary(fc.constantFrom('api', 'checkout', 'website'), fc.constantFrom(...componentStatuses)),
    ),
    lead: fc.option(fc.constantFrom('Dana', 'Priya')),
  })
  .map(({ minutes, ...rest }) => update(new Date(at('2026-11-22T00:00Z') + minutes * minute).toISOString(), rest));

const anyRecords = fc.uniqueArray(anyRecord, { minLength: 1, maxLength: 8, selector: ({ at: time }) => time });

it('is the same whatever the order of its files', () => {
  fc.assert(
    fc.property(
      anyRecords.chain((records) =>
        fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length })),
      ),
      ([records, shuffled]) => {
        const [a, ...restA] = records;
        const [b, ...restB] = shuffled;
        if (a === undefined || b === undefined) return;
        expect(foldIncident('x', [b, ...restB], cadence)).toEqual(foldIncident('x', [a, ...restA], cadence));
      },
    ),
  );
});

it('is open exactly when its newest update is not resolved, and its open times never overlap', () => {
  fc.assert(
    fc.property(anyRecords, ([first, ...rest]) => {
      if (first === undefined) return;
      const folded = foldIncident('x', [first, ...rest], cadence);
      expect(isOpen(folded)).toBe(folded.status !== 'resolved');
      const ends = folded.openPeriods.flatMap(({ from, to }) => [from, to ?? Infinity]);
      expect(ends).toEqual(ends.toSorted((a, b) => a - b));
    }),
  );
});

describe('with a cadence by impact', () => {
  const every = (hours: number) => ({ kind: 'every', duration: hours * 60 * minute }) as const;
  const byImpact = { critical: every(1), major: every(2), minor: every(3) };
  const promises = (...records: [IncidentUpdateRecord, ...IncidentUpdateRecord[]]): (number | null)[] =>
    foldIncident('incident', records, { ...cadence, byImpact }).updates.map(({ promised, record }) =>
      promised === null ? null : (promised - record.at) / (60 * minute),
    );

  it.each<[string, [IncidentUpdateRecord, ...IncidentUpdateRecord[]], (number | null)[]]>([
    ['that of the components', [opened], [3]],
    ['that an update states', [update('2026-11-22T14:05Z', { impact: 'critical' })], [1]],
    ['without one of its own', [update('2026-11-22T14:05Z', { impact: 'none' })], [25 / 60]],
    [
      'as it was then, and as it is now',
      [opened, update('2026-11-22T15:00Z', { components: { checkout: 'major_outage' } })],
      [3, 2],
    ],
    [
      'the worst so far, as for the incident',
      [
        update('2026-11-22T14:05Z', { components: { checkout: 'major_outage' } }),
        update('2026-11-22T15:00Z', { components: { checkout: 'degraded_performance' } }),
      ],
      [2, 2],
    ],
    ['lowered in words', [opened, update('2026-11-22T15:00Z', { impact: 'none' })], [3, 0.5]],
    [
      'what the update says goes first',
      [update('2026-11-22T14:05Z', { impact: 'critical', nextUpdate: { kind: 'none' } })],
      [null],
    ],
  ])('an update promises by the impact %s', (_, records, hours) => {
    expect(promises(...records)).toEqual(hours);
  });
});
