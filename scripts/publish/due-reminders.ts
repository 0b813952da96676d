import { createHash } from 'node:crypto';
import {
  day,
  dayOf,
  type Duration,
  type Instant,
  isoTime,
  minute,
  publishedAt,
} from '../../src/lib/domain/calendar.ts';
import { type Incident, isOpen } from '../../src/lib/domain/incident.ts';
import { type ActionItem, actionState, type Postmortem, postmortemFacts } from '../../src/lib/domain/postmortem.ts';
import { allComponents, type Site } from '../../src/lib/domain/site.ts';
import { absolute, paths } from '../../src/lib/views/lookup.ts';
import { postmortemDraft } from '../../src/lib/views/postmortem-draft.ts';
import { clock, date } from '../../src/lib/views/time.ts';
import { addressed, asWritten, type Draft, type Lapse, loginOf, type Reminder, type Wanted } from './reminders.ts';

const zone = { timeZone: 'UTC', locale: 'en-GB' };

/** `22 November 2026`, in UTC. */
const dateWords = (instant: Instant): string => date(instant, zone).text;

/** `22 November 2026, 14:05 UTC` */
const momentWords = (instant: Instant): string => `${dateWords(instant)}, ${clock(instant, zone)}`;

/** The same item with the same date lapses once; with a new date, it may lapse again. */
function lapse({ what, owner, due }: ActionItem, site: Site): Lapse {
  const key = createHash('sha256').update(`${what}\n${owner}`).digest('hex').slice(0, 12);
  const login = loginOf(owner, site.settings);
  const who = login === null ? asWritten(owner) : `@${login}`;
  return {
    key: `action:${due}:${key}`,
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
function timeLapse(key: string, when: string, sentence: (when: string) => string): Lapse {
  return { key, text: sentence(when), markdown: sentence(`**${when}**`) };
}

/** How long before a promised update its author is reminded. */
const headStart: Duration = 10 * minute;

function promiseLapse({ promised }: Incident, now: Instant): Lapse[] {
  if (promised === null || now < promised - headStart) return [];
  const sentence = (when: string): string =>
    `Customers were promised an update by ${when}. Post one by then, even if there is no news. If that time has passed, post it now.`;
  return [timeLapse(`promise:${isoTime(promised)}`, momentWords(promised), sentence)];
}

/** When the team was last due to check in with itself; null before the first time. */
function lastCheckIn(startedAt: Instant, now: Instant, every: Duration): Instant | null {
  const passed = Math.floor((now - startedAt) / every);
  return passed < 1 ? null : startedAt + passed * every;
}

/**
 * The check-in that is due now. Earlier ones that were missed aren't reported later.
 * None while an incident is only watched: then the promises to customers set the pace.
 */
function checkInLapse({ startedAt, status, updates, openPeriods }: Incident, { now, settings }: Site): Lapse[] {
  // Nobody's duty before anybody wrote of the incident, or while it was resolved.
  const since = Math.max(publishedAt(updates[0].record), openPeriods.at(-1)?.from ?? 0);
  const due = lastCheckIn(startedAt, now, settings.cadence.checkIn);
  if (due === null || due < since || status === 'monitoring') return [];
  const sentence = (when: string): string =>
    `Check-in of ${when}: what do we know, what do we try next, does anybody need help, is customer data safe?`;
  return [timeLapse(`check-in:${isoTime(due)}`, momentWords(due), sentence)];
}

function body(incident: Incident, { settings }: Site, login: string | null): string {
  const { slug, lead, comms } = incident;
  const page = absolute(settings, paths.incident(slug));
  const goals = settings.priorities.map((goal, index) => `${index + 1}. ${asWritten(goal)}`).join('\n');
  return [
    `For ${addressed(comms, login)}. [${asWritten(incident.title)}](${page}) is open; ${lead === null ? 'it has no lead' : `${asWritten(lead)} leads`}.`,
    `In this order:\n\n${goals}`,
    `To post an update:\n\n\`\`\`\nnpx halfpast update ${slug} --status ${incident.status} --message "…" --push\n\`\`\``,
    'This issue closes when the incident is resolved.',
  ].join('\n\n');
}

/** One reminder for each open incident; without lapses while nothing is due. */
function incidentReminders(site: Site): Reminder[] {
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

/** Who begins with Halfpast, or with this, is not reminded of all that ever was. */
const lookBack: Duration = 90 * day;

/** `reportedAt` is when customers read that it was over: from then on, a postmortem is due. */
type Resolved = Incident & { readonly reportedAt: Instant };

/** Resolved incidents of which customers are owed an account, and have none yet. */
function untold(site: Site): Resolved[] {
  const told = new Set(site.postmortems.map(({ slug }) => slug));
  return site.incidents.flatMap((incident) => {
    const { slug, impact, updates } = incident;
    const isGrave = impact === 'major' || impact === 'critical';
    // What was imported had its account elsewhere, or never will have.
    const isOwed = isGrave && updates[0].record.source === null && !told.has(slug);
    const closing = updates[updates.findLastIndex(({ record }) => record.status !== 'resolved') + 1];
    return closing === undefined || !isOwed ? [] : [{ ...incident, reportedAt: publishedAt(closing.record) }];
  });
}

/** Who writes it: the one who led, else the one who told customers. */
const authorOf = ({ lead, comms }: Incident): string | null => lead ?? comms;

/** A draft for each of them that has no file yet, while its time runs; later, the reminder speaks. */
function drafts(site: Site, draftSlugs: readonly string[]): Draft[] {
  const { settings, now } = site;
  return untold(site).flatMap((incident) => {
    const facts = postmortemFacts(incident);
    const isLate = now >= incident.reportedAt + settings.postmortemWithin;
    if (facts === null || isLate || draftSlugs.includes(incident.slug)) return [];
    const person = authorOf(incident);
    const text = postmortemDraft({
      incident,
      facts,
      title: incident.title,
      authors: [person?.replace(/^@/, '') ?? settings.name],
      // Where nobody said it, saying more than that it is looked into would be a guess.
      verdict: incident.customerData ?? 'under_review',
      remedy: incident.remedy,
      components: allComponents(site),
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
  const { settings, now } = site;
  return untold(site).flatMap((incident) => {
    const due = incident.reportedAt + settings.postmortemWithin;
    if (now < due) return [];
    const { slug, title } = incident;
    const person = authorOf(incident);
    const login = loginOf(person, settings);
    const page = absolute(settings, paths.incident(slug));
    return [
      {
        about: `postmortem:${slug}`,
        title: `Publish the postmortem: ${title}`,
        body: [
          `For ${addressed(person, login)}. [${asWritten(title)}](${page}) was resolved on ${momentWords(incident.reportedAt)}.`,
          `To draft it, run the command below. To publish it, replace \`draft: true\` with \`published:\` and the time:\n\n\`\`\`\nnpx halfpast postmortem ${slug}\n\`\`\``,
          'This issue closes when it is published.',
        ].join('\n\n'),
        lapses:
          now >= incident.reportedAt + lookBack
            ? []
            : [timeLapse(`due:${isoTime(due)}`, dateWords(due), (when) => `A postmortem was due by ${when}.`)],
        person,
        login,
      },
    ];
  });
}

/** What should be there at the site's `now`. `draftSlugs` are the postmortems that are drafts. */
export function wanted(site: Site, draftSlugs: readonly string[]): Wanted {
  return {
    reminders: [...incidentReminders(site), ...postmortemReminders(site), ...actionReminders(site)],
    drafts: drafts(site, draftSlugs),
  };
}
