import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitHubError, type GitHubPort, type StoredFile } from '../../../../scripts/github/port.ts';
import { serveFolder } from '../../../support/static-server.ts';

/** A repository and its GitHub Pages, as far as publishing uses them. See hosts/github-pages.ts for this behavior. */
export type PagesStandIn = {
  readonly port: GitHubPort;
  readonly url: string;
  /** What customers get: a link to the last site that went live. */
  readonly served: string;
  /** Uploads a site, which must stay as it is, and returns the id of the artifact. */
  readonly upload: (site: string) => number;
  /** The workflows that were started but haven't run yet. */
  readonly started: { readonly file: string; readonly inputs: Readonly<Record<string, string>> }[];
  /** The next statuses that deployments report instead of succeeding. */
  readonly statuses: string[];
  /** The errors that the next requests to deploy get instead of being accepted. */
  readonly answers: { readonly status: number; readonly message: string }[];
  /** Whether a deployment that reports a failure goes live anyway. */
  liesAboutFailure: boolean;
  readonly close: () => Promise<void>;
};

const hash = (text: string): string => createHash('sha1').update(text).digest('hex');

export async function pagesStandIn(base: string): Promise<PagesStandIn> {
  const served = join(base, 'served');
  const empty = join(base, 'empty');
  mkdirSync(empty);
  writeFileSync(join(empty, '404.html'), 'Nothing here');
  symlinkSync(empty, served);
  const server = await serveFolder(served);
  const files = new Map<string, StoredFile>();
  const commits = new Set<string>();
  const deployments = new Map<string, { readonly artifact: number; done: boolean }>();
  const artifacts = new Map<number, string>();
  let count = 0;

  const goLive = (artifact: number): void => {
    count += 1;
    const beside = join(base, `served-${count}`);
    symlinkSync(artifacts.get(artifact) ?? empty, beside);
    renameSync(beside, served);
  };

  const standIn: PagesStandIn = {
    url: server.origin,
    served,
    started: [],
    statuses: [],
    answers: [],
    liesAboutFailure: false,
    close: server.close,
    upload: (site) => {
      count += 1;
      artifacts.set(count, site);
      return count;
    },
    port: {
      readFile: (path, branch = 'main') => Promise.resolve(files.get(`${branch}:${path}`) ?? null),
      writeFile: ({ path, text, branch = 'main', replaces }) => {
        const key = `${branch}:${path}`;
        if ((files.get(key)?.version ?? null) !== replaces) return Promise.resolve({ kind: 'conflict' });
        count += 1;
        const [version, commit] = [hash(text), hash(`${count} ${text}`)];
        commits.add(commit);
        files.set(key, { text, version });
        return Promise.resolve({ kind: 'written', version, commit });
      },
      startWorkflow: (file, inputs) => {
        standIn.started.push({ file, inputs });
        return Promise.resolve();
      },
      deployPages: ({ artifact, version }) => {
        const answer = standIn.answers.shift();
        if (answer !== undefined) return Promise.reject(gitHubError('deploy to Pages', answer.status, answer.message));
        if (!commits.has(version)) return Promise.reject(gitHubError('deploy to Pages', 404, 'Not Found'));
        const busy = [...deployments].find(([id, { done }]) => id !== version && !done);
        if (busy !== undefined) {
          // It finishes even if its status isn't polled.
          busy[1].done = true;
          goLive(busy[1].artifact);
          const message = `due to in progress deployment. Please cancel ${busy[0]} first`;
          return Promise.reject(gitHubError('deploy to Pages', 400, message));
        }
        // Deploying the same version again changes nothing.
        if (!deployments.has(version)) deployments.set(version, { artifact, done: false });
        return Promise.resolve(version);
      },
      pagesDeployment: (id) => {
        const deployment = deployments.get(id);
        const status = standIn.statuses.shift() ?? 'succeed';
        if (deployment === undefined || deployment.done) return Promise.resolve('succeed');
        const failed = ['deployment_failed', 'deployment_lost'].includes(status);
        if (status === 'succeed' || failed) deployment.done = true;
        if (status === 'succeed' || (failed && standIn.liesAboutFailure)) goLive(deployment.artifact);
        return Promise.resolve(status);
      },
      cancelPagesDeployment: (id) => {
        const deployment = deployments.get(id);
        if (deployment !== undefined) deployment.done = true;
        return Promise.resolve();
      },
    } satisfies Partial<GitHubPort> as GitHubPort,
  };
  return standIn;
}
