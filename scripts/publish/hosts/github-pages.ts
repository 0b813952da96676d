import { z } from 'zod';
import { type Duration, type Instant, isoTime, minute, second } from '../../../src/lib/domain/calendar.ts';
import type { Context } from '../../cli/context.ts';
import { UserError } from '../../cli/errors.ts';
import { parseJson } from '../../cli/text.ts';
import { changeFile, openGitHub, workflows } from '../../github/github.ts';
import { GitHubError, gitHubError, type GitHubPort } from '../../github/port.ts';
import { request, responseText } from '../../live/http.ts';
import { httpReader, NoAnswer } from '../../live/site-reader.ts';
import { readRelease } from '../../live/snapshot.ts';
import type { Deployment, Host } from './host.ts';
import { gitHubStore, stateBranch } from '../notify/deliveries.ts';
import {
  emptyLog,
  type LoggedRelease,
  logText,
  parseLog,
  type ReleaseLog,
  releasesFile,
  servedInLog,
} from './release-log.ts';

const firstReleaseSchema = z.object({
  commit: z.string(),
  now: z.iso.datetime(),
  content: z.string(),
  newestUpdate: z.string().nullable(),
  verifiedAt: z.iso.datetime(),
});

/** The log of versions before 1.0. */
const firstLogSchema = z.object({
  form: z.literal(1),
  releases: z.array(firstReleaseSchema),
  hold: z.object({ from: z.string(), at: z.iso.datetime(), reason: z.string() }).nullable(),
});

function entryOf(release: z.output<typeof firstReleaseSchema>): LoggedRelease {
  const id = `${release.verifiedAt.replaceAll(/[-:.]/g, '')}-${release.content.slice(0, 8)}`;
  return { ...release, id, version: '', state: 'live', rolledBack: null, news: [] };
}

/** Converts what an earlier version recorded. */
function fromFirstLog(text: string): ReleaseLog | null {
  const data = parseJson(firstLogSchema, text);
  if (data === null) return null;
  const { hold, releases } = data;
  const held = hold && {
    ...entryOf({ commit: hold.from, now: hold.at, content: '', newestUpdate: null, verifiedAt: hold.at }),
    verifiedAt: null,
    rolledBack: { at: hold.at, by: 'person' as const, reason: hold.reason },
  };
  return { ...emptyLog, releases: [...(held === null ? [] : [held]), ...releases.map(entryOf)] };
}

function readLog(text: string | null): ReleaseLog {
  const log = text === null ? emptyLog : (parseLog(text) ?? fromFirstLog(text));
  if (log !== null) return log;
  throw new UserError(
    `${releasesFile} on the branch ${stateBranch} isn't a log of releases that this version can read. Fix it, or delete it to start over`,
  );
}

const tokenSchema = z.object({ value: z.string() });

type PagesOptions = {
  /** As the user typed it. */
  readonly name: string;
  readonly port: GitHubPort;
  /** Where the site is served. */
  readonly url: string;
  readonly work: Host['work'];
  /**
   * The id of the artifact with the site, and a token that proves which workflow is asking; null if nothing is
   * deployed.
   */
  readonly artifact: { readonly id: number; readonly token: () => Promise<string> } | null;
  /** The file name of the workflow that publishes, and restores a release. */
  readonly workflow: string;
  readonly clock: () => Instant;
  readonly sleep: (time: Duration) => Promise<void>;
  readonly print: (line: string) => void;
};

/** The time between two status checks of a deployment. */
const pause: Duration = 2 * second;

/**
 * How long GitHub may take, as in `actions/deploy-pages`. Deployments that are queued longer have been reported to go
 * live anyway (actions/deploy-pages#406).
 */
const longest: Duration = 10 * minute;

/** Whether another deployment is in progress. GitHub allows one at a time (actions/deploy-pages#25, #398). */
const isBusy = (error: GitHubError): boolean => error.status === 400 && /in progress/.test(error.message);

const isTransient = (error: GitHubError): boolean =>
  isBusy(error) || error.status === 0 || error.status === 429 || error.status >= 500;

/** The statuses of failed deployments, as in `actions/deploy-pages` (src/internal/deployment.js, v5). */
const failures: Readonly<Record<string, string>> = {
  deployment_failed: 'the deployment failed',
  deployment_content_failed: 'the artifact could not be deployed: it has links, or more than 10 GB',
  deployment_cancelled: 'the deployment was canceled',
  deployment_lost: 'the deployment was lost',
};

/**
 * GitHub Pages. The log is a file on its own branch, so that writing it doesn't start a publish. Each deployment is
 * named after the commit on that branch that recorded it, because Pages ignores a second deployment of the same commit
 * (actions/deploy-pages#383) and answers 404 to a name that isn't a commit (andrew-waters/orchard#63). The workflow's
 * concurrency group ensures that only one run is active.
 */
export function pagesHost(options: PagesOptions): Host {
  const { name, port, url, work, artifact, workflow, clock, sleep, print } = options;
  const live = (): ReturnType<typeof httpReader> => httpReader(url, { clock, sleep });

  const log = async (): Promise<ReleaseLog> => readLog((await port.readFile(releasesFile, stateBranch))?.text ?? null);

  const changeLog: Host['changeLog'] = async (message, edit) => {
    let changed = emptyLog;
    const commit = await changeFile(port, { path: releasesFile, branch: stateBranch, message }, (text) => {
      changed = edit(readLog(text));
      return text === logText(changed) ? null : logText(changed);
    });
    return { log: changed, version: commit ?? '' };
  };

  /** Based only on the log, because the site may come from a cache. A release whose run died may be live. */
  const served: Host['served'] = (found) => Promise.resolve(servedInLog(found));

  /** Whether customers already see this release, no matter what GitHub says about its deployment. */
  const isLive = async ({ commit, now, content }: LoggedRelease): Promise<boolean> => {
    try {
      const found = await readRelease(live());
      return found !== null && found.commit === commit && found.now === now && found.content === content;
    } catch (error) {
      if (error instanceof NoAnswer) return false;
      throw error;
    }
  };

  /** Retries temporary errors until the time is up. */
  const patiently = async <T>(until: Instant, ask: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof GitHubError) || !isTransient(error) || clock() >= until) throw error;
        await sleep(isBusy(error) ? 5 * pause : pause);
      }
    }
  };

  /** Null once the site is live; otherwise the reason why it isn't. */
  const deployOnce = async (release: LoggedRelease, version: string): Promise<string | null> => {
    if (artifact === null) throw new Error('nothing can be deployed without an artifact');
    const until = clock() + longest;
    const id = await patiently(until, async () =>
      port.deployPages({ artifact: artifact.id, version, token: await artifact.token() }),
    );
    for (;;) {
      await sleep(pause);
      const status = await patiently(until, () => port.pagesDeployment(id));
      if (status === 'succeed') return null;
      const failure = failures[status];
      if (failure === undefined && clock() < until) continue;
      // GitHub has reported failures for deployments that went live (actions/deploy-pages#406).
      if (await isLive(release)) return null;
      if (failure === undefined) await port.cancelPagesDeployment(id);
      return failure ?? `the deployment took longer than ${longest / minute} minutes (${status})`;
    }
  };

  const deploy = async ({ release, site, version, replaces }: Deployment): Promise<{ site: string } | 'overtaken'> => {
    const found = await log();
    const others = { ...found, releases: found.releases.filter(({ id }) => id !== release.id) };
    if (replaces !== release.id && servedInLog(others) !== replaces) return 'overtaken';
    const first = await deployOnce(release, version);
    if (first === null) return { site };
    print(`${first}. Trying once more`);
    const startedAt = isoTime(clock());
    const again = await changeLog(`Deploying ${release.id} again`, (before) => ({
      ...before,
      run: { step: 'deploy', startedAt },
    }));
    const second = await deployOnce(release, again.version);
    if (second === null) return { site };
    throw new UserError(
      `GitHub Pages did not accept the site: ${second}. Run the workflow again; see https://www.githubstatus.com`,
    );
  };

  return {
    name,
    exclusively: (_longest, _onWait, run) => run(),
    tidy: () => Promise.resolve(null),
    begin: () => Promise.resolve(),
    log,
    changeLog,
    served,
    live,
    work,
    deploy,
    restores: 'started',
    restore: (release) => port.startWorkflow(workflow, { release: release.id }),
    remove: () => Promise.resolve(),
    deliveries: gitHubStore(port),
  };
}

/**
 * A token that proves to GitHub Pages which workflow is asking. Requested like in actions/toolkit
 * (packages/core/src/oidc-utils.ts). Throws GitHubError, and UserError outside a job with `id-token: write`.
 */
async function idToken(env: Context['env']): Promise<string> {
  const [url, secret] = [env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '', env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? ''];
  if (url === '' || secret === '')
    throw new UserError('GitHub gives this job no identity token. Add id-token: write to its permissions');
  const answer = await request(url, { timeout: 20 * second, headers: { authorization: `bearer ${secret}` } });
  const text = responseText(answer);
  if (text === null) {
    const [status, reason] = answer.kind === 'none' ? [0, answer.reason] : [answer.status, 'no token'];
    throw gitHubError('give this job an identity token', status, reason);
  }
  const token = parseJson(tokenSchema, text);
  if (token === null) throw new UserError('GitHub did not give this job an identity token. Run the workflow again');
  return token.value;
}

type PagesCall = Pick<PagesOptions, 'name' | 'url'> & {
  /** Needed to build or deploy a site. */
  readonly work?: Host['work'];
  /** The id of the artifact with the site; null if nothing is deployed. */
  readonly artifact?: number | null;
  readonly workflow?: string | undefined;
};

/** The Pages of the repository `name`, an `owner/repo`. Throws UserError without a token. */
export async function openPages(
  { name, url, work = { site: '', cache: '' }, artifact = null, workflow = workflows.publish }: PagesCall,
  context: Context,
): Promise<Host> {
  const { clock, sleep, env, stderr } = context;
  return pagesHost({
    name,
    url,
    work,
    workflow,
    port: await openGitHub(name, context),
    artifact: artifact === null ? null : { id: artifact, token: () => idToken(env) },
    clock,
    sleep,
    print: (line) => stderr(`${line}\n`),
  });
}
