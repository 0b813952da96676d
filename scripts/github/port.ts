import type { Instant } from '../../src/lib/domain/calendar.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { oneLine, UsageError, UserError } from '../cli/errors.ts';

export type RepositoryName = { readonly owner: string; readonly repo: string };

const repositoryPattern = /^([A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)\/([A-Za-z0-9._-]+)$/;

export const isRepositoryName = (name: string): boolean => repositoryPattern.test(name);

/** Reads `owner/repo`. `flag` is where it was typed. Throws UsageError. */
export function readRepositoryName(given: string, flag: string): RepositoryName {
  const [, owner, repo] = repositoryPattern.exec(given) ?? [];
  if (owner !== undefined && repo !== undefined) return { owner, repo };
  throw new UsageError(
    `${flag}: ${quote(given)} is not a repository. Enter its owner and name, such as example/status`,
  );
}

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

/** A file as one branch has it. The version changes with every change of the file. */
export type StoredFile = { readonly text: string; readonly version: string };

export type FileChange = {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
  /** The commit message. */
  readonly message: string;
  /** Left out: the default branch. A branch that is not there begins with this file and nothing else. */
  readonly branch?: string;
  /** The version that is replaced; null for a file that must not exist yet. */
  readonly replaces: string | null;
};

/** A conflict: the file, or the branch under it, is no longer what the caller saw. Nothing was written. */
export type FileWritten =
  { readonly kind: 'written'; readonly version: string; readonly commit: string } | { readonly kind: 'conflict' };

export type Issue = {
  readonly number: number;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly open: boolean;
  /** Logins. */
  readonly assignees: readonly string[];
  /** The address for people. */
  readonly url: string;
};

/** An issue or a pull request with all that was said about it. */
export type ArchivedIssue = {
  readonly number: number;
  readonly title: string;
  /** Markdown. */
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

/** Left out: as it is. */
type IssueChange = { readonly title?: string; readonly body?: string; readonly open?: boolean };

export type Comment = {
  readonly id: number;
  readonly body: string;
  /** By somebody who belongs to the repository, or by a program. Anybody else can write what ours would look like. */
  readonly trusted: boolean;
};

export type PullRequest = {
  readonly number: number;
  /** The id of its newest commit, which may be in a fork. */
  readonly head: string;
  readonly open: boolean;
};

export type Proposal = {
  /** The branch to be made; one proposal a branch, for ever. */
  readonly branch: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  /** The commit message. */
  readonly message: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
};

/** `known`: a pull request from this branch was made before; it may be merged or closed by now. */
export type Proposed = { readonly kind: 'made' | 'known'; readonly number: number; readonly url: string };

/**
 * What Halfpast asks of the repository that holds the content, in its own terms. Every function throws
 * GitHubError, one line for a person, when GitHub refuses or does not answer.
 */
export type GitHubPort = {
  /** Null when the branch or the file is not there. Left out, `branch` is the default one. */
  readonly readFile: (path: string, branch?: string) => Promise<StoredFile | null>;
  /** Writes one file as one commit, if it still is what the caller saw. */
  readonly writeFile: (change: FileChange) => Promise<FileWritten>;
  /** Issues with a label, open and closed, oldest first; pull requests are none. */
  readonly issues: (label: string) => Promise<readonly Issue[]>;
  /** All issues and pull requests, open and closed, oldest first, with their comments. */
  readonly archive: () => Promise<readonly ArchivedIssue[]>;
  readonly createIssue: (issue: NewIssue) => Promise<Issue>;
  readonly changeIssue: (number: number, change: IssueChange) => Promise<void>;
  /** False when one of the logins cannot be assigned here. */
  readonly assign: (number: number, logins: readonly string[]) => Promise<boolean>;
  /** Comments of an issue or pull request, oldest first. */
  readonly comments: (number: number) => Promise<readonly Comment[]>;
  readonly comment: (number: number, body: string) => Promise<void>;
  readonly changeComment: (id: number, body: string) => Promise<void>;
  readonly commentOnCommit: (commit: string, body: string) => Promise<void>;
  /** Comments of a commit, oldest first. */
  readonly commitComments: (commit: string) => Promise<readonly Comment[]>;
  /** Null when there is none of that number. */
  readonly pullRequest: (number: number) => Promise<PullRequest | null>;
  /** Files on a branch of their own and a pull request from it, unless there was one before. Throws PullRequestsOff, with the branch there, where none may be opened. */
  readonly propose: (proposal: Proposal) => Promise<Proposed>;
  /** When runs of a workflow for a commit began, newest first; the last 30 at most. */
  readonly runsOf: (file: string, commit: string) => Promise<readonly Instant[]>;
  /** Starts a workflow by its file name. `branch` left out: the default one. */
  readonly startWorkflow: (file: string, inputs: Readonly<Record<string, string>>, branch?: string) => Promise<void>;
};
