import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { updateRecords, yearOfUpdates } from '../../../src/lib/api/history.ts';
import { checkContent } from '../../../src/lib/content/check-content.ts';
import { readTree } from '../../../src/lib/content/disk.ts';
import type { Site } from '../../../src/lib/domain/site.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { releaseOf } from '../../support/release.ts';
import { put, smallSite } from '../site.ts';

/** The host of a page and GitHub's list of runs, on loopback. */
export type Publisher = {
  readonly url: string;
  /** Publishes what a repository has at a commit, or at a branch, including later changes. */
  serve: (remote: string, commit: string) => void;
  /** How many requests still get the old page before the new one is published. */
  delay: number;
  /** Changes what is served, such as to lose an update. */
  change: (text: string) => string;
  /** What GitHub lists for the newest commit. */
  run: { conclusion: string | null; html_url: string } | null;
  /** Whether what it serves isn't a Halfpast page. */
  foreign: boolean;
  /** The paths that were requested. */
  readonly asked: string[];
  readonly stop: () => Promise<void>;
};

type Pushed = { readonly site: Site; readonly commit: string };

/** The commit that a branch points to. Anything else is taken for a commit. */
function idOf(remote: string, name: string): string {
  const branch = join(remote, 'refs/heads', name);
  return existsSync(branch) ? readFileSync(branch, 'utf8').trim() : name;
}

async function siteAt(remote: string, commit: string, folder: string): Promise<Pushed> {
  mkdirSync(folder);
  const flags = [`--git-dir=${remote}`, `--work-tree=${folder}`];
  execFileSync('git', [...flags, 'checkout', '--quiet', '--force', commit, '--', '.']);
  const parsed = await checkContent(await readTree(join(folder, 'content')), Date.parse('2026-11-22T16:00Z'));
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return { site: parsed.site, commit };
}

/** Serves what was pushed to a bare repository, as its host would. */
export async function publisher(): Promise<Publisher> {
  const folder = temporaryFolder();
  const known: Record<string, Promise<Pushed>> = {};
  const served: { from: (readonly [string, string])[] } = { from: [] };
  const server = createServer((request, response) => {
    answer(new URL(request.url ?? '/', 'http://localhost').pathname).then(
      (text) =>
        response
          .writeHead(text === null ? 404 : 200, { 'content-type': 'application/json' })
          .end(text === null ? 'not found' : page.change(text)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  const answer = async (path: string): Promise<string | null> => {
    page.asked.push(path);
    if (path.endsWith('/runs')) return JSON.stringify({ total_count: 1, workflow_runs: page.run ? [page.run] : [] });
    const [first, newest] = [served.from[0], served.from.at(-1)];
    const from = page.delay > 0 ? first : newest;
    page.delay -= 1;
    if (from === undefined || page.foreign) return null;
    const id = idOf(...from);
    const { site, commit } = await (known[id] ??= siteAt(from[0], id, join(folder, id)));
    if (path === '/release.json') return JSON.stringify(releaseOf({ commit, url: page.url }));
    const [, year] = /^\/api\/updates\/(\d{4})\.json$/.exec(path) ?? [];
    if (year !== undefined) return JSON.stringify(yearOfUpdates(site, year));
    const anchors = updateRecords(site).filter(({ id }) => id.startsWith(`${path}#`));
    return anchors.length === 0 ? null : anchors.map(({ update }) => `<li id="${update}">`).join('\n');
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  onTestFinished(stop);
  const page: Publisher = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (remote, commit) => void served.from.push([remote, commit]),
    delay: 0,
    change: (text) => text,
    run: null,
    foreign: false,
    asked: [],
    stop,
  };
  return page;
}

export function git(folder: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

let template: string | undefined;

/** The small site as a repository with one commit. Starting git takes most of the time, so the first one is copied. */
export function repository(url = 'https://status.example.com'): string {
  template ??= firstRepository();
  const folder = temporaryFolder();
  cpSync(template, folder, { recursive: true });
  put(folder, 'site.yml', siteFile(url));
  // This also updates git's index, which has the times of the original files.
  git(folder, 'commit', '--quiet', '--all', '--amend', '--no-edit');
  return folder;
}

const siteFile = (url: string): string => `name: Example\nurl: ${url}\ntime_zone: Europe/Berlin\n`;

function firstRepository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'halfpast-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(smallSite(), folder, { recursive: true });
  git(folder, 'init', '--quiet');
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '-m', 'Begin');
  return folder;
}

export type Remote = { readonly folder: string; readonly remote: string; readonly page: Publisher };

/** The same, with a bare repository to push to and a host that immediately publishes what's pushed. */
export async function withRemote({ publishes = true } = {}): Promise<Remote> {
  const page = await publisher();
  const folder = repository(page.url);
  const remote = join(temporaryFolder(), 'remote.git');
  git(folder, 'init', '--quiet', '--bare', remote);
  git(folder, 'remote', 'add', 'origin', remote);
  git(folder, 'push', '--quiet', 'origin', 'main');
  page.serve(remote, idOf(remote, 'main'));
  if (publishes) page.serve(remote, 'main');
  return { folder, remote, page };
}
