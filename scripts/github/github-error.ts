import { UserError } from '../cli/errors.ts';
import { oneLine } from '../cli/one-line.ts';

/** GitHub refused or did not answer: one line that says what was tried and what to change. */
export class GitHubError extends UserError {
  /** The status of HTTP; 0 when there was no answer. */
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The settings of the repository let no workflow open a pull request. */
export class PullRequestsOff extends GitHubError {}

function advice(status: number, said: string): string {
  if (/rate limit|quota/i.test(said)) return 'Wait some minutes and run it again';
  switch (status) {
    case 401:
      return 'The token is wrong or has expired. Set GITHUB_TOKEN anew';
    case 403:
      return /pull request/i.test(said)
        ? 'Allow it: Settings, Actions, General, "Allow GitHub Actions to create and approve pull requests"'
        : 'The token may not do this. Give the job that permission under permissions: in the workflow';
    case 404:
      return 'Check the name of the repository, and that the token may see it';
    case 0:
      return 'Check the connection, and GITHUB_API_URL if it is set';
    default:
      return status >= 500
        ? 'GitHub has a problem. Run it again; see https://www.githubstatus.com'
        : 'Nothing was changed by this step';
  }
}

/** `doing` completes "GitHub did not …". */
export function gitHubError(doing: string, status: number, said: string): GitHubError {
  const answer = status === 0 ? 'no answer' : `status ${status}`;
  return new GitHubError(status, `GitHub did not ${doing}: ${answer}, ${oneLine(said)}. ${advice(status, said)}`);
}
