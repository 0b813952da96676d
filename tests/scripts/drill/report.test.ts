import { expect, it } from 'vitest';
import { asCustomersSaw } from '../../../scripts/drill/observer.ts';
import { type Played, report } from '../../../scripts/drill/report.ts';
import { scenarios } from '../../../scripts/drill/scenarios.ts';
import type { CustomerData } from '../../../src/lib/domain/vocabulary.ts';
import { at, cadence, incident, update } from '../../lib/domain/make.ts';

const zone = { timeZone: 'UTC', locale: 'en-GB' };

type Verdicts = Readonly<Record<string, CustomerData | null>>;

/**
 * The report, by label, on a night from 14:00 to 16:00 with verdicts that went live at these times. `gone` is when the
 * one of 14:10 disappeared, and `resolved` is when the incident was resolved.
 */
function lines(name: string, stated: Verdicts, gone?: string, resolved?: string): Record<string, string[]> {
  const scenario = scenarios.find((one) => one.name === name);
  const instant = (time: string): number => at(`2026-11-22T${time}Z`);
  const written = Object.entries(stated).filter(([time]) => gone === undefined || time !== '14:10');
  const [first, ...more] = [
    ...written.map(([time, customerData]) => update(`2026-11-22T${time}Z`, { customerData })),
    ...(resolved === undefined ? [] : [update(`2026-11-22T${resolved}Z`, { status: 'resolved' })]),
  ];
  if (scenario === undefined || first === undefined) throw new Error(name);
  const night = incident(first, ...more);
  const liveAt = new Map(night.updates.map(({ record }) => [`/incidents/incident/#${record.id}`, record.at]));
  const played: Played = {
    ...{ scenario, from: at('2026-11-22T14:00Z'), to: at('2026-11-22T16:00Z') },
    component: { id: 'api', name: 'API' },
    incidents: asCustomersSaw(night, liveAt, cadence),
    informed: Math.min(...Object.keys(stated).map(instant)),
    neverLive: 0,
    pushes: [],
    stated: Object.entries(stated).flatMap(([time, verdict]) => {
      const until = gone === undefined || time !== '14:10' ? null : instant(gone);
      return verdict === null ? [] : [{ verdict, at: instant(time), until }];
    }),
    checkIns: { kept: [], missed: [], lines: 0 },
    tried: { hold: false, rollback: false, restore: false, reply: false, handOver: false },
    emergency: { stop: [], back: [], publish: [] },
  };
  const all = report(played, zone).lines;
  return Object.fromEntries(
    all.map(([label]) => [label, all.flatMap(([other, text]) => (other === label ? [text] : []))]),
  );
}

const breach = 'At 14:46, it was clear that names and email addresses were read';

it.each<[string, Verdicts, readonly string[]]>([
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
  // Claims more than was known, which errs on the safe side.
  ['breach', { '14:10': 'affected' }, []],
  [
    'prices',
    { '14:10': 'unaffected' },
    [
      'UNSUPPORTED: "not affected" at 14:10, before anyone had found out. At 14:22, it was clear that only the amounts were wrong',
    ],
  ],
  ['prices', { '14:10': 'under_review', '14:30': 'unaffected' }, []],
  ['prices', { '14:10': 'affected' }, ['NOT SETTLED, though at 14:22, it was clear that only the amounts were wrong']],
  [
    'data',
    { '14:10': 'under_review', '14:30': null },
    ["NOT SETTLED, though at 14:13, it was clear that customers saw other people's records"],
  ],
  // A verdict that was never given is reported on another line.
  ['data', { '14:10': null }, []],
])('a verdict in %s that nothing supports is reported: %j', (name, stated, expected) => {
  expect(lines(name, stated)['Verdict on data'] ?? []).toEqual(expected);
});

const guessed = 'NO: customers read "not affected" at 14:10, before anyone had found out';

it.each<[string, string, Verdicts, string, string?]>([
  ['no verdict misled', 'breach', { '14:10': 'under_review', '15:00': 'affected' }, 'yes'],
  [
    'a guess was corrected',
    'breach',
    { '14:10': 'unaffected', '15:00': 'affected' },
    `${guessed}. It was corrected at 15:00`,
  ],
  [
    'a guess was taken back before the correction',
    'breach',
    { '14:10': 'unaffected', '15:00': 'affected' },
    `${guessed}. It was corrected at 14:20`,
    '14:20',
  ],
  ['a guess stayed', 'breach', { '14:10': 'unaffected' }, `${guessed}. It was never corrected`],
  ['a guess turned out to be true', 'prices', { '14:10': 'unaffected' }, guessed],
  [
    'a verdict was known to be wrong',
    'data',
    { '14:10': 'under_review', '14:40': 'unaffected', '14:50': 'affected' },
    'NO: customers read "not affected" at 14:40, which was known to be wrong. It was corrected at 14:50',
  ],
  [
    'nobody mentioned their data',
    'breach',
    { '14:10': null },
    'NO: say whether customer data is affected, and what happens, before it is over',
  ],
])('the goals are only in order if customers were not misled: %s', (_, name, stated, expected, gone?) => {
  expect(lines(name, stated, gone, '15:30')['Goals in order']).toEqual([expected]);
});

it.each<[Verdicts, string]>([
  [{ '14:10': 'under_review', '14:30': 'affected' }, 'yes'],
  [{ '14:10': 'under_review' }, 'NO'],
  [{ '14:10': 'under_review', '14:30': 'unaffected' }, 'NO'],
])('customers only know whether their data is safe once they read what was found: %j', (stated, expected) => {
  expect(lines('data', stated)['Customers know whether their data is safe']).toEqual([expected]);
});

it('an update counts as the first if customers read it, even if it was removed later', () => {
  const read = lines('breach', { '14:10': 'unaffected', '15:00': 'affected' }, '14:20');
  expect(read['First update']).toEqual(['after 10 minutes']);
});
