import { dayOf, type Duration } from '../domain/calendar.ts';
import { type OpenRemedy, openRemedies } from '../domain/owed.ts';
import { actionCounts, type Postmortem } from '../domain/postmortem.ts';
import { type Median, type ResponseYear, responseYears } from '../domain/response.ts';
import type { Site } from '../domain/site.ts';
import { type Words, wordsFor } from '../words/words.ts';
import { frame, type LinkView } from './frame.ts';
import { local, paths } from './paths.ts';
import { actionView, type ActionView, byCause, byComponent, postLink, postmortemSummary } from './postmortem-page.ts';
import { remedyView, type RemedyView } from './remedy.ts';
import { dayInWords, type TimeView } from './time.ts';

/** The size of the chart and of its plot area. */
export const plotSize = { width: 320, height: 124, side: 18, scale: { top: 24, bottom: 100 } } as const;

/** The number of years that fit below the chart. */
const mostLabels = 9;

/** A line through fewer points would suggest a trend that doesn't exist. */
const fewestPoints = 5;

/**
 * Returns a line chart with one value per year, in units of `plotSize`; null if fewer than five years have a value. The
 * year `current` isn't over.
 */
export function plot(
  years: readonly { readonly year: number; readonly value: Duration | null }[],
  current: number,
  words: Words,
) {
  const known = years.flatMap(({ value }, index) =>
    value === null ? [] : [{ index, value, isOver: years[index]?.year !== current }],
  );
  if (known.length < fewestPoints) return null;
  const { width, side, scale } = plotSize;
  const most = Math.max(...known.map(({ value }) => value));
  const x = (index: number): number => Math.round(side + (index * (width - 2 * side)) / Math.max(1, years.length - 1));
  const y = (value: Duration): number =>
    Math.round(scale.bottom - (most === 0 ? 0 : (value / most) * (scale.bottom - scale.top)));
  const step = Math.ceil(years.length / mostLabels);
  return {
    /** The label at the top of the axis, which starts at zero. */
    top: words.duration(most),
    dots: known.map(({ index, value, isOver }) => ({ x: x(index), y: y(value), isOver })),
    /** A path through the dots, with gaps for years without a value. */
    line: known
      .map(({ index, value }, order) => `${known[order - 1]?.index === index - 1 ? 'L' : 'M'}${x(index)} ${y(value)}`)
      .join(''),
    years: years.flatMap(({ year }, index) =>
      (years.length - 1 - index) % step === 0 ? [{ x: x(index), text: String(year) }] : [],
    ),
  };
}

/** A median and the number of values it's based on. */
export type MedianView = { readonly text: string; readonly of: string };

function medianView(median: Median | null, words: Words): MedianView | null {
  if (median === null) return null;
  return { text: words.duration(median.median), of: words.responseTimes.medianOf(median.of) };
}

function yearView(
  { year, incidents, continued, toFirstUpdate, toResolve, promises: { kept, late } }: ResponseYear,
  current: number,
  words: Words,
) {
  return {
    year: String(year),
    /** False for the current year. */
    isOver: year !== current,
    incidents: words.responseTimes.incidents(incidents, continued),
    toFirstUpdate: medianView(toFirstUpdate, words),
    toResolve: medianView(toResolve, words),
    /** `7 kept, 1 late`; null if none was due. */
    promises: kept + late === 0 ? null : words.responseTimes.promises(kept, late),
  };
}

/** Returns sentences that explain what's counted. */
function sentences(years: readonly ResponseYear[], isImported: boolean, words: Words['responseTimes']): string[] {
  const sum = (pick: (year: ResponseYear) => number): number => years.reduce((total, year) => total + pick(year), 0);
  const all = sum(({ incidents }) => incidents);
  return [
    words.countedIncidents(all),
    words.countedFirstUpdate(
      sum(({ toFirstUpdate }) => toFirstUpdate?.of ?? 0),
      all,
    ),
    words.countedResolved(sum(({ toResolve }) => toResolve?.of ?? 0)),
    isImported ? words.countedPromisesImported : words.countedPromises,
  ];
}

export type ResponseView = ReturnType<typeof responseView>;

/** How long customers waited, by year. */
function responseView({ incidents, now, settings }: Site) {
  const years = responseYears(incidents, now, settings.timeZone);
  const current = Number(dayOf(now, settings.timeZone).slice(0, 4));
  const words = wordsFor(settings);
  const { plotFirstUpdate, plotResolved, openCircle } = words.responseTimes;
  const plotOf = (label: string, median: (year: ResponseYear) => Median | null) => {
    const values = years.map((year) => ({ year: year.year, value: median(year)?.median ?? null }));
    const drawn = plot(values, current, words);
    return drawn === null ? [] : [{ ...drawn, label }];
  };
  const plots = [
    ...plotOf(plotFirstUpdate, ({ toFirstUpdate }) => toFirstUpdate),
    ...plotOf(plotResolved, ({ toResolve }) => toResolve),
  ];
  const isImported = incidents.some(({ updates }) => updates[0].record.source !== null);
  const hasOpenCircle = plots.some(({ dots }) => dots.some(({ isOver }) => !isOver));
  return {
    /** Newest first; empty without incidents. */
    years: years.map((year) => yearView(year, current, words)).toReversed(),
    plots,
    counted:
      years.length === 0
        ? []
        : [...sentences(years, isImported, words.responseTimes), ...(hasOpenCircle ? [openCircle] : [])],
  };
}

type ActionFromView = { readonly action: ActionView; readonly from: LinkView };

/** A remedy that customers were promised and haven't received. */
export type OpenRemedyView = RemedyView & {
  readonly from: LinkView;
  readonly state: 'open' | 'overdue';
  readonly due: TimeView | null;
};

function openRemedyView(site: Site, { incident, postmortem, remedy, by, overdue }: OpenRemedy): OpenRemedyView {
  const { settings } = site;
  const { slug, title } = incident;
  return {
    ...(remedyView(remedy, settings) ?? { text: remedy.text, terms: [] }),
    from:
      postmortem === null ? { label: title, href: local(settings, paths.incident(slug)) } : postLink(site, postmortem),
    state: overdue ? 'overdue' : 'open',
    // Its terms already state until when it can be claimed.
    due: by === null || remedy.claimUntil !== null ? null : dayInWords(by, settings),
  };
}

/** Returns the number of actions done on time, done late, open and overdue, without zeros. */
function countViews({ now, settings, postmortems }: Site) {
  const { inTime, late, open, overdue } = actionCounts(postmortems, dayOf(now, settings.timeZone));
  const words = wordsFor(settings).postmortems;
  const all = [
    { amount: inTime, text: words.actionsInTime, tone: 'good' },
    { amount: late, text: words.actionsLate, tone: 'degraded' },
    { amount: open, text: words.actionsOpen, tone: 'unknown' },
    { amount: overdue, text: words.actionsOverdue, tone: 'major' },
  ] as const;
  return all.filter(({ amount }) => amount > 0).map(({ amount, text, tone }) => ({ text: text(amount), tone }));
}

/** How many postmortems there must be before a reading list helps, and how long it gets. */
const reading = { from: 4, most: 5 } as const;

/**
 * Returns a reading list for newcomers: for each kind of cause, the postmortem with the most lessons. Sorted by number
 * of lessons. `postmortems` are newest first.
 */
export function readingList(postmortems: readonly Postmortem[]): Postmortem[] {
  if (postmortems.length < reading.from) return [];
  const byLessons = postmortems
    .filter(({ lessons }) => lessons.length > 0)
    .toSorted((a, b) => b.lessons.length - a.lessons.length);
  const isFirst = ({ cause }: Postmortem, index: number): boolean =>
    byLessons.findIndex((other) => other.cause === cause) === index;
  return byLessons.filter(isFirst).slice(0, reading.most);
}

function emptyText({ settings, incidents }: Site): string {
  const words = wordsFor(settings);
  if (incidents.length === 0) return words.postmortems.none;
  return words.postmortems.nonePublished(
    settings.postmortemWithin > 0 ? words.duration(settings.postmortemWithin) : null,
  );
}

export function postmortemsPage(site: Site) {
  const { settings, postmortems } = site;
  const words = wordsFor(settings).postmortems;
  const actions = postmortems.flatMap((post) =>
    post.actions.map((action) => ({ action: actionView(site, action), from: postLink(site, post) })),
  );
  const byDay = (day: (view: ActionView) => string) => (a: ActionFromView, b: ActionFromView) =>
    day(a.action) < day(b.action) ? -1 : 1;
  return {
    frame: frame(site, {
      title: words.title,
      description: words.description(settings.name),
      path: paths.postmortems,
    }),
    start: readingList(postmortems).map((post) => postLink(site, post)),
    posts: postmortems.map((postmortem) => postmortemSummary(site, postmortem)),
    /** Shown until the first postmortem is published. */
    empty: postmortems.length === 0 ? emptyText(site) : null,
    lessons: postmortems
      .filter(({ lessons }) => lessons.length > 0)
      .map((post) => ({ from: postLink(site, post), lessons: post.lessons })),
    actionCounts: countViews(site),
    openRemedies: openRemedies(site).map((open) => openRemedyView(site, open)),
    /** Most overdue first. */
    openActions: actions.filter(({ action }) => action.state !== 'done').toSorted(byDay(({ due }) => due.iso)),
    /** Latest first. */
    doneActions: actions
      .filter(({ action }) => action.state === 'done')
      .toSorted(byDay(({ done, due }) => (done ?? due).iso))
      .toReversed(),
    byComponent: byComponent(site),
    byCause: byCause(site),
    response: responseView(site),
  };
}
