import type { Instant } from '../../src/domain/instant.ts';
import { durationInWords } from '../../src/views/time.ts';
import { count } from '../../src/views/words.ts';
import { oneLine } from '../cli/one-line.ts';
import { label } from '../writing/words.ts';
import type { ComingMaintenance, OpenIncident, Situation } from './situation.ts';
import { wallTime } from './wall-time.ts';

/** A label and what is said under it. */
export type Row = readonly [label: string, text: string];

type At = Pick<Situation, 'now' | 'timeZone'>;

const verdicts = { unaffected: 'not affected', under_review: 'UNDER REVIEW', affected: 'AFFECTED' } as const;

const wall = (instant: Instant, { now, timeZone }: At): string => wallTime(instant, now, timeZone);

/** `15:45+01:00, in 4 minutes` */
function due(instant: Instant, at: At): string {
  const distance = durationInWords(Math.abs(instant - at.now));
  return `${wall(instant, at)}, ${instant >= at.now ? `in ${distance}` : `${distance} ago`}`;
}

function nextUpdate({ promised, overdue }: OpenIncident, at: At): string {
  if (promised === null) return 'none promised';
  if (!overdue) return due(promised, at);
  return `OVERDUE by ${durationInWords(at.now - promised)}: promised for ${wall(promised, at)}`;
}

/** What the lead asks of an open incident, in the order of the goals: data, customers, service; then people. */
export function incidentRows(open: OpenIncident, at: At, content: string): Row[] {
  const { incident, states, told, promised, checkIn } = open;
  const promise = promised === null ? '' : `; promised more by ${wall(promised, at)}`;
  const others = [...(incident.lead === null ? ['lead'] : []), ...(incident.comms === null ? ['comms'] : [])];
  return [
    [
      'Customer data',
      incident.customerData === null
        ? 'NOT SAID YET. Find out, and say it in the next update'
        : verdicts[incident.customerData],
    ],
    ['Customers told', `${due(told, at)} (${count(incident.updates.length, 'update')})${promise}`],
    ['Next update', nextUpdate(open, at)],
    [
      'Service',
      states.length === 0
        ? 'no component is named'
        : states.map(({ name, status }) => `${oneLine(name)}: ${status.toLowerCase()}`).join(', '),
    ],
    ['Open for', `${durationInWords(at.now - incident.startedAt)}, since ${wall(incident.startedAt, at)}`],
    ['Next check-in', due(checkIn, at)],
    ['Leads', oneLine(incident.lead ?? 'NOBODY NAMED')],
    ['Tells customers', oneLine(incident.comms ?? 'NOBODY NAMED')],
    ['To write', `npx halfpast update ${incident.slug}${others.map((flag) => ` --${flag} NAME`).join('')}${content}`],
  ];
}

export function maintenanceRows({ maintenance, status, touches }: ComingMaintenance, at: At): Row[] {
  const { from, to } = maintenance.window;
  const left =
    status === 'scheduled' ? `begins in ${durationInWords(from - at.now)}` : `${durationInWords(to - at.now)} left`;
  return [
    [label(status), `${wall(from, at)} to ${wall(to, at)}, ${left}`],
    ['Touches', touches.length === 0 ? 'no component is named' : touches.map(oneLine).join(', ')],
  ];
}
