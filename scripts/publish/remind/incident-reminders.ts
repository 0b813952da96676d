import { type Incident, isOpen } from '../../../src/domain/incident.ts';
import { type Duration, type Instant, isoTime, minute } from '../../../src/domain/instant.ts';
import type { Site } from '../../../src/domain/site.ts';
import { absolute, paths } from '../../../src/views/links.ts';
import { momentWords } from '../../drafting/time-words.ts';
import { addressed, asWritten, loginOf } from './person.ts';
import type { Lapse, Reminder } from './wanted.ts';

/** How long before a promised update its author is reminded. */
const headStart: Duration = 10 * minute;

function promiseLapse({ promised }: Incident, now: Instant): Lapse[] {
  if (promised === null || now < promised - headStart) return [];
  const text = `Customers were promised an update by **${momentWords(promised)}**. Tell them something by then, even if there is no news; if it is past, tell them now.`;
  return [{ key: `promise:${isoTime(promised)}`, text }];
}

/** When the team was last due to check in with itself; null before the first time. */
function lastCheckIn(startedAt: Instant, now: Instant, every: Duration): Instant | null {
  const passed = Math.floor((now - startedAt) / every);
  return passed < 1 ? null : startedAt + passed * every;
}

/**
 * The check-in that is due, until the next one is; those that nobody was told of are not made up for.
 * None while an incident is only watched: then the promises to customers set the pace.
 */
function checkInLapse({ startedAt, status, updates, openPeriods }: Incident, { now, settings }: Site): Lapse[] {
  // Nobody's duty before anybody wrote of the incident, or while it was resolved.
  const since = Math.max(updates[0].record.at, openPeriods.at(-1)?.from ?? 0);
  const due = lastCheckIn(startedAt, now, settings.cadence.checkIn);
  if (due === null || due < since || status === 'monitoring') return [];
  return [
    {
      key: `check-in:${isoTime(due)}`,
      text: `Check-in of **${momentWords(due)}**: what do we know, what do we try next, does anybody need help, is customer data safe?`,
    },
  ];
}

function body(incident: Incident, { settings }: Site, login: string | null): string {
  const { slug, lead, comms } = incident;
  const page = absolute(settings, paths.incident(slug));
  const goals = settings.priorities.map((goal, index) => `${index + 1}. ${asWritten(goal)}`).join('\n');
  return [
    `For ${addressed(comms, login)}. [${asWritten(incident.title)}](${page}) is open; ${lead === null ? 'nobody is named as its lead' : `${asWritten(lead)} leads`}.`,
    `In this order:\n\n${goals}`,
    `To post an update:\n\n\`\`\`\nnpx halfpast update ${slug} --status ${incident.status} --message "…" --push\n\`\`\``,
    'This issue closes when the incident is resolved.',
  ].join('\n\n');
}

/** One reminder for each open incident; without lapses while nothing is due. */
export function incidentReminders(site: Site): Reminder[] {
  return site.incidents.filter(isOpen).map((incident) => {
    const login = loginOf(incident.comms, site.settings);
    return {
      about: `incident:${incident.slug}`,
      title: `Tell customers: ${incident.title}`,
      body: body(incident, site, login),
      lapses: [...promiseLapse(incident, site.now), ...checkInLapse(incident, site)],
      person: incident.comms,
      login,
    };
  });
}
