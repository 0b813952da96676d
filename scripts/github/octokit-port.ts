import { archive } from './archive.ts';
import { comments } from './comments.ts';
import { files } from './files.ts';
import { issues } from './issues.ts';
import { type GitHubAccess, makeClient } from './octokit.ts';
import type { GitHubPort } from './port.ts';
import { proposals } from './proposals.ts';

/** GitHub through octokit, with its own pauses between writes and its own further tries. */
export function octokitPort(access: GitHubAccess): GitHubPort {
  const client = makeClient(access);
  return { ...files(client), ...archive(client), ...issues(client), ...comments(client), ...proposals(client) };
}
