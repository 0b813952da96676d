import { createHash } from 'node:crypto';
import {
  day,
  type Day,
  dayOf,
  type Duration,
  hour,
  type Instant,
  isoTime,
  minute,
  publishedAt,
} from '../../src/lib/domain/calendar.ts';
import {
  checksInSince,
  hasCheckIns,
  type Incident,
  isOpen,
  latestUpdate,
  missingRoles,
} from '../../src/lib/domain/incident.ts';
import { lookBack, openRemedies, owedPostmortem, remedyOf, reportedOver } from '../../src/lib/domain/owed.ts';
import { type ActionItem, actionState, type Postmortem, postmortemFacts } from '../../src/lib/domain/postmortem.ts';
import { lastCheckIn, nextCheckIn, promiseAlarms } from '../../src/lib/domain/promise.ts';
import type { ReminderStage } from '../../src/lib/domain/settings.ts';
import { allComponents, type Site } from '../../src/lib/domain/site.ts';
import { absolute, paths } from '../../src/lib/views/lookup.ts';
import { postmortemDraft } from '../../src/lib/views/postmortem-draft.ts';
import { clock, date, dayInWords } from '../../src/lib/views/time.ts';
import { liveTimes, type ReleaseLog } from './release-log.ts';
import {
  type Addressee,
  addressed,
  addressee,
  asWritten,
  type Draft,
  type Lapse,
  loginOf,
  type Reminder,
  type Wanted,
} from './reminders.ts';

const zone = { timeZone: 'UTC', locale: 'en-GB' };

/** `22 November 2026`, in UTC. */
const dateWords = (instant: Instant): string => date(instant, zone).text;

/** `22 November 2026` */
const dayWords = (day: Day): string => dayInWords(day, zone).text;

/** `22 November 2026, 14:05 UTC` */
const momentWords = (instant: Instant): string => `${dateWords(instant)}, ${clock(instant, zone)}`;

/** The same item with the same date lapses once; with a new date, it may lapse again. */
function lapse({ what, owner, due }: ActionItem, site: Site): Lapse {
  const key = createHash('sha256').update(`${what}\n${owner}`).digest('hex').slice(0, 12);
  const login = loginOf(owner, site.settings);
  const who = login === null ? asWritten(owner) : `@${login}`;
  return {
    key: `action:${due}:${key}`,
    to: { stage: 'comms', name: owner, mention: who },
    text: `${what} was due on ${due}: ${login === null ? owner : `@${login}`}`,
    markdown: `- **${asWritten(what)}** was due on ${due}: ${who}`,
  };
}

function reminder(postmortem: Postmortem, overdue: readonly ActionItem[], site: Site): Reminder {
  const { slug, title, authors } = postmortem;
  const person = overdue[0]?.owner ?? authors[0] ?? null;
  return {
    about: `actions:${slug}`,
    title: `Overdue after: ${title}`,
    body: [
      `These were promised in [${asWritten(title)}](${absolute(site.settings, paths.postmortem(slug))}). When one is done, write the day behind \`done:\` in \`postmortems/${slug}.md\`; if it will be later, a new \`due:\`.`,
      'This issue closes when none is overdue.',
    ].join('\n\n'),
    lapses: overdue.map((action) => lapse(action, site)),
    person,
    login: loginOf(person, site.settings),
    answer: null,
  };
}

/** A reminder for each published postmortem with overdue actions, by the calendar of the site's time zone. */
function actionReminders(site: Site): Reminder[] {
  const today = dayOf(site.now, site.settings.timeZone);
  return site.postmortems.flatMap((postmortem) => {
    const overdue = postmortem.actions.filter((action) => actionState(action, today) === 'overdue');
    return overdue.length === 0 ? [] : [reminder(postmortem, overdue, site)];
  });
}

/** Something that was due at a time, which stands out in the issue. */
function timeLapse(key: string, when: string, to: Addressee, sentence: (when: string) => string): Lapse {
  const markdown = to.stage === 'comms' ? '' : `${to.mention}: `;
  return { key, to, text: sentence(when), markdown: `${markdown}${sentence(`**${when}**`)}` };
}

/** How far a missed promise has escalated: first to the one who posts, then to the lead, then to everyone. */
const stageAfter = (late: Duration): ReminderStage => (late === 0 ? 'comms' : late < 15 * minute ? 'lead' : 'everyone');

/** The newest alarm about the promise. Earlier ones that were missed aren't sent later. */
function promiseLapse(incident: Incident, { now, settings }: Site): Lapse[] {
  const { promised } = incident;
  const alarm = promised === null ? undefined : promiseAlarms(promised).findLast(({ at }) => at <= now);
  if (promised === null || alarm === undefined) return [];
  const { late } = alarm;
  const when = momentWords(promised);
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
    `Check-in of ${when}: what do we know, what do we try next, does anybody need help, is customer data safe? To write it down for the team: npx halfpast checkin ${incident.slug}`;
  return [timeLapse(`check-in:${isoTime(due)}`, momentWords(due), addressee(incident, 'comms', settings), sentence)];
}

/** Roles that nobody has in a serious incident: with its first reminder, and only once. */
function rolesLapse(incident: Incident, { now, settings }: Site): Lapse[] {
  const roles = missingRoles(incident);
  const { record, promised } = incident.updates[0];
  const checkIn = nextCheckIn(incident.startedAt, publishedAt(record), settings.cadence);
  const alarm = promised === null ? Infinity : (promiseAlarms(promised)[0]?.at ?? Infinity);
  if (roles.length === 0 || now < Math.min(checkIn, alarm)) return [];
  const deeds = roles.map((role) => (role === 'lead' ? 'leads the response' : 'writes to customers'));
  const text = `Nobody ${deeds.join(' or ')} yet. Name someone: npx halfpast hand-over ${incident.slug}${roles.map((role) => ` --${role} NAME`).join('')}`;
  return [{ key: 'roles', to: addressee(incident, 'comms', settings), text, markdown: text }];
}

/**
 * The moments after `from`, up to and including `to`, at which an open incident causes a reminder, as far as its content
 * says so now; oldest first.
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

/** The form with the template for an update without news; null for a site without the form. */
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
    `For ${to.mention}. [${asWritten(incident.title)}](${page}) is open; ${lead === null ? 'it has no lead' : `${asWritten(lead)} leads`}.`,
    `In this order:\n\n${goals}`,
    ...(form === null ? [] : [`[Post an update](${form}), starting from the template for no news.`]),
    `${form === null ? 'To post an update:' : 'Or run:'}\n\n\`\`\`\n${updateCommand(incident)}\n\`\`\``,
    'This issue closes when the incident is resolved.',
  ].join('\n\n');
}

/** One reminder for each open incident; without lapses while nothing is due. */
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
 * Reviews of customer data that weren't finished when the incident was resolved: a reminder each day, and after a week
 * each week, until the verdict is there.
 */
function reviewReminders(site: Site): Reminder[] {
  return site.incidents.flatMap((incident) => {
    const { slug, title, updates } = incident;
    const reportedAt = reportedOver(incident);
    // What was imported had its account elsewhere.
    if (reportedAt === null || updates[0].record.source !== null) return [];
    const days = Math.floor((site.now - reportedAt) / day);
    if (incident.customerData !== 'under_review' || days < 1) return [];
    const person = authorOf(incident);
    const login = loginOf(person, site.settings);
    const due = days < 7 ? days : days - (days % 7);
    const command = `npx halfpast update ${slug} --status resolved --customer-data VERDICT --push`;
    const to = { stage: 'comms', name: person, mention: addressed(person, login) } as const;
    const sentence = (when: string): string =>
      `Customer data has been under review since the incident was resolved on ${when}. Say what you found, or how long it will take.`;
    return [
      {
        about: `review:${slug}`,
        title: `Settle whether customer data is safe: ${title}`,
        body: [
          `For ${to.mention}. [${asWritten(title)}](${absolute(site.settings, paths.incident(slug))}) is resolved, and its customers don't know yet whether their data is safe.`,
          `To tell them:\n\n\`\`\`\n${command}\n\`\`\``,
          'This issue closes when an update says that customer data is unaffected or affected.',
        ].join('\n\n'),
        lapses:
          site.now >= reportedAt + lookBack ? [] : [timeLapse(`review:${due}`, momentWords(reportedAt), to, sentence)],
        person,
        login,
        answer: { link: null, command },
      },
    ];
  });
}

/** Who writes it: the one who led, else the one who told customers. */
const authorOf = ({ lead, comms }: Incident): string | null => lead ?? comms;

/** How long a draft waits for the newest update to be in the log of releases: a moment ago, it was still being published. */
const awaited: Duration = hour;

/** A draft for each of them that has no file yet, while its time runs; later, the reminder speaks. */
function drafts(site: Site, draftSlugs: readonly string[], releases: ReleaseLog | null): Draft[] {
  const { settings, now } = site;
  return site.incidents.flatMap((incident) => {
    const facts = postmortemFacts(incident);
    const owed = owedPostmortem(site, incident);
    if (facts === null || owed?.state !== 'due' || draftSlugs.includes(incident.slug)) return [];
    const live = releases === null ? null : liveTimes(releases, incident.slug);
    const isWhole = live === null || live.has(latestUpdate(incident).record.id);
    if (!isWhole && now < owed.reportedAt + awaited) return [];
    const person = authorOf(incident);
    const text = postmortemDraft({
      incident,
      facts,
      title: incident.title,
      authors: [person?.replace(/^@/, '') ?? settings.name],
      // Where nobody said it, saying more than that it is looked into would be a guess.
      verdict: incident.customerData ?? 'under_review',
      remedy: remedyOf(incident, undefined),
      components: allComponents(site),
      live,
      zone: settings,
    });
    return [
      {
        slug: incident.slug,
        title: incident.title,
        path: `postmortems/${incident.slug}.md`,
        text,
        person,
        login: loginOf(person, settings),
      },
    ];
  });
}

/** A reminder for each whose time is over. After a quarter of a year, one that is there stays, and none is made. */
function postmortemReminders(site: Site): Reminder[] {
  const { settings } = site;
  return site.incidents.flatMap((incident) => {
    const owed = owedPostmortem(site, incident);
    if (owed === null || owed.state === 'due') return [];
    const { slug, title } = incident;
    const person = authorOf(incident);
    const login = loginOf(person, settings);
    const page = absolute(settings, paths.incident(slug));
    return [
      {
        about: `postmortem:${slug}`,
        title: `Publish the postmortem: ${title}`,
        body: [
          `For ${addressed(person, login)}. [${asWritten(title)}](${page}) was resolved on ${momentWords(owed.reportedAt)}.`,
          `To draft it, run the command below. To publish it, replace \`draft: true\` with \`published:\` and the time:\n\n\`\`\`\nnpx halfpast postmortem ${slug}\n\`\`\``,
          'This issue closes when it is published.',
        ].join('\n\n'),
        lapses:
          owed.state === 'old'
            ? []
            : [
                timeLapse(
                  `due:${isoTime(owed.due)}`,
                  dayWords(owed.by),
                  { stage: 'comms', name: person, mention: addressed(person, login) },
                  (when) => `A postmortem was due by ${when}.`,
                ),
              ],
        person,
        login,
        answer: null,
      },
    ];
  });
}

/** A reminder for each remedy that customers should have by now. */
function remedyReminders(site: Site): Reminder[] {
  const { settings } = site;
  return openRemedies(site).flatMap(({ incident, postmortem, remedy, by, overdue, isOld }) => {
    if (!overdue || by === null) return [];
    const { slug, title } = incident;
    const person = authorOf(incident);
    const login = loginOf(person, settings);
    const page = absolute(settings, paths.incident(slug));
    const record =
      postmortem === null
        ? `To tell customers, run the command below:\n\n\`\`\`\nnpx halfpast update ${slug} --status ${incident.status} --remedied ${dayOf(site.now, settings.timeZone)} --push\n\`\`\``
        : `When they have it, write the day behind \`remedied:\` in \`postmortems/${slug}.md\`.`;
    return [
      {
        about: `remedy:${slug}`,
        title: `Make it right: ${title}`,
        body: [
          `For ${addressed(person, login)}. Customers were promised this after [${asWritten(title)}](${page}): ${asWritten(remedy.text)}`,
          record,
          'This issue closes when the content says that they have it.',
        ].join('\n\n'),
        lapses: isOld
          ? []
          : [
              timeLapse(
                `remedy:${by}`,
                dayWords(by),
                { stage: 'comms', name: person, mention: addressed(person, login) },
                (when) =>
                  remedy.claimUntil === null
                    ? `The remedy was due by ${when}. Has every customer got it?`
                    : `Customers could claim the remedy until ${when}. Has everyone who did got it?`,
              ),
            ],
        person,
        login,
        answer: null,
      },
    ];
  });
}

/**
 * What should be there at the site's `now`. `draftSlugs` are the postmortems that are drafts. `releases` says when updates
 * were live; null where there is no log.
 */
export function wanted(site: Site, draftSlugs: readonly string[], releases: ReleaseLog | null): Wanted {
  return {
    reminders: [
      ...incidentReminders(site),
      ...reviewReminders(site),
      ...postmortemReminders(site),
      ...remedyReminders(site),
      ...actionReminders(site),
    ],
    drafts: drafts(site, draftSlugs, releases),
  };
}
