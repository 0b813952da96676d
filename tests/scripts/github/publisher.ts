import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { updateRecords, yearOfUpdates } from '../../../src/lib/api/history.ts';
import { checkContent } from '../../../src/lib/content/check-content.ts';
import { readTree } from '../../../src/lib/content/disk.ts';
import type { Site } from '../../../src/lib/domain/site.ts';
import { temporaryFolder, write } from '../../support/folders.ts';
import { root } from '../../support/halfpast.ts';
import { releaseOf } from '../../support/release.ts';
import { put } from '../site.ts';

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
};

type Pushed = { readonly site: Site; readonly commit: string };

/** The commit that a branch points to. Anything else is taken for a commit. */
function idOf(remote: string, name: string): string {
  const branch = join(remote, 'refs/heads', name);
  return existsSync(branch) ? readFileSync(branch, 'utf8').trim() : name;
}

async function siteAt(remote: string, commit: string): Promise<Pushed> {
  const folder = mkdtempSync(join(tmpdir(), 'halfpast-'));
  try {
    execFileSync('git', [`--git-dir=${remote}`, `--work-tree=${folder}`, 'checkout', '--force', commit, '--', '.'], {
      stdio: 'ignore',
    });
    const parsed = await checkContent(await readTree(join(folder, 'content')), Date.parse('2026-11-22T16:00Z'));
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
    return { site: parsed.site, commit };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The sites by the ids of their commits, of which every test has the first one. */
const known: Record<string, Promise<Pushed>> = {};

type Served = { readonly page: Publisher; readonly from: (readonly [string, string])[] };

async function answer({ page, from }: Served, path: string): Promise<string | null> {
  page.asked.push(path);
  if (path.endsWith('/runs')) return JSON.stringify({ total_count: 1, workflow_runs: page.run ? [page.run] : [] });
  const now = page.delay > 0 ? from[0] : from.at(-1);
  page.delay -= 1;
  if (now === undefined || page.foreign) return null;
  const id = idOf(...now);
  const { site, commit } = await (known[id] ??= siteAt(now[0], id));
  if (path === '/release.json') return JSON.stringify(releaseOf({ commit, url: page.url }));
  const [, year] = /^\/api\/updates\/(\d{4})\.json$/.exec(path) ?? [];
  if (year !== undefined) return JSON.stringify(yearOfUpdates(site, year));
  const anchors = updateRecords(site).filter(({ id }) => id.startsWith(`${path}#`));
  return anchors.length === 0 ? null : anchors.map(({ update }) => `<li id="${update}">`).join('\n');
}

/** What the host serves now. Tests share it, because the settings in their repositories have its address. */
let served: Served | undefined;

async function start(): Promise<string> {
  const server = createServer((request, response) => {
    if (served === undefined) return;
    const { page } = served;
    answer(served, new URL(request.url ?? '/', 'http://localhost').pathname).then(
      (text) =>
        response
          .writeHead(text === null ? 404 : 200, { 'content-type': 'application/json' })
          .end(text === null ? 'not found' : page.change(text)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

let started: Promise<string> | undefined;

export function git(folder: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

/** Repositories to copy, by the address in their settings: starting git takes most of the time. */
const templates: Record<string, string> = {};

/** The small site as a repository with one commit, and `remote.git` beside it, which has that commit, too. */
function template(url: string): string {
  const base = mkdtempSync(join(tmpdir(), 'halfpast-'));
  process.once('exit', () => rmSync(base, { recursive: true, force: true }));
  const [folder, remote] = [join(base, 'clone'), join(base, 'remote.git')];
  cpSync(join(root, 'tests/fixtures/good/small'), join(folder, 'content'), { recursive: true });
  put(folder, 'site.yml', siteFile(url));
  git(folder, 'init', '--quiet', '--template=');
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '-m', 'Begin');
  git(folder, 'init', '--quiet', '--bare', '--template=', remote);
  git(folder, 'push', '--quiet', remote, 'main');
  // One file is faster to copy than one for each object.
  for (const one of [folder, remote]) git(one, 'repack', '-adq');
  return base;
}

const siteFile = (url: string): string => `name: Example\nurl: ${url}\ntime_zone: Europe/Berlin\n`;

/** The small site as a repository with one commit. */
export function repository(): string {
  const url = 'https://status.example.com';
  const folder = temporaryFolder();
  cpSync(join((templates[url] ??= template(url)), 'clone'), folder, { recursive: true });
  return folder;
}

export type Remote = { readonly folder: string; readonly remote: string; readonly page: Publisher };

/**
 * The same, with a bare repository to push to and a host that immediately publishes what's pushed. `follows` is whether
 * the branch has an upstream.
 */
export async function withRemote({ publishes = true, follows = false } = {}): Promise<Remote> {
  const url = await (started ??= start());
  const base = temporaryFolder();
  cpSync((templates[url] ??= template(url)), base, { recursive: true });
  const [folder, remote] = [join(base, 'clone'), join(base, 'remote.git')];
  const first = idOf(remote, 'main');
  const config = [
    `[remote "origin"]\n\turl = ${remote}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n`,
    follows ? '[branch "main"]\n\tremote = origin\n\tmerge = refs/heads/main\n' : '',
  ];
  appendFileSync(join(folder, '.git/config'), config.join(''));
  write(folder, '.git/refs/remotes/origin/main', `${first}\n`);
  const from: [string, string][] = [[remote, first]];
  if (publishes) from.push([remote, 'main']);
  const page: Publisher = {
    url,
    serve: (repository, commit) => void from.push([repository, commit]),
    delay: 0,
    change: (text) => text,
    run: null,
    foreign: false,
    asked: [],
  };
  served = { page, from };
  return { folder, remote, page };
}

/** Sets the address of a page to one where nothing answers. */
export const takeDown = ({ folder }: Remote): void => put(folder, 'site.yml', siteFile('http://127.0.0.1:9'));
