import { Octokit, RequestError } from 'octokit';
import {
  type ArchivedComment,
  type FileChange,
  type FilesChange,
  type FileWritten,
  type GitHubComment,
  gitHubError,
  GitHubError,
  type GitHubPort,
  type Issue,
  type Proposal,
  type Proposed,
  PullRequestsOff,
  type RepositoryName,
  type StoredFile,
} from './port.ts';
import { pagesSettings, repositorySettings } from './repository-settings.ts';

type GitHubAccess = RepositoryName & {
  readonly token: string;
  /** The API's address, which differs for GitHub Enterprise and in tests. */
  readonly baseUrl: string;
  /** Called with a line of text before octokit waits. */
  readonly warn: (line: string) => void;
  /** If false, octokit doesn't throttle writes or retry. For tests, whose server has no limits. */
  readonly patient?: boolean;
  readonly fetch?: typeof globalThis.fetch;
};

/** The client and the repository it works with. */
type Client = { readonly octokit: Octokit; readonly at: RepositoryName };

/** In seconds. A longer rate limit is an error instead. */
const longestWait = 60;

function makeClient({ owner, repo, token, baseUrl, warn, patient = true, fetch }: GitHubAccess): Client {
  const wait = (after: number, _options: object, _octokit: unknown, retries: number): boolean => {
    const again = after <= longestWait && retries < 2;
    if (again) warn(`GitHub asks to wait ${after} seconds`);
    return again;
  };
  const ignore = (): void => undefined;
  const octokit = new Octokit({
    auth: token,
    baseUrl: baseUrl.replace(/\/+$/, ''),
    userAgent: 'halfpast',
    request: fetch === undefined ? {} : { fetch },
    // A conflict isn't a failure: the caller reads the file again before it writes.
    retry: { enabled: patient, doNotRetry: [400, 401, 403, 404, 409, 410, 422, 451] },
    throttle: { enabled: patient, onRateLimit: wait, onSecondaryRateLimit: wait },
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
  });
  return { octokit, at: { owner, repo } };
}

/** The HTTP status of a failed request; 0 without a response, where octokit uses 500; null for other errors. */
function statusOf(error: unknown): number | null {
  if (!(error instanceof RequestError)) return null;
  return error.response === undefined ? 0 : error.status;
}

/** Runs one step. A failed request becomes a GitHubError; `doing` completes "GitHub did not …". */
async function step<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const status = statusOf(error);
    if (status === null) throw error;
    throw gitHubError(doing, status, error instanceof Error ? error.message : String(error));
  }
}

/** The result of `work`, or `fallback` when GitHub responds with one of the `statuses`. */
async function onStatus<T>(statuses: readonly number[], fallback: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (statuses.includes(statusOf(error) ?? -1)) return fallback;
    throw error;
  }
}

const shortId = (commit: string): string => commit.slice(0, 7);

/**
 * Reads all of the repository's comments, 100 at a time: one request per issue would exceed the limit without a token.
 */
async function archive({ octokit, at }: Client): ReturnType<GitHubPort['archive']> {
  const query = { ...at, sort: 'created', direction: 'asc', per_page: 100 } as const;
  const issues = await step('list issues', () =>
    octokit.paginate(octokit.rest.issues.listForRepo, { ...query, state: 'all' }),
  );
  const comments = await step('list the comments of all issues', () =>
    octokit.paginate(octokit.rest.issues.listCommentsForRepo, query),
  );
  const byIssue = Map.groupBy(comments, ({ issue_url: url }) => Number(/(\d+)$/.exec(url)?.[1]));
  return issues.map((issue) => ({
    number: issue.number,
    title: issue.title,
    body: issue.body ?? '',
    labels: issue.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
    isPullRequest: issue.pull_request !== undefined,
    createdAt: Date.parse(issue.created_at),
    closedAt: issue.state === 'closed' ? Date.parse(issue.closed_at ?? issue.created_at) : null,
    comments: (byIssue.get(issue.number) ?? []).map(({ id, body, created_at: createdAt }): ArchivedComment => ({
      id,
      body: body ?? '',
      createdAt: Date.parse(createdAt),
    })),
  }));
}

type RawComment = {
  readonly id: number;
  readonly body?: string | null;
  readonly user: { readonly type: string } | null;
  readonly author_association: string;
};

/** Comments made with a workflow's token are by a bot, which GitHub doesn't associate with anyone. */
function toComment({ id, body, user, author_association: association }: RawComment): GitHubComment {
  const trusted = user?.type === 'Bot' || ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(association);
  return { id, body: body ?? '', trusted };
}

type RawIssue = {
  readonly number: number;
  readonly title: string;
  readonly body?: string | null | undefined;
  readonly state: string;
};

const toIssue = ({ number, title, body, state }: RawIssue): Issue => ({
  number,
  title,
  body: body ?? '',
  open: state === 'open',
});

async function readFile({ octokit, at }: Client, path: string, branch?: string): Promise<StoredFile | null> {
  const ref = branch === undefined ? {} : { ref: branch };
  const found = await onStatus([404], null, () => octokit.rest.repos.getContent({ ...at, path, ...ref }));
  if (found === null) return null;
  const { data } = found;
  if (Array.isArray(data) || data.type !== 'file')
    throw new GitHubError(200, `${path} is not a file on GitHub. Name a file`);
  // GitHub omits the text of files over 1 MB, such as the log of releases after a long history was imported.
  const { content } =
    data.encoding === 'base64' ? data : (await octokit.rest.git.getBlob({ ...at, file_sha: data.sha })).data;
  return { text: Buffer.from(content, 'base64').toString('utf8'), version: data.sha };
}

/** Makes a commit, but moves no branch to it. `parent` is null for the first one of a separate history. */
async function makeCommit(
  { octokit, at }: Client,
  parent: string | null,
  { write, remove, message }: FilesChange,
): Promise<string> {
  const { git } = octokit.rest;
  const base = parent === null ? null : await git.getCommit({ ...at, commit_sha: parent });
  const tree = await git.createTree({
    ...at,
    ...(base === null ? {} : { base_tree: base.data.tree.sha }),
    tree: [
      ...write.map(({ path, text }) => ({ path, mode: '100644', type: 'blob', content: text }) as const),
      ...remove.map((path) => ({ path, mode: '100644', type: 'blob', sha: null }) as const),
    ],
  });
  const parents = parent === null ? [] : [parent];
  return (await git.createCommit({ ...at, message, tree: tree.data.sha, parents })).data.sha;
}

/**
 * Writes all files in one commit before it creates the branch, so that nobody sees a partial branch. Returns the
 * commit, or null if the branch already exists.
 */
async function createBranch(
  client: Client,
  branch: string,
  parent: string | null,
  { files, message }: Pick<Proposal, 'files' | 'message'>,
): Promise<string | null> {
  const { octokit, at } = client;
  const sha = await makeCommit(client, parent, { write: files, remove: [], message });
  const ref = `refs/heads/${branch}`;
  const created = await onStatus([422], null, () => octokit.rest.git.createRef({ ...at, ref, sha }));
  return created === null ? null : sha;
}

/** Creates the first commit of a branch with a separate history. */
async function beginBranch(client: Client, branch: string, { path, text, message }: FileChange): Promise<FileWritten> {
  const commit = await createBranch(client, branch, null, { files: [{ path, text }], message });
  // Someone else just created the branch.
  if (commit === null) return { kind: 'conflict' };
  return { kind: 'written', commit, version: (await readFile(client, path, branch))?.version ?? '' };
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
    // 409: the file or branch changed. 422 mentions `sha` when the file already exists or was removed.
    if (status === 409) return { kind: 'conflict' };
    if (status === 422 && error instanceof Error && /sha|does not exist/i.test(error.message))
      return { kind: 'conflict' };
    if (status !== 404 || branch === undefined) throw error;
    const found = await onStatus([404], null, () => octokit.rest.git.getRef({ ...at, ref: `heads/${branch}` }));
    if (found === null) return beginBranch(client, branch, change);
    throw error;
  }
}

async function defaultBranch({ octokit, at }: Client): Promise<string> {
  return (await octokit.rest.repos.get(at)).data.default_branch;
}

async function writeFiles(client: Client, change: FilesChange): Promise<string | null> {
  const { octokit, at } = client;
  const { git } = octokit.rest;
  const ref = `heads/${await defaultBranch(client)}`;
  const sha = await makeCommit(client, (await git.getRef({ ...at, ref })).data.object.sha, change);
  // 422: the branch has a newer commit, which this update would discard.
  const moved = await onStatus([409, 422], null, () => git.updateRef({ ...at, ref, sha }));
  return moved === null ? null : sha;
}

async function propose(client: Client, proposal: Proposal): Promise<Proposed> {
  const { octokit, at } = client;
  const { branch, title, body } = proposal;
  const earlier = await octokit.rest.pulls.list({ ...at, state: 'all', head: `${at.owner}:${branch}`, per_page: 1 });
  const [pull] = earlier.data;
  if (pull !== undefined) return { kind: 'known', number: pull.number, url: pull.html_url };
  const base = await defaultBranch(client);
  const head = await octokit.rest.git.getRef({ ...at, ref: `heads/${base}` });
  // An existing branch comes from an earlier run that stopped here. People may have changed it since.
  await createBranch(client, branch, head.data.object.sha, proposal);
  try {
    const { data } = await octokit.rest.pulls.create({ ...at, head: branch, base, title, body });
    return { kind: 'made', number: data.number, url: data.html_url };
  } catch (error) {
    // GitHub's message: "GitHub Actions is not permitted to create or approve pull requests."
    const isOff = error instanceof Error && /not permitted to create.* pull requests/i.test(error.message);
    if (statusOf(error) !== 403 || !isOff) throw error;
    throw new PullRequestsOff(
      403,
      'Workflows cannot open pull requests in this repository. Allow it: Settings, Actions, General, "Allow GitHub Actions to create and approve pull requests"',
    );
  }
}

/** Methods for issues and their comments, and for comments on commits. */
function issuesOf({ octokit, at }: Client) {
  const { issues, repos } = octokit.rest;
  return {
    issues: (label) =>
      step('list issues', async () => {
        const query = { ...at, labels: label, state: 'all', sort: 'created', direction: 'asc', per_page: 100 } as const;
        const found = await octokit.paginate(issues.listForRepo, query);
        return found.filter((issue) => issue.pull_request === undefined).map(toIssue);
      }),
    createIssue: ({ title, body, labels }) =>
      step('open an issue', async () =>
        toIssue((await issues.create({ ...at, title, body, labels: [...labels] })).data),
      ),
    changeIssue: (number, { open }) =>
      step(`change issue #${number}`, async () => {
        await issues.update({ ...at, issue_number: number, state: open ? 'open' : 'closed' });
      }),
    assign: (number, logins) =>
      step(`assign issue #${number}`, () =>
        onStatus([404, 422], false, async () => {
          const { data } = await issues.addAssignees({ ...at, issue_number: number, assignees: [...logins] });
          // GitHub silently skips people without access.
          const assigned = (data.assignees ?? []).map(({ login }) => login.toLowerCase());
          return logins.every((login) => assigned.includes(login.toLowerCase()));
        }),
      ),
    comments: (number) =>
      step(`list the comments of #${number}`, async () => {
        const query = { ...at, issue_number: number, per_page: 100 };
        return (await octokit.paginate(issues.listComments, query)).map(toComment);
      }),
    comment: (number, body) =>
      step(`comment on #${number}`, async () => {
        await issues.createComment({ ...at, issue_number: number, body });
      }),
    changeComment: (id, body) =>
      step('change a comment', async () => {
        await issues.updateComment({ ...at, comment_id: id, body });
      }),
    commentOnCommit: (commit, body) =>
      step(`comment on commit ${shortId(commit)}`, async () => {
        await repos.createCommitComment({ ...at, commit_sha: commit, body });
      }),
    commitComments: (commit) =>
      step(`list the comments of commit ${shortId(commit)}`, async () => {
        const query = { ...at, commit_sha: commit, per_page: 100 };
        return (await octokit.paginate(repos.listCommentsForCommit, query)).map(toComment);
      }),
  } satisfies Partial<GitHubPort>;
}

/** The conclusions of runs that failed. Others were canceled, or had nothing to do. */
const failures = ['failure', 'timed_out', 'startup_failure'];

/** The GitHub port, using octokit, which throttles writes and retries. */
export function octokitPort(access: GitHubAccess): GitHubPort {
  const client = makeClient(access);
  const { octokit, at } = client;
  /** The runs of a workflow, newest first. */
  const runs = async (file: string, query: { readonly head_sha?: string; readonly per_page: number }) =>
    (await octokit.rest.actions.listWorkflowRuns({ ...at, workflow_id: file, ...query })).data.workflow_runs;
  return {
    ...issuesOf(client),
    archive: () => archive(client),
    readFile: (path, branch) => step(`read ${path}`, () => readFile(client, path, branch)),
    writeFile: (change) => step(`write ${change.path}`, () => writeFile(client, change)),
    writeFiles: (change) => step('write the files', () => writeFiles(client, change)),
    openPullRequests: () =>
      step('list pull requests', async () => {
        const found = await octokit.paginate(octokit.rest.pulls.list, { ...at, state: 'open', per_page: 100 });
        return found
          .filter(({ head, base }) => head.repo?.id === base.repo.id)
          .map(({ number, title, head, html_url: url }) => ({ number, title, branch: head.ref, url }));
      }),
    propose: (proposal) => step(`open a pull request from ${proposal.branch}`, () => propose(client, proposal)),
    pullRequest: (number) =>
      step(`read pull request #${number}`, () =>
        onStatus([404], null, async () => {
          const { data } = await octokit.rest.pulls.get({ ...at, pull_number: number });
          return { number: data.number, head: data.head.sha, open: data.state === 'open' };
        }),
      ),
    deployPages: ({ artifact, version, token }) =>
      step('deploy to Pages', async () => {
        const { data } = await octokit.rest.repos.createPagesDeployment({
          ...at,
          artifact_id: artifact,
          pages_build_version: version,
          oidc_token: token,
        });
        return String(data.id);
      }),
    pagesDeployment: (id) =>
      step('report on a deployment to Pages', async () => {
        const { data } = await octokit.rest.repos.getPagesDeployment({ ...at, pages_deployment_id: id });
        return data.status ?? '';
      }),
    cancelPagesDeployment: (id) =>
      step('cancel a deployment to Pages', async () => {
        await octokit.rest.repos.cancelPagesDeployment({ ...at, pages_deployment_id: id });
      }),
    pages: () =>
      step('report the settings of Pages', () => onStatus([403, 404], null, () => pagesSettings(octokit, at))),
    runsOf: (file, commit) =>
      step(`list the runs of ${file}`, async () => {
        const found = await runs(file, { head_sha: commit, per_page: 30 });
        return found
          .map(({ created_at: at, conclusion }) => ({
            at: Date.parse(at),
            failed: failures.includes(conclusion ?? ''),
          }))
          .toSorted((a, b) => b.at - a.at);
      }),
    isRunning: (file) =>
      step(`list the runs of ${file}`, () =>
        onStatus([404], false, async () =>
          (await runs(file, { per_page: 10 })).some(({ status }) => status !== 'completed'),
        ),
      ),
    workflowState: (file) =>
      step(`report on ${file}`, () =>
        onStatus([404], null, async () => {
          const { data } = await octokit.rest.actions.getWorkflow({ ...at, workflow_id: file });
          return data.state;
        }),
      ),
    enableWorkflow: (file) =>
      step(`enable ${file}`, async () => {
        await octokit.rest.actions.enableWorkflow({ ...at, workflow_id: file });
      }),
    lastRun: (file, commit) =>
      step(`list the runs of ${file}`, async () => {
        const [run] = await runs(file, { head_sha: commit, per_page: 1 });
        return run === undefined ? null : { conclusion: run.conclusion, url: run.html_url };
      }),
    isPrivate: () =>
      step('say whether it is private', async () => {
        // Someone is waiting at a terminal, and GitHub may be down.
        const request = { retries: 0, signal: AbortSignal.timeout(5000) };
        return (await octokit.rest.repos.get({ ...at, request })).data.private;
      }),
    settings: () =>
      step('report its settings', () => repositorySettings(octokit, at, (ask) => onStatus([401, 403, 404], null, ask))),
    startWorkflow: (file, inputs) =>
      step(`start ${file}`, async () => {
        const ref = await defaultBranch(client);
        await octokit.rest.actions.createWorkflowDispatch({ ...at, workflow_id: file, ref, inputs });
      }),
  };
}
