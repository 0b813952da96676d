/** One line of the results: a piece of work on a history of one size. */
export type Row = {
  readonly work: string;
  readonly size: number;
  /** Milliseconds, the median of the runs. */
  readonly took: number;
  /** How many times as long as the empty site of the same run. */
  readonly ratio: number;
  /** Milliseconds of the processor, the median of the runs, and how many times those of the empty site; null where the system does not say. */
  readonly cpu: number | null;
  readonly cpuRatio: number | null;
  /** Bytes, the highest of the runs; null where the system does not tell. */
  readonly peak: number | null;
  readonly files: number | null;
};

const columns = [
  'work',
  'incidents',
  'seconds',
  '× empty site',
  'CPU s',
  '× its CPU',
  'peak MiB',
  'files',
  'growth',
] as const;

/** How many times as long as on the size before; blank for the smallest. */
function growth(row: Row, rows: readonly Row[]): string {
  const before = rows.filter(({ work, size }) => work === row.work && size < row.size).at(-1);
  return before === undefined
    ? ''
    : `${(row.took / before.took).toFixed(1)} for ${(row.size / before.size).toFixed(1)} × the incidents`;
}

/** The results as a table in markdown. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.work,
    String(row.size),
    (row.took / 1000).toFixed(2),
    row.ratio.toFixed(2),
    row.cpu === null ? '?' : (row.cpu / 1000).toFixed(2),
    row.cpuRatio === null ? '?' : row.cpuRatio.toFixed(2),
    row.peak === null ? '?' : String(Math.round(row.peak / 1024 ** 2)),
    row.files === null ? '' : String(row.files),
    growth(row, rows),
  ]);
  const line = (values: readonly string[]): string => `| ${values.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...cells.map(line)].join('\n');
}
