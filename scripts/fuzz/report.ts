import type { Tally } from './run.ts';

/** How often each way to break content was refused and taken, as lines. */
export function tallyLines(tally: Tally): string[] {
  const rows = Object.entries(tally).sort(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.max(0, ...rows.map(([kind]) => kind.length));
  return rows.map(([kind, { refused, taken, impossible }]) => {
    const none = impossible === 0 ? '' : `, ${impossible} that no disk holds`;
    return `${kind.padEnd(width)}  ${String(refused).padStart(4)} refused  ${String(taken).padStart(4)} taken${none}`;
  });
}
