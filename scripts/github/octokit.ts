import { Octokit, RequestError } from 'octokit';
import { gitHubError } from './github-error.ts';
import type { RepositoryName } from './repository-name.ts';

export type GitHubAccess = RepositoryName & {
  readonly token: string;
  /** Where the API is; GitHub Enterprise and tests have their own. */
  readonly baseUrl: string;
  /** Tells of a wait, as one line. */
  readonly warn: (line: string) => void;
  /** False: neither spaces writes out nor tries again. For tests, whose server has no limits. */
  readonly patient?: boolean;
  readonly fetch?: typeof globalThis.fetch;
};

/** The client and the repository it speaks of. */
export type Client = { readonly octokit: Octokit; readonly at: RepositoryName };

/** A rate limit further away than this is told rather than waited for, in seconds. */
const longestWait = 60;

export function makeClient({ owner, repo, token, baseUrl, warn, patient = true, fetch }: GitHubAccess): Client {
  const wait = (after: number, _options: object, _octokit: unknown, retries: number): boolean => {
    const again = after <= longestWait && retries < 2;
    if (again) warn(`GitHub asks to wait ${after} seconds`);
    return again;
  };
  const octokit = new Octokit({
    auth: token,
    baseUrl: baseUrl.replace(/\/+$/, ''),
    userAgent: 'halfpast',
    request: fetch === undefined ? {} : { fetch },
    // A conflict is an answer, not a fault: the caller looks again before it writes again.
    retry: { enabled: patient, doNotRetry: [400, 401, 403, 404, 409, 410, 422, 451] },
    throttle: { enabled: patient, onRateLimit: wait, onSecondaryRateLimit: wait },
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  return { octokit, at: { owner, repo } };
}

/** The status of an error that came from a request; octokit says 500 for a request without an answer. */
export function statusOf(error: unknown): number | null {
  if (!(error instanceof RequestError)) return null;
  return error.response === undefined ? 0 : error.status;
}

/** Runs one step. What GitHub refuses becomes a GitHubError; `doing` completes "GitHub did not …". */
export async function step<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const status = statusOf(error);
    if (status === null) throw error;
    throw gitHubError(doing, status, error instanceof Error ? error.message : String(error));
  }
}
