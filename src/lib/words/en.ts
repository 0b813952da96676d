import { formatDuration } from 'date-fns/formatDuration';
import { day, type Duration, hour, minute } from '../domain/calendar.ts';
import type { SiteCondition } from '../domain/site.ts';
import type {
  Cause,
  ComponentStatus,
  CustomerData,
  Impact,
  IncidentStatus,
  MaintenanceStatus,
} from '../domain/vocabulary.ts';

/** `1 incident`, `2 incidents` */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}

/** `a, b and c` */
export function listOf(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** `1 day 1 hour 20 minutes`: days of 24 hours, without seconds. */
export function durationInWords(duration: Duration): string {
  if (duration < minute) return 'less than a minute';
  return formatDuration({
    days: Math.floor(duration / day),
    hours: Math.floor((duration % day) / hour),
    minutes: Math.floor((duration % hour) / minute),
  });
}

function joined(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(', ');
}

const componentStatus: Readonly<Record<ComponentStatus, string>> = {
  operational: 'Operational',
  under_maintenance: 'Under maintenance',
  degraded_performance: 'Degraded performance',
  partial_outage: 'Partial outage',
  major_outage: 'Major outage',
};

const incidentStatus: Readonly<Record<IncidentStatus, string>> = {
  investigating: 'Investigating',
  identified: 'Identified',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
};

const maintenanceStatus: Readonly<Record<MaintenanceStatus, string>> = {
  scheduled: 'Scheduled',
  in_progress: 'In progress',
  verifying: 'Verifying',
  completed: 'Completed',
};

const impact: Readonly<Record<Impact, string>> = {
  none: 'No impact',
  minor: 'Minor impact',
  major: 'Major impact',
  critical: 'Critical impact',
};

const customerData: Readonly<Record<CustomerData, string>> = {
  unaffected: 'Customer data is not affected',
  under_review: 'We are checking whether customer data is affected',
  affected: 'Customer data is affected',
};

const cause: Readonly<Record<Cause, string>> = {
  change: 'A change to software or its settings',
  data: 'Bad data',
  defect: 'A fault that had been there before',
  manual_work: 'A step done by hand',
  capacity: 'More load than there was room for',
  hardware: 'Machines or network',
  dependency: 'A service of somebody else',
  security: 'An attack',
  unknown: 'Not found',
};

const siteCondition: Readonly<Record<SiteCondition, string>> = {
  operational: 'All Systems Operational',
  under_maintenance: 'Service Under Maintenance',
  degraded_performance: 'Partially Degraded Service',
  partial_outage: 'Minor Service Outage',
  major_outage: 'Partial System Outage',
  total_outage: 'Major Service Outage',
};

/**
 * Every word readers see. An entry is a string, or a function of what the sentence is about. `{time}` in a string
 * is where the page puts an element, such as a time or a link: see components/phrase.astro.
 */
export const en = {
  componentStatus,
  incidentStatus,
  maintenanceStatus,
  /** The status of maintenance that was completed before it began. */
  cancelled: 'Cancelled',
  impact,
  customerData,
  cause,
  duration: durationInWords,
  listOf,

  /** The headline of the index and of embedded banners, and the state in badges. */
  headline: {
    ...siteCondition,
    openIncidents: (amount: number) => count(amount, 'active incident'),
  },

  /** Around every page, and in its metadata. */
  frame: {
    siteName: (site: string) => `${site} Status`,
    pageTitle: (page: string, site: string) => `${page} · ${site} Status`,
    skip: 'Skip to content',
    pages: 'Pages',
    links: 'Elsewhere',
    timeZone: (zone: string) => `Times are those of ${zone}.`,
    status: 'Status',
    history: 'History',
    postmortems: 'Postmortems',
    subscribe: 'Subscribe',
    rss: (site: string) => `${site} status updates`,
    atom: (site: string) => `${site} status updates (Atom)`,
    jsonFeed: (site: string) => `${site} status updates (JSON Feed)`,
    postmortemsRss: (site: string) => `${site} postmortems`,
    maintenanceRss: (site: string) => `${site} maintenance`,
    componentRss: (component: string) => `${component}: status updates`,
    calendar: (site: string) => `${site} maintenance calendar`,
  },

  index: {
    description: (site: string, headline: string) => `${site}: ${headline}`,
    asOf: 'As of {time}',
    maintenance: 'Maintenance',
    components: 'Components',
    noComponents: (site: string) => `No component is listed. What is told here concerns all of ${site}.`,
    bars: 'One bar a day. The taller the bar, the worse the day; a bar with a gap is a partial outage.',
    recent: (days: number) => `The last ${days} days`,
    nothingYet: 'No incident has been recorded yet. When something breaks, it is told on this page, with every update.',
    noIncidents: 'No incidents.',
    history: 'All incidents by month',
    subscribe: 'Hear of every update',
  },

  incident: {
    description: (status: string, text: string) => `${status}: ${text}`,
    resolved: '{time} after {duration}',
    affectedNow: 'Affected now',
    affectedAtWorst: 'Affected at worst',
    atWorst: 'At worst:',
    nextUpdate: 'Next update by {time}',
    overdue: 'The next update is overdue, promised by {time}',
    remedy: 'How we make it right:',
    began: 'Began {time}',
    people: (lead: string | null, comms: string | null) =>
      joined(lead && `${lead} leads`, comms && `${comms} writes the updates`),
    postmortem: 'Read what happened, and what we learned',
    updates: 'Updates',
    allUpdates: (amount: number) => `All ${amount} updates`,
    plainText: '{link}, to paste into a message',
    plainTextLink: 'This incident as plain text',
  },

  maintenance: {
    description: (status: string, from: string, to: string) => `Maintenance, ${status.toLowerCase()}: ${from} to ${to}`,
    window: '{from} to {to}',
    updates: 'Updates',
    plainText: '{link}, to paste into a message',
    plainTextLink: 'This maintenance as plain text',
  },

  update: {
    reopened: 'Reopened',
    renamed: (before: string) => `Renamed; it was “${before}”`,
    reopenedAndRenamed: (before: string) => `Reopened. Renamed; it was “${before}”`,
    promised: 'Promised by {time}:',
    kept: 'kept',
    late: (duration: string) => `${duration} late`,
    edited: 'Edited {time}',
  },

  /** An incident or maintenance in a list. */
  listed: {
    maintenance: 'Maintenance',
    window: '{from} to {to}',
    postmortem: 'Postmortem',
  },

  component: {
    description: (component: string, status: string, days: string | null) =>
      `${component}: ${status}.${days === null ? '' : ` ${days}`}`,
    percent: (share: string) => `${share} %`,
    uptime: (percent: string) => `${percent} uptime`,
    noUptime: 'No day counted yet',
    daysAgo: (days: number) => `${days} days ago`,
    today: 'Today',
    /** The bars in a sentence. */
    bars: (
      days: number,
      troubled: { readonly major: number; readonly partial: number; readonly degraded: number },
      uptime: string | null,
    ) => {
      const parts = joined(
        troubled.major > 0 ? `${count(troubled.major, 'day')} with a major outage` : null,
        troubled.partial > 0 ? `${count(troubled.partial, 'day')} with a partial outage` : null,
        troubled.degraded > 0 ? `${count(troubled.degraded, 'day')} with degraded performance` : null,
      );
      return `The last ${days} days: ${parts || 'no incident'}.${uptime === null ? '' : ` ${uptime} uptime.`}`;
    },
    /** Durations of a day's outages; null for none. */
    outages: (major: string | null, partial: string | null) => {
      const text = joined(major && `major outage for ${major}`, partial && `partial outage for ${partial}`);
      return text.charAt(0).toUpperCase() + text.slice(1);
    },
    troubledDays: (days: number) => `${count(days, 'day')} with incidents`,
    allTroubledDays: (days: number) => `All ${days} days`,
    maintenance: 'Maintenance',
    incidents: 'Incidents',
    noIncidents: (component: string) => `No incident has touched ${component} so far.`,
    older: (amount: number) => `${amount} older ones are in the history`,
    follow: (component: string) => `Follow ${component}`,
    feed: '{link} has one item for each update that concerns it.',
    feedLink: 'Its own feed (RSS)',
  },

  history: {
    title: 'History',
    description: (site: string) => `Every incident of ${site}, by month`,
    empty: 'Nothing has been recorded yet: no incident, no maintenance. Each will have its place here, by month.',
    years: 'Years',
    months: 'Months',
    allMonths: 'All months',
    earlier: (month: string) => `← ${month}`,
    later: (month: string) => `${month} →`,
    monthDescription: (site: string, month: string, summary: string) => `Incidents of ${site} in ${month}: ${summary}`,
    monthSummary: (incidents: number, maintenances: number) =>
      joined(
        incidents > 0 ? count(incidents, 'incident') : null,
        maintenances > 0 ? count(maintenances, 'maintenance window') : null,
      ),
    noIncidents: 'no incidents',
  },

  /** The postmortem library. */
  postmortems: {
    title: 'Postmortems',
    description: (site: string) => `What happened at ${site}, what was learned, and what is promised`,
    intro: 'What happened, what we learned, and what we promised.',
    sections: 'On this page',
    all: 'All postmortems',
    none: 'There is no postmortem yet. After a serious incident we write down here what happened, so that everybody can learn from it.',
    nonePublished: (within: string | null) =>
      `No postmortem has been published yet.${within === null ? '' : ` One is due within ${within} after an incident ends.`}`,
    lessons: 'Lessons',
    actions: 'What we promised',
    byComponent: 'By component',
    noComponent: 'No component named',
    byCause: 'By kind of cause',
    noCause: 'Not said',
    actionsInTime: (amount: number) => `${amount} done in time`,
    actionsLate: (amount: number) => `${amount} done late`,
    actionsOpen: (amount: number) => `${amount} open`,
    actionsOverdue: (amount: number) => `${amount} overdue`,
    allDone: 'What was done',
    doneSoFar: 'What has been done already',
  },

  postmortem: {
    remedy: 'How we made it right:',
    cause: 'Kind of cause:',
    incident: 'The incident as it was told at the time: {link}, {time}',
    incidentWithDuration: 'The incident as it was told at the time: {link}, {time}, {duration}',
    lessons: 'Lessons',
    actions: 'What we promised',
    updates: 'What we told customers',
    anchor: (heading: string) => `Link to “${heading}”`,
  },

  /** Something promised in a postmortem. */
  action: {
    done: 'Done',
    open: 'Open',
    overdue: 'Overdue',
    due: 'due {time}',
    doneOn: 'due {time}, done {done}',
    doneLate: 'due {time}, done {done}, late',
    from: 'from {link}',
  },

  /** How incidents went over the years. */
  responseTimes: {
    title: 'Over the years',
    caption: 'Time until the first update and until it was resolved: medians, and of how many incidents',
    year: 'Year',
    firstUpdate: 'First update',
    resolved: 'Resolved',
    promised: 'Updates promised',
    incidents: (amount: number) => count(amount, 'incident'),
    soFar: 'so far',
    unknown: 'not known',
    medianOf: (amount: number) => `of ${amount}`,
    /** The spaces inside a number and its word don't break. */
    promises: (kept: number, late: number) => `${kept}\u00a0kept, ${late}\u00a0late`,
    noPromises: 'none',
    plotFirstUpdate: 'Time to the first update, median of each year',
    plotResolved: 'Time to resolve, median of each year',
    countedIncidents: (all: number) =>
      `All incidents of this page are counted, ${all} in all, each in the year in which it began. A median is the middle: half of them took less, half took longer.`,
    countedFirstUpdate: (known: number, all: number) =>
      known === 0
        ? 'The time to the first update is not known: no incident says when customers began to be affected.'
        : `Time to the first update runs from when customers began to be affected, which ${known} of ${all} say.`,
    countedResolved: (amount: number) =>
      `Time to resolve is that of the ${amount} that are over and were told of before; the time between an end and a reopening is left out.`,
    countedPromises:
      'Each update says when the next one comes. A promise is kept if that update came within the promised minute.',
    countedPromisesImported:
      'Each update says when the next one comes. A promise is kept if that update came within the promised minute. Incidents from before we moved here promised nothing of the kind, and have none that count.',
    openCircle: 'An open circle is a year that is not over.',
  },

  subscribe: {
    title: 'Subscribe',
    description: (site: string) => `How to hear of every update of ${site} exactly once`,
    heading: 'Hear of every update',
    intro: 'Each update reaches you once, including the one that says “resolved”.',
    feedReader: 'In a feed reader',
    rss: { name: 'RSS', text: 'One item for each update of an incident or a maintenance, “resolved” included.' },
    atom: { name: 'Atom', text: 'The same, one entry for each update.' },
    jsonFeed: { name: 'JSON Feed', text: 'The same, for programs.' },
    slack: 'In Slack',
    slackCommand: 'Type this in the channel that should see the updates:',
    narrower: 'Less than everything',
    maintenance: { name: 'Maintenance', text: 'One item for each update of a planned maintenance.' },
    postmortems: { name: 'Postmortems', text: 'One item for each account of what happened and what was learned.' },
    historyRss: {
      name: 'One entry an incident, RSS',
      text: 'An entry holds all updates of its incident and changes with each, as on Statuspage: for those who had this address.',
    },
    historyAtom: { name: 'One entry an incident, Atom', text: 'The same in Atom.' },
    component: 'One component',
    componentText: 'The updates of the incidents and maintenance that touch it:',
    calendar: 'In a calendar',
    calendarText: 'Every maintenance window, moved when it is moved and marked when it is cancelled.',
    calendarAddress: '{link}, or add this address to your calendar:',
    calendarLink: 'Subscribe',
    api: 'For programs',
    json: {
      name: 'JSON',
      text: 'What is wrong now, in the form of Statuspage’s API: the state, components, open incidents and maintenance.',
    },
    website: 'On a page of yours',
    badge: 'A badge',
    embed: 'What is open',
    embedLink: 'See it by itself',
    frame: 'The state in a frame, with what is open:',
    banner: 'A banner that is there only while something is wrong:',
    reply: 'In a reply to a customer',
    replyText: 'Each incident is there as plain text as well, linked from its page. The newest: {link}',
  },

  notFound: {
    title: 'Page not found',
    description: 'There is no page at this address',
    heading: 'There is no page at this address',
    text: 'It may have been moved, or typed with a slip.',
    status: 'What is the status now?',
    history: 'All incidents by month',
  },

  badge: {
    site: (site: string) => `${site} status`,
  },

  /** The page to show inside of others. */
  embed: {
    title: 'In brief',
    description: (site: string) => `${site}: the state in brief, to show inside of another page`,
    updated: '{status}, {time}',
  },

  /** The form for the team. */
  compose: {
    title: 'Tell customers',
    description: (site: string) => `A form to write an update for ${site}`,
    heading: 'Tell customers',
    notStarted: 'The form is a program, and it has not started in this browser. By hand it goes as well: see {link}.',
    notStartedLink: 'below',
    intro: (repository: string) =>
      `For the team. It makes one file and opens GitHub with it; nothing is sent from here, and customers see it once you press “Commit changes” there. You need to be signed in at GitHub and may write to ${repository}.`,
    incident: 'What is it about?',
    newIncident: 'A new incident',
    incidentHint: (time: string) => `What is open as of ${time}. If one is missing, load the page again in a minute.`,
    template: 'Begin with',
    noTemplate: 'An empty text',
    titleField: 'What do customers notice?',
    titleExample: 'Checkout errors in Europe',
    titleHint: 'The title of a new incident; later, only to give it another name.',
    status: 'Where are you with it?',
    sameStatus: (status: string) => `Still: ${status}`,
    impact: 'How bad is it?',
    impactOfComponents: 'From the components',
    sameImpactOfComponents: 'As before: from the components',
    sameAs: (value: string) => `As before: ${value.toLowerCase()}`,
    same: 'As before',
    components: 'What is affected?',
    notAffected: 'Not affected',
    customerData: 'Is customer data safe?',
    noVerdict: 'Say nothing yet',
    nextUpdate: 'When is the next update?',
    nextUpdateDefault: 'As usual',
    nextUpdateHint: '30m, 14:30Z, 15:30+01:00 or none. Left blank: as usual.',
    message: 'What should customers know?',
    more: 'Remedy, and who is on it',
    remedy: 'How do you make it right?',
    remedyExample: 'Orders that failed are not charged.',
    lead: 'Who leads?',
    comms: 'Who tells customers?',
    problems: 'Not yet: this would not pass check.',
    submit: 'Open GitHub with this update',
    opened:
      'GitHub opens in another tab with the file filled in. Press “Commit changes” there; then it is on its way to customers.',
    tooLong:
      'The text is too long for an address. {button} {copied} Then open GitHub with the link below, where the name of the file is filled in, paste the text, and press “Commit changes”.',
    copy: 'Copy the text',
    copied: 'Copied.',
    notCopied: 'This browser does not copy by itself. The text of the file is marked below: copy it.',
    openGitHub: 'Open GitHub’s page for the file',
    preview: 'What customers will see',
    noPreview: 'It shows here once nothing is missing. Press the button above to see what is.',
    previewNextUpdate: (time: string) => `Next update by ${time}`,
    file: 'The file',
    fileTime: (time: string) => `Its name is the time in UTC: ${time}. It is taken anew when you press the button.`,
    credential:
      'Something here looks like the beginning of a key, a token or a password. If it is one, take it out: check would refuse the update, and git keeps what was pushed.',
    clock: (device: string, known: string) =>
      `the clock of this device says ${device}, but this page knows of ${known}. Put the clock right, and load the page again`,
    alreadyOpen: (slug: string) =>
      `${slug} is open already. To add to it, choose it above; if this is another incident, give it another title`,
    underReview: (slug: string) =>
      `${slug} says under_review, and that would stand for good. Say how the check of customer data ended, or that it goes on`,
    manual: 'By hand',
    manualText:
      'An update is one small file. These links open GitHub’s page for a new one; put the time in UTC in place of YYYY-MM-DDTHHMM, as 2026-11-22T1405, and your text below the second line of hyphens:',
    manualUpdate: (title: string) => `Add to: ${title}`,
    manualIncident: 'A new incident',
    manualTitle: '{{what customers notice}}',
    manualBody: '{{what customers should know}}',
    manualExample: 'We know the cause: a certificate expired. We are renewing it.',
    manualCheck:
      'The status is investigating, identified, monitoring or resolved. A mistake is told on the commit and never shown to customers.',
  },

  /*
   * Below here, every byte counts: a changed word would make feed readers, calendars and chats show old news again.
   * That is why these texts share nothing with the pages.
   */

  feeds: {
    updates: {
      title: (site: string) => `${site} status`,
      description: (site: string) => `Every status update of ${site}, once`,
    },
    maintenance: {
      title: (site: string) => `${site} status: maintenance`,
      description: (site: string) => `Every update of planned maintenance at ${site}, once`,
    },
    component: {
      title: (site: string, component: string) => `${site} status: ${component}`,
      description: (site: string, component: string) =>
        `Every status update of ${site} that concerns ${component}, once`,
    },
    history: {
      title: (site: string) => `${site} Status - Incident History`,
      description: (site: string) => `Every incident of ${site}, with all its updates`,
    },
    postmortems: {
      title: (site: string) => `${site} postmortems`,
      description: (site: string) => `What happened at ${site}, and what was learned`,
    },
    itemTitle: (status: string, name: string, time: string) => `${status}: ${name} (${time})`,
    maintenanceStatus: (status: string) => `Maintenance ${status.toLowerCase()}`,
    customerData: (verdict: CustomerData) => `${customerData[verdict]}.`,
    window: (from: string, to: string) => `From ${from} to ${to}.`,
    edited: (time: string) => `Edited ${time}.`,
  },

  calendar: {
    name: (site: string) => `${site} maintenance`,
    event: (site: string, title: string) => `${site}: ${title}`,
    cancelledEvent: (site: string, title: string) => `Cancelled: ${site}: ${title}`,
  },

  /** Incidents and maintenance as plain text. */
  text: {
    status: (status: string, impact: string) => `${status} · ${impact}`,
    began: (time: string) => `Began: ${time}`,
    resolved: (time: string) => `Resolved: ${time}`,
    customerData: (verdict: string) => `${verdict}.`,
    nextUpdate: (time: string) => `Next update by: ${time}`,
    remedy: (remedy: string) => `How we make it right: ${remedy}`,
    maintenance: (status: string) => `Maintenance · ${status}`,
    from: (time: string) => `From: ${time}`,
    until: (time: string) => `Until: ${time}`,
    update: (status: string, time: string) => `${status}, ${time}`,
    editedUpdate: (status: string, time: string, edited: string) => `${status}, ${time} (edited ${edited})`,
  },

  /** Messages to channels: chats and email. */
  notice: {
    maintenanceStatus: (status: string) => `Maintenance ${status.toLowerCase()}`,
    heading: (status: string, title: string) => `${status}: ${title}`,
    summary: (site: string, heading: string) => `${site}: ${heading}`,
    subject: (site: string, heading: string) => `[${site}] ${heading}`,
    link: (site: string) => `${site} status`,
    emailLink: (site: string, address: string) => `${site} status: ${address}`,
  },

  /** Statuspage's own descriptions in the API, which scripts compare: the same in every language. */
  statuspage: siteCondition,
};

const labels: Readonly<Record<string, string>> = {
  ...componentStatus,
  ...incidentStatus,
  ...maintenanceStatus,
  ...impact,
  ...customerData,
};

/** A value of the vocabulary as people read it: `in_progress` is `In progress`. */
export function label(value: string): string {
  return labels[value] ?? value;
}
