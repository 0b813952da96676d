import { day, hour, minute } from '../../../src/lib/domain/calendar.ts';
import { monthInWords, time, utcTime } from '../../../src/lib/views/time.ts';
import { type Language, type Words, wordsFor } from '../../../src/lib/words/words.ts';

/** The functions of a catalog, each with the argument lists to call it with. */
type Samples<T> = {
  readonly [Key in keyof T as HasFunction<T[Key]> extends true ? Key : never]: T[Key] extends (
    ...args: infer Args
  ) => string
    ? readonly Readonly<Args>[]
    : Samples<T[Key]>;
};

type HasFunction<T> = T extends string | readonly unknown[]
  ? false
  : T extends (...args: never) => string
    ? true
    : keyof Samples<T> extends never
      ? false
      : true;

/** At least one for each plural form of every language. */
export const counts = [0, 1, 2, 5, 11, 21] as const;

/** What users write in their files, in a left-to-right script and in a right-to-left one. */
export const written = {
  ltr: { site: 'Harbour', component: 'Card payments', title: 'Checkout errors (EU)', lead: 'Dana', comms: 'Priya' },
  rtl: { site: 'ميناء', component: 'الدفع بالبطاقة', title: 'أخطاء في الدفع', lead: 'دانة', comms: 'بريا' },
} as const;

const count = counts.map((amount) => [amount] as const);
const pairs = [
  [0, 0] as const,
  ...counts.slice(1).flatMap((amount) => [[amount, 0] as const, [0, amount] as const, [amount, amount] as const]),
];
const moment = Date.parse('2026-11-22T14:05Z');

/** Arguments for the functions of a catalog: statuses, times and durations in its own words. */
function samples(language: Language, names: Readonly<Record<keyof typeof written.ltr, string>>): Samples<Words> {
  const locale = language === 'en' ? 'en-GB' : language;
  const words = wordsFor({ locale });
  const zone = { timeZone: 'Europe/Berlin', locale };
  const { site, component, title, lead, comms } = names;
  const [from, to] = [time(moment, zone).text, time(moment + 2 * hour, zone).text];
  const [utcFrom, utcTo] = [utcTime(moment, words), utcTime(moment + 2 * hour, words)];
  const status = words.incidentStatus.identified;
  const maintenance = words.maintenanceStatus.in_progress;
  const impact = words.impact.major;
  const { degraded_performance: degraded, partial_outage: partial } = words.componentStatus;
  const month = monthInWords('2026-11', { locale });
  const [long, short] = [words.duration(2 * day + hour + 20 * minute), words.duration(5 * minute)];
  const bars = (days: number, major: number, other: number, any = true) =>
    [days, { major, partial: other, degraded: other, any }] as const;
  const onlySite = [[site]] as const;
  return {
    duration: [[0], ...[minute, hour, day].flatMap((unit) => counts.slice(1).map((n) => [n * unit] as const))],
    percent: [
      [100, 0],
      [99.95, 2],
    ],
    listOf: [[[degraded]], [[degraded, partial]], [[degraded, partial, impact]]],
    names: [[[component]], [[component, site]]],
    headline: { openIncidents: count },
    frame: {
      siteName: onlySite,
      pageTitle: [[words.history.title, site]],
      timeZone: [['Europe/Berlin']],
      rss: onlySite,
      atom: onlySite,
      jsonFeed: onlySite,
      postmortemsRss: onlySite,
      maintenanceRss: onlySite,
      componentRss: [[component]],
      calendar: onlySite,
    },
    index: {
      description: [[site, words.headline.operational]],
      quietFor: count,
      more: count,
      noComponents: onlySite,
      recent: count,
    },
    incident: {
      description: [[status, title]],
      people: [
        [lead, comms],
        [lead, null],
        [null, comms],
      ],
      earlier: count,
      allUpdates: count,
    },
    maintenance: { description: [[maintenance, from, to]] },
    update: { renamed: [[title]], reopenedAndRenamed: [[title]], late: [[short]] },
    component: {
      description: [
        [component, degraded, null],
        [component, degraded, words.component.noBars],
      ],
      uptime: [[words.percent(99.95, 2)]],
      uptimeAndDegraded: [[words.component.uptime(words.percent(99.95, 2)), long]],
      uptimeSince: [[words.component.uptime(words.percent(99.95, 2)), '22 Nov 2026']],
      daysAgo: count,
      bars: [
        bars(90, 0, 0, false),
        ...counts.flatMap((amount) => [bars(90, amount, 0), bars(90, 0, amount), bars(amount, 0, 0)]),
        bars(90, 21, 5),
      ],
      affected: [
        [{ major: long, partial: short, degraded: short, maintenance: short }],
        [{ major: null, partial: short, degraded: null, maintenance: null }],
        [{ major: null, partial: null, degraded: short, maintenance: null }],
        [{ major: null, partial: null, degraded: null, maintenance: short }],
      ],
      troubledDays: count,
      noIncidents: [[component]],
      older: count,
      follow: [[component]],
    },
    history: {
      description: onlySite,
      earlier: [[month]],
      later: [[month]],
      monthDescription: [[site, month, words.history.monthSummary(2, 1)]],
      monthSummary: pairs,
    },
    postmortems: {
      description: onlySite,
      nonePublished: [[null], [words.duration(5 * day)]],
      actionsInTime: count,
      actionsLate: count,
      actionsOpen: count,
      actionsOverdue: count,
    },
    postmortem: { authors: [[[lead]], [[lead, comms]]], anchor: [[title]] },
    responseTimes: {
      incidents: pairs,
      medianOf: count,
      promises: pairs,
      countedIncidents: count,
      countedFirstUpdate: [[0, 21], ...counts.slice(1).map((amount) => [amount, 21] as const)],
      countedResolved: count,
    },
    subscribe: { description: onlySite },
    developers: { description: onlySite },
    badge: { site: onlySite },
    embed: { description: onlySite },
    compose: {
      description: onlySite,
      intro: [['harbour/status']],
      incidentHint: [[from]],
      sameStatus: [[status]],
      sameAs: [[impact]],
      nextUpdateHint: [['Europe/Berlin']],
      nextUpdateWrong: [['25:30']],
      previewNextUpdate: [[from]],
      fileTime: [['2026-11-22T1405Z']],
      // The messages of `check` are always in English.
      problem: [['must be a time, such as 10:30.']],
      clock: [[from, to]],
      alreadyOpen: [[title]],
      edit: { label: [[title, status, from]] },
      manualUpdate: [[title]],
    },
    postmortemDraft: {
      summary: [
        [title, long, '2026-11-22', '2026-11-22'],
        [title, null, '2026-11-22', '2026-11-23'],
      ],
      moment: [['2026-11-22', '15:05']],
      fact: [[words.postmortemDraft.duration, long]],
      update: [[from, status]],
      live: [[from]],
      affected: [
        [
          [
            [component, degraded],
            [site, partial],
          ],
        ],
      ],
      lasted: [[long, words.postmortemDraft.range(from, to)]],
      range: [[from, to]],
      lastedAndReopened: counts.slice(1).map((amount) => [long, amount] as const),
      timeZone: [['Europe/Berlin']],
    },
    feeds: {
      updates: { title: onlySite, description: onlySite },
      maintenance: { title: onlySite, description: onlySite },
      component: { title: [[site, component]], description: [[site, component]] },
      history: { title: onlySite, description: onlySite },
      postmortems: { title: onlySite, description: onlySite },
      time: [[2026, 11, 22, '14:05']],
      shortTime: [[11, 22, '14:05']],
      itemTitle: [[status, title, utcFrom]],
      maintenanceStatus: [[maintenance]],
      customerData: [['unaffected'], ['under_review'], ['affected']],
      window: [[utcFrom, utcTo]],
      ended: [[utcTo]],
      edited: [[utcTo]],
    },
    calendar: { name: onlySite, event: [[site, title]], cancelledEvent: [[site, title]] },
    text: {
      status: [[status, impact]],
      began: [[utcFrom]],
      resolved: [[utcTo]],
      nextUpdate: [[utcTo]],
      component: [[component, degraded]],
      remedy: [[title]],
      maintenance: [[maintenance]],
      from: [[utcFrom]],
      until: [[utcTo]],
      update: [[status, utcFrom]],
      editedUpdate: [[status, utcFrom, utcTo]],
    },
    notice: {
      maintenanceStatus: [[maintenance]],
      heading: [[status, title]],
      summary: [[site, words.notice.heading(status, title)]],
      subject: [[site, words.notice.heading(status, title)]],
      link: onlySite,
      emailLink: [[site, 'https://status.example.com/']],
    },
  };
}

/** A text of a catalog. `args` are the arguments of its function, or null for a plain string. */
export type Sample = { readonly path: string; readonly args: readonly unknown[] | null; readonly text: string };

/** Every text of a language. A function has one per sample. */
export function everyWord(language: Language, names: (typeof written)[keyof typeof written] = written.ltr): Sample[] {
  const walk = (value: unknown, given: unknown, path: string): Sample[] => {
    if (typeof value === 'string') return [{ path, args: null, text: value }];
    if (typeof value === 'function')
      return (given as unknown[][]).map((args) => ({ path, args, text: value(...args) as string }));
    return Object.entries(value as object).flatMap(([key, inner]) =>
      walk(inner, (given as Record<string, unknown> | undefined)?.[key], path === '' ? key : `${path}.${key}`),
    );
  };
  return walk(wordsFor({ locale: language }), samples(language, names), '');
}
