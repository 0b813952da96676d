import { Octokit, RequestError } from 'octokit';
import {
  type ArchivedComment,
  type Comment,
  type FileChange,
  type FileWritten,
  gitHubError,
  GitHubError,
  type GitHubPort,
  type Issue,
  type Proposal,
  type Proposed,
  type PullRequest,
  PullRequestsOff,
  type RepositoryName,
  type StoredFile,
} from './port.ts';

type GitHubAccess = RepositoryName & {
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
type Client = { readonly octokit: Octokit; readonly at: RepositoryName };

/** A rate limit further away than this is told rather than waited for, in seconds. */
const longestWait = 60;

function makeClient({ owner, repo, token, baseUrl, warn, patient = true, fetch }: GitHubAccess): Client {
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
function statusOf(error: unknown): number | null {
  if (!(error instanceof RequestError)) return null;
  return error.response === undefined ? 0 : error.status;
}

/** Runs one step. What GitHub refuses becomes a GitHubError; `doing` completes "GitHub did not …". */
async function step<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const status = statusOf(error);
    if (status === null) throw error;
    throw gitHubError(doing, status, error instanceof Error ? error.message : String(error));
  }
}

/** The number at the end of the address of an issue. */
const numberIn = (url: string): number => Number(/(\d+)$/.exec(url)?.[1] ?? Number.NaN);

/**
 * All comments of the repository are had a hundred at a time: one request an issue would be more than
 * GitHub allows those without a token.
 */
function archive({ octokit, at }: Client): Pick<GitHubPort, 'archive'> {
  return {
    archive: async () => {
      const issues = await step('list issues', () =>
        octokit.paginate(octokit.rest.issues.listForRepo, {
          ...at,
          state: 'all',
          sort: 'created',
          direction: 'asc',
          per_page: 100,
        } as const),
      );
      const comments = await step('list the comments of all issues', () =>
        octokit.paginate(octokit.rest.issues.listCommentsForRepo, {
          ...at,
          sort: 'created',
          direction: 'asc',
          per_page: 100,
        } as const),
      );
      const byIssue = new Map<number, ArchivedComment[]>();
      for (const { id, body, created_at: createdAt, issue_url: url } of comments) {
        const number = numberIn(url);
        byIssue.set(number, [
          ...(byIssue.get(number) ?? []),
          { id, body: body ?? '', createdAt: Date.parse(createdAt) },
        ]);
      }
      return issues.map(
        ({ number, title, body, labels, pull_request: pull, created_at: createdAt, closed_at: closedAt, state }) => ({
          number,
          title,
          body: body ?? '',
          labels: labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
          isPullRequest: pull !== undefined,
          createdAt: Date.parse(createdAt),
          closedAt: state === 'closed' ? Date.parse(closedAt ?? createdAt) : null,
          comments: byIssue.get(number) ?? [],
        }),
      );
    },
  };
}

type Comments = Pick<GitHubPort, 'comments' | 'comment' | 'changeComment' | 'commentOnCommit' | 'commitComments'>;

type Said = {
  readonly id: number;
  readonly body?: string | null;
  readonly user: { readonly type: string } | null;
  readonly author_association: string;
};

/** GitHub: a workflow's own token comments as a bot, whose association is none. */
function toComment({ id, body, user, author_association: association }: Said): Comment {
  return {
    id,
    body: body ?? '',
    trusted: user?.type === 'Bot' || ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(association),
  };
}

function comments({ octokit, at }: Client): Comments {
  return {
    comments: (number) =>
      step(`list the comments of #${number}`, async () => {
        const found = await octokit.paginate(octokit.rest.issues.listComments, {
          ...at,
          issue_number: number,
          per_page: 100,
        });
        return found.map(toComment);
      }),
    comment: (number, body) =>
      step(`comment on #${number}`, async () => {
        await octokit.rest.issues.createComment({ ...at, issue_number: number, body });
      }),
    changeComment: (id, body) =>
      step('change a comment', async () => {
        await octokit.rest.issues.updateComment({ ...at, comment_id: id, body });
      }),
    commentOnCommit: (commit, body) =>
      step(`comment on commit ${commit.slice(0, 7)}`, async () => {
        await octokit.rest.repos.createCommitComment({ ...at, commit_sha: commit, body });
      }),
    commitComments: (commit) =>
      step(`list the comments of commit ${commit.slice(0, 7)}`, async () => {
        const found = await octokit.paginate(octokit.rest.repos.listCommentsForCommit, {
          ...at,
          commit_sha: commit,
          per_page: 100,
        });
        return found.map(toComment);
      }),
  };
}

type Listed = {
  readonly number: number;
  readonly title: string;
  readonly body?: string | null | undefined;
  readonly state: string;
  readonly assignees?: readonly { readonly login: string }[] | null;
  readonly html_url: string;
};

function toIssue({ number, title, body, state, assignees, html_url: url }: Listed): Issue {
  return {
    number,
    title,
    body: body ?? '',
    open: state === 'open',
    assignees: (assignees ?? []).map(({ login }) => login),
    url,
  };
}

async function assign({ octokit, at }: Client, number: number, logins: readonly string[]): Promise<boolean> {
  try {
    const { data } = await octokit.rest.issues.addAssignees({ ...at, issue_number: number, assignees: [...logins] });
    // GitHub passes over people without access and says nothing.
    const assigned = (data.assignees ?? []).map(({ login }) => login.toLowerCase());
    return logins.every((login) => assigned.includes(login.toLowerCase()));
  } catch (error) {
    if (statusOf(error) === 422 || statusOf(error) === 404) return false;
    throw error;
  }
}

type Issues = Pick<GitHubPort, 'issues' | 'createIssue' | 'changeIssue' | 'assign'>;

function issues(client: Client): Issues {
  const { octokit, at } = client;
  return {
    issues: (label) =>
      step('list issues', async () => {
        const query = { ...at, labels: label, state: 'all', sort: 'created', direction: 'asc', per_page: 100 } as const;
        const found = await octokit.paginate(octokit.rest.issues.listForRepo, query);
        return found.filter((issue) => issue.pull_request === undefined).map(toIssue);
      }),
    createIssue: ({ title, body, labels }) =>
      step('open an issue', async () => {
        const { data } = await octokit.rest.issues.create({ ...at, title, body, labels: [...labels] });
        return toIssue(data);
      }),
    changeIssue: (number, { title, body, open }) =>
      step(`change issue #${number}`, async () => {
        await octokit.rest.issues.update({
          ...at,
          issue_number: number,
          ...(title === undefined ? {} : { title }),
          ...(body === undefined ? {} : { body }),
          ...(open === undefined ? {} : { state: open ? 'open' : 'closed' }),
        });
      }),
    assign: (number, logins) => step(`assign issue #${number}`, () => assign(client, number, logins)),
  };
}

async function readFile({ octokit, at }: Client, path: string, branch?: string): Promise<StoredFile | null> {
  try {
    const ref = branch === undefined ? {} : { ref: branch };
    const { data } = await octokit.rest.repos.getContent({ ...at, path, ...ref });
    if (Array.isArray(data) || data.type !== 'file')
      throw new GitHubError(200, `${path} is not a file on GitHub. Name a file`);
    // GitHub leaves the text out of files above a megabyte.
    if (data.encoding !== 'base64')
      throw new GitHubError(200, `${path} is too large to be read through GitHub's API. Make it smaller`);
    return { text: Buffer.from(data.content, 'base64').toString('utf8'), version: data.sha };
  } catch (error) {
    const status = statusOf(error);
    if (status === 404) return null;
    if (status === null) throw error;
    throw gitHubError(`read ${path}`, status, error instanceof Error ? error.message : '');
  }
}

async function hasBranch({ octokit, at }: Client, branch: string): Promise<boolean> {
  try {
    await octokit.rest.git.getRef({ ...at, ref: `heads/${branch}` });
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

/** The first commit of a branch that shares no history with any other. */
async function beginBranch(
  { octokit, at }: Client,
  branch: string,
  { path, text, message }: FileChange,
): Promise<FileWritten> {
  const tree = await octokit.rest.git.createTree({
    ...at,
    tree: [{ path, mode: '100644', type: 'blob', content: text }],
  });
  const commit = await octokit.rest.git.createCommit({ ...at, message, tree: tree.data.sha, parents: [] });
  try {
    await octokit.rest.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha: commit.data.sha });
  } catch (error) {
    // Somebody else began it a moment ago.
    if (statusOf(error) === 422) return { kind: 'conflict' };
    throw error;
  }
  const blob = tree.data.tree.find((entry) => entry.path === path)?.sha;
  // Deep paths are not listed in the tree's first level.
  const version = blob ?? (await readFile({ octokit, at }, path, branch))?.version ?? '';
  return { kind: 'written', version, commit: commit.data.sha };
}

async function writeFile(client: Client, change: FileChange): Promise<FileWritten> {
  const { octokit, at } = client;
  const { path, text, message, branch, replaces } = change;
  try {
    const { data } = await octokit.rest.repos.createOrUpdateFileContents({
      ...at,
      path,
      message,
      content: Buffer.from(text, 'utf8').toString('base64'),
      ...(branch === undefined ? {} : { branch }),
      ...(replaces === null ? {} : { sha: replaces }),
    });
    return { kind: 'written', version: data.content?.sha ?? '', commit: data.commit.sha ?? '' };
  } catch (error) {
    const status = statusOf(error);
    // 409: another version, or the branch moved meanwhile. 422 speaks of `sha` when the file is there already or gone.
    if (status === 409) return { kind: 'conflict' };
    if (status === 422 && error instanceof Error && /sha|does not exist/i.test(error.message))
      return { kind: 'conflict' };
    if (status === 404 && branch !== undefined && !(await hasBranch(client, branch)))
      return beginBranch(client, branch, change);
    throw error;
  }
}

function files(client: Client): Pick<GitHubPort, 'readFile' | 'writeFile'> {
  return {
    readFile: (path, branch) => readFile(client, path, branch),
    writeFile: (change) => step(`write ${change.path}`, () => writeFile(client, change)),
  };
}

async function defaultBranch({ octokit, at }: Client): Promise<string> {
  const { data } = await octokit.rest.repos.get(at);
  return data.default_branch;
}

async function earlier({ octokit, at }: Client, branch: string): Promise<Proposed | null> {
  const { data } = await octokit.rest.pulls.list({ ...at, state: 'all', head: `${at.owner}:${branch}`, per_page: 1 });
  const [pull] = data;
  return pull === undefined ? null : { kind: 'known', number: pull.number, url: pull.html_url };
}

/** All files in one commit, and the branch only when that is there: nobody sees half of it. */
async function makeBranch({ octokit, at }: Client, base: string, { branch, message, files }: Proposal): Promise<void> {
  const head = await octokit.rest.git.getRef({ ...at, ref: `heads/${base}` });
  const parent = await octokit.rest.git.getCommit({ ...at, commit_sha: head.data.object.sha });
  const entries = files.map(({ path, text }) => ({ path, mode: '100644', type: 'blob', content: text }) as const);
  const tree = await octokit.rest.git.createTree({ ...at, base_tree: parent.data.tree.sha, tree: entries });
  const commit = await octokit.rest.git.createCommit({
    ...at,
    message,
    tree: tree.data.sha,
    parents: [parent.data.sha],
  });
  try {
    await octokit.rest.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha: commit.data.sha });
  } catch (error) {
    // An earlier run came this far and no further; people may have worked on its branch since.
    if (statusOf(error) !== 422) throw error;
  }
}

async function propose(client: Client, proposal: Proposal): Promise<Proposed> {
  const known = await earlier(client, proposal.branch);
  if (known !== null) return known;
  const base = await defaultBranch(client);
  await makeBranch(client, base, proposal);
  const { octokit, at } = client;
  const { branch, title, body } = proposal;
  try {
    const { data } = await octokit.rest.pulls.create({ ...at, head: branch, base, title, body });
    return { kind: 'made', number: data.number, url: data.html_url };
  } catch (error) {
    // GitHub: "GitHub Actions is not permitted to create or approve pull requests."
    if (
      statusOf(error) === 403 &&
      error instanceof Error &&
      /not permitted to create.* pull requests/i.test(error.message)
    ) {
      throw new PullRequestsOff(
        403,
        'GitHub lets no workflow open a pull request here. Allow it: Settings, Actions, General, "Allow GitHub Actions to create and approve pull requests"',
      );
    }
    throw error;
  }
}

async function pullRequest({ octokit, at }: Client, number: number): Promise<PullRequest | null> {
  try {
    const { data } = await octokit.rest.pulls.get({ ...at, pull_number: number });
    return { number: data.number, head: data.head.sha, open: data.state === 'open' };
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

function proposals(client: Client): Pick<GitHubPort, 'propose' | 'pullRequest' | 'runsOf' | 'startWorkflow'> {
  const { octokit, at } = client;
  return {
    propose: (proposal) => step(`open a pull request from ${proposal.branch}`, () => propose(client, proposal)),
    pullRequest: (number) => step(`read pull request #${number}`, () => pullRequest(client, number)),
    runsOf: (file, commit) =>
      step(`list the runs of ${file}`, async () => {
        const { data } = await octokit.rest.actions.listWorkflowRuns({
          ...at,
          workflow_id: file,
          head_sha: commit,
          per_page: 30,
        });
        return data.workflow_runs.map(({ created_at }) => Date.parse(created_at)).toSorted((a, b) => b - a);
      }),
    startWorkflow: (file, inputs, branch) =>
      step(`start ${file}`, async () => {
        const ref = branch ?? (await defaultBranch(client));
        await octokit.rest.actions.createWorkflowDispatch({ ...at, workflow_id: file, ref, inputs });
      }),
  };
}

/** GitHub through octokit, with its own pauses between writes and its own further tries. */
export function octokitPort(access: GitHubAccess): GitHubPort {
  const client = makeClient(access);
  return { ...files(client), ...archive(client), ...issues(client), ...comments(client), ...proposals(client) };
}
