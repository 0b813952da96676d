import { createHash } from 'node:crypto';
import { day, type Day, dayOf, type Duration, hour, isoTime } from '../../../src/lib/domain/calendar.ts';
import { type Incident, latestUpdate } from '../../../src/lib/domain/incident.ts';
import { lookBack, openRemedies, owedPostmortem, remedyOf, reportedOver } from '../../../src/lib/domain/owed.ts';
import { type ActionItem, actionState, type Postmortem, postmortemFacts } from '../../../src/lib/domain/postmortem.ts';
import { allComponents, type Site } from '../../../src/lib/domain/site.ts';
import { absolute, paths } from '../../../src/lib/views/paths.ts';
import { postmortemDraft } from '../../../src/lib/views/postmortem-draft.ts';
import { dayInWords } from '../../../src/lib/views/time.ts';
import { shellWord } from '../../cli/text.ts';
import { liveTimes, type ReleaseLog } from '../hosts/release-log.ts';
import {
  type Addressee,
  addressed,
  asWritten,
  type PostmortemDraft,
  english,
  type Lapse,
  loginOf,
  momentWords,
  type Reminder,
  timeLapse,
} from './reminder.ts';

/** `22 November 2026` */
const dayWords = (day: Day): string => dayInWords(day, english).text;

/** The person responsible: the lead, or else the person who posted the updates. */
const authorOf = ({ lead, comms }: Incident): string | null => lead ?? comms;

const fenced = (command: string): string => `\`\`\`\n${command}\n\`\`\``;

type Owed = {
  readonly kind: 'review' | 'postmortem' | 'remedy';
  readonly incident: Incident;
  /** Precedes the incident's title. */
  readonly title: string;
  /** The paragraphs of the issue. `link` is the incident's page. */
  readonly body: (to: Addressee, link: string) => readonly string[];
  /** The arguments of `timeLapse`; null once it's too late for a reminder. */
  readonly lapse: { readonly key: string; readonly when: string; readonly sentence: (when: string) => string } | null;
  /** The command that posts the update. */
  readonly command?: string;
};

/** A reminder about something owed to customers after an incident. */
function owedReminder({ settings }: Site, { kind, incident, title, body, lapse, command }: Owed): Reminder {
  const person = authorOf(incident);
  const login = loginOf(person, settings);
  const to = { stage: 'comms', name: person, mention: addressed(person, login) } as const;
  const link = `[${asWritten(incident.title)}](${absolute(settings, paths.incident(incident.slug))})`;
  return {
    about: `${kind}:${incident.slug}`,
    title: `${title}: ${incident.title}`,
    body: body(to, link).join('\n\n'),
    lapses: lapse === null ? [] : [timeLapse(lapse.key, lapse.when, to, lapse.sentence)],
    person,
    login,
    answer: command === undefined ? null : { link: null, command },
  };
}

/**
 * Reminders of customer data reviews that weren't finished when the incident was resolved: daily, then weekly after the
 * first week, until an update has the verdict.
 */
function reviewReminders(site: Site): Reminder[] {
  return site.incidents.flatMap((incident) => {
    const reportedAt = reportedOver(incident);
    // Imported incidents were handled elsewhere.
    if (reportedAt === null || incident.updates[0].record.source !== null) return [];
    const days = Math.floor((site.now - reportedAt) / day);
    if (incident.customerData !== 'under_review' || days < 1) return [];
    const due = days < 7 ? days : days - (days % 7);
    const command = `npx halfpast update ${incident.slug} --status resolved --customer-data VERDICT --push`;
    const sentence = (when: string): string =>
      `Customer data has been under review since the incident was resolved on ${when}. Say what you found, or how long it will take.`;
    return owedReminder(site, {
      kind: 'review',
      incident,
      title: 'Settle whether customer data is safe',
      body: (to, link) => [
        `For ${to.mention}. ${link} is resolved, and its customers don't know yet whether their data is safe.`,
        `To tell them:\n\n${fenced(command)}`,
        'This issue closes when an update says that customer data is unaffected or affected.',
      ],
      lapse:
        site.now >= reportedAt + lookBack
          ? null
          : { key: `review:${due}`, when: momentWords(reportedAt, site.settings), sentence },
      command,
    });
  });
}

/** A reminder for each late postmortem. Once it's too old, an existing reminder stays and no new one is created. */
function postmortemReminders(site: Site): Reminder[] {
  return site.incidents.flatMap((incident) => {
    const owed = owedPostmortem(site, incident);
    if (owed === null || owed.state === 'due') return [];
    const sentence = (when: string): string => `A postmortem was due by ${when}.`;
    return owedReminder(site, {
      kind: 'postmortem',
      incident,
      title: 'Publish the postmortem',
      body: (to, link) => [
        `For ${to.mention}. ${link} was resolved on ${momentWords(owed.reportedAt, site.settings)}.`,
        `To draft it, run the command below. To publish it, replace \`draft: true\` with \`published:\` and the time:\n\n${fenced(`npx halfpast postmortem ${incident.slug}`)}`,
        'This issue closes when it is published.',
      ],
      lapse: owed.state === 'old' ? null : { key: `due:${isoTime(owed.due)}`, when: dayWords(owed.by), sentence },
    });
  });
}

/** A reminder for each remedy that is due to customers. */
function remedyReminders(site: Site): Reminder[] {
  const today = dayOf(site.now, site.settings.timeZone);
  return openRemedies(site).flatMap((open) => {
    const { incident, remedy, by, overdue, isOld } = open;
    if (!overdue || by === null) return [];
    const { slug, status } = incident;
    // The terms of an update need a remedy in the incident's updates.
    const stated = incident.remedy === null ? ` --remedy ${shellWord(remedy.text)}` : '';
    const command = `npx halfpast update ${slug} --status ${status}${stated} --remedied ${today} --push`;
    const sentence = (when: string): string =>
      remedy.claimUntil === null
        ? `The remedy was due by ${when}. Has every customer received it?`
        : `Customers could claim the remedy until ${when}. Has everyone who claimed it received it?`;
    return owedReminder(site, {
      kind: 'remedy',
      incident,
      title: 'Make it right',
      body: (to, link) => [
        `For ${to.mention}. Customers were promised this after ${link}: ${asWritten(remedy.text)}`,
        `To tell customers, run the command below:\n\n${fenced(command)}`,
        "This issue closes when the content says that they've received it.",
      ],
      lapse: isOld ? null : { key: `remedy:${by}`, when: dayWords(by), sentence },
    });
  });
}

/** An item lapses once per due date. */
function actionLapse({ what, owner, due }: ActionItem, site: Site): Lapse {
  const key = createHash('sha256').update(`${what}\n${owner}`).digest('hex').slice(0, 12);
  const login = loginOf(owner, site.settings);
  const mention = addressed(owner, login);
  return {
    key: `action:${due}:${key}`,
    to: { stage: 'comms', name: owner, mention },
    text: `${what} was due on ${due}: ${login === null ? owner : `@${login}`}`,
    markdown: `- **${asWritten(what)}** was due on ${due}: ${mention}`,
    isItem: true,
  };
}

function actionReminder(postmortem: Postmortem, overdue: readonly ActionItem[], site: Site): Reminder {
  const { slug, title, authors } = postmortem;
  const person = overdue[0]?.owner ?? authors[0] ?? null;
  return {
    about: `actions:${slug}`,
    title: `Overdue after: ${title}`,
    body: [
      `These were promised in [${asWritten(title)}](${absolute(site.settings, paths.postmortem(slug))}). When one is done, add the date as \`done:\` in \`postmortems/${slug}.md\`. If it will be later, change its \`due:\`.`,
      'This issue closes when none is overdue.',
    ].join('\n\n'),
    lapses: overdue.map((action) => actionLapse(action, site)),
    person,
    login: loginOf(person, site.settings),
    answer: null,
  };
}

/** A reminder for each published postmortem with overdue actions. Due dates use the site's time zone. */
function actionReminders(site: Site): Reminder[] {
  const today = dayOf(site.now, site.settings.timeZone);
  return site.postmortems.flatMap((postmortem) => {
    const overdue = postmortem.actions.filter((action) => actionState(action, today) === 'overdue');
    return overdue.length === 0 ? [] : [actionReminder(postmortem, overdue, site)];
  });
}

/** Reminders about what customers are owed after incidents: verdicts, postmortems, remedies and promised actions. */
export function owedReminders(site: Site): Reminder[] {
  return [...reviewReminders(site), ...postmortemReminders(site), ...remedyReminders(site), ...actionReminders(site)];
}

/** How long a draft waits for the log of releases to include the newest update, which may still be publishing. */
const awaited: Duration = hour;

/**
 * A draft for each postmortem that is due and has no file yet. `draftSlugs` are the existing drafts. `releases` says
 * when updates were live; null if there is no log.
 */
export function postmortemDrafts(
  site: Site,
  draftSlugs: readonly string[],
  releases: ReleaseLog | null,
): PostmortemDraft[] {
  const { settings, now } = site;
  return site.incidents.flatMap((incident) => {
    const facts = postmortemFacts(incident);
    const owed = owedPostmortem(site, incident);
    if (facts === null || owed?.state !== 'due' || draftSlugs.includes(incident.slug)) return [];
    const { slug, title } = incident;
    const live = releases === null ? null : liveTimes(releases, slug);
    const isWhole = live === null || live.has(latestUpdate(incident).record.id);
    if (!isWhole && now < owed.reportedAt + awaited) return [];
    const person = authorOf(incident);
    const text = postmortemDraft({
      incident,
      facts,
      title,
      authors: [person?.replace(/^@/, '') ?? settings.name],
      // Without a verdict, don't guess.
      verdict: incident.customerData ?? 'under_review',
      remedy: remedyOf(incident, undefined),
      components: allComponents(site),
      live,
      zone: settings,
    });
    return [{ slug, title, path: `postmortems/${slug}.md`, text, person, login: loginOf(person, settings) }];
  });
}
