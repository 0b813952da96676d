import { type Duration, type Instant, minute, publishedAt } from '../../src/lib/domain/calendar.ts';
import { type Incident } from '../../src/lib/domain/incident.ts';
import type { CustomerData } from '../../src/lib/domain/vocabulary.ts';
import { settledPromises } from '../../src/lib/domain/response.ts';
import { clockWithoutZone, type Zone } from '../../src/lib/views/time.ts';
import { count, durationInWords, listOf } from '../../src/lib/words/en.ts';
import type { Emergency } from '../publish/run-card.ts';
import type { Aim, Scenario, WrongUpdate } from './scenarios.ts';

/** What became of an update that a colleague pushed. */
export type WrongPush = {
  readonly wrong: WrongUpdate;
  /** When customers first saw it; null if they never did. */
  readonly seenAt: Instant | null;
  /** When it was off the page again; null while it is on it. */
  readonly goneAt: Instant | null;
};

/** What was recorded of a drill. */
export type Played = {
  readonly scenario: Scenario;
  readonly component: { readonly id: string; readonly name: string };
  readonly from: Instant;
  readonly to: Instant;
  /** The incidents that were opened in it, with the updates that customers got, at the times at which they got them. */
  readonly incidents: readonly Incident[];
  readonly pushes: readonly WrongPush[];
  readonly tried: Readonly<Record<'hold' | 'rollback' | 'restore', boolean>>;
  readonly emergency: Emergency;
};

type Line = readonly [label: string, text: string];

export type Report = {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly tried: readonly string[];
  readonly neverTried: readonly string[];
};

const after = (at: Instant, from: Instant): string => `after ${durationInWords(Math.max(at - from, minute))}`;

const verdictWords = { unaffected: 'not affected', under_review: 'still under review', affected: 'affected' } as const;

/** The moments at which each goal was reached, as customers could read it; null if it never was. */
function goals({ incidents }: Played) {
  const updates = incidents.flatMap(({ updates: all }) => all);
  const stated = updates.filter(({ record }) => record.customerData !== null);
  const firstOf = (some: typeof updates): Instant | null =>
    some.length === 0 ? null : Math.min(...some.map(({ record }) => publishedAt(record)));
  const lastOf = (some: typeof updates): Instant => Math.max(...some.map(({ record }) => publishedAt(record)));
  const verdicts = incidents.flatMap(({ customerData }): CustomerData[] =>
    customerData === null ? [] : [customerData],
  );
  const ends = incidents.map(({ updates: all }) => (all.at(-1)?.record.status === 'resolved' ? all.at(-1) : undefined));
  const resolved = ends.filter((update) => update !== undefined);
  const restored = ends.length === 0 || resolved.length < ends.length ? null : lastOf(resolved);
  return { data: firstOf(stated), verdicts, informed: firstOf(updates), restored };
}

/** Whether what the scenario is about was done. */
function isMet({ kind }: Aim, { incidents, component }: Played): boolean {
  const updates = incidents.flatMap(({ updates: all }) => all);
  switch (kind) {
    case 'shut down':
      return updates.some(({ components }) =>
        ['major_outage', 'under_maintenance'].includes(components[component.id] ?? ''),
      );
    case 'remedy':
      return updates.some(({ record }) => record.remedy !== null);
    case 'verdict':
      return incidents.length > 0 && incidents.every(({ updates: all }) => all.at(-1)?.customerData !== null);
  }
}

function promiseLine(incidents: readonly Incident[], now: Instant, zone: Zone): string {
  const promises = incidents.flatMap((incident) => settledPromises(incident, now));
  if (promises.length === 0) return 'none came due';
  const late = promises.filter(({ kept }) => !kept).map(({ promised }) => clockWithoutZone(promised, zone));
  const kept = `${promises.length - late.length} of ${promises.length} kept`;
  return late.length === 0 ? kept : `${kept}; late: ${listOf(late)}`;
}

function pushLine({ seenAt, goneAt }: WrongPush, { to }: Played): string {
  if (seenAt === null) return 'stopped before customers saw it';
  const length = (until: Instant): Duration => Math.max(until - seenAt, minute);
  return goneAt === null
    ? `STILL ON THE PAGE, for ${durationInWords(length(to))}`
    : `on the page for ${durationInWords(length(goneAt))}, then gone`;
}

/** The report on a drill. */
export function report(played: Played, zone: Zone): Report {
  const { scenario, component, incidents, from, to, pushes, tried, emergency } = played;
  const { data, verdicts, informed, restored } = goals(played);
  const reached = [data, informed].every((at) => at !== null && (restored === null || at <= restored));
  const people = (role: 'lead' | 'comms'): string =>
    listOf([...new Set(incidents.flatMap((incident) => incident[role] ?? []))]) || 'nobody';
  const verdict = verdicts.map((one) => verdictWords[one]);
  const emergencies: readonly (readonly [keyof Played['tried'], string, readonly string[]])[] = [
    ['hold', 'stop publishing (hold)', emergency.stop],
    ['rollback', 'go back (rollback)', emergency.back],
    ['restore', 'publish again afterwards (restore)', emergency.publish],
  ];
  return {
    title: `${scenario.title}, ${clockWithoutZone(from, zone)} to ${clockWithoutZone(to, zone)}`,
    lines: [
      ['First update', informed === null ? 'NEVER: customers read nothing' : `${after(informed, from)}`],
      ['Promises', promiseLine(incidents, to, zone)],
      [
        'Customer data',
        data === null ? 'NEVER MENTIONED' : `first mentioned ${after(data, from)}; at the end: ${listOf(verdict)}`,
      ],
      ['Service', restored === null ? 'not resolved' : `resolved ${after(restored, from)}`],
      [
        'Goals in order',
        reached
          ? restored === null
            ? 'so far'
            : 'yes'
          : 'NO: say how customer data is, and what happens, before it is over',
      ],
      [
        'In this night',
        `${isMet(scenario.aim, played) ? 'Yes' : 'NO'}: ${scenario.aim.says.replaceAll('{component}', component.name)}`,
      ],
      ['Lead, comms', `${people('lead')}, ${people('comms')}`],
      ...pushes.map((push): Line => [push.wrong.name, pushLine(push, played)]),
    ],
    tried: emergencies.flatMap(([key, says]) => (tried[key] ? [says] : [])),
    neverTried: emergencies.flatMap(([key, says, lines]) => (tried[key] ? [] : [`${says}: ${lines[0] ?? ''}`])),
  };
}

export function reportText({ title, lines, tried, neverTried }: Report): string {
  const width = Math.max(...lines.map(([name]) => name.length)) + 2;
  return `${[
    `REPORT: ${title}`,
    '',
    ...lines.map(([name, text]) => `  ${name.padEnd(width)}${text}`),
    '',
    `Tried: ${tried.length === 0 ? 'nothing of the run card' : tried.join(', ')}`,
    ...(neverTried.length === 0
      ? ['You have used everything on the run card.']
      : [
          `Never tried (${count(neverTried.length, 'command')} of the run card):`,
          ...neverTried.map((line) => `  ${line}`),
        ]),
  ].join('\n')}\n`;
}
