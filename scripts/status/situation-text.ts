import type { Instant } from '../../src/domain/instant.ts';
import { shortUtc } from '../../src/schema/instant.ts';
import { durationInWords } from '../../src/views/time.ts';
import { oneLine } from '../cli/one-line.ts';
import { label } from '../writing/words.ts';
import type { ComingMaintenance, OpenIncident, Situation } from './situation.ts';

const verdicts = { unaffected: 'not affected', under_review: 'under review', affected: 'AFFECTED' } as const;

/** `2026-11-22T14:30Z, in 12 minutes`. Seconds would only distract. */
function due(instant: Instant, now: Instant): string {
  const distance = durationInWords(Math.abs(instant - now));
  return `${shortUtc(Math.floor(instant / 1000) * 1000)}, ${instant >= now ? `in ${distance}` : `${distance} ago`}`;
}

function incidentLines({ incident, checkIn, promised, overdue }: OpenIncident, now: Instant): string[] {
  const late = overdue ? 'OVERDUE: ' : '';
  return [
    `${oneLine(incident.title)} (${incident.slug})`,
    `  customer data    ${incident.customerData === null ? 'not said' : verdicts[incident.customerData]}`,
    `  state            ${label(incident.status)}, impact ${incident.impact}, since ${due(incident.startedAt, now)}`,
    `  leads            ${oneLine(incident.lead ?? 'nobody named')}`,
    `  tells customers  ${oneLine(incident.comms ?? 'nobody named')}`,
    `  next check-in    ${due(checkIn, now)}`,
    `  next update      ${promised === null ? 'none promised' : `${late}${due(promised, now)}`}`,
  ];
}

function maintenanceLine({ maintenance, status }: ComingMaintenance): string {
  const { from, to } = maintenance.window;
  return `  ${label(status)}: ${oneLine(maintenance.title)} (${maintenance.slug}), ${shortUtc(from)} to ${shortUtc(to)}`;
}

/** What `status` prints: goals first, then what is open, then what is to come; times in UTC. */
export function situationText({ now, priorities, incidents, maintenances }: Situation): string {
  const goals = priorities.map((goal, index) => `${index + 1}. ${oneLine(goal)}`).join('  ');
  const open = incidents.length === 0 ? ['No incident is open.'] : incidents.flatMap((one) => ['', ...incidentLines(one, now)]);
  const work = maintenances.length === 0 ? ['No maintenance is announced.'] : ['Maintenance:', ...maintenances.map(maintenanceLine)];
  return `${[`Goals: ${goals}`, ...open, '', ...work].join('\n')}\n`;
}
