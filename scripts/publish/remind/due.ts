import { type Duration, type Instant, isoTime, minute, publishedAt } from '../../../src/lib/domain/calendar.ts';
import { checksInSince, hasCheckIns, type Incident, isOpen, missingRoles } from '../../../src/lib/domain/incident.ts';
import { lastCheckIn, nextCheckIn, promiseAlarms } from '../../../src/lib/domain/promise.ts';
import type { ReminderStage } from '../../../src/lib/domain/settings.ts';
import type { Site } from '../../../src/lib/domain/site.ts';
import { absolute, paths } from '../../../src/lib/views/paths.ts';
import type { ReleaseLog } from '../hosts/release-log.ts';
import { owedReminders, postmortemDrafts } from './owed.ts';
import {
  type Addressee,
  addressee,
  asWritten,
  type Lapse,
  loginOf,
  momentWords,
  type Reminder,
  timeLapse,
  type Wanted,
} from './reminder.ts';

/** Who to remind of a missed promise: first the person who posts, then the lead, then everyone. */
const stageAfter = (late: Duration): ReminderStage => (late === 0 ? 'comms' : late < 15 * minute ? 'lead' : 'everyone');

/** The newest alarm about the promise. Earlier alarms that were missed aren't sent later. */
function promiseLapse(incident: Incident, { now, settings }: Site): Lapse[] {
  const { promised } = incident;
  const alarm = promised === null ? undefined : promiseAlarms(promised).findLast(({ at }) => at <= now);
  if (promised === null || alarm === undefined) return [];
  const { late } = alarm;
  const when = momentWords(promised, settings);
  if (late === null)
    return [
      timeLapse(
        `promise:${isoTime(promised)}`,
        when,
        addressee(incident, 'comms', settings),
        (time) => `Customers were promised an update by ${time}. Post one by then, even if there is no news.`,
      ),
    ];
  const still = late === 0 ? 'is overdue' : `is still missing after ${late / minute} minutes`;
  return [
    timeLapse(
      `missed:${isoTime(promised)}${late === 0 ? '' : `:${late / minute}m`}`,
      when,
      addressee(incident, stageAfter(late), settings),
      (time) => `The update that customers were promised by ${time} ${still}. Post one now, even if there is no news.`,
    ),
  ];
}

/** The check-in that is due now. Earlier ones that were missed aren't reported later. */
function checkInLapse(incident: Incident, { now, settings }: Site): Lapse[] {
  const due = lastCheckIn(incident.startedAt, now, settings.cadence);
  if (due === null || due <= checksInSince(incident) || !hasCheckIns(incident)) return [];
  const sentence = (when: string): string =>
    `Check-in at ${when}: what do we know, what do we try next, does anyone need help, is customer data safe? To log it for the team: npx halfpast checkin ${incident.slug}`;
  return [
    timeLapse(`check-in:${isoTime(due)}`, momentWords(due, settings), addressee(incident, 'comms', settings), sentence),
  ];
}

/** Roles that are unfilled in a serious incident. Reported once, with its first reminder. */
function rolesLapse(incident: Incident, { now, settings }: Site): Lapse[] {
  const roles = missingRoles(incident);
  const { record, promised } = incident.updates[0];
  const checkIn = nextCheckIn(incident.startedAt, publishedAt(record), settings.cadence);
  const alarm = promised === null ? Infinity : (promiseAlarms(promised)[0]?.at ?? Infinity);
  if (roles.length === 0 || now < Math.min(checkIn, alarm)) return [];
  const deeds = roles.map((role) => (role === 'lead' ? 'leads the response' : 'updates customers'));
  const text = `Nobody ${deeds.join(' or ')} yet. Name someone: npx halfpast hand-over ${incident.slug}${roles.map((role) => ` --${role} NAME`).join('')}`;
  return [{ key: 'roles', to: addressee(incident, 'comms', settings), text, markdown: text }];
}

/**
 * When open incidents need reminders after `from`, up to and including `to`, according to their current
 * content. Oldest first.
 */
export function reminderTimes(site: Site, from: Instant, to: Instant): Instant[] {
  const { cadence } = site.settings;
  const times = site.incidents.filter(isOpen).flatMap((incident) => {
    const checkIns: Instant[] = [];
    if (hasCheckIns(incident))
      for (let at = nextCheckIn(incident.startedAt, from, cadence); at <= to; at += cadence.checkIn) checkIns.push(at);
    return [...checkIns, ...(incident.promised === null ? [] : promiseAlarms(incident.promised).map(({ at }) => at))];
  });
  return times.filter((at) => at > from && at <= to).sort((a, b) => a - b);
}

/** A link to the form, filled in with the template for "no news"; null for a site without the form. */
function formLink({ settings }: Site, { slug }: Incident): string | null {
  return settings.compose
    ? `${absolute(settings, paths.compose)}?incident=${encodeURIComponent(slug)}&template=no-news`
    : null;
}

const updateCommand = ({ slug, status }: Incident): string =>
  `npx halfpast update ${slug} --status ${status} --template no-news --push`;

function body(incident: Incident, site: Site, to: Addressee): string {
  const { settings } = site;
  const { slug, lead } = incident;
  const page = absolute(settings, paths.incident(slug));
  const goals = settings.priorities.map((goal, index) => `${index + 1}. ${asWritten(goal)}`).join('\n');
  const form = formLink(site, incident);
  return [
    `For ${to.mention}. Open: [${asWritten(incident.title)}](${page}). Lead: ${lead === null ? 'nobody yet' : asWritten(lead)}.`,
    `In this order:\n\n${goals}`,
    ...(form === null ? [] : [`[Post an update](${form}), starting from the template for no news.`]),
    `${form === null ? 'To post an update:' : 'Or run:'}\n\n\`\`\`\n${updateCommand(incident)}\n\`\`\``,
    'This issue closes when the incident is resolved.',
  ].join('\n\n');
}

/** One reminder per open incident. Has no lapses while nothing is due. */
function incidentReminders(site: Site): Reminder[] {
  return site.incidents.filter(isOpen).map((incident) => {
    const to = addressee(incident, 'comms', site.settings);
    return {
      about: `incident:${incident.slug}`,
      title: `Tell customers: ${incident.title}`,
      body: body(incident, site, to),
      lapses: [...promiseLapse(incident, site), ...checkInLapse(incident, site), ...rolesLapse(incident, site)],
      person: incident.comms ?? incident.lead,
      login: loginOf(incident.comms ?? incident.lead, site.settings),
      answer: { link: formLink(site, incident), command: updateCommand(incident) },
    };
  });
}

/**
 * The reminders and drafts that should exist at the site's `now`. `draftSlugs` are the postmortems that have a draft.
 * `releases` says when updates were live; null if there is no log.
 */
export function wanted(site: Site, draftSlugs: readonly string[], releases: ReleaseLog | null): Wanted {
  return {
    reminders: [...incidentReminders(site), ...owedReminders(site)],
    drafts: postmortemDrafts(site, draftSlugs, releases),
  };
}
