import { type Duration, hour, type Instant, minute, publishedAt } from '../../src/lib/domain/calendar.ts';
import { type Incident } from '../../src/lib/domain/incident.ts';
import type { CustomerData } from '../../src/lib/domain/vocabulary.ts';
import { settledPromises } from '../../src/lib/domain/response.ts';
import { clockWithoutZone, type Zone } from '../../src/lib/views/time.ts';
import { count, durationInWords, listOf } from '../../src/lib/words/en.ts';
import { wrapLine } from '../cli/text.ts';
import type { Emergency } from '../publish/run-card.ts';
import type { Stated, WrongPush } from './observer.ts';
import type { Aim, Scenario } from './scenarios.ts';

/** Check-ins that were due, with a log line or without one; `lines` counts the whole log. */
export type CheckIns = {
  readonly kept: readonly Instant[];
  readonly missed: readonly Instant[];
  readonly lines: number;
};

/** The record of a drill. */
export type Played = {
  readonly scenario: Scenario;
  readonly component: { readonly id: string; readonly name: string };
  readonly from: Instant;
  readonly to: Instant;
  /** The incidents opened in the drill, with the updates that customers got, at the times they got them. */
  readonly incidents: readonly Incident[];
  /** When customers got the first update, even if it was removed later; null if they never did. */
  readonly informed: Instant | null;
  /** How many other updates were written but never went live. */
  readonly neverLive: number;
  readonly pushes: readonly WrongPush[];
  /** In the order customers read them. */
  readonly stated: readonly Stated[];
  readonly checkIns: CheckIns;
  readonly tried: Readonly<Record<'hold' | 'rollback' | 'restore' | 'reply' | 'handOver', boolean>>;
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

/** When each goal was reached, as far as customers could tell; null if it never was. */
function goals({ incidents, informed }: Played) {
  const updates = incidents.flatMap(({ updates: all }) => all);
  const stated = updates.filter(({ record }) => record.customerData !== null);
  const data = stated.length === 0 ? null : Math.min(...stated.map(({ record }) => publishedAt(record)));
  const lastOf = (some: typeof updates): Instant => Math.max(...some.map(({ record }) => publishedAt(record)));
  const verdicts = incidents.flatMap(({ customerData }): CustomerData[] =>
    customerData === null ? [] : [customerData],
  );
  const ends = incidents.map(({ updates: all }) => (all.at(-1)?.record.status === 'resolved' ? all.at(-1) : undefined));
  const resolved = ends.filter((update) => update !== undefined);
  const restored = ends.length === 0 || resolved.length < ends.length ? null : lastOf(resolved);
  return { data, verdicts, informed, restored };
}

/** Whether the scenario's aim was met. */
function isMet({ kind }: Aim, { scenario: { finding }, incidents, component }: Played): boolean {
  const updates = incidents.flatMap(({ updates: all }) => all);
  switch (kind) {
    case 'shut down':
      return updates.some(({ components }) =>
        ['major_outage', 'under_maintenance'].includes(components[component.id] ?? ''),
      );
    case 'remedy':
      return updates.some(({ record }) => record.remedy !== null);
    case 'verdict':
      return incidents.length > 0 && incidents.every(({ customerData }) => customerData === finding.verdict);
  }
}

type Misleading = Stated & { readonly kind: 'UNSUPPORTED' | 'WRONG' };

/** Verdicts that were unsupported when customers read them, or known to be wrong. */
function misleading({ scenario: { finding }, stated, from }: Played): Misleading[] {
  const found = from + finding.at * minute;
  return stated.flatMap((one): Misleading[] => {
    const { verdict, at } = one;
    if (verdict === 'unaffected' && at < found) return [{ ...one, kind: 'UNSUPPORTED' }];
    return verdict === 'under_review' || at < found || verdict === finding.verdict ? [] : [{ ...one, kind: 'WRONG' }];
  });
}

function verdictAsRead({ verdict, at }: Stated, zone: Zone): string {
  return `"${verdictWords[verdict]}" at ${clockWithoutZone(at, zone)}`;
}

/** Each misleading verdict, and a missing verdict at the end. */
function verdictLines(played: Played, zone: Zone): Line[] {
  const { from, to, stated } = played;
  const { finding } = played.scenario;
  const found = from + finding.at * minute;
  const fact = `${clockWithoutZone(found, zone)}, it was clear that ${finding.says}`;
  const wrong = misleading(played);
  const lines = wrong.map((one) => {
    const before = one.kind === 'UNSUPPORTED' ? ', before anyone had found out' : '';
    return `${one.kind}: ${verdictAsRead(one, zone)}${before}${found > to ? '' : `. At ${fact}`}`;
  });
  const last = stated.findLast(({ until }) => until === null);
  // A misleading verdict already has a line.
  const isOpen =
    last !== undefined &&
    last.verdict !== finding.verdict &&
    !wrong.some(({ at }) => at === last.at) &&
    to - found >= hour / 2;
  return [...lines, ...(isOpen ? [`NOT SETTLED, though at ${fact}`] : [])].map((text): Line => [
    'Verdict on data',
    text,
  ]);
}

/** When customers stopped reading a verdict, or read a different one; null if they never did. */
function correctedAt({ verdict, at, until }: Stated, stated: readonly Stated[]): Instant | null {
  const other = stated.find((one) => one.at > at && one.verdict !== verdict)?.at ?? null;
  return other === null || until === null ? (other ?? until) : Math.min(other, until);
}

/**
 * The goals were met in order if customers weren't misled about their data, and knew what happened before it was over.
 */
function goalsText(played: Played, { data, informed, restored }: ReturnType<typeof goals>, zone: Zone): string {
  const [first] = misleading(played);
  if (first !== undefined) {
    const corrected = correctedAt(first, played.stated);
    const isRight = first.verdict === played.scenario.finding.verdict;
    return [
      `NO: customers read ${verdictAsRead(first, zone)}`,
      first.kind === 'WRONG' ? ', which was known to be wrong' : ', before anyone had found out',
      isRight
        ? ''
        : corrected === null
          ? '. It was never corrected'
          : `. It was corrected at ${clockWithoutZone(corrected, zone)}`,
    ].join('');
  }
  if (![data, informed].every((at) => at !== null && (restored === null || at <= restored)))
    return 'NO: say whether customer data is affected, and what happens, before it is over';
  return restored === null ? 'so far' : 'yes';
}

function promiseLine(incidents: readonly Incident[], now: Instant, zone: Zone): string {
  // Two updates due at the same time are one promise to customers.
  const kept = new Map<Instant, boolean>();
  for (const one of incidents.flatMap((incident) => settledPromises(incident, now)))
    kept.set(one.promised, one.kept && (kept.get(one.promised) ?? true));
  if (kept.size === 0) return 'none came due';
  const late = [...kept].flatMap(([promised, isKept]) => (isKept ? [] : [clockWithoutZone(promised, zone)]));
  const amount = `${kept.size - late.length} of ${kept.size} kept`;
  return late.length === 0 ? amount : `${amount}; late: ${listOf(late)}`;
}

function checkInLine({ kept, missed, lines }: CheckIns, zone: Zone): string {
  const due = kept.length + missed.length;
  const written = `${count(lines, 'line')} in the log`;
  if (due === 0) return `none came due; ${written}`;
  const when =
    kept.length === 0 || missed.length === 0
      ? ''
      : `, none for ${listOf(missed.map((at) => clockWithoutZone(at, zone)))}`;
  return `${kept.length} of ${due} kept${when}; ${written}`;
}

function pushLine({ seenAt, goneAt }: WrongPush, { to }: Played): string {
  if (seenAt === null) return 'stopped before customers saw it';
  const length = (until: Instant): Duration => Math.max(until - seenAt, minute);
  return goneAt === null
    ? `STILL ON THE PAGE, for ${durationInWords(length(to))}`
    : `on the page for ${durationInWords(length(goneAt))}, then gone`;
}

/** Builds the report on a drill. */
export function report(played: Played, zone: Zone): Report {
  const { scenario, component, incidents, from, to, pushes, neverLive, checkIns, tried, emergency } = played;
  const reached = goals(played);
  const { data, verdicts, informed, restored } = reached;
  const people = (role: 'lead' | 'comms'): string =>
    listOf([...new Set(incidents.flatMap((incident) => incident[role] ?? []))]) || 'nobody';
  const verdict = verdicts.map((one) => verdictWords[one]);
  const practice: readonly (readonly [keyof Played['tried'], string, readonly string[]])[] = [
    ['hold', 'stop publishing (hold)', emergency.stop],
    ['rollback', 'go back (rollback)', emergency.back],
    ['restore', 'publish again afterwards (restore)', emergency.publish],
    ['reply', 'answer customers who ask (reply)', ['npx halfpast reply']],
    ['handOver', 'hand over (hand-over)', ['npx halfpast hand-over --comms NAME --push']],
  ];
  return {
    title: `${scenario.title}, ${clockWithoutZone(from, zone)} to ${clockWithoutZone(to, zone)}`,
    lines: [
      ['First update', informed === null ? 'NEVER: customers read nothing' : `${after(informed, from)}`],
      ['Promises', promiseLine(incidents, to, zone)],
      ['Check-ins', checkInLine(checkIns, zone)],
      [
        'Customer data',
        data === null ? 'NEVER MENTIONED' : `first mentioned ${after(data, from)}; at the end: ${listOf(verdict)}`,
      ],
      ...verdictLines(played, zone),
      ['Service', restored === null ? 'not resolved' : `resolved ${after(restored, from)}`],
      ['Goals in order', goalsText(played, reached, zone)],
      ['Lead, comms', `${people('lead')}, ${people('comms')}`],
      ...(neverLive === 0
        ? []
        : [['Not live', `${count(neverLive, 'update')} that you wrote. Customers only read what is pushed`] as const]),
      [scenario.aim.says.replaceAll('{component}', component.name), isMet(scenario.aim, played) ? 'yes' : 'NO'],
      ...pushes.map((push): Line => [push.wrong.name, pushLine(push, played)]),
    ],
    tried: practice.flatMap(([key, says]) => (tried[key] ? [says] : [])),
    neverTried: practice.flatMap(([key, says, lines]) => (tried[key] ? [] : [`${says}: ${lines[0] ?? ''}`])),
  };
}

export function reportText({ title, lines, tried, neverTried }: Report, columns: number): string {
  const width = Math.max(...lines.map(([name]) => name.length)) + 4;
  return `${[
    `REPORT: ${title}`,
    '',
    ...lines.map(([name, text]) => wrapLine(`  ${name.padEnd(width - 2)}${text}`, columns, ' '.repeat(width))),
    '',
    ...(tried.length === 0 ? [] : [wrapLine(`Tried: ${tried.join(', ')}`, columns, '  ')]),
    ...(neverTried.length === 0
      ? ['You have tried everything that a real night may need.']
      : ['Never tried:', ...neverTried.map((line) => `  ${line}`)]),
  ].join('\n')}\n`;
}
