import { expect, it } from 'vitest';
import { asRead } from '../../../scripts/drill/observer.ts';
import { type Played, report } from '../../../scripts/drill/report.ts';
import { scenarios } from '../../../scripts/drill/scenarios.ts';
import type { CustomerData } from '../../../src/lib/domain/vocabulary.ts';
import { at, cadence, incident, update } from '../../lib/domain/make.ts';

const zone = { timeZone: 'UTC', locale: 'en-GB' };

/** What the report says of the verdicts of a night that began at 14:00 and ended at 16:00, by when they were read. */
function verdicts(name: string, stated: Readonly<Record<string, CustomerData | null>>): string[] {
  const scenario = scenarios.find((one) => one.name === name);
  const [first, ...more] = Object.entries(stated).map(([time, customerData]) =>
    update(`2026-11-22T${time}Z`, { customerData }),
  );
  if (scenario === undefined || first === undefined) throw new Error(name);
  const night = incident(first, ...more);
  const liveAt = new Map(night.updates.map(({ record }) => [`/incidents/incident/#${record.id}`, record.at]));
  const played: Played = {
    ...{ scenario, from: at('2026-11-22T14:00Z'), to: at('2026-11-22T16:00Z') },
    component: { id: 'api', name: 'API' },
    incidents: asRead(night, liveAt, cadence),
    neverLive: 0,
    pushes: [],
    checkIns: { kept: [], missed: [], lines: 0 },
    tried: { hold: false, rollback: false, restore: false, reply: false, handOver: false },
    emergency: { stop: [], back: [], publish: [] },
  };
  return report(played, zone).lines.flatMap(([label, text]) => (label === 'Verdict on data' ? [text] : []));
}

const breach = 'At 14:46, it was clear that names and email addresses were read';

it.each<[string, Readonly<Record<string, CustomerData | null>>, readonly string[]]>([
  [
    'breach',
    { '14:10': 'unaffected' },
    [`UNSUPPORTED: "not affected" at 14:10, before anyone had found out. ${breach}`],
  ],
  ['breach', { '14:10': 'under_review', '15:00': 'unaffected' }, [`WRONG: "not affected" at 15:00. ${breach}`]],
  [
    'breach',
    { '14:10': 'under_review' },
    ['NOT SETTLED, though at 14:46, it was clear that names and email addresses were read'],
  ],
  ['breach', { '14:10': 'under_review', '15:00': 'affected' }, []],
  // Said too much, which is the safe side.
  ['breach', { '14:10': 'affected' }, []],
  [
    'prices',
    { '14:10': 'unaffected' },
    [
      'UNSUPPORTED: "not affected" at 14:10, before anyone had found out. At 14:22, it was clear that only amounts were wrong',
    ],
  ],
  ['prices', { '14:10': 'under_review', '14:30': 'unaffected' }, []],
  [
    'data',
    { '14:10': 'under_review', '14:30': null },
    ['NOT SETTLED, though at 14:13, it was clear that customers saw records of other people'],
  ],
  // That it was never mentioned has a line of its own.
  ['data', { '14:10': null }, []],
])('a verdict in %s that nothing supports is reported: %j', (name, stated, expected) => {
  expect(verdicts(name, stated)).toEqual(expected);
});
