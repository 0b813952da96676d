import type { Duration } from '../domain/instant.ts';
import { durationInWords } from './time.ts';

/** A line through values of consecutive years, drawn in units of `plotSize`. */
export type PlotView = {
  /** What is at the top of the scale; its bottom is zero. */
  readonly top: string;
  readonly dots: readonly { readonly x: number; readonly y: number; readonly isOver: boolean }[];
  /** The path that joins dots of neighbouring years. */
  readonly line: string;
  readonly years: readonly { readonly x: number; readonly text: string }[];
};

/** Height is from the top of the scale's label to the years; `scale` is where values lie. */
export const plotSize = { width: 320, height: 124, side: 18, scale: { top: 24, bottom: 100 } } as const;

/** As many years as have room below the plot in digits. */
const labels = 9;

/** A plot of one value a year, of which `current` is not over; null while fewer than two years have one, since that is no line. */
export function plot(
  years: readonly { readonly year: number; readonly value: Duration | null }[],
  current: number,
): PlotView | null {
  const known = years.flatMap(({ value }, index) =>
    value === null ? [] : [{ index, value, isOver: years[index]?.year !== current }],
  );
  if (known.length < 2) return null;
  const { width, side, scale } = plotSize;
  const most = Math.max(...known.map(({ value }) => value));
  const x = (index: number): number => Math.round(side + (index * (width - 2 * side)) / Math.max(1, years.length - 1));
  const y = (value: Duration): number =>
    Math.round(scale.bottom - (most === 0 ? 0 : (value / most) * (scale.bottom - scale.top)));
  const step = Math.ceil(years.length / labels);
  return {
    top: durationInWords(most),
    dots: known.map(({ index, value, isOver }) => ({ x: x(index), y: y(value), isOver })),
    line: known
      .map(({ index, value }, order) => `${known[order - 1]?.index === index - 1 ? 'L' : 'M'}${x(index)} ${y(value)}`)
      .join(''),
    years: years.flatMap(({ year }, index) =>
      (years.length - 1 - index) % step === 0 ? [{ x: x(index), text: String(year) }] : [],
    ),
  };
}
