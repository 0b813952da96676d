import type { Comment, GitHubPort } from './port.ts';
import { type Client, step } from './octokit.ts';

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

export function comments({ octokit, at }: Client): Comments {
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
