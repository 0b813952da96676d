import { parse } from 'yaml';

type Step = {
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: object;
};
type Job = {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
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

/** The events that can start a workflow. Anyone can comment, open an issue or star, so none of those is allowed. */
const starters = [
  ...['push', 'pull_request', 'workflow_run', 'workflow_dispatch', 'schedule', 'workflow_call'],
  // Only users with write access can cause this.
  'repository_dispatch',
];

/** All the write permissions that each job can have. */
const mayWrite: Readonly<Record<string, readonly string[]>> = {
  'alert.yml alert': ['contents', 'pull-requests'],
  'post-update.yml post': ['contents', 'actions'],
  'set-up.yml commit': ['contents'],
  'set-up.yml publish': ['actions'],
  'preview-comment.yml comment': ['pull-requests'],
  'publish.yml publish': ['contents', 'pages', 'id-token', 'actions'],
  'pipeline.yml deploy': ['contents', 'pages', 'id-token', 'actions'],
  'watch.yml watch': ['contents', 'pull-requests', 'issues', 'actions'],
  'timer.yml watch': ['contents', 'pull-requests', 'issues', 'actions'],
};

/** Texts and names chosen by outsiders. Numbers and commit IDs are harmless in a shell or a path. */
const outside =
  /github\.head_ref|github\.event(?![\w.])|github\.event\.(?!workflow_run\.id\b|workflow_run\.head_sha\b|workflow_run\.run_attempt\b|pull_request\.number\b|pull_request\.head\.sha\b|repository\.)/;

/** What a monitor sent, as data: command.yml passes it to the command on standard input. */
const isForm = (name: string, value: unknown): boolean =>
  name === 'form' && value === '${{ toJSON(github.event.client_payload) }}';

function eventsOf({ on }: File): string[] {
  if (typeof on === 'string') return [on];
  return Array.isArray(on) ? on.map(String) : Object.keys(on ?? {});
}

function writes({ permissions }: Job): string[] {
  if (typeof permissions === 'string') return [permissions];
  return Object.entries(permissions ?? {}).flatMap(([name, level]) => (level === 'write' ? [name] : []));
}

/** True for the workflow that publishes. Only the one that previews has this input. */
const noPreview = "inputs.pull_request == ''";

function isSaving({ uses = '', if: condition = '', with: inputs }: Step): boolean {
  if (/^actions\/cache@/.test(uses)) return true;
  if (/^actions\/cache\/save@/.test(uses)) return !condition.startsWith(noPreview);
  const saves = inputs?.['save'];
  return uses.endsWith('/.github/actions/setup') && saves !== 'false' && saves !== `\${{ ${noPreview} }}`;
}

/**
 * A job that runs a stranger's code must not reach anything of ours. A read-only token is fine: strangers have one
 * anyway.
 */
function withStranger(where: string, job: Job): string[] {
  const steps = job.steps ?? [];
  return [
    ...(writes(job).length > 0 ? [`${where}: may write, and runs a stranger's code`] : []),
    ...(/secrets\b/.test(JSON.stringify(job)) ? [`${where}: has a secret, and runs a stranger's code`] : []),
    ...(steps.some(isSaving) ? [`${where}: writes a cache, and runs a stranger's code`] : []),
    ...(job.uses !== undefined || job['runs-on'] === 'ubuntu-latest'
      ? []
      : [`${where}: runs a stranger's code on a machine that others use later`]),
  ];
}

/**
 * The commits that a job with our permissions can check out: the newest content, and the code of the workflow itself.
 */
const ours = [
  '',
  '${{ github.event.repository.default_branch }}',
  '${{ job.workflow_repository }} ${{ job.workflow_sha }}',
];

const checkedOut = ({ with: inputs }: Step): string =>
  [inputs?.['repository'], inputs?.['ref']].filter((part) => part !== undefined).join(' ');

/** A job with our permissions that reads what a stranger's run left must not run it, and must save its caches first. */
function afterStranger(where: string, { steps = [] }: Job): string[] {
  const fetched = steps.findIndex(({ uses = '' }) => uses.startsWith('actions/download-artifact@'));
  return [
    ...steps
      .filter((step) => step.uses?.startsWith('actions/checkout@') === true && !ours.includes(checkedOut(step)))
      .map(() => `${where}: checks out what a stranger chose, with our rights`),
    ...steps
      .filter(
        ({ uses = '', with: inputs }) =>
          uses.startsWith('actions/download-artifact@') && !String(inputs?.['path']).startsWith('${{ runner.temp }}/'),
      )
      .map(() => `${where}: lays a stranger's files among our own`),
    ...steps
      .filter((step, at) => isSaving(step) && fetched !== -1 && at > fetched)
      .map(() => `${where}: writes a cache that publishing reads, beside a stranger's files`),
  ];
}

function inStep(where: string, { uses, run = '', with: inputs = {} }: Step): string[] {
  const isPinned =
    uses === undefined || /^\.\/\.halfpast\/\.github\//.test(uses) || /^[\w./-]+@[0-9a-f]{40}$/.test(uses);
  return [
    ...(isPinned ? [] : [`${where}: ${uses} is not pinned to a commit`]),
    ...(run.includes('${{') ? [`${where}: an expression stands in a script`] : []),
    ...(/\beval\b|\bbash -c\b|\bsh -c\b|GITHUB_PATH/.test(run) ? [`${where}: a script makes a program of a text`] : []),
    ...Object.entries(inputs)
      .filter(([, value]) => typeof value === 'string' && value.includes('${{') && outside.test(value))
      .map(([name]) => `${where}: ${name} is what somebody outside chose`),
  ];
}

/** Everything that could let outside text, a stranger's code or unneeded permissions into a workflow or an action. */
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
        ...(job.uses === undefined || /^\.\/\.github\/workflows\/[\w-]+\.yml$/.test(job.uses)
          ? []
          : [`${where}: is the workflow of somebody else`]),
        ...Object.entries(job.with ?? {})
          .filter(([input, value]) => typeof value === 'string' && outside.test(value) && !isForm(input, value))
          .map(([input]) => `${where}: ${input} is what somebody outside chose`),
        ...(job.container === undefined && job.services === undefined
          ? []
          : [`${where}: runs in an image that is not pinned here`]),
        // These two are called by the workflows for pull requests.
        ...(events.includes('pull_request') || name === 'prepare.yml' ? withStranger(where, job) : []),
        ...(events.includes('workflow_run') || name === 'command.yml' ? afterStranger(where, job) : []),
        ...(events.includes('pull_request') && job.uses !== './.github/workflows/prepare.yml' && name !== 'ci.yml'
          ? [`${where}: runs a stranger's code in a workflow that isn't made for it`]
          : []),
        ...(job.steps ?? []).flatMap((step) => inStep(where, step)),
      ];
    }),
  ];
}
