import { type Median, type ResponseYear, responseYears } from '../domain/response-years.ts';
import { dayOf } from '../domain/calendar.ts';
import type { Site } from '../domain/site.ts';
import { type PlotView, plot } from './plot.ts';
import { durationInWords } from './time.ts';
import { count } from './words.ts';

/** A median in words and how many values it is of; null where there are none. */
export type MedianView = { readonly text: string; readonly of: string };

export type ResponseYearView = {
  readonly year: string;
  /** False for the year that now is in. */
  readonly isOver: boolean;
  readonly incidents: string;
  readonly toFirstUpdate: MedianView | null;
  readonly toResolve: MedianView | null;
  /** `7 kept, 1 late`, each number bound to its word; null where none was due. */
  readonly promises: string | null;
};

/** How incidents went for customers, over the years. */
export type ResponseView = {
  /** Newest first; empty without any incident. */
  readonly years: readonly ResponseYearView[];
  readonly plots: readonly (PlotView & { readonly label: string })[];
  /** What is counted, in sentences. */
  readonly counted: readonly string[];
};

function medianView(median: Median | null): MedianView | null {
  return median === null ? null : { text: durationInWords(median.median), of: `of ${median.of}` };
}

function yearView(
  { year, incidents, toFirstUpdate, toResolve, promises: { kept, late } }: ResponseYear,
  current: number,
): ResponseYearView {
  return {
    year: String(year),
    isOver: year !== current,
    incidents: count(incidents, 'incident'),
    toFirstUpdate: medianView(toFirstUpdate),
    toResolve: medianView(toResolve),
    promises: kept + late === 0 ? null : `${kept}\u00a0kept, ${late}\u00a0late`,
  };
}

function sentences(years: readonly ResponseYear[], isImported: boolean): string[] {
  const sum = (pick: (year: ResponseYear) => number): number => years.reduce((total, year) => total + pick(year), 0);
  const all = sum(({ incidents }) => incidents);
  const said = sum(({ toFirstUpdate }) => toFirstUpdate?.of ?? 0);
  return [
    `All incidents of this page are counted, ${all} in all, each in the year in which it began. A median is the middle: half of them took less, half took longer.`,
    said === 0
      ? 'The time to the first update is not known: no incident says when customers began to be affected.'
      : `Time to the first update runs from when customers began to be affected, which ${said} of ${all} say.`,
    `Time to resolve is that of the ${sum(({ toResolve }) => toResolve?.of ?? 0)} that are over and were told of before; the time between an end and a reopening is left out.`,
    `Each update says when the next one comes. A promise is kept if that update came within the promised minute.${isImported ? ' Incidents from before we moved here promised nothing of the kind, and have none that count.' : ''}`,
  ];
}

/** What an open circle is, where there is one. */
function openCircle(plots: readonly { readonly drawn: PlotView | null }[]): string[] {
  return plots.some(({ drawn }) => drawn?.dots.some(({ isOver }) => !isOver) === true)
    ? ['An open circle is a year that is not over.']
    : [];
}

export function responseView({ incidents, now, settings }: Site): ResponseView {
  const years = responseYears(incidents, now, settings.timeZone);
  const current = Number(dayOf(now, settings.timeZone).slice(0, 4));
  const plots = [
    {
      label: 'Time to the first update',
      drawn: plot(
        years.map(({ year, toFirstUpdate }) => ({ year, value: toFirstUpdate?.median ?? null })),
        current,
      ),
    },
    {
      label: 'Time to resolve',
      drawn: plot(
        years.map(({ year, toResolve }) => ({ year, value: toResolve?.median ?? null })),
        current,
      ),
    },
  ];
  return {
    years: years.map((year) => yearView(year, current)).toReversed(),
    plots: plots.flatMap(({ label, drawn }) =>
      drawn === null ? [] : [{ ...drawn, label: `${label}, median of each year` }],
    ),
    counted:
      years.length === 0
        ? []
        : [
            ...sentences(
              years,
              incidents.some(({ updates }) => updates[0].record.source !== null),
            ),
            ...openCircle(plots),
          ],
  };
}
