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
import { type Direction, isolated } from './direction.ts';
import { capitalized, grammar } from './grammar.ts';

// American English would need a comma before "and".
const { isolatedList, joined, list, names, percent, plural, sentence } = grammar('en-GB');

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `1 incident`, `2 incidents` */
export function count(amount: number, one: string, many = `${one}s`): string {
  return plural(amount, { one: `# ${one}`, other: `# ${many}` });
}

/** `a, b and c` */
export const listOf = list;

/** `Example Status`, but never `Example Status Status`. */
function withStatus(site: string, word: 'Status' | 'status'): string {
  return /status(?:page)?\b/i.test(site) ? isolated(site) : sentence`${site} ${word}`;
}

/** `1 day 1 hour 20 minutes`. Days have 24 hours, and there are no seconds. */
export function durationInWords(duration: Duration): string {
  if (duration < minute) return 'less than a minute';
  return formatDuration({
    days: Math.floor(duration / day),
    hours: Math.floor((duration % day) / hour),
    minutes: Math.floor((duration % hour) / minute),
  });
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
  change: 'A software or configuration change',
  data: 'Bad data',
  defect: 'An existing defect',
  manual_work: 'A manual step',
  capacity: 'Not enough capacity',
  hardware: 'Hardware or network',
  dependency: 'A third-party service',
  security: 'An attack',
  unknown: 'Unknown',
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
 * All texts that readers see. An entry is a string, or a function of the sentence's parts. In strings, `{time}` is a
 * placeholder for an element, such as a time or a link: see components/phrase.astro.
 */
export const en = {
  componentStatus,
  incidentStatus,
  maintenanceStatus,
  /** The status of maintenance that was completed before it started. */
  cancelled: 'Cancelled',
  impact,
  customerData,
  cause,
  /** The writing direction of the language. */
  direction: 'ltr' as Direction,
  duration: durationInWords,
  percent,
  listOf,
  names,

  /** The headline of the index and embedded banners, and the state in badges. */
  headline: {
    ...siteCondition,
    openIncidents: (amount: number) => count(amount, 'active incident'),
    noIncidents: 'No active incidents',
  },

  /** The frame and metadata of all pages. */
  frame: {
    siteName: (site: string) => withStatus(site, 'Status'),
    pageTitle: (page: string, site: string) => `${isolated(page)} · ${withStatus(site, 'Status')}`,
    skip: 'Skip to content',
    pages: 'Pages',
    links: 'Links',
    support: 'Support',
    timeZone: (zone: string) => `Times are in ${zone}.`,
    /** Shown by the script that converts times to the reader's zone. */
    yourTimeZone: 'Times are in your time zone ({zone}).',
    yourTime: '{time} your time',
    /** The language's name for itself. */
    language: 'English',
    languages: 'Language',
    /** In a page that's left open, after a new release. */
    newUpdate: 'A new update has been posted.',
    changed: 'This page has changed.',
    show: 'Reload',
    status: 'Status',
    history: 'History',
    postmortems: 'Postmortems',
    subscribe: 'Subscribe',
    subscribeEmail: 'By email',
    subscribeFeed: 'RSS or Atom feed',
    subscribeSlack: 'In Slack',
    subscribeCalendar: 'Calendar',
    subscribeMore: 'All options',
    rss: (site: string) => `${withStatus(site, 'status')} updates`,
    atom: (site: string) => `${withStatus(site, 'status')} updates (Atom)`,
    jsonFeed: (site: string) => `${withStatus(site, 'status')} updates (JSON Feed)`,
    postmortemsRss: (site: string) => sentence`${site} postmortems`,
    maintenanceRss: (site: string) => sentence`${site} maintenance`,
    componentRss: (component: string) => sentence`${component}: status updates`,
    calendar: (site: string) => sentence`${site} maintenance calendar`,
  },

  index: {
    description: (site: string, headline: string) => sentence`${site}: ${headline}`,
    asOf: 'Updated {time}',
    quietFor: (days: number) => `No incidents for ${count(days, 'day')}`,
    components: 'Components',
    /** Components in a long list that are initially hidden. */
    more: (amount: number) => `${amount} more`,
    noComponents: (site: string) => sentence`No components are listed. Updates on this page apply to all of ${site}.`,
    recent: (days: number) => plural(days, { one: 'The last day', other: 'The last # days' }),
    nothingYet: 'No incidents have been recorded yet. When something breaks, every update will appear here.',
    noIncidents: 'No incidents.',
    history: 'All incidents by month',
    subscribe: 'Get updates',
  },

  incident: {
    /** When given a title as the text, this is also the title of its page. */
    description: (status: string, text: string) => sentence`${status}: ${text}`,
    resolved: '{time} after {duration}',
    affectedNow: 'Affected components',
    affectedAtWorst: 'Affected components at their worst',
    atWorst: 'At its worst:',
    nextUpdate: 'Next update by {time}',
    overdue: 'Next update overdue since {time}',
    postmortemDue: 'We’ll publish a postmortem by {time}',
    postmortemLate: 'The postmortem is late. It was due by {time}',
    remedy: 'How we’re making it right:',
    /** This text and the next are also in feed items, where a changed word would show old items again. */
    claimUntil: 'Can be claimed until {time}',
    remedied: 'Delivered on {time}',
    began: 'Began {time}',
    people: (lead: string | null, comms: string | null) => {
      if (lead === null) return sentence`Updates by ${comms ?? ''}`;
      return joined(sentence`Led by ${lead}`, comms && sentence`updates by ${comms}`);
    },
    postmortem: 'Read what happened and what we learned',
    updates: 'Updates',
    earlier: (amount: number) => `Show ${count(amount, 'earlier update')}`,
    allUpdates: (amount: number) => plural(amount, { one: 'The update', other: 'All # updates' }),
    plainText: '{link}, for pasting into messages',
    plainTextLink: 'This incident as plain text',
  },

  announcement: { times: 'From {from} until {until}' },

  maintenance: {
    description: (status: string, from: string, to: string) => `Maintenance, ${status.toLowerCase()}: ${from} to ${to}`,
    window: '{from} to {to}',
    details: 'Details and updates',
    updates: 'Updates',
    plainText: '{link}, for pasting into messages',
    plainTextLink: 'This maintenance as plain text',
  },

  update: {
    reopened: 'Reopened',
    renamed: (before: string) => sentence`Renamed from “${before}”`,
    reopenedAndRenamed: (before: string) => sentence`Reopened and renamed from “${before}”`,
    promised: 'Promised by {time}:',
    kept: 'on time',
    late: (duration: string) => `${duration} late`,
    ended: 'Ended {time}',
    posted: 'Posted {time}',
    edited: 'Edited {time}',
  },

  /** An incident or maintenance in a list. */
  listed: {
    maintenance: 'Maintenance',
    window: '{from} to {to}',
    postmortem: 'Postmortem',
    /** On days after the one it began on. */
    ongoing: 'ongoing since {since}',
    continued: 'continued from {since}',
    reopened: 'reopened',
    ended: '{ended}, began {since}',
  },

  component: {
    description: (component: string, status: string, days: string | null) =>
      sentence`${component}: ${status}.${days === null ? '' : ` ${days}`}`,
    uptime: (share: string) => `${share} uptime`,
    /** If it's measured for less time than the bars show. `day` is the first day. */
    uptimeSince: (uptime: string, day: string) => `${uptime} since ${day}`,
    /** How long performance was degraded, which counts as up. */
    uptimeAndDegraded: (uptime: string, degraded: string) => `${uptime}, degraded for ${degraded}`,
    noUptime: 'No uptime data yet',
    /** Replaces the summary of the bars. */
    noBars: 'No uptime data yet.',
    daysAgo: (days: number) => `${count(days, 'day')} ago`,
    today: 'Today',
    /** A summary of the bars. */
    bars: (
      days: number,
      troubled: {
        readonly major: number;
        readonly partial: number;
        readonly degraded: number;
        /** Whether there were any incidents. */
        readonly any: boolean;
      },
    ) => {
      const parts = joined(
        troubled.major > 0 ? `${count(troubled.major, 'day')} with a major outage` : null,
        troubled.partial > 0 ? `${count(troubled.partial, 'day')} with a partial outage` : null,
        troubled.degraded > 0 ? `${count(troubled.degraded, 'day')} with degraded performance` : null,
      );
      const none = troubled.any ? 'no outages' : 'no incidents';
      const span = days === 1 ? 'Today' : `The last ${days} days`;
      return `${span}: ${parts || none}.`;
    },
    /** Durations on one day; null for none. */
    affected: (time: Readonly<Record<'major' | 'partial' | 'degraded' | 'maintenance', string | null>>) => {
      const text = joined(
        time.major && `major outage for ${time.major}`,
        time.partial && `partial outage for ${time.partial}`,
        time.degraded && `degraded performance for ${time.degraded}`,
        time.maintenance && `under maintenance for ${time.maintenance}`,
      );
      return capitalized(text);
    },
    troubledDays: (days: number) => `${count(days, 'day')} with incidents`,
    maintenance: 'Maintenance',
    incidents: 'Incidents',
    noIncidents: (component: string) => sentence`No incidents have affected ${component} so far.`,
    older: (amount: number) => `${count(amount, 'older incident')} in the history`,
    follow: (component: string) => sentence`Follow ${component}`,
    feed: 'The {link} has one item for each update about this component.',
    feedLink: 'RSS feed',
  },

  history: {
    title: 'History',
    description: (site: string) => sentence`Every incident at ${site}, by month`,
    empty: 'Nothing has been recorded yet. Incidents and maintenance will be listed here by month.',
    years: 'Years',
    months: 'Months',
    allMonths: 'All months',
    earlier: (month: string) => `← ${month}`,
    later: (month: string) => `${month} →`,
    monthDescription: (site: string, month: string, summary: string) =>
      sentence`Incidents at ${site} in ${month}: ${summary}`,
    monthSummary: (incidents: number, maintenances: number) =>
      joined(
        incidents > 0 ? count(incidents, 'incident') : null,
        maintenances > 0 ? count(maintenances, 'maintenance window') : null,
      ) || 'no incidents',
  },

  /** The postmortem library. */
  postmortems: {
    title: 'Postmortems',
    description: (site: string) => sentence`What happened at ${site}, what we learned, and what we promised`,
    intro: 'What happened, what we learned, and what we promised.',
    sections: 'On this page',
    all: 'All postmortems',
    none: 'There are no postmortems yet. After a serious incident, we explain here what happened so that everyone can learn from it.',
    nonePublished: (within: string | null) =>
      `No postmortems have been published yet.${within === null ? '' : ` They are due within ${within} after an incident ends.`}`,
    lessons: 'Lessons',
    actions: 'What we promised',
    byComponent: 'By component',
    noComponent: 'No component specified',
    byCause: 'By cause',
    noCause: 'Not specified',
    actionsInTime: (amount: number) => `${amount} done on time`,
    actionsLate: (amount: number) => `${amount} done late`,
    actionsOpen: (amount: number) => `${amount} open`,
    actionsOverdue: (amount: number) => `${amount} overdue`,
    allDone: 'What we did',
    doneSoFar: 'What we have done so far',
    /** The heading of the reading list for newcomers. */
    start: 'Where to start',
    search: 'Search titles and lessons',
    nothingFound: 'No postmortem matches.',
  },

  postmortem: {
    remedy: 'How we made it right:',
    cause: 'Cause:',
    incident: 'The incident as reported at the time: {link}, {time}',
    incidentWithDuration: 'The incident as reported at the time: {link}, {time}, {duration}',
    lessons: 'Lessons',
    actions: 'What we promised',
    updates: 'What we told customers',
    authors: isolatedList,
    anchor: (heading: string) => sentence`Link to “${heading}”`,
  },

  /** A promise in a postmortem. */
  action: {
    done: 'Done',
    open: 'Open',
    overdue: 'Overdue',
    due: 'due {time}',
    doneOn: 'due {time}, done {done}',
    doneLate: 'due {time}, done {done}, late',
    from: 'from {link}',
  },

  /** Response times over the years. */
  responseTimes: {
    title: 'Over the years',
    caption: 'Median time to the first update and to resolution, and how many incidents each is based on',
    year: 'Year',
    firstUpdate: 'First update',
    resolved: 'Resolved',
    promised: 'Promised updates',
    /** `continued` incidents began in an earlier year. */
    incidents: (amount: number, continued: number) => {
      if (continued === 0) return count(amount, 'incident');
      return amount === 0
        ? `${count(continued, 'incident')} from earlier years`
        : `${count(amount, 'incident')}, ${continued} more from earlier years`;
    },
    soFar: 'so far',
    unknown: 'unknown',
    medianOf: (amount: number) => `of ${amount}`,
    /** The spaces between numbers and words don't break. */
    promises: (kept: number, late: number) => `${kept}\u00a0kept, ${late}\u00a0late`,
    noPromises: 'none',
    plotFirstUpdate: 'Time to the first update, median by year',
    plotResolved: 'Time to resolution, median by year',
    countedIncidents: (all: number) =>
      `Every incident on this status page is counted in the year it began: ${all} in total. The median is the middle value: half took less time, and half took longer.`,
    countedFirstUpdate: (known: number, all: number) =>
      known === 0
        ? 'The time to the first update is unknown because no incident says when customers were first affected.'
        : `The time to the first update starts when customers were first affected, which is known for ${known} of ${all}.`,
    countedResolved: (amount: number) =>
      `The time to resolution is based on ${count(amount, 'resolved incident')} of known length. Time between a resolution and a reopening isn’t counted.`,
    countedPromises:
      'Each update says when to expect the next one. The promise is kept if that update is posted by the end of the promised minute.',
    countedPromisesImported:
      'Each update says when to expect the next one. The promise is kept if that update is posted by the end of the promised minute. Incidents from before we moved here made no such promises, so they aren’t counted.',
    openCircle: 'An open circle marks a year that isn’t over yet.',
  },

  subscribe: {
    title: 'Subscribe',
    description: (site: string) => sentence`How to get every update from ${site} exactly once`,
    heading: 'Get updates',
    intro: 'Each update reaches you once, including “resolved”.',
    email: 'By email',
    emailText: '{link} on our list service. Each update is one message, and you can unsubscribe at any time.',
    emailLink: 'Sign up',
    emailMessage: 'Send a message to {link}. You’ll get a reply to confirm your address.',
    feedReader: 'In a feed reader',
    rss: {
      name: 'RSS',
      text: 'One item for each update about an incident or maintenance, including “resolved”, and for each postmortem.',
    },
    atom: { name: 'Atom', text: 'The same updates in the Atom format.' },
    jsonFeed: { name: 'JSON Feed', text: 'The same updates as JSON.' },
    slack: 'In Slack',
    slackCommand: 'Enter this in the channel that should receive the updates:',
    narrower: 'Choose what to follow',
    maintenance: { name: 'Maintenance', text: 'One item for each update about planned maintenance.' },
    postmortems: { name: 'Postmortems', text: 'One item for each account of what happened and what we learned.' },
    historyRss: {
      name: 'One entry per incident (RSS)',
      text: 'Each entry contains all updates about its incident and changes with every update, as on Statuspage. It’s for feed readers that already use this address.',
    },
    historyAtom: { name: 'One entry per incident (Atom)', text: 'The same in the Atom format.' },
    component: 'One component',
    componentText: 'Updates about the incidents and maintenance that affect it:',
    calendar: 'In a calendar',
    calendarText:
      'Every maintenance window. Events move when a window is rescheduled and are marked when it’s cancelled.',
    calendarAddress: '{link}, or add this address to your calendar:',
    calendarLink: 'Subscribe',
    developers: 'For developers',
    developersText: 'A JSON API, a badge, a banner for your site and plain text: see {link}.',
  },

  /** The buttons next to addresses and code. */
  copy: {
    copy: 'Copy',
    copied: 'Copied',
  },

  developers: {
    title: 'For developers',
    description: (site: string) => sentence`The status of ${site} in scripts, in README files and on other sites`,
    intro: 'Use the current status in your scripts and on your own site.',
    api: 'API',
    apiText:
      'The current status in the format of Statuspage’s API: overall status, components, open incidents and maintenance.',
    webhooks: 'Webhooks',
    webhooksText:
      'There is nothing to register. Poll the JSON Feed with the ETag of your last request: if nothing has changed, the response is an empty 304.',
    badge: 'Badge',
    embed: 'Open incidents on your site',
    embedLink: 'View it on its own page',
    frame: 'A frame with the current status and open incidents:',
    banner: 'A banner that appears only while something is wrong:',
    text: 'Plain text',
    textText: 'Each incident is also available as plain text, for replies to customers. The newest:',
  },

  notFound: {
    title: 'Page not found',
    description: 'There is no page at this address',
    heading: 'Page not found',
    text: 'There is no page at this address. It may have moved, or the address may be mistyped.',
    status: 'Current status',
    history: 'All incidents by month',
  },

  badge: {
    site: (site: string) => withStatus(site, 'status'),
  },

  /** The page for embedding in other sites. */
  embed: {
    title: 'Current status',
    description: (site: string) => sentence`The current status of ${site}, for embedding in other pages`,
    updated: '{status}, {time}',
  },

  /** The form for the team. */
  compose: {
    title: 'Post an update',
    description: (site: string) => sentence`A form for posting an update for ${site}`,
    heading: 'Post an update',
    notStarted:
      'The form needs JavaScript, which isn’t running in this browser. You can post an update without it: see {link}.',
    notStartedLink: 'below',
    intro: (repository: string) =>
      `For the team. This form prepares one file and opens GitHub with it. Nothing is sent from here: publishing starts when you press “Commit changes” on GitHub. You need to be signed in to GitHub and have write access to ${repository}.`,
    incident: 'What is it about?',
    newIncident: 'New incident',
    incidentHint: (time: string) => `Open incidents as of ${time}. If one is missing, reload the page in a minute.`,
    owing: 'Resolved, but the remedy is still open',
    template: 'Start with',
    noTemplate: 'A blank message',
    titleField: 'What do customers notice?',
    titleExample: 'Checkout errors in Europe',
    titleHint: 'The title of a new incident. For an open incident, fill this in only to rename it.',
    status: 'What is the status?',
    sameStatus: (status: string) => `No change: ${status}`,
    impact: 'How bad is it?',
    impactOfComponents: 'Based on the components',
    sameImpactOfComponents: 'No change: based on the components',
    sameAs: (value: string) => `No change: ${value.toLowerCase()}`,
    same: 'No change',
    components: 'What is affected?',
    addComponent: 'Add a component',
    notAffected: 'Not affected',
    customerData: 'Is customer data safe?',
    noVerdict: 'Don’t say yet',
    nextUpdate: 'When is the next update?',
    nextUpdateDefault: 'As usual',
    nextUpdateHint: (zone: string) =>
      `A time in your time zone (${zone}) such as 10:30, a duration such as 30m, or none. Leave blank for the usual time.`,
    message: 'What should customers know?',
    started: 'When did it begin?',
    startedHint: 'Only for a new incident that began before now, in the time zone of this device.',
    ended: 'When was it over?',
    endedHint: 'Only with “Resolved”, if it was over before now. The components above were affected until then.',
    more: 'Times and remedy',
    remedy: 'How will you make it right?',
    remedyExample: 'Failed orders won’t be charged.',
    claim: 'How do customers claim it?',
    claimExample: 'Write to support@example.com with your order number.',
    claimUntil: 'What’s the last day to claim it?',
    remedied: 'When did customers receive it?',
    remediedHint: 'Leave this blank while anyone is still waiting. The remedy stays open until then.',
    lead: 'Who is leading the response?',
    comms: 'Who is updating customers?',
    problems: 'Fix these problems first:',
    submit: 'Continue on GitHub',
    opened: 'GitHub opens in a new tab with the file filled in. Press “Commit changes” there to start publishing.',
    tooLong:
      'The text is too long to fit in a link. {button} {copied} Then use the link below to open GitHub, where the file name is filled in. Paste the text and press “Commit changes”.',
    copy: 'Copy the text',
    copied: 'Copied.',
    notCopied: 'Your browser didn’t allow copying. The text of the file is selected below: copy it from there.',
    openGitHub: 'Open GitHub to create the file',
    preview: 'What customers will see',
    noPreview: 'The preview appears when the form is complete. Press “Continue on GitHub” to see what’s missing.',
    previewNextUpdate: (time: string) => `Next update by ${time}`,
    file: 'The file',
    fileTime: (time: string) =>
      `The file name contains the current time: ${time}. It’s updated when you press the button.`,
    credential:
      'Something here looks like the beginning of a key, token or password. If it is one, remove it: it would be rejected, and git keeps everything that’s been pushed.',
    titleMissing: 'Write what customers notice, such as “Checkout errors in Europe”.',
    messageMissing: 'Write what customers should know.',
    nextUpdateWrong: (typed: string) =>
      `“${typed}” isn’t a time or a duration. Use a time such as 10:30, a duration such as 30m, or none.`,
    nextUpdateOver: 'After “Resolved”, there’s no next update. Leave this blank, or choose another status.',
    yearWrong: 'The year must be between 2000 and 2099.',
    impactMissing: 'Choose how bad it is, or add the components that are affected.',
    remediedLater: 'This day is in the future. Leave it blank until customers have the remedy.',
    /** A message that continues the name of a field. */
    problem: (message: string) => `This ${message}`,
    clock: (device: string, known: string) =>
      `The clock on this device shows ${device}, but the newest update on this page is from ${known}. Correct the clock and reload the page.`,
    alreadyOpen: (title: string) =>
      sentence`“${title}” is already open. To update it, select it here. If this is a different incident, change the title.`,
    underReview:
      'The incident says that customer data is under review, and would keep saying so. Choose how the review ended, or that it continues.',
    verdictMissing:
      'Before you resolve a major or critical incident, say whether customer data is safe. If you don’t know yet, choose that it’s under review.',
    /** The form that corrects a published update. */
    edit: {
      heading: 'Fix a typo',
      intro:
        'Correct the text of a published update. The page shows when it was edited. For news, post an update instead.',
      update: 'Which update?',
      label: (title: string, status: string, time: string) => sentence`${time} · ${status} · ${title}`,
      text: 'The corrected text',
      private:
        'This file has notes that only your team can see, so correct it on GitHub. Paste the copied line below “status:”, replacing the line “edited:” if there is one.',
      submit: 'Copy and open GitHub',
      blank: 'Write the corrected text.',
      unchanged: 'The text is the same as before. Correct it first.',
      copied: 'The corrected file is copied. On GitHub, select everything, paste, and press “Commit changes”.',
      copiedLine: 'The line is copied. On GitHub, paste it, correct the text, and press “Commit changes”.',
      notCopied: 'Your browser didn’t allow copying. Copy this, and paste it on GitHub:',
      open: 'Open GitHub to edit the file',
    },
    manual: 'Without the form',
    manualText:
      'An update is one small file. These links open GitHub’s page for creating one. Replace YYYY-MM-DDTHHMM with the time in UTC, such as 2026-11-22T1405, and write your text below the second line of hyphens:',
    manualUpdate: (title: string) => sentence`Update: ${title}`,
    manualIncident: 'New incident',
    manualTitle: '{{what customers notice}}',
    manualBody: '{{what customers should know}}',
    manualExample: 'We know the cause: a certificate expired. We are renewing it.',
    manualCheck:
      'The status is investigating, identified, monitoring or resolved. Mistakes are reported on the commit and never shown to customers.',
  },

  /** Drafts of postmortems. */
  postmortemDraft: {
    summary: (title: string, duration: string | null, first: string, last: string) => {
      const days = first === last ? `on ${first}` : `between ${first} and ${last}`;
      return duration === null ? `${title} ${days}.` : `${title}: this lasted ${duration} ${days}.`;
    },
    customerData: {
      label: 'Customer data',
      unaffected: 'not affected',
      under_review: 'still under review',
      affected: 'affected',
    },
    /** A time. The time zone is only stated once in the text. */
    moment: (date: string, clock: string) => `${date}, ${clock}`,
    /** A fact in the list: a bold label and the value. */
    fact: (label: string, value: string) => `**${label}:** ${value}`,
    /** The heading of an update in the timeline. */
    update: (time: string, status: string) => `**${time}, ${status.toLowerCase()}:**`,
    /** The heading of a team check-in in the timeline, used as `status` in `update`. */
    checkIn: 'Check-in',
    /** When an update went live on the page. */
    live: (time: string) => `live: ${time}`,
    affected: (components: readonly (readonly [name: string, status: string])[]) =>
      components.map(([name, status]) => `${name} (${status.toLowerCase()})`).join(', '),
    duration: 'Duration',
    lasted: (duration: string, range: string) => `${duration}, ${range}`,
    noDuration: 'When did it begin, and when was it over?',
    range: (from: string, to: string) => `from ${from} to ${to}`,
    lastedAndReopened: (lasted: string, times: number) =>
      `${lasted}; reopened ${times === 1 ? 'once' : count(times, 'time')}`,
    firstUpdate: 'Time to the first customer update',
    noFirstUpdate: 'When were customers first affected, and how long did it take us to tell them?',
    silence: 'Longest silence between updates',
    components: 'Components',
    noComponents: 'none specified',
    remedy: 'Remedy',
    noRemedy: 'none was promised',
    times: 'Times',
    timeZone: (zone: string) => `in the time zone ${zone}`,
    lesson: 'What you learned, in one sentence',
    action: 'Rehearse the rollback',
    owner: 'Dana',
    /** Headings, each with the question to answer below. Updates follow `timeline`. */
    sections: {
      happened: [
        'What happened',
        'What broke, in words that customers understand, and why did it break at that moment?',
      ],
      affected: [
        'Who was affected, and how',
        'How many customers were affected, doing what, since when? What did they lose? Who wasn’t affected?',
      ],
      timeline: [
        'What we did, and when',
        'What did we do between these updates, who made the decisions, and what did we try that didn’t help?',
      ],
      noticed: [
        'How we noticed',
        'Who or what noticed first, and how long after it began? What should have alerted us sooner?',
      ],
      rollback: [
        'How we rolled back, or why we couldn’t',
        'Which ways of rolling back did we have, how long did they take, and what held us up?',
      ],
      changed: ['What we changed', 'What have we already changed so that this can’t happen in the same way again?'],
      promised: [
        'What we promise',
        'What will be done, by whom, and by when? Also list it under actions above. What do customers who lost something receive?',
      ],
      learned: [
        'What we learned',
        'What did we believe that turned out to be wrong? What would help another team? Also list it under lessons above.',
      ],
    },
  },

  /**
   * Built-in texts to start an update with. Each states what fails, for whom, what still works, and what happens next.
   */
  templates: {
    investigating: {
      label: 'Something is wrong, and we are looking into it',
      body: [
        '{{what isn’t working}} for {{whom}} since about {{time}}. {{what still works, or what to use instead}}',
        'We are investigating, and first we are checking whether customer data is affected.',
      ],
    },
    identified: {
      label: 'We know the cause',
      body: [
        'We know the cause: {{one sentence in plain words}}.',
        'We are {{what is being done now}}. We expect {{what changes for customers, and by when}}, and will say here if that changes.',
      ],
    },
    'no-news': {
      label: 'No news, but an update is due',
      body: [
        'Nothing has changed since the last update. Still not working: {{what isn’t working}}. Still working: {{what works}}.',
        'We are {{what is being tried right now}}.',
      ],
    },
    provider: {
      label: 'One of our providers has an outage',
      body: [
        '{{what isn’t working}} because {{the provider}}, which we use for {{what}}, has an outage: {{the address of their status page}}',
        'We are {{what we are doing in the meantime}}. {{what customers can do until then}}',
      ],
    },
    'closed-to-protect-data': {
      label: 'We closed it to protect customer data',
      body: [
        'At {{time}} we closed {{what}} on purpose to keep customer data safe. {{why: what we know and what we don’t know yet}}',
        '{{what keeps working}} {{what happens to orders already placed}}',
        'Our priorities, in order: keep customer data safe, tell you what we know, and only then restore service.',
      ],
    },
    'customer-data-safe': {
      label: 'Customer data is safe, and repairs continue',
      body: [
        'Customer data is safe. We have checked {{which systems, which records, from when to when}}: nobody saw or changed data that isn’t theirs, and no data was lost.',
        'We are still repairing {{what isn’t working}}.',
      ],
    },
    monitoring: {
      label: 'It works again, and we are monitoring it',
      body: [
        'Working again since {{time}}: {{what was broken}}. {{what was done}}',
        'We are monitoring {{what exactly}} until {{when}} before we call this resolved.',
      ],
    },
    reopened: {
      label: 'We closed it too early',
      body: [
        'We said this was over too soon. Since {{time}}, {{what fails again, and for whom}}.',
        'We have reopened the incident and are finding out {{what is different this time}}.',
      ],
    },
    resolved: {
      label: 'It is over',
      body: [
        'Working without errors for {{how long}}: {{what was broken}}. From {{when}} to {{when}}, this affected {{how many customers, orders or payments}}: {{in what way}}.',
        '{{what happens for those who lost something, or: you don’t need to do anything}}',
        '{{what we have already changed}} A full account will follow here.',
      ],
    },
    scheduled: {
      label: 'Maintenance is scheduled',
      body: [
        'We are {{what is done, and why}}. During this time, {{what won’t work, and for how long}}; {{what keeps working}}.',
        '{{what customers should do before, or: you don’t need to do anything}}',
      ],
    },
    'maintenance-longer': {
      label: 'Maintenance is taking longer',
      body: [
        'The work is taking longer than planned because {{why}}. {{what doesn’t work until then}}',
        'We now expect to be done by {{when}}.',
      ],
    },
    'maintenance-done': {
      label: 'Maintenance is done',
      body: ['The work is done, and everything is working. {{what is different for customers now}}'],
    },
  },

  /*
   * From here on, every byte counts: a changed word would make feed readers, calendars and chats show old news again.
   * So most of these texts are separate from those of the pages. Shared are the statuses, the verdicts on customer
   * data, and `incident.claimUntil` and `remedied`.
   */

  feeds: {
    updates: {
      title: (site: string) => withStatus(site, 'status'),
      description: (site: string) => `Every status update of ${site}, once`,
    },
    maintenance: {
      title: (site: string) => `${withStatus(site, 'status')}: maintenance`,
      description: (site: string) => `Every update of planned maintenance at ${site}, once`,
    },
    component: {
      title: (site: string, component: string) => `${withStatus(site, 'status')}: ${component}`,
      description: (site: string, component: string) =>
        `Every status update of ${site} that concerns ${component}, once`,
    },
    history: {
      title: (site: string) => `${withStatus(site, 'Status')} - Incident History`,
      description: (site: string) => `Every incident of ${site}, with all its updates`,
    },
    postmortems: {
      title: (site: string) => `${site} postmortems`,
      description: (site: string) => `What happened at ${site}, and what was learned`,
    },
    announcement: 'Announcement',
    postmortem: 'Postmortem',
    readPostmortem: 'Read the postmortem',
    /** A time in UTC. `clock` is `14:05`, with seconds if there are any. Doesn't use Intl, whose output may change. */
    time: (year: number, month: number, day: number, clock: string) =>
      `${day} ${months[month - 1] ?? ''} ${year}, ${clock} UTC`,
    /** Same as `time`, but without the year. */
    shortTime: (month: number, day: number, clock: string) => `${months[month - 1] ?? ''} ${day}, ${clock} UTC`,
    itemTitle: (status: string, name: string, time: string) => `${status}: ${name} (${time})`,
    maintenanceStatus: (status: string) => `Maintenance ${status.toLowerCase()}`,
    customerData: (verdict: CustomerData) => `${customerData[verdict]}.`,
    window: (from: string, to: string) => `From ${from} to ${to}.`,
    ended: (time: string) => `Ended ${time}.`,
    edited: (time: string) => `Edited ${time}.`,
    /** Shown above a feed that's opened in a browser. */
    inBrowser: 'This is a feed. To get every new item, copy its address into your feed reader.',
  },

  calendar: {
    name: (site: string) => `${site} maintenance`,
    event: (site: string, title: string) => `${site}: ${title}`,
    cancelledEvent: (site: string, title: string) => `Cancelled: ${site}: ${title}`,
  },

  /** Incidents and maintenance as plain text. Feeds and channels don't use these. */
  text: {
    status: (status: string, impact: string) => `${status} · ${impact}`,
    began: (time: string) => `Began: ${time}`,
    resolved: (time: string) => `Resolved: ${time}`,
    nextUpdate: (time: string) => `Next update by: ${time}`,
    component: (name: string, status: string) => sentence`${name}: ${status}`,
    remedy: (remedy: string) => sentence`How we’re making it right: ${remedy}`,
    maintenance: (status: string) => `Maintenance · ${status}`,
    from: (time: string) => `From: ${time}`,
    until: (time: string) => `Until: ${time}`,
    update: (status: string, time: string) => `${status}, ${time}`,
    editedUpdate: (status: string, time: string, edited: string) => `${status}, ${time} (edited ${edited})`,
  },

  /** Messages to channels: chats and email. */
  notice: {
    maintenanceStatus: (status: string) => `Maintenance ${status.toLowerCase()}`,
    heading: (status: string, title: string) => sentence`${status}: ${title}`,
    summary: (site: string, heading: string) => sentence`${site}: ${heading}`,
    subject: (site: string, heading: string) => sentence`[${site}] ${heading}`,
    link: (site: string) => withStatus(site, 'status'),
    emailLink: (site: string, address: string) => `${withStatus(site, 'status')}: ${address}`,
  },
};

/** All words that readers see, in one language. */
export type Words = typeof en;

/** Statuspage's own descriptions, which scripts compare. They're the same in all languages. */
export const statuspageDescriptions = siteCondition;

const labels: Readonly<Record<string, string>> = {
  ...componentStatus,
  ...incidentStatus,
  ...maintenanceStatus,
  ...impact,
  ...customerData,
};

/** Formats a term of the vocabulary for people: `in_progress` becomes `In progress`. */
export function label(value: string): string {
  return labels[value] ?? value;
}
