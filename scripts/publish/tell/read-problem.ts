/** A problem as `check` prints it. */
export type ToldProblem = {
  /** From the folder in which the step ran. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly field: string | null;
  readonly message: string;
};

/** Reads `path:line:column  field: message`; null for a line of another form. */
export function readProblem(told: string): ToldProblem | null {
  const [, path, line, column, rest] = /^(\S.*?):(\d{1,7}):(\d{1,7}) {2}(.+)$/.exec(told.trimEnd()) ?? [];
  if (path === undefined || rest === undefined) return null;
  const [, field, message] = /^([\w.<-]+): (.+)$/.exec(rest) ?? [];
  return { path, line: Number(line), column: Number(column), field: field ?? null, message: message ?? rest };
}
