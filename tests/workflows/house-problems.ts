import { parse } from 'yaml';

type Step = { readonly uses?: string; readonly with?: Record<string, unknown> };
type Job = {
  /** A reusable workflow, instead of steps. */
  readonly uses?: string;
  readonly concurrency?: unknown;
  readonly permissions?: unknown;
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly Step[];
  readonly env?: object;
};
type File = {
  readonly on?: unknown;
  readonly concurrency?: unknown;
  readonly permissions?: unknown;
  readonly env?: object;
  readonly jobs?: Record<string, Job>;
  readonly runs?: { readonly steps: readonly Step[] };
};

const secret = /\$\{\{[^}]*(?:secrets\.|github\.token)/;

function stepProblems({ uses, with: inputs }: Step, where: string): string[] {
  const problems: string[] = [];
  if (uses?.startsWith('actions/checkout@') === true && inputs?.['persist-credentials'] !== false)
    problems.push(`${where}: the checkout leaves the token where every later step finds it`);
  return problems;
}

/**
 * Whether two runs at once could do something twice. The form has no concurrency group, because every run of it must be
 * kept.
 */
function collides(path: string, { permissions }: Job): boolean {
  const may = (permissions ?? {}) as Readonly<Record<string, string>>;
  return (
    !path.endsWith('/post-update.yml') &&
    Object.entries(may).some(([name, level]) => name !== 'id-token' && level === 'write')
  );
}

/** The rules of this repository that a workflow or an action breaks, even if GitHub itself accepts it. */
export function houseProblems(path: string, text: string): string[] {
  const file = parse(text) as File;
  const pins = text.split('\n').filter((line) => /^\s*-?\s*(?:- )?uses: [^.]/.test(line));
  const unnamed = pins
    .filter((line) => !/ # v\d+\.\d+\.\d+$/.test(line))
    .map((line) => `${path}: no version behind ${line.trim()}`);
  const inAction = (file.runs?.steps ?? []).flatMap((step) => stepProblems(step, path));
  if (file.jobs === undefined) return [...unnamed, ...inAction];
  const isClosed =
    typeof file.permissions === 'object' && file.permissions !== null && Object.keys(file.permissions).length === 0;
  // A called job can do no more than the calling job, and runs in its concurrency group.
  const isCalled = Object.keys((file.on ?? {}) as object).join() === 'workflow_call';
  const isOpen = isCalled && file.permissions === undefined;
  const inJobs = Object.entries(file.jobs).flatMap(([name, job]) => [
    ...(job.permissions === undefined && !isOpen ? [`${path}: ${name}: has no permissions of its own`] : []),
    ...(job['timeout-minutes'] === undefined && job.uses === undefined ? [`${path}: ${name}: may run for hours`] : []),
    ...(collides(path, job) && !isCalled && file.concurrency === undefined && job.concurrency === undefined
      ? [`${path}: ${name}: writes, and two runs at once are not kept apart`]
      : []),
    ...(secret.test(JSON.stringify(job.env ?? {})) ? [`${path}: ${name}: a secret stands outside of a step`] : []),
    ...(job.steps ?? []).flatMap((step) => stepProblems(step, `${path}: ${name}`)),
  ]);
  return [
    ...(isClosed || isOpen ? [] : [`${path}: does not begin with no permissions at all`]),
    ...(secret.test(JSON.stringify(file.env ?? {})) ? [`${path}: a secret stands outside of a step`] : []),
    ...unnamed,
    ...inJobs,
  ];
}
