import { type Client, step } from './octokit.ts';
import type { ArchivedComment, GitHubPort } from './port.ts';

/** The number at the end of the address of an issue. */
const numberIn = (url: string): number => Number(/(\d+)$/.exec(url)?.[1] ?? Number.NaN);

/**
 * All comments of the repository are had a hundred at a time: one request an issue would be more than
 * GitHub allows those without a token.
 */
export function archive({ octokit, at }: Client): Pick<GitHubPort, 'archive'> {
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
