import type { GitHubPort, Proposal, Proposed, PullRequest } from './port.ts';
import { PullRequestsOff } from './github-error.ts';
import { type Client, statusOf, step } from './octokit.ts';

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

export function proposals(client: Client): Pick<GitHubPort, 'propose' | 'pullRequest' | 'runsOf' | 'startWorkflow'> {
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
