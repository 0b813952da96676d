import { UserError } from '../cli/errors.ts';
import type { Context } from '../cli/context.ts';
import { type FileChange, GitHubError, type GitHubPort, readRepositoryName } from './port.ts';

/** How often to start over while others change the branch. */
export const mostTries = 6;

type FilePlace = Pick<FileChange, 'path' | 'message' | 'branch'>;

/**
 * Changes one file in one commit, and starts over if someone else changes the branch in the meantime. `edit` gets the
 * current text, or null for a missing file; it returns the new text, or null to leave the file alone. Returns the
 * commit's id, or null if nothing changed. Throws UserError if the branch changed during every try.
 */
export async function changeFile(
  port: GitHubPort,
  { path, message, ...branch }: FilePlace,
  edit: (text: string | null) => string | null,
): Promise<string | null> {
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const stored = await port.readFile(path, branch.branch);
    const text = edit(stored?.text ?? null);
    if (text === null) return null;
    const result = await port.writeFile({ path, message, text, ...branch, replaces: stored?.version ?? null });
    if (result.kind === 'written') return result.commit;
  }
  const where = branch.branch === undefined ? 'the branch' : `the branch ${branch.branch}`;
  throw new UserError(`${path} was not written: ${where} changed during every attempt. Run the command again`);
}

/**
 * Connects to the repository `name`, an `owner/repo` from the flag `flag`. Reads the token and the API's address from
 * the environment, as on GitHub's runners. Throws UsageError for a malformed name, and UserError for a missing token.
 */
export async function openGitHub(
  name: string,
  context: Context,
  { flag = '--github', needsToken = true } = {},
): Promise<GitHubPort> {
  const repository = readRepositoryName(name, flag);
  const token = context.env['GITHUB_TOKEN'] ?? context.env['GH_TOKEN'] ?? '';
  if (token === '' && needsToken)
    throw new UserError('GITHUB_TOKEN is not set. Set it to a token with access to the repository');
  // Only commands that use octokit load it.
  const { octokitPort } = await import('./octokit.ts');
  const baseUrl = context.env['GITHUB_API_URL'] ?? 'https://api.github.com';
  return octokitPort({
    ...repository,
    token,
    baseUrl,
    warn: (line) => context.stderr(`${line}\n`),
  });
}

/** The workflow files of a repository that publishes. */
export const workflows = { publish: 'publish.yml', watch: 'watch.yml', timer: 'timer.yml' } as const;

/**
 * The file name of the workflow that is running: the caller's, even in a reusable workflow. GitHub names it like
 * `example/status/.github/workflows/publish.yml@refs/heads/main`. Undefined outside GitHub.
 */
export const runningWorkflow = (env: Context['env']): string | undefined =>
  /\/([^/@]+)@/.exec(env['GITHUB_WORKFLOW_REF'] ?? '')?.[1];

/** Starts the watch workflow, replacing a running one. Returns a line for the log. */
export async function startWatch(port: GitHubPort): Promise<string> {
  try {
    await port.startWorkflow(workflows.watch, {});
    return 'the watch was started';
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    const missing = `${workflows.watch} is missing, so reminders wait for the hourly timer. Copy it: see docs/publishing.md`;
    return error.status === 404 ? missing : error.message;
  }
}

/** Why the hourly timer is off, and how to turn it on; null if it's on or doesn't exist. */
export async function timerOff(port: GitHubPort): Promise<string | null> {
  const state = await port.workflowState(workflows.timer);
  if (state === null || state === 'active') return null;
  const by =
    state === 'disabled_inactivity' ? 'GitHub turned it off after 60 days without a commit' : 'it was disabled';
  return `the timer is off: ${by}. Turn it on: Actions, Timer, Enable workflow`;
}

/** Turns the timer back on if GitHub disabled it for inactivity. Returns a line for the log, or null. */
export async function keepTimer(port: GitHubPort): Promise<string | null> {
  try {
    // Leave `disabled_manually` alone: someone turned it off on purpose.
    if ((await port.workflowState(workflows.timer)) !== 'disabled_inactivity') return null;
    await port.enableWorkflow(workflows.timer);
    return 'the timer was turned on again: GitHub turns it off after 60 days without a commit';
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return error.message;
  }
}
