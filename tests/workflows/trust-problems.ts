import { parse } from 'yaml';

type Step = {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: object;
};
type Job = {
  readonly uses?: string;
  readonly secrets?: unknown;
  readonly permissions?: Readonly<Record<string, string>> | string;
  readonly 'runs-on'?: unknown;
  readonly container?: unknown;
  readonly services?: unknown;
  readonly steps?: readonly Step[];
};
type File = {
  readonly on?: unknown;
  readonly jobs?: Readonly<Record<string, Job>>;
  readonly runs?: { readonly steps: readonly Step[] };
};

/** What may start a workflow. Anybody can comment, open an issue or star; none of that may run anything here. */
const starters = ['push', 'pull_request', 'workflow_run', 'workflow_dispatch', 'schedule'];

/** What each job may write, and nothing else; the workflow says why. */
const mayWrite: Readonly<Record<string, readonly string[]>> = {
  'post-update.yml post': ['contents', 'actions'],
  'preview-comment.yml comment': ['pull-requests'],
  'publish.yml deploy': ['pages', 'id-token'],
  'publish.yml announce': ['contents', 'actions'],
  'publish.yml tell': ['contents', 'actions'],
  'rollback.yml choose': ['contents'],
  'rollback.yml deploy': ['pages', 'id-token'],
  'timer.yml tick': ['actions'],
  'timer.yml remind': ['contents', 'pull-requests', 'issues'],
  'verify-again.yml tell': ['contents', 'actions'],
};

/** Texts and names that somebody outside has chosen. Numbers and commit ids say nothing to a shell or a path. */
const outside =
  /github\.head_ref|github\.event\.(?!workflow_run\.id\b|workflow_run\.head_sha\b|pull_request\.number\b|pull_request\.head\.sha\b|repository\.)/;

function eventsOf({ on }: File): string[] {
  if (typeof on === 'string') return [on];
  return Array.isArray(on) ? on.map(String) : Object.keys(on ?? {});
}

function writes({ permissions }: Job): string[] {
  if (typeof permissions === 'string') return [permissions];
  return Object.entries(permissions ?? {}).flatMap(([name, level]) => (level === 'write' ? [name] : []));
}

const isSaving = ({ uses = '', with: inputs }: Step): boolean =>
  /^actions\/cache(?:\/save)?@/.test(uses) || (uses === './.github/actions/setup' && inputs?.['save'] !== 'false');

/** A job that runs a stranger's code: nothing of ours within its reach. */
function withStranger(where: string, job: Job): string[] {
  const steps = job.steps ?? [];
  return [
    ...(writes(job).length > 0 ? [`${where}: may write, and runs a stranger's code`] : []),
    ...(/secrets\b|github\.token/.test(JSON.stringify(job))
      ? [`${where}: has a secret, and runs a stranger's code`]
      : []),
    ...(steps.some(isSaving) ? [`${where}: writes a cache, and runs a stranger's code`] : []),
    ...(job['runs-on'] === 'ubuntu-latest'
      ? []
      : [`${where}: runs a stranger's code on a machine that others use later`]),
  ];
}

/** A job with our rights that is handed what a stranger's run left: it may look at that and not run it, and what it keeps for later is kept before. */
function afterStranger(where: string, { steps = [] }: Job): string[] {
  const fetched = steps.findIndex(({ uses = '' }) => uses.startsWith('actions/download-artifact@'));
  return [
    ...steps
      .filter(
        ({ uses = '', with: inputs }) =>
          uses.startsWith('actions/checkout@') && ('ref' in (inputs ?? {}) || 'repository' in (inputs ?? {})),
      )
      .map(() => `${where}: checks out what a stranger chose, with our rights`),
    ...steps
      .filter(
        ({ uses = '', with: inputs }) =>
          uses.startsWith('actions/download-artifact@') && !String(inputs?.['path']).startsWith('${{ runner.temp }}/'),
      )
      .map(() => `${where}: lays a stranger's files among our own`),
    ...steps
      .filter(
        (step, at) => isSaving(step) && (/^actions\/cache@/.test(step.uses ?? '') || (fetched !== -1 && at > fetched)),
      )
      .map(() => `${where}: writes a cache that publishing reads, beside a stranger's files`),
  ];
}

function inStep(where: string, { uses, run = '', with: inputs = {} }: Step): string[] {
  const isPinned = uses === undefined || /^\.\/\.github\//.test(uses) || /^[\w./-]+@[0-9a-f]{40}$/.test(uses);
  return [
    ...(isPinned ? [] : [`${where}: ${uses} is not pinned to a commit`]),
    ...(run.includes('${{') ? [`${where}: an expression stands in a script`] : []),
    ...(/\beval\b|\bbash -c\b|\bsh -c\b|GITHUB_PATH/.test(run) ? [`${where}: a script makes a program of a text`] : []),
    ...Object.entries(inputs)
      .filter(([, value]) => typeof value === 'string' && value.includes('${{') && outside.test(value))
      .map(([name]) => `${where}: ${name} is what somebody outside chose`),
  ];
}

/** What could let outside text, a stranger's code or more rights than needed into a workflow or an action. */
export function trustProblems(path: string, text: string): string[] {
  const file = parse(text) as File;
  const name = path.replace(/^.*\//, '');
  if (file.jobs === undefined) return (file.runs?.steps ?? []).flatMap((step) => inStep(path, step));
  const events = eventsOf(file);
  return [
    ...events
      .filter((event) => !starters.includes(event))
      .map((event) => `${path}: is started by ${event}, which anybody can cause`),
    ...(/secrets:\s*inherit|toJSON\(\s*secrets|secrets\[/i.test(text) ? [`${path}: hands on all secrets`] : []),
    ...Object.entries(file.jobs).flatMap(([id, job]) => {
      const where = `${path}: ${id}`;
      const known = mayWrite[`${name} ${id}`] ?? [];
      return [
        ...writes(job)
          .filter((right) => !known.includes(right))
          .map((right) => `${where}: may write ${right}, and has no known need to`),
        ...(job.uses === undefined ? [] : [`${where}: is the workflow of somebody else`]),
        ...(job.container === undefined && job.services === undefined
          ? []
          : [`${where}: runs in an image that is not pinned here`]),
        ...(events.includes('pull_request') ? withStranger(where, job) : []),
        ...(events.includes('workflow_run') ? afterStranger(where, job) : []),
        ...(job.steps ?? []).flatMap((step) => inStep(where, step)),
      ];
    }),
  ];
}
