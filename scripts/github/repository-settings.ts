import type { Octokit } from 'octokit';
import type { PagesSettings, RepositoryName, RepositorySettings } from './port.ts';

/** The result of `ask`, or null if the token has no access or there is nothing. */
type Visible = <T>(ask: () => Promise<T>) => Promise<T | null>;

/** Rules that block commits from workflows (https://docs.github.com/rest/repos/rules). */
const blocking = ['pull_request', 'required_status_checks', 'required_signatures', 'update'];

/** The GitHub Pages settings. */
export async function pagesSettings(octokit: Octokit, at: RepositoryName): Promise<PagesSettings> {
  const { data } = await octokit.rest.repos.getPages(at);
  return { source: data.build_type ?? null, url: data.html_url ?? null };
}

/** The repository settings that Halfpast depends on, as far as the token can read them. */
export async function repositorySettings(
  octokit: Octokit,
  at: RepositoryName,
  visible: Visible,
): Promise<RepositorySettings> {
  const { actions, repos } = octokit.rest;
  const { data } = await repos.get(at);
  const branch = data.default_branch;
  const pages = await visible(() => pagesSettings(octokit, at));
  const allowed = await visible(async () => (await actions.getGithubActionsPermissionsRepository(at)).data);
  const token = await visible(
    async () => (await actions.getGithubActionsDefaultWorkflowPermissionsRepository(at)).data,
  );
  const secrets = await visible(async () => (await actions.listRepoSecrets({ ...at, per_page: 100 })).data.secrets);
  const workflows = await visible(
    async () => (await actions.listRepoWorkflows({ ...at, per_page: 100 })).data.workflows,
  );
  const rules = await visible(async () => (await repos.getBranchRules({ ...at, branch, per_page: 100 })).data);
  const protection = await visible(async () => (await repos.getBranch({ ...at, branch })).data.protected);
  return {
    branch,
    hasPages: data.has_pages,
    pages,
    actions: allowed && { enabled: allowed.enabled, allowed: allowed.allowed_actions ?? null },
    pullRequests: token && token.can_approve_pull_request_reviews,
    secrets: secrets && secrets.map(({ name }) => name),
    workflows: workflows && workflows.map(({ path, state }) => ({ file: path.split('/').at(-1) ?? path, state })),
    blocking: rules && [...new Set(rules.map(({ type }) => String(type)).filter((type) => blocking.includes(type)))],
    isProtected: protection,
  };
}
