import { GitHubError, type GitHubPort } from '../github/port.ts';

/** The workflows of a repository that publishes, by file name. */
export const workflows = { publish: 'publish.yml', watch: 'watch.yml', timer: 'timer.yml' } as const;

/** Starts the watch, in place of one that runs. Returns a line for the log. */
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

/** Why the hourly timer doesn't run, and how to turn it on; null when it does, or when there is none. */
export async function timerOff(port: GitHubPort): Promise<string | null> {
  const state = await port.workflowState(workflows.timer);
  if (state === null || state === 'active') return null;
  const by =
    state === 'disabled_inactivity' ? 'GitHub turned it off after 60 days without a commit' : 'it was disabled';
  return `the timer is off: ${by}. Turn it on: Actions, Timer, Enable workflow`;
}

/** Turns the timer on again if GitHub turned it off because nobody committed. Returns a line for the log, or null. */
export async function keepTimer(port: GitHubPort): Promise<string | null> {
  try {
    // Not `disabled_manually`: someone wants that.
    if ((await port.workflowState(workflows.timer)) !== 'disabled_inactivity') return null;
    await port.enableWorkflow(workflows.timer);
    return 'the timer was turned on again: GitHub turns it off after 60 days without a commit';
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return error.message;
  }
}
