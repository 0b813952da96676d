import type { GitHubPort, Issue } from './port.ts';
import { type Client, statusOf, step } from './octokit.ts';

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

export function issues(client: Client): Issues {
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
