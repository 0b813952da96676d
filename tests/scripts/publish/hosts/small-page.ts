import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileStorage, realDisk, type ReleaseStorage } from '../../../../scripts/cli/system.ts';
import type { Git } from '../../../../scripts/github/git.ts';
import type { Host } from '../../../../scripts/publish/host.ts';
import { folderHost } from '../../../../scripts/publish/hosts/folder.ts';
import { pagesHost } from '../../../../scripts/publish/hosts/github-pages.ts';
import { type LockTools, realProcesses } from '../../../../scripts/publish/lock.ts';
import {
  deploy,
  nothingRefused,
  prepare,
  publish,
  type Published,
  redeploy,
  type Steps,
  Timer,
} from '../../../../scripts/publish/publish.ts';
import { findRelease, type ReleaseLog, type RollbackChoice } from '../../../../scripts/publish/release-log.ts';
import { type RolledBack, rollBack } from '../../../../scripts/publish/rollback.ts';
import type { Release } from '../../../../src/lib/api/release.ts';
import { releaseOf } from '../../../support/release.ts';
import type { PagesStandIn } from './pages-stand-in.ts';

/** How many pages a small site has; each says which release it is of. */
export const pages = 12;

const contentOf = (content: string): string => content.padEnd(8, '0');

const smallRelease = (content: string, commit: string | null, now: number): Release =>
  releaseOf({
    content: contentOf(content),
    commit,
    now: new Date(now).toISOString(),
    pages: { count: pages, index: 1, history: 1, incidents: 1 },
  });

function writeSite(site: string, content: string, release: Release): void {
  mkdirSync(site, { recursive: true });
  for (let page = 0; page < pages; page += 1) writeFileSync(join(site, `page-${page}.html`), content);
  writeFileSync(join(site, 'release.json'), JSON.stringify(release));
}

export type Given = {
  readonly steps?: Partial<Steps>;
  readonly keep?: number;
  readonly again?: boolean;
  readonly commit?: string;
  readonly now?: number;
  readonly print?: (line: string) => void;
};

/** A page of a few files instead of Astro's, on one of the hosts, with all steps of publishing. */
export type SmallPage = {
  readonly publish: (content: string, given?: Given) => Promise<Published>;
  /** Rolls back, and lets the run that it started finish. */
  readonly rollBack: (choice?: RollbackChoice) => Promise<RolledBack>;
  /** The content that customers get; null for none. */
  readonly served: () => string | null;
  /** What the channels received. */
  readonly notified: readonly string[];
  readonly log: () => Promise<ReleaseLog>;
  readonly host: () => Host;
};

/** Commits are numbers: a later one contains the earlier ones. */
export const numbers = {
  ancestry: (commit: string, other: string) =>
    Promise.resolve(commit === other ? 'same' : Number(commit) > Number(other) ? 'newer' : 'older'),
} as unknown as Git;

export function smallSteps(content: string, notified: string[], given: Given = {}): Steps {
  const release = smallRelease(content, given.commit ?? null, given.now ?? Date.now());
  return {
    hold: () => Promise.resolve(null),
    source: () => Promise.resolve(release),
    beginChannels: () => Promise.resolve(),
    build: (site) => {
      writeSite(site, content, release);
      return Promise.resolve({ release });
    },
    guard: () => Promise.resolve(nothingRefused),
    // The files of the site are where the step looks for them.
    verify: (site) => Promise.resolve({ ok: existsSync(join(site, 'release.json')), lines: [] }),
    notify: ({ content: of }) => {
      // As the record of deliveries would.
      if (!notified.includes(of)) notified.push(of);
      return Promise.resolve({ ok: true, lines: [] });
    },
    ...given.steps,
  };
}

const contextOf = (host: Host, content: string, notified: string[], given: Given) => ({
  host,
  steps: smallSteps(content, notified, given),
  repository: numbers,
  keep: given.keep ?? 3,
  again: given.again ?? false,
  now: () => given.now ?? Date.now(),
  clock: () => Date.now(),
  print: given.print ?? (() => undefined),
});

const servedIn = (site: string): string | null =>
  existsSync(join(site, 'release.json'))
    ? (JSON.parse(readFileSync(join(site, 'release.json'), 'utf8')) as Release).content
    : null;

export const lockTools = (storage: ReleaseStorage = fileStorage): LockTools => ({
  storage,
  processes: realProcesses,
  clock: () => Date.now(),
  sleep: (time) => setTimeout(time),
});

/** A page in a folder. */
export function folderPage(folder: string, storage: ReleaseStorage = fileStorage, notified: string[] = []): SmallPage {
  const host = (): Host => folderHost(folder, folder, lockTools(storage), realDisk);
  return {
    host,
    notified,
    log: () => host().log(),
    served: () => servedIn(join(folder, 'current')),
    publish: (content, given = {}) => publish(contextOf(host(), content, notified, given), 60_000),
    rollBack: (choice = { kind: 'previous' }) => rollBack(host(), choice, 'a test', Date.now()),
  };
}

/** A page on GitHub Pages, where one job prepares and another one deploys. */
export function gitHubPage(base: string, gitHub: PagesStandIn, notified: string[] = []): SmallPage {
  const work = { site: join(base, 'prepared'), cache: join(base, 'cache') };
  let artifact = 0;
  const host = (): Host =>
    pagesHost({
      name: 'example/status',
      port: gitHub.port,
      url: gitHub.url,
      work,
      artifact: { id: artifact, token: () => Promise.resolve('token') },
      workflow: 'publish.yml',
      clock: () => Date.now(),
      sleep: () => Promise.resolve(),
      print: () => undefined,
    });
  const runStarted = async (): Promise<void> => {
    for (const { inputs } of gitHub.started.splice(0)) {
      const log = await host().log();
      const entry = findRelease(log, inputs['release'] ?? '');
      if (entry === null) throw new Error(`a run was started for ${JSON.stringify(inputs)}`);
      const release = { ...smallRelease(entry.content, entry.commit, 0), now: entry.now };
      rmSync(work.site, { recursive: true, force: true });
      writeSite(work.site, entry.content, release);
      artifact = gitHub.upload(work.site);
      const { steps, clock, print } = contextOf(host(), entry.content, notified, {});
      const prepared = { site: work.site, release, replaces: await host().served(log) };
      await redeploy({ host: host(), steps, clock, print }, { id: entry.id, reason: 'a test' }, prepared);
    }
  };
  return {
    host,
    notified,
    log: () => host().log(),
    served: () => servedIn(gitHub.served),
    publish: async (content, given = {}) => {
      rmSync(work.site, { recursive: true, force: true });
      const context = contextOf(host(), content, notified, given);
      const timer = new Timer(Date.now);
      const prepared = await prepare(context, timer);
      if ('outcome' in prepared) return prepared;
      artifact = gitHub.upload(prepared.site);
      const published = await deploy({ ...context, host: host() }, prepared, timer);
      await runStarted();
      return published;
    },
    rollBack: async (choice = { kind: 'previous' }) => {
      const done = await rollBack(host(), choice, 'a test', Date.now());
      await runStarted();
      return done;
    },
  };
}
