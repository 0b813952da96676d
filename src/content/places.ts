import type { Place } from './source-file.ts';

/**
 * Tells where characters of a text stand; columns are UTF-16 units, as YAML's places and most editors
 * count. The lines are counted once, since there may be a problem on each.
 */
export function placesIn(text: string): (index: number) => Place {
  let starts: number[] | null = null;
  return (index) => {
    starts ??= [0, ...[...text.matchAll(/\n/g)].map((lineEnd) => lineEnd.index + 1)];
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: index - (starts[low] ?? 0) + 1 };
  };
}
