import type { Instant } from '../../src/lib/domain/calendar.ts';
import type { Incident } from '../../src/lib/domain/incident.ts';
import { timeWithOffset, weekdayAndDate } from '../../src/lib/views/time.ts';
import { count, durationInWords, en, label } from '../../src/lib/words/en.ts';
import { oneLine } from '../cli/errors.ts';
import { withContentFlag, wrapLine, wrapText } from '../cli/text.ts';
import { plainCheckIn } from './check-ins.ts';
import { roleLines } from './roles.ts';
import type { ComingMaintenance, OpenIncident, Owed, Situation } from './status.ts';

/** A label and its text. */
type Row = readonly [label: string, text: string];

type At = Pick<Situation, 'now' | 'settings'>;

const verdicts = { unaffected: 'not affected', under_review: 'UNDER REVIEW', affected: 'AFFECTED' } as const;

const wall = (instant: Instant, { now, settings }: At): string => timeWithOffset(instant, now, settings);

/** `15:45+01:00, in 4 minutes` */
function due(instant: Instant, at: At): string {
  const distance = durationInWords(Math.abs(instant - at.now));
  return `${wall(instant, at)}, ${instant >= at.now ? `in ${distance}` : `${distance} ago`}`;
}

function nextUpdate({ incident: { promised }, overdue }: OpenIncident, at: At): string {
  if (promised === null) return 'none promised';
  if (!overdue) return due(promised, at);
  return `OVERDUE by ${durationInWords(at.now - promised)}: promised for ${wall(promised, at)}`;
}

/** What to do first about an open incident: the first unmet goal. */
function nextStep({ incident, goal, states }: OpenIncident, at: At): string {
  const { slug, status, customerData, promised } = incident;
  const update = `npx halfpast update ${slug}`;
  if (goal === 'customer_data')
    return customerData === null
      ? `find out whether customer data is safe, and say so. Until you know: ${update} --customer-data under_review`
      : `finish the review of customer data, and say what you found: ${update} --customer-data VERDICT`;
  if (goal === 'customers')
    return `update customers, who were promised the next update by ${wall(promised ?? at.now, at)}: ${update}`;
  if (status === 'monitoring') return `if the fix holds, resolve it: npx halfpast resolve ${slug}`;
  return `restore the service${states.length === 0 ? '' : ` (${states.map(({ name }) => oneLine(name)).join(', ')})`}.`;
}

/** `Sam, since 15:00+01:00` */
function holder(role: 'lead' | 'comms', incident: Incident, at: At): string {
  const name = incident[role];
  if (name === null) return 'NOT NAMED';
  const handed = incident.updates.flatMap(({ record }) => record.handOvers).findLast((one) => one[role] === name);
  return `${oneLine(name)}${handed === undefined ? '' : `, since ${wall(handed.at, at)}`}`;
}

/** The check-ins, with the log if there is one. */
function checkInRows(open: OpenIncident, at: At): Row[] {
  const { incident, checkIn, lastCheckIn, missed, dueSince } = open;
  const text = plainCheckIn(lastCheckIn?.text ?? '');
  const last: Row[] =
    lastCheckIn === null
      ? []
      : [
          ['Last check-in', `${due(lastCheckIn.at, at)}. ${oneLine(text)}`],
          ...(missed.length === 0 ? [] : [['Not logged', en.listOf(missed.map((one) => wall(one, at)))] as const]),
        ];
  if (checkIn === null) return [...last, ['Next check-in', 'none while the fix is being monitored']];
  const since = lastCheckIn === null || dueSince === null ? '' : `due since ${wall(dueSince, at)}; then `;
  return [
    ...last,
    ['Next check-in', `${since}${due(checkIn, at)}`],
    ['To check in', `npx halfpast checkin ${incident.slug}`],
  ];
}

/** The state of an open incident in the order of the goals: data, customers, service. Then the people. */
function incidentRows(open: OpenIncident, at: At): Row[] {
  const { incident, states, lastUpdate, earlier } = open;
  const others = [...(incident.lead === null ? ['lead'] : []), ...(incident.comms === null ? ['comms'] : [])];
  return [
    [
      'Customer data',
      incident.customerData === null
        ? 'NOT STATED YET. Find out, and state it in the next update'
        : verdicts[incident.customerData],
    ],
    ['Last update', `${due(lastUpdate, at)} (${count(incident.updates.length, 'update')})`],
    ['Next update', nextUpdate(open, at)],
    [
      'Service',
      states.length === 0
        ? 'no components named'
        : states.map(({ name, status }) => `${oneLine(name)}: ${status.toLowerCase()}`).join(', '),
    ],
    ['Open for', `${durationInWords(at.now - incident.startedAt)}, since ${wall(incident.startedAt, at)}`],
    ...checkInRows(open, at),
    ['Lead', holder('lead', incident, at)],
    ['Comms', holder('comms', incident, at)],
    ['To update', `npx halfpast update ${incident.slug}${others.map((flag) => ` --${flag} NAME`).join('')}`],
    ...earlier.map(({ name, page }, index): Row => [index === 0 ? 'Seen before' : '', `${name}: ${page}`]),
  ];
}

function maintenanceRows({ maintenance, status, affected }: ComingMaintenance, at: At): Row[] {
  const { from, to } = maintenance.window;
  const left =
    status === 'scheduled' ? `starts in ${durationInWords(from - at.now)}` : `${durationInWords(to - at.now)} left`;
  return [
    [label(status), `${wall(from, at)} to ${wall(to, at)}, ${left}`],
    ['Affects', affected.length === 0 ? 'no components named' : affected.map(oneLine).join(', ')],
  ];
}

/** Remedies that are still owed after an incident, worded as on the page. */
function owedRow({ kind, incident, by, late }: Owed): Row {
  const due = by === null ? '' : late ? `WAS DUE BY ${by}. ` : `due by ${by}. `;
  const how =
    kind === 'postmortem'
      ? `To draft it: npx halfpast postmortem ${incident.slug}`
      : 'When customers have it, say so with remedied:';
  return [label(kind), `${oneLine(incident.title)}: ${due}${how}`];
}

type Screen = {
  /** The width of a line in characters. */
  readonly columns: number;
  /** The content folder, for commands to copy. */
  readonly content: string;
};

const labelWidth = 17;

/** Wraps a line with its `--content` flags, which would otherwise be added later. */
const fit = (line: string, { columns, content }: Screen, indent = ''): string =>
  wrapLine(withContentFlag(line, content), columns, indent);

function rowLines(rows: readonly Row[], screen: Screen): string[] {
  return rows.map(([name, text]) => fit(`  ${name.padEnd(labelWidth)}${text}`, screen, ' '.repeat(labelWidth + 2)));
}

/** The most important fact, in one line. */
function verdict({ incidents, lastResolved, now }: Situation): string {
  if (incidents.length > 0) {
    const late = incidents.filter(({ overdue }) => overdue).length;
    const open = `${count(incidents.length, 'incident is', 'incidents are')} open`;
    return late === 0
      ? `${open}.`
      : `${open}. ${count(late, 'UPDATE IS', 'UPDATES ARE')} OVERDUE: update customers now.`;
  }
  const last =
    lastResolved?.resolvedAt == null
      ? ''
      : ` The last one, ${oneLine(lastResolved.title)}, was resolved ${durationInWords(now - lastResolved.resolvedAt)} ago.`;
  return `No incident is open.${last}`;
}

/**
 * The run sheet that `status` prints: what's due, the goals in order, each incident, and maintenance. Times are in the
 * page's time zone, with their offset.
 */
export function situationText(situation: Situation, screen: Screen): string {
  const { now, settings, incidents, maintenances, owed } = situation;
  const { columns } = screen;
  const goals = ['Goals, in order', ...settings.priorities.map((goal, index) => `  ${index + 1}. ${oneLine(goal)}`)];
  const steps = incidents.map((one) => `NEXT: ${oneLine(one.incident.title)}: ${nextStep(one, situation)}`);
  const roles = roleLines(
    incidents.map(({ incident }) => incident),
    settings,
  );
  const open = incidents.flatMap((one) => {
    const { title, status, impact } = one.incident;
    return [
      '',
      wrapText(`${oneLine(title)}\n${label(status)}, ${label(impact).toLowerCase()}`, columns),
      ...rowLines(incidentRows(one, situation), screen),
    ];
  });
  const work = maintenances.flatMap((one) => [
    '',
    wrapText(`Maintenance: ${oneLine(one.maintenance.title)}`, columns),
    ...rowLines(maintenanceRows(one, situation), screen),
  ]);
  const promised = rowLines(owed.map(owedRow), screen);
  const lines = [
    wrapLine(`${weekdayAndDate(now, settings)}, ${wall(now, situation)} (${settings.timeZone})`, columns),
    wrapLine(verdict(situation), columns),
    ...[...steps, ...roles].map((line) => fit(line, screen)),
    '',
    ...goals,
    ...open,
    ...(promised.length === 0 ? [] : ['', 'Owed to customers', ...promised]),
    ...(work.length === 0 ? ['', 'No maintenance is scheduled.'] : work),
    ...(incidents.length === 0 ? ['', fit('To report an incident: npx halfpast open', screen)] : []),
  ];
  return `${lines.join('\n')}\n`;
}
