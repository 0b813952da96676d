import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../support/halfpast.ts';
import { type Place, useAction } from './action-stubs.ts';
import { actedUpon, readOutputs } from './commands.ts';
import { type Contexts, holds, interpolate, type Status } from './expressions.ts';

type Step = { readonly id?: string; readonly name?: string; readonly if?: string; readonly uses?: string; readonly run?: string; readonly with?: Record<string, unknown>; readonly env?: Record<string, string> };
type Job = { readonly needs?: string | readonly string[]; readonly if?: string; readonly steps: readonly Step[]; readonly outputs?: Record<string, string> };
type Workflow = { readonly jobs: Record<string, Job> };

export type Result = 'success' | 'failure' | 'skipped';

/** What is given to a run from outside. */
export type Given = {
  readonly github: Readonly<Record<string, unknown>>;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  /** Of the machine, as where the API is. */
  readonly env: Readonly<Record<string, string>>;
  readonly place: Omit<Place, 'workspace'>;
};

export type Ran = {
  readonly jobs: Readonly<Record<string, Result>>;
  /** What all steps printed. */
  readonly log: string;
  readonly summary: string;
  /** Lines on which GitHub would have acted. */
  readonly acted: readonly string[];
};

type Shell = { readonly code: number; readonly printed: string };

/** As GitHub runs `shell: bash`. */
function bash(script: string, cwd: string, env: Record<string, string>): Promise<Shell> {
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((done, reject) => {
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => done({ code: code ?? 1, printed }));
  });
}

/** What a run of a workflow leaves, apart from its results. */
type Trace = { log: string; summary: string; readonly acted: string[] };

type JobRun = { readonly result: Result; readonly outputs: Readonly<Record<string, string>> };

async function runJob(job: Job, needs: Contexts, given: Given, trace: Trace): Promise<JobRun> {
  const base = mkdtempSync(join(given.place.artifacts, '..', 'job-'));
  const [workspace, temp] = [join(base, 'work'), join(base, 'temp')];
  for (const folder of [workspace, temp, join(base, 'home')]) mkdirSync(folder);
  const steps: Record<string, { outputs: Readonly<Record<string, string>> }> = {};
  const contexts = (): Contexts => ({ github: given.github, inputs: given.inputs ?? {}, vars: given.vars ?? {}, secrets: given.secrets ?? {}, needs, steps, runner: { temp, os: 'Linux' }, env: {} });
  let failed = false;
  for (const [index, step] of job.steps.entries()) {
    const status: Status = { failed };
    if (!holds(step.if, contexts(), status)) continue;
    const say = (text: unknown): string => interpolate(String(text), contexts(), status);
    const id = step.id ?? `step-${index}`;
    if (step.uses !== undefined) {
      const inputs = Object.fromEntries(Object.entries(step.with ?? {}).map(([name, value]) => [name, say(value)]));
      try {
        steps[id] = { outputs: useAction(step.uses, inputs, { ...given.place, workspace }) };
      } catch (error) {
        trace.log += `${step.uses}: ${String(error)}\n`;
        failed = true;
      }
      continue;
    }
    const files = { GITHUB_OUTPUT: join(base, `output-${index}`), GITHUB_STEP_SUMMARY: join(base, `summary-${index}`), GITHUB_ENV: join(base, `env-${index}`) };
    for (const file of Object.values(files)) writeFileSync(file, '');
    const env = {
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
      ...Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, say(value)])),
    };
    const { code, printed } = await bash(step.run ?? '', workspace, env);
    trace.log += `--- ${step.name ?? id}\n${printed}`;
    trace.acted.push(...actedUpon(printed));
    trace.summary += readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8');
    steps[id] = { outputs: readOutputs(readFileSync(files.GITHUB_OUTPUT, 'utf8')) };
    if (code !== 0) failed = true;
  }
  const outputs = Object.fromEntries(Object.entries(job.outputs ?? {}).map(([name, value]) => [name, interpolate(value, contexts(), { failed })]));
  return { result: failed ? 'failure' : 'success', outputs };
}

/** Runs a workflow of this repository job after job, as far as its conditions let it. */
export async function runWorkflow(file: string, given: Given): Promise<Ran> {
  const workflow = parse(readFileSync(join(root, '.github/workflows', file), 'utf8')) as Workflow;
  const done: Record<string, JobRun> = {};
  const trace: Trace = { log: '', summary: '', acted: [] };
  for (const [name, job] of Object.entries(workflow.jobs)) {
    const before = [job.needs ?? []].flat();
    const needs = Object.fromEntries(before.map((need) => [need, done[need] ?? { result: 'skipped', outputs: {} }]));
    const contexts = { github: given.github, inputs: given.inputs ?? {}, vars: given.vars ?? {}, needs };
    const results = Object.values(needs).map(({ result }) => result);
    const asksForFailure = /failure\(\)/.test(job.if ?? '');
    // A job after one that was skipped is skipped as well, unless it asks for failures.
    const runs = asksForFailure ? holds(job.if, contexts, { failed: results.includes('failure') }) : results.every((result) => result === 'success') && holds(job.if, contexts, { failed: false });
    done[name] = runs ? await runJob(job, needs, given, trace) : { result: 'skipped', outputs: {} };
  }
  return { ...trace, jobs: Object.fromEntries(Object.entries(done).map(([name, { result }]) => [name, result])) };
}
