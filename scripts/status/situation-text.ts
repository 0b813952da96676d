import type { Instant } from '../../src/domain/instant.ts';
import { durationInWords } from '../../src/views/time.ts';
import { oneLine } from '../cli/one-line.ts';
import { bothTimes, type Zone } from '../writing/both-times.ts';
import { label } from '../writing/words.ts';
import type { ComingMaintenance, OpenIncident, Situation } from './situation.ts';

const verdicts = { unaffected: 'not affected', under_review: 'under review', affected: 'AFFECTED' } as const;

type At = Pick<Situation, 'now' | 'zone'>;

/** `2026-11-22T14:30Z (15:30 CET), in 12 minutes`. Seconds would only distract. */
function due(instant: Instant, { now, zone }: At): string {
  const distance = durationInWords(Math.abs(instant - now));
  return `${bothTimes(Math.floor(instant / 1000) * 1000, zone)}, ${instant >= now ? `in ${distance}` : `${distance} ago`}`;
}

function incidentLines({ incident, checkIn, promised, overdue }: OpenIncident, at: At): string[] {
  const late = overdue ? 'OVERDUE: ' : '';
  return [
    `${oneLine(incident.title)} (${incident.slug})`,
    `  customer data    ${incident.customerData === null ? 'not said' : verdicts[incident.customerData]}`,
    `  state            ${label(incident.status)}, impact ${incident.impact}, since ${due(incident.startedAt, at)}`,
    `  leads            ${oneLine(incident.lead ?? 'nobody named')}`,
    `  tells customers  ${oneLine(incident.comms ?? 'nobody named')}`,
    `  next check-in    ${due(checkIn, at)}`,
    `  next update      ${promised === null ? 'none promised' : `${late}${due(promised, at)}`}`,
  ];
}

function maintenanceLine({ maintenance, status }: ComingMaintenance, zone: Zone): string {
  const { from, to } = maintenance.window;
  return `  ${label(status)}: ${oneLine(maintenance.title)} (${maintenance.slug}), ${bothTimes(from, zone)} to ${bothTimes(to, zone)}`;
}

/** What `status` prints: goals first, then what is open, then what is to come; times in UTC and as on the page. */
export function situationText({ now, zone, priorities, incidents, maintenances }: Situation): string {
  const goals = priorities.map((goal, index) => `${index + 1}. ${oneLine(goal)}`).join('  ');
  const open = incidents.length === 0 ? ['No incident is open.'] : incidents.flatMap((one) => ['', ...incidentLines(one, { now, zone })]);
  const work = maintenances.length === 0 ? ['No maintenance is announced.'] : ['Maintenance:', ...maintenances.map((one) => maintenanceLine(one, zone))];
  return `${[`Goals: ${goals}`, ...open, '', ...work].join('\n')}\n`;
}
