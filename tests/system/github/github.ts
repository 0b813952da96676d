import { createEmulator } from 'emulate';
import { onTestFinished } from 'vitest';
import { octokitPort } from '../../../scripts/github/octokit.ts';
import type { GitHubPort } from '../../../scripts/github/port.ts';
import { requestComplaints, type Sent } from '../../support/openapi.ts';

export const token = 'token-of-dana';
const strangersToken = 'token-of-mallory';

export type GitHub = {
  readonly url: string;
  readonly port: GitHubPort;
  /** The same for mallory, who has no role in the repository. */
  readonly stranger: GitHubPort;
  /** Every request of `port`, in order. */
  readonly sent: readonly Sent[];
  /** Requests a path from the server directly, without the adapter. */
  readonly ask: (path: string) => Promise<unknown>;
};

/**
 * An emulated GitHub with the repository `dana/status`, its main branch, and the users dana, priya-k and mallory, who
 * is a stranger.
 */
export async function startGitHub(): Promise<GitHub> {
  const server = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: {
        [token]: { login: 'dana', scopes: ['repo', 'workflow'] },
        [strangersToken]: { login: 'mallory', scopes: ['repo'] },
      },
      github: {
        users: [{ login: 'dana' }, { login: 'priya-k' }, { login: 'mallory' }],
        repos: [{ owner: 'dana', name: 'status', auto_init: true }],
      },
    },
  });
  const sent: Sent[] = [];
  const recording: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    sent.push({
      method: request.method,
      url: request.url,
      body: request.body === null ? null : await request.clone().text(),
    });
    return fetch(request);
  };
  onTestFinished(async () => {
    await server.close();
    const complaints = sent.flatMap(requestComplaints);
    if (complaints.length > 0) throw new Error(`GitHub describes these requests otherwise:\n${complaints.join('\n')}`);
  });
  const portOf = (given: string): GitHubPort =>
    octokitPort({
      owner: 'dana',
      repo: 'status',
      token: given,
      baseUrl: server.url,
      warn: () => undefined,
      patient: false,
      fetch: recording,
    });
  const port = portOf(token);
  const ask = async (path: string): Promise<unknown> =>
    (await fetch(`${server.url}/repos/dana/status${path}`, { headers: { authorization: `token ${token}` } })).json();
  return { url: server.url, port, stranger: portOf(strangersToken), sent, ask };
}
