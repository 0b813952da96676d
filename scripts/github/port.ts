import type { Instant } from '../../src/lib/domain/calendar.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { oneLine, UsageError, UserError } from '../cli/errors.ts';

export type RepositoryName = { readonly owner: string; readonly repo: string };

const repositoryPattern = /^([A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)\/([A-Za-z0-9._-]+)$/;

export const isRepositoryName = (name: string): boolean => repositoryPattern.test(name);

/** Parses `owner/repo`. `flag` is where it was typed. Throws UsageError. */
export function readRepositoryName(given: string, flag: string): RepositoryName {
  const [, owner, repo] = repositoryPattern.exec(given) ?? [];
  if (owner !== undefined && repo !== undefined) return { owner, repo };
  throw new UsageError(
    `${flag}: ${quote(given)} is not a repository. Enter its owner and name, such as example/status`,
  );
}

/** A failed request to GitHub. The message is one line: what was tried, and what to change. */
export class GitHubError extends UserError {
  /** The HTTP status; 0 if there was no response. */
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The repository's settings don't let workflows open pull requests. */
export class PullRequestsOff extends GitHubError {}

function advice(status: number, message: string): string {
  if (/rate limit|quota/i.test(message)) return 'Wait a few minutes and run the command again';
  switch (status) {
    case 401:
      return 'The token is invalid or has expired. Set GITHUB_TOKEN to a new one';
    case 403:
      return /pull request/i.test(message)
        ? 'Allow it: Settings, Actions, General, "Allow GitHub Actions to create and approve pull requests"'
        : 'The token lacks the permission. Add it to the job under permissions: in the workflow';
    case 404:
      return 'Check the name of the repository, and that the token can read it';
    case 0:
      return 'Check the connection, and GITHUB_API_URL if it is set';
    default:
      return status >= 500
        ? 'GitHub has a problem. Try again later; see https://www.githubstatus.com'
        : 'Nothing was changed by this step';
  }
}

/** `doing` completes "GitHub did not …". */
export function gitHubError(doing: string, status: number, message: string): GitHubError {
  const answer = status === 0 ? 'no answer' : `status ${status}`;
  return new GitHubError(status, `GitHub did not ${doing}: ${answer}, ${oneLine(message)}. ${advice(status, message)}`);
}

/** A file on one branch. The version changes with every change to the file. */
export type StoredFile = { readonly text: string; readonly version: string };

export type FileChange = {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
  /** The commit message. */
  readonly message: string;
  /** Defaults to the default branch. A branch that doesn't exist is created with only this file. */
  readonly branch?: string;
  /** The version to replace; null if the file must not exist yet. */
  readonly replaces: string | null;
};

/** A conflict: the file or its branch changed since the caller read it. Nothing was written. */
export type FileWritten =
  { readonly kind: 'written'; readonly version: string; readonly commit: string } | { readonly kind: 'conflict' };

export type FilesChange = {
  /** From the root of the repository, with `/`. */
  readonly write: readonly { readonly path: string; readonly text: string }[];
  readonly remove: readonly string[];
  /** The commit message. */
  readonly message: string;
};

export type Issue = {
  readonly number: number;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly open: boolean;
};

/** An issue or a pull request with its comments. */
export type ArchivedIssue = {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly isPullRequest: boolean;
  readonly createdAt: Instant;
  /** Null while it is open. */
  readonly closedAt: Instant | null;
  /** Oldest first. */
  readonly comments: readonly ArchivedComment[];
};

export type ArchivedComment = { readonly id: number; readonly body: string; readonly createdAt: Instant };

type NewIssue = { readonly title: string; readonly body: string; readonly labels: readonly string[] };

export type GitHubComment = {
  readonly id: number;
  readonly body: string;
  /** Whether a member of the repository or a bot wrote it. Anyone else could imitate our comments. */
  readonly trusted: boolean;
};

type PullRequest = {
  readonly number: number;
  /** The id of its latest commit, which can be in a fork. */
  readonly head: string;
  readonly open: boolean;
};

export type OpenPullRequest = {
  readonly number: number;
  readonly title: string;
  readonly branch: string;
  readonly url: string;
};

export type Proposal = {
  /** The branch to create. Each branch only ever gets one pull request. */
  readonly branch: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  /** The commit message. */
  readonly message: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
};

/** `source` is `workflow`, or `legacy` for publishing from a branch. */
export type PagesSettings = { readonly source: string | null; readonly url: string | null };

/** The settings of a repository. Null where the token has no access: some need an administrator's token. */
export type RepositorySettings = {
  /** The default branch. */
  readonly branch: string;
  readonly hasPages: boolean;
  readonly pages: PagesSettings | null;
  readonly actions: { readonly enabled: boolean; readonly allowed: string | null } | null;
  /** Whether workflows can open pull requests. */
  readonly pullRequests: boolean | null;
  /** The names of the secrets. Their values can't be read. */
  readonly secrets: readonly string[] | null;
  readonly workflows: readonly { readonly file: string; readonly state: string }[] | null;
  /** Rules for the default branch that block commits from workflows, such as `pull_request`. */
  readonly blocking: readonly string[] | null;
  /** Whether the default branch has classic branch protection. Only administrators can see its rules. */
  readonly isProtected: boolean | null;
};

export type WorkflowRun = {
  /** Such as `success` or `failure`; null until the run ends. */
  readonly conclusion: string | null;
  /** The URL of its web page. */
  readonly url: string;
};

/** `known`: this branch already had a pull request, which may be merged or closed. */
export type Proposed = { readonly kind: 'made' | 'known'; readonly number: number; readonly url: string };

/**
 * Everything Halfpast does with a GitHub repository. Every function throws GitHubError with a one-line message when
 * a request fails.
 */
export type GitHubPort = {
  /** Null when the branch or the file doesn't exist. `branch` defaults to the default branch. */
  readonly readFile: (path: string, branch?: string) => Promise<StoredFile | null>;
  /** Writes one file in one commit, unless it changed since the caller read it. */
  readonly writeFile: (change: FileChange) => Promise<FileWritten>;
  /**
   * Writes and removes files on the default branch in one commit, and returns its id; null when the branch changed in
   * the meantime and nothing was written.
   */
  readonly writeFiles: (change: FilesChange) => Promise<string | null>;
  /** Issues with a label, open and closed, oldest first. Excludes pull requests. */
  readonly issues: (label: string) => Promise<readonly Issue[]>;
  /** All issues and pull requests, open and closed, oldest first, with their comments. */
  readonly archive: () => Promise<readonly ArchivedIssue[]>;
  readonly createIssue: (issue: NewIssue) => Promise<Issue>;
  readonly changeIssue: (number: number, change: { readonly open: boolean }) => Promise<void>;
  /** False when one of the logins can't be assigned in this repository. */
  readonly assign: (number: number, logins: readonly string[]) => Promise<boolean>;
  /** Comments on an issue or pull request, oldest first. */
  readonly comments: (number: number) => Promise<readonly GitHubComment[]>;
  readonly comment: (number: number, body: string) => Promise<void>;
  readonly changeComment: (id: number, body: string) => Promise<void>;
  readonly commentOnCommit: (commit: string, body: string) => Promise<void>;
  /** Comments on a commit, oldest first. */
  readonly commitComments: (commit: string) => Promise<readonly GitHubComment[]>;
  /** Null when the number isn't a pull request. */
  readonly pullRequest: (number: number) => Promise<PullRequest | null>;
  /** Open pull requests from branches of this repository, not of forks. */
  readonly openPullRequests: () => Promise<readonly OpenPullRequest[]>;
  /**
   * Writes files to a new branch and opens a pull request, unless the branch already had one. If workflows can't open
   * pull requests, throws PullRequestsOff and leaves the branch.
   */
  readonly propose: (proposal: Proposal) => Promise<Proposed>;
  /**
   * Asks GitHub Pages to deploy the site from an artifact, and returns the deployment's id. `version` is the id of a
   * commit in the repository. `token` identifies the workflow.
   */
  readonly deployPages: (deployment: {
    readonly artifact: number;
    readonly version: string;
    readonly token: string;
  }) => Promise<string>;
  /** The status of a deployment, such as `deployment_in_progress` or `succeed`; blank if GitHub has none. */
  readonly pagesDeployment: (id: string) => Promise<string>;
  readonly cancelPagesDeployment: (id: string) => Promise<void>;
  /** The GitHub Pages settings; null if Pages is off or the token has no access. */
  readonly pages: () => Promise<PagesSettings | null>;
  /** When the last 30 runs of a workflow for a commit were created, and whether they failed, newest first. */
  readonly runsOf: (
    file: string,
    commit: string,
  ) => Promise<readonly { readonly at: Instant; readonly failed: boolean }[]>;
  /** Whether a run of a workflow is waiting or in progress. */
  readonly isRunning: (file: string) => Promise<boolean>;
  /** The state of a workflow, such as `active` or `disabled_inactivity`; null when it doesn't exist. */
  readonly workflowState: (file: string) => Promise<string | null>;
  readonly enableWorkflow: (file: string) => Promise<void>;
  /** The latest run of a workflow for a commit; null when there isn't one. */
  readonly lastRun: (file: string, commit: string) => Promise<WorkflowRun | null>;
  /** Whether the repository is private. Responds within seconds, or throws. */
  readonly isPrivate: () => Promise<boolean>;
  readonly settings: () => Promise<RepositorySettings>;
  /** Starts a workflow by file name, on the default branch. */
  readonly startWorkflow: (file: string, inputs: Readonly<Record<string, string>>) => Promise<void>;
};
