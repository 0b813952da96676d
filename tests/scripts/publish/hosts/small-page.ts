import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileStorage, realDisk, type ReleaseStorage } from '../../../../scripts/cli/system.ts';
import type { Git } from '../../../../scripts/github/git.ts';
import { gitHubError, type GitHubPort } from '../../../../scripts/github/port.ts';
import { folderReader } from '../../../../scripts/live/site-reader.ts';
import { guardSite } from '../../../../scripts/publish/guard/guard.ts';
import type { Host } from '../../../../scripts/publish/hosts/host.ts';
import { folderHost } from '../../../../scripts/publish/hosts/folder.ts';
import { pagesHost } from '../../../../scripts/publish/hosts/github-pages.ts';
import { type LockTools, realProcesses } from '../../../../scripts/publish/hosts/lock.ts';
import { findRelease, type ReleaseLog, type RollbackChoice } from '../../../../scripts/publish/hosts/release-log.ts';
import { type Published, Timer } from '../../../../scripts/publish/outcome.ts';
import { prepare, type PrepareSteps } from '../../../../scripts/publish/prepare.ts';
import { deploy, type DeploySteps, runPipeline } from '../../../../scripts/publish/publish.ts';
import { redeploy } from '../../../../scripts/publish/restore.ts';
import { type RolledBack, rollBack } from '../../../../scripts/publish/rollback.ts';
import type { Release } from '../../../../src/lib/api/release.ts';
import { releaseOf } from '../../../support/release.ts';
import type { PagesStandIn } from './pages-stand-in.ts';

let last = 0;

/** A clock that never shows the same time twice: these pages are published within a millisecond. */
const clock = (): number => (last = Math.max(Date.now(), last + 1));

/** How many pages a small site has. Each names its release. */
export const pages = 3;

const contentOf = (content: string): string => content.padEnd(8, '0');

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const slug = '2026-11-22-checkout-errors';

/** `api/updates/2026.json` of a site with these updates. */
const yearOf = (updates: readonly string[]): string =>
  JSON.stringify({
    form: 1,
    year: '2026',
    updates: updates.map((update) => ({
      id: `/incidents/${slug}/#${update}`,
      kind: 'incident',
      slug,
      update,
      at: '2026-11-22T14:05:00.000Z',
      status: 'resolved',
      title: 'Checkout errors',
      hash: update,
      edited: null,
    })),
  });

function smallRelease(content: string, { commit = null, now = Date.now(), updates = [] }: PageOptions = {}): Release {
  return releaseOf({
    content: contentOf(content),
    commit,
    now: new Date(now).toISOString(),
    updates: updates.length === 0 ? {} : { 2026: hashOf(yearOf(updates)) },
    pages: { count: pages, index: 1, history: 1, incidents: 1 },
  });
}

/** Writes everything that the guard looks for, and pages that name their release. */
function writeSite(site: string, content: string, release: Release, updates: readonly string[] = []): void {
  const anchors = updates.map((update) => `<p id="${update}">Update</p>`).join('');
  const page = `<html><title>${content}</title><main><h1>${content}</h1>${anchors}</main></html>`;
  for (const folder of ['history', 'incidents', `incidents/${slug}`, 'api/updates'])
    mkdirSync(join(site, folder), { recursive: true });
  for (const path of ['404.html', 'index.html', 'history/index.html', `incidents/${slug}/index.html`])
    writeFileSync(join(site, path), page);
  writeFileSync(join(site, 'rss.xml'), '<rss><channel></channel></rss>');
  if (updates.length > 0) writeFileSync(join(site, 'api/updates/2026.json'), yearOf(updates));
  for (let each = 0; each < pages; each += 1) writeFileSync(join(site, `page-${each}.html`), content);
  writeFileSync(join(site, 'release.json'), JSON.stringify(release));
}

/** All steps of a publish. */
export type Steps = PrepareSteps & DeploySteps;

export type PageOptions = {
  readonly steps?: Partial<Steps>;
  readonly keep?: number;
  readonly again?: boolean;
  readonly commit?: string | null;
  readonly now?: number;
  /** The names of the updates in the content. */
  readonly updates?: readonly string[];
  /** The commit message. */
  readonly message?: string;
  /** The files that were added and changed since the live commit. */
  readonly changes?: { readonly added: readonly string[]; readonly changed: readonly string[] };
  readonly print?: (line: string) => void;
  /** Wraps the host of the run. */
  readonly through?: (host: Host) => Host;
};

/** A page of a few files instead of a build by Astro, on one of the hosts, with all steps of publishing. */
export type SmallPage = {
  readonly publish: (content: string, given?: PageOptions) => Promise<Published>;
  /** Rolls back, and lets the run that this started finish. */
  readonly rollBack: (choice?: RollbackChoice, through?: PageOptions['through']) => Promise<RolledBack>;
  /** The content that customers get; null if there's none. Throws if pages are missing or from another release. */
  readonly served: () => string | null;
  /** Makes the host refuse everything, or work again. */
  readonly setDown: (isDown: boolean) => void;
  /** What the channels received. */
  readonly notified: readonly string[];
  readonly log: () => Promise<ReleaseLog>;
  readonly host: () => Host;
};

/** Commits are numbers: a later one contains the earlier ones. */
const numbers = ({ message = '', changes = { added: [], changed: [] } }: PageOptions): Git =>
  ({
    ancestry: (commit: string, other: string) =>
      Promise.resolve(commit === other ? 'same' : Number(commit) > Number(other) ? 'newer' : 'older'),
    messages: () => Promise.resolve([{ commit: null, text: message }]),
    lastCommitOf: () => Promise.resolve(null),
    changedFiles: () => Promise.resolve(changes),
  }) as unknown as Git;

export function smallSteps(content: string, notified: string[], given: PageOptions = {}): Steps {
  const release = smallRelease(content, given);
  return {
    hold: () => Promise.resolve(null),
    source: () => Promise.resolve(release),
    beginChannels: () => Promise.resolve(),
    build: (site) => {
      writeSite(site, content, release, given.updates);
      return Promise.resolve({ release });
    },
    guard: (site, live, known) =>
      guardSite({
        built: folderReader(site, 'the built site'),
        live,
        repository: numbers(given),
        messages: null,
        requireLive: false,
        ...known,
      }),
    // Checks that the site's files are where this step looks for them.
    verify: (site) => Promise.resolve({ ok: existsSync(join(site, 'release.json')), lines: [] }),
    notify: ({ content: of }) => {
      // Like the record of deliveries, this prevents repeats.
      if (!notified.includes(of)) notified.push(of);
      return Promise.resolve({ ok: true, lines: [] });
    },
    ...given.steps,
  };
}

const contextOf = (host: Host, content: string, notified: string[], given: PageOptions) => ({
  host: given.through?.(host) ?? host,
  steps: smallSteps(content, notified, given),
  repository: numbers(given),
  keep: given.keep ?? 3,
  again: given.again ?? false,
  now: () => given.now ?? clock(),
  clock,
  print: given.print ?? (() => undefined),
});

function servedIn(site: string): string | null {
  if (!existsSync(join(site, 'release.json'))) return null;
  const { content } = JSON.parse(readFileSync(join(site, 'release.json'), 'utf8')) as Release;
  const all = readdirSync(site).filter((name) => name.startsWith('page-'));
  const odd = all.filter((name) => contentOf(readFileSync(join(site, name), 'utf8')) !== content);
  if (all.length !== pages || odd.length > 0) throw new Error(`a part of ${content} is served: ${odd.join()}`);
  return content;
}

export const lockTools = (storage: ReleaseStorage = fileStorage): LockTools => ({
  storage,
  processes: realProcesses,
  clock: () => Date.now(),
  sleep: (time) => setTimeout(time),
});

/** The same functions, which reject while `error` returns an error. */
function failing<T extends object>(functions: T, error: () => Error | null): T {
  return new Proxy(functions, {
    get: (target, name) => {
      const found: unknown = Reflect.get(target, name);
      if (typeof found !== 'function') return found;
      return (...args: unknown[]): unknown => {
        const thrown = error();
        return thrown === null ? (found as (...given: unknown[]) => unknown)(...args) : Promise.reject(thrown);
      };
    },
  });
}

/** Lets a run call its host this many times. After that, every call fails, as if the run had been killed. */
export function dying(calls: number): { readonly through: (host: Host) => Host; readonly died: () => boolean } {
  let left = calls;
  const killed = (): Error | null => ((left -= 1) >= 0 ? null : new Error('as if killed'));
  // A process that's killed no longer holds the lock.
  return {
    through: (host) => ({ ...failing(host, killed), exclusively: host.exclusively, live: host.live }),
    died: () => left < 0,
  };
}

/** A page in a folder. */
export function folderPage(folder: string, storage: ReleaseStorage = fileStorage, notified: string[] = []): SmallPage {
  let isDown = false;
  const error = (): Error | null => (isDown ? Object.assign(new Error('no disk'), { code: 'EIO' }) : null);
  const host = (): Host => folderHost(folder, folder, lockTools(failing(storage, error)), realDisk);
  return {
    host,
    notified,
    setDown: (down) => {
      isDown = down;
      // The run that couldn't remove its locks has ended by now.
      for (const lock of ['publish.lock', 'state.lock']) rmSync(join(folder, lock), { force: true });
    },
    log: () => host().log(),
    served: () => servedIn(join(folder, 'current')),
    publish: (content, given = {}) => runPipeline(contextOf(host(), content, notified, given), 60_000),
    rollBack: (choice = { kind: 'previous' }, through = (same) => same) =>
      rollBack(through(host()), choice, 'a test', clock()),
  };
}

/** A page on GitHub Pages, where one job prepares and another deploys. */
export type GitHubPage = SmallPage & {
  /** Runs the first job. Returns the second one, or the outcome if the run has ended. */
  readonly start: (content: string, given?: PageOptions) => Promise<Published | (() => Promise<Published>)>;
};

export function gitHubPage(base: string, gitHub: PagesStandIn, notified: string[] = []): GitHubPage {
  const cache = join(base, 'cache');
  let runs = 0;
  let isDown = false;
  let slept = 0;
  const port: GitHubPort = failing(gitHub.port, () => (isDown ? gitHubError('answer', 503, 'Unavailable') : null));
  const hostOf = (site: string, artifact: number): Host =>
    pagesHost({
      name: 'example/status',
      port,
      url: gitHub.url,
      work: { site, cache },
      artifact: { id: artifact, token: () => Promise.resolve('token') },
      workflow: 'publish.yml',
      clock: () => Date.now() + slept,
      sleep: (time) => {
        slept += time;
        return Promise.resolve();
      },
      print: () => undefined,
    });
  const host = (): Host => hostOf('', 0);
  /** Each job runs on a new machine. */
  const newFolder = (): string => join(base, `prepared-${(runs += 1)}`);

  /** One job after another, as in a concurrency group. */
  let queue: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const inLine = <T>(work: () => Promise<T>): Promise<T> => {
    waiting += 1;
    const done = queue.then(work).finally(() => (waiting -= 1));
    queue = done.catch(() => undefined);
    return done;
  };

  const runStarted = async (through: NonNullable<PageOptions['through']> = (same) => same): Promise<void> => {
    for (const { inputs } of gitHub.started.splice(0)) {
      const log = await host().log();
      const entry = findRelease(log, inputs['release'] ?? '');
      if (entry === null) throw new Error(`a run was started for ${JSON.stringify(inputs)}`);
      const release = smallRelease(entry.content, { commit: entry.commit, now: Date.parse(entry.now) });
      const site = newFolder();
      writeSite(site, entry.content, release);
      const { host: used, ...rest } = contextOf(hostOf(site, gitHub.upload(site)), entry.content, notified, {});
      const prepared = { site, release, replaces: await host().served(log) };
      const restoring = { id: entry.id, reason: 'a test' };
      await inLine(() => redeploy({ ...rest, host: through(used) }, restoring, prepared));
    }
  };

  const start: GitHubPage['start'] = async (content, given = {}) => {
    const site = newFolder();
    const first = contextOf(hostOf(site, 0), content, notified, given);
    const timer = new Timer(Date.now);
    const prepared = await prepare(first, timer);
    if ('outcome' in prepared) return prepared;
    const artifact = gitHub.upload(site);
    return async () => {
      const context = { ...first, host: contextOf(hostOf(site, artifact), content, notified, given).host };
      const published = await inLine(() => deploy(context, prepared, timer));
      await runStarted();
      return published;
    };
  };

  return {
    host,
    notified,
    start,
    setDown: (down) => (isDown = down),
    log: () => host().log(),
    served: () => servedIn(gitHub.served),
    publish: async (content, given = {}) => {
      const started = await start(content, given);
      return typeof started === 'function' ? started() : started;
    },
    rollBack: async (choice = { kind: 'previous' }, through = (same) => same) => {
      const done = await rollBack(through(host()), choice, 'a test', clock());
      // Otherwise, the run that this started comes after the one in progress.
      if (waiting === 0) await runStarted(through);
      return done;
    },
  };
}
