import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../../support/halfpast.ts';
import { type Place, useAction } from './action-stubs.ts';
import { actedUpon, readOutputs } from './commands.ts';
import { type Contexts, holds, interpolate, type Status } from './expressions.ts';

type Step = {
  readonly id?: string;
  readonly 'working-directory'?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Record<string, unknown>;
  readonly env?: Record<string, string>;
};
type Job = {
  /** A reusable workflow, instead of steps. */
  readonly uses?: string;
  readonly with?: Record<string, unknown>;
  readonly secrets?: Record<string, string>;
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly steps?: readonly Step[];
  readonly outputs?: Record<string, string>;
};
type Action = {
  readonly inputs?: Record<string, { readonly default?: string }>;
  readonly outputs?: Record<string, { readonly value: string }>;
  readonly runs: { readonly steps: readonly Step[] };
};
type Callable = {
  readonly inputs?: Record<string, { readonly default?: unknown }>;
  readonly secrets?: Record<string, unknown>;
  readonly outputs?: Record<string, { readonly value: string }>;
};
type Workflow = {
  readonly on: { readonly workflow_call?: Callable };
  readonly env?: Record<string, string>;
  readonly jobs: Record<string, Job>;
};

export type Result = 'success' | 'failure' | 'skipped';

/** What a run gets from outside. */
export type Given = {
  readonly github: Readonly<Record<string, unknown>>;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly vars?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  /** The machine's environment variables, such as the address of the API. */
  readonly env: Readonly<Record<string, string>>;
  readonly place: Omit<Place, 'workspace'>;
};

export type Ran = {
  readonly jobs: Readonly<Record<string, Result>>;
  /** What all steps printed. */
  readonly log: string;
  readonly summary: string;
  /** Lines that GitHub would have acted on. */
  readonly acted: readonly string[];
};

type Shell = { readonly code: number; readonly printed: string };

/** Runs a script the way GitHub does with `shell: bash`. */
function bash(script: string, cwd: string, env: Record<string, string>): Promise<Shell> {
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((done, reject) => {
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => done({ code: code ?? 1, printed }));
  });
}

/** What a workflow run leaves behind, apart from its results. */
type Trace = { log: string; summary: string; readonly acted: string[] };

type JobRun = { readonly result: Result; readonly outputs: Readonly<Record<string, string>> };

/** The machine of a job, with what its steps leave for later ones. */
type Machine = {
  readonly base: string;
  readonly workspace: string;
  readonly temp: string;
  readonly given: Given;
  readonly trace: Trace;
  readonly exported: Record<string, string>;
  files: number;
};

/** The contexts and environment of steps: of a job, or of an action that a step uses. */
type Frame = { readonly contexts: Contexts; readonly env: Readonly<Record<string, string>> };

type Steps = Record<string, { readonly outputs: Readonly<Record<string, string>>; readonly outcome: Result }>;

async function runScript(
  step: Step,
  name: string,
  env: Readonly<Record<string, string>>,
  machine: Machine,
): Promise<JobRun> {
  const { base, workspace, temp, given, trace, exported } = machine;
  machine.files += 1;
  const file = (kind: string): string => join(base, `${kind}-${machine.files}`);
  const files = { GITHUB_OUTPUT: file('output'), GITHUB_STEP_SUMMARY: file('summary'), GITHUB_ENV: file('env') };
  for (const path of Object.values(files)) writeFileSync(path, '');
  const { code, printed } = await bash(step.run ?? '', join(workspace, step['working-directory'] ?? '.'), {
    PATH: `${given.env['STUBS']}:${dirname(process.execPath)}:/usr/bin:/bin`,
    HOME: join(base, 'home'),
    CI: 'true',
    RUNNER_TEMP: temp,
    GITHUB_WORKSPACE: workspace,
    GITHUB_SHA: given.place.sha,
    GITHUB_REPOSITORY: 'dana/status',
    GITHUB_RUN_ID: given.place.run,
    GITHUB_SERVER_URL: 'https://github.com',
    ...given.env,
    ...files,
    ...exported,
    ...env,
  });
  trace.log += `--- ${name}\n${printed}`;
  trace.acted.push(...actedUpon(printed));
  trace.summary += readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8');
  Object.assign(exported, readOutputs(readFileSync(files.GITHUB_ENV, 'utf8')));
  return {
    result: code === 0 ? 'success' : 'failure',
    outputs: readOutputs(readFileSync(files.GITHUB_OUTPUT, 'utf8')),
  };
}

async function runComposite(
  folder: string,
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
  frame: Frame,
  machine: Machine,
): Promise<JobRun> {
  const action = parse(readFileSync(join(folder, 'action.yml'), 'utf8')) as Action;
  const unknown = Object.keys(inputs).filter((name) => action.inputs?.[name] === undefined);
  if (unknown.length > 0) throw new Error(`${folder} has no input ${unknown.join(', ')}`);
  const defaults = Object.fromEntries(
    Object.entries(action.inputs ?? {}).map(([name, { default: value = '' }]) => [name, value]),
  );
  // An action can't see secrets or variables, only what's passed to it.
  const { github, runner } = frame.contexts;
  const contexts = { github, runner, env: {}, inputs: { ...defaults, ...inputs } };
  const { result, steps } = await runSteps(
    action.runs.steps,
    { contexts, env: { ...frame.env, ...env, GITHUB_ACTION_PATH: folder } },
    machine,
  );
  const outputs = Object.entries(action.outputs ?? {}).map(([name, { value }]) => [
    name,
    interpolate(value, { ...contexts, steps }, { failed: result === 'failure' }),
  ]);
  return { result, outputs: Object.fromEntries(outputs) as Record<string, string> };
}

async function runStep(
  step: Step,
  name: string,
  say: (text: unknown) => string,
  frame: Frame,
  machine: Machine,
): Promise<JobRun> {
  const all = (table: Readonly<Record<string, unknown>> = {}): Record<string, string> =>
    Object.fromEntries(Object.entries(table).map(([key, value]) => [key, say(value)]));
  if (step.uses === undefined) return runScript(step, name, { ...frame.env, ...all(step.env) }, machine);
  if (step.uses.startsWith('./'))
    return runComposite(join(machine.workspace, step.uses), all(step.with), all(step.env), frame, machine);
  try {
    return {
      result: 'success',
      outputs: useAction(step.uses, all(step.with), { ...machine.given.place, workspace: machine.workspace }),
    };
  } catch (error) {
    machine.trace.log += `${step.uses}: ${String(error)}\n`;
    return { result: 'failure', outputs: {} };
  }
}

async function runSteps(
  list: readonly Step[],
  frame: Frame,
  machine: Machine,
): Promise<{ readonly result: Result; readonly steps: Steps }> {
  const steps: Steps = {};
  let failed = false;
  for (const [index, step] of list.entries()) {
    const contexts = { ...frame.contexts, steps };
    const status: Status = { failed };
    if (!holds(step.if, contexts, status)) continue;
    const id = step.id ?? `step-${index}`;
    const { result, outputs } = await runStep(
      step,
      step.name ?? id,
      (text) => interpolate(String(text), contexts, status),
      frame,
      machine,
    );
    steps[id] = { outputs, outcome: result };
    if (result === 'failure') failed = true;
  }
  return { result: failed ? 'failure' : 'success', steps };
}

async function runJob(
  job: Job,
  needs: Contexts,
  given: Given,
  workflowEnv: Readonly<Record<string, string>>,
  trace: Trace,
): Promise<JobRun> {
  // In the same place for each job, as on GitHub, because caches store their paths.
  const base = join(given.place.artifacts, '..', 'machine');
  const [workspace, temp] = [join(base, 'work'), join(base, 'temp')];
  for (const folder of [workspace, temp, join(base, 'home')]) mkdirSync(folder, { recursive: true });
  const contexts = {
    github: given.github,
    inputs: given.inputs ?? {},
    vars: given.vars ?? {},
    secrets: given.secrets ?? {},
    needs,
    runner: { temp, os: 'Linux' },
    // A copy has its own workflows. A repository with only content calls those of another repository.
    job: {
      workflow_repository: given.place.code === null ? given.github['repository'] : 'example/halfpast',
      workflow_sha: given.place.sha,
    },
    env: {},
  };
  const env = Object.entries(workflowEnv).map(([name, value]) => [
    name,
    interpolate(String(value), contexts, { failed: false }),
  ]);
  const { result, steps } = await runSteps(
    job.steps ?? [],
    { contexts, env: Object.fromEntries(env) as Record<string, string> },
    { base, workspace, temp, given, trace, exported: {}, files: 0 },
  );
  // Keeps what the job left, so the test can look at it.
  renameSync(base, mkdtempSync(`${base}-`));
  const outputs = Object.fromEntries(
    Object.entries(job.outputs ?? {}).map(([name, value]) => [
      name,
      interpolate(value, { ...contexts, steps }, { failed: result === 'failure' }),
    ]),
  );
  return { result, outputs };
}

/** The text of a workflow in this repository. */
export const workflowText = (file: string): string => readFileSync(join(root, '.github/workflows', file), 'utf8');

/** The results of the jobs that have steps, by name, including those in reusable workflows. */
type Leaves = Readonly<Record<string, Result>>;

/** Runs the reusable workflow that a job uses, with its default inputs and what the job passes to it. */
async function runReusable(
  job: Job,
  contexts: Contexts,
  given: Given,
  trace: Trace,
): Promise<{ readonly run: JobRun; readonly leaves: Leaves }> {
  const text = workflowText((job.uses ?? '').replace(/^.*\/workflows\/|@.*$/g, ''));
  const { inputs = {}, secrets = {}, outputs = {} } = (parse(text) as Workflow).on.workflow_call ?? {};
  const defaults = Object.entries(inputs).map(([name, { default: value }]) => [name, value]);
  const passed = Object.entries(job.with ?? {}).map(([name, value]) => [name, reusableInput(value, contexts)]);
  const kept = Object.entries(job.secrets ?? {}).map(([name, value]): [string, string] => [
    name,
    interpolate(value, { ...contexts, secrets: given.secrets ?? {} }, { failed: false }),
  ]);
  const unknown = [
    ...Object.keys(job.with ?? {}).filter((name) => inputs[name] === undefined),
    ...Object.keys(job.secrets ?? {}).filter((name) => !Object.hasOwn(secrets, name)),
  ];
  if (unknown.length > 0) throw new Error(`${job.uses ?? ''} doesn't take ${unknown.join(', ')}`);
  const { done, leaves } = await runJobs(
    text,
    {
      ...given,
      inputs: { ...Object.fromEntries(defaults), ...Object.fromEntries(passed) },
      secrets: Object.fromEntries(kept.filter(([, value]) => value !== '')),
    },
    trace,
  );
  const failed = Object.values(done).some(({ result }) => result === 'failure');
  const values = Object.entries(outputs).map(([name, { value }]) => [
    name,
    interpolate(value, { jobs: done }, { failed: false }),
  ]);
  return {
    run: { result: failed ? 'failure' : 'success', outputs: Object.fromEntries(values) as Record<string, string> },
    leaves,
  };
}

/** `${{ a == b }}` on its own is a boolean. */
function reusableInput(value: unknown, contexts: Contexts): unknown {
  const text = interpolate(String(value), contexts, { failed: false });
  return text === 'true' || text === 'false' ? text === 'true' : text;
}

/** Runs the jobs of a workflow one after another, if their conditions allow it. */
async function runJobs(
  text: string,
  given: Given,
  trace: Trace,
): Promise<{ readonly done: Readonly<Record<string, JobRun>>; readonly leaves: Leaves }> {
  const workflow = parse(text) as Workflow;
  const done: Record<string, JobRun> = {};
  const leaves: Record<string, Result> = {};
  for (const [name, job] of Object.entries(workflow.jobs)) {
    const before = [job.needs ?? []].flat();
    const needs = Object.fromEntries(before.map((need) => [need, done[need] ?? { result: 'skipped', outputs: {} }]));
    const contexts = { github: given.github, inputs: given.inputs ?? {}, vars: given.vars ?? {}, needs };
    const results = Object.values(needs).map(({ result }) => result);
    // A job that needs a failed or skipped one is skipped as well, unless its condition asks otherwise.
    const isPatient = /failure\(\)|cancelled\(\)|always\(\)/.test(job.if ?? '');
    const runs = isPatient
      ? holds(job.if, contexts, { failed: results.includes('failure') })
      : results.every((result) => result === 'success') && holds(job.if, contexts, { failed: false });
    if (runs && job.uses !== undefined) {
      const called = await runReusable(job, contexts, given, trace);
      done[name] = called.run;
      Object.assign(leaves, called.leaves);
      continue;
    }
    const run: JobRun = runs
      ? await runJob(job, needs, given, workflow.env ?? {}, trace)
      : { result: 'skipped', outputs: {} };
    done[name] = run;
    leaves[name] = run.result;
  }
  return { done, leaves };
}

/** Runs a workflow. The results are those of jobs with steps, including jobs in reusable workflows. */
export async function runWorkflow(text: string, given: Given): Promise<Ran> {
  const trace: Trace = { log: '', summary: '', acted: [] };
  const { leaves } = await runJobs(text, given, trace);
  return { ...trace, jobs: leaves };
}
