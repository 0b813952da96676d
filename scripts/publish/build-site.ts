import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { cp, lstat, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { canWriteTo } from '../../src/build-cache.ts';
import { pageSizesFile, releaseFile } from '../../src/lib/api/release.ts';
import type { Problem } from '../../src/lib/content/problem.ts';
import { type Instant, isoTime, minute } from '../../src/lib/domain/calendar.ts';
import { addPath, UserError } from '../cli/errors.ts';
import type { Context } from '../cli/context.ts';
import { parseJson } from '../cli/text.ts';
import { livePagesSchema } from '../live/snapshot.ts';

export type BuildOptions = {
  /** The content folder. */
  readonly content: string;
  /** Where the site goes. Existing files are replaced at the end, and only if the build succeeds. */
  readonly out: string;
  /** The time to build the site for. */
  readonly now: Instant;
  /** Whether to render every page again and ignore the previous build. */
  readonly clean: boolean;
  /** Where Astro keeps rendered pages for the next build. Defaults to Halfpast's own `node_modules`. */
  readonly cache?: string | undefined;
  /** The commit to record in `release.json`. By default there is none, so the same content gives the same bytes. */
  readonly commit?: string | null | undefined;
};

type Built = { readonly out: string; readonly files: number };

export type BuildResult = { readonly problems: readonly Problem[] } | Built;

type Machine = Pick<Context, 'root' | 'env' | 'runProgram'>;

/**
 * Where Astro and this module keep temporary and cached files: in `node_modules`, or next to it if another user
 * installed the packages.
 */
function workFolder(root: string): string {
  const folder = join(root, 'node_modules', '.astro');
  return canWriteTo(folder) ? folder : join(root, '.astro', 'build');
}

/** How to run Astro for a site. Options travel in the environment, because `astro.config.mjs` belongs to the user. */
export function astroCall(
  args: readonly string[],
  content: string,
  now: Instant | null,
  { root, env }: Pick<Context, 'root' | 'env'>,
) {
  return {
    file: process.execPath,
    args: [join(root, 'node_modules', 'astro', 'bin', 'astro.mjs'), ...args],
    cwd: root,
    env: {
      ...env,
      HALFPAST_CONTENT: content,
      ...(now === null ? {} : { HALFPAST_NOW: isoTime(now) }),
      // People who run a status page didn't agree to Astro's telemetry.
      ASTRO_TELEMETRY_DISABLED: '1',
      ASTRO_DISABLE_UPDATE_CHECK: 'true',
      // Node caches the compiled code of Astro and Halfpast.
      NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'),
    },
  };
}

/**
 * Builds the site with Astro in a temporary folder, then moves it to `out`. If the content has problems or Astro
 * fails, `out` doesn't change.
 * Throws UserError when `out` holds something other than a site, NoContentFolder without content.
 */
export async function buildSite(
  { content, out, now, clean, cache, commit = null }: BuildOptions,
  machine: Machine,
): Promise<BuildResult> {
  const { root } = machine;
  const target = resolve(out);
  giveBack(target);
  requireOutside(content, target, '--out', out);
  if (cache !== undefined) requireOutside(content, cache, '--cache', cache);
  await requirePlace(target);
  // Has to be inside Astro's own folder: elsewhere, the code it bundles can't find its packages.
  const work = workFolder(root);
  // Not mkdtemp: only the owner can read its folders, and the web server must read this one.
  const built = join(work, `build-${randomUUID()}`);
  mkdirSync(built, { recursive: true });
  removeLeftovers(work, statSync(built).mtimeMs);
  try {
    const call = astroCall(
      ['build', '--silent', '--outDir', built, ...(clean ? ['--force'] : [])],
      content,
      now,
      machine,
    );
    const { code, stderr } = await machine.runProgram(call.file, call.args, call.cwd, {
      ...call.env,
      NODE_ENV: 'production',
      HALFPAST_CACHE: cache ?? join(work, createHash('sha256').update(resolve(content)).digest('hex').slice(0, 12)),
      ...(commit === null ? {} : { HALFPAST_COMMIT: commit }),
    });
    if (code !== 0) return { problems: await problemsOf(content, now, stderr) };
    const files = readdirSync(built, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
    await requireOwn(built, target);
    await swap(built, target);
    return { out: target, files };
  } catch (error) {
    throw addPath(error, `a file in ${built} or ${target}`);
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
}

/** Why a build failed: the problems in the content. Throws UserError with Astro's output when there are none. */
async function problemsOf(content: string, now: Instant, stderr: string): Promise<readonly Problem[]> {
  // Loaded only on failure: Astro's process loads its own copy.
  const [{ checkContent }, { readTree }] = await Promise.all([
    import('../../src/lib/content/check-content.ts'),
    import('../../src/lib/content/disk.ts'),
  ]);
  const checked = await checkContent(await readTree(content), now);
  if ('problems' in checked) return checked.problems;
  // Not about the content alone, such as two files for one address.
  const own = /^(.+)\nNothing was built\s*$/.exec(stderr)?.[1];
  if (own !== undefined) throw new UserError(own);
  if (/ENOSPC|No space left on device/.test(stderr))
    throw new UserError('The site could not be written: the disk is full');
  throw new UserError(`Astro could not build the site. It said:\n${stderr.trim()}`);
}

/** Resolves the links in the part of a path that exists. */
function realPlace(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realPlace(dirname(path)), basename(path));
  }
}

function requireOutside(content: string, path: string, flag: string, given: string): void {
  const folder = realPlace(resolve(content));
  if (!`${realPlace(resolve(path))}${sep}`.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`)) return;
  throw new UserError(
    `${given} is inside the content folder, which is only for content. Name another folder with ${flag} DIR`,
  );
}

/** Throws UserError when `out` can't take a site: it's a link, a mount point, or a folder with other files. */
async function requirePlace(out: string): Promise<void> {
  const place = await lstat(out).catch(() => null);
  if (place === null) return;
  if (place.isSymbolicLink()) {
    throw new UserError(
      `${out} is a link, and a build would replace it. Name the folder itself with --out DIR, or use publish --to DIR, which switches links`,
    );
  }
  if (!place.isDirectory()) throw new UserError(`${out} is a file. Name a folder with --out DIR`);
  if (place.dev !== (await lstat(dirname(out))).dev) {
    throw new UserError(
      `${out} is a mount point, and a build replaces the whole folder. Use a folder inside it with --out DIR`,
    );
  }
  const names = await readdir(out);
  if (names.length === 0 || names.includes(releaseFile)) return;
  throw new UserError(
    `${out} contains something other than a site built by Halfpast. Name an empty or new folder with --out DIR`,
  );
}

/** Folders that a site has only when it has content for them, in addition to those of its own pages and languages. */
const optional = [
  'announcements',
  'api',
  'components',
  'compose',
  'history',
  'icons',
  'images',
  'incidents',
  'maintenance',
  'postmortems',
  'share',
  '_astro',
];

/** The folders of the pages in `out`: custom pages and languages, including ones the content no longer has. */
async function pageFolders(out: string): Promise<string[]> {
  const text = await readFile(join(out, pageSizesFile), 'utf8').catch(() => null);
  const paths = Object.keys(parseJson(livePagesSchema, text)?.pages ?? {});
  return paths.map((path) => path.split('/')[1] ?? '');
}

/** Refuses to remove files that no build created, such as `.git` or `CNAME`. Throws UserError. */
async function requireOwn(built: string, out: string): Promise<void> {
  if (!existsSync(out)) return;
  const own = new Set([...(await readdir(built)), ...optional, ...(await pageFolders(out))]);
  const foreign = (await readdir(out)).filter((name) => !own.has(name));
  if (foreign.length === 0) return;
  const more = foreign.length > 3 ? ' and more' : '';
  throw new UserError(
    `${out} also holds ${foreign.slice(0, 3).join(', ')}${more}, which a build would remove. Move it away, or name another folder with --out DIR`,
  );
}

const oldSites = (out: string): string[] => {
  const begins = `${basename(out)}.old-`;
  const beside = existsSync(dirname(out)) ? readdirSync(dirname(out)) : [];
  return beside.filter((name) => name.startsWith(begins)).map((name) => join(dirname(out), name));
};

/** Restores the previous site if a build died after moving it away and before putting the new one in place. */
function giveBack(out: string): void {
  if (existsSync(out)) return;
  const [newest] = oldSites(out).toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (newest !== undefined) renameSync(newest, out);
}

/** Replaces `out` with `built`. For a moment nothing is at `out`; see `giveBack`. */
async function swap(built: string, out: string): Promise<void> {
  const id = randomUUID().slice(0, 8);
  const [fresh, old] = [`${out}.new-${id}`, `${out}.old-${id}`];
  mkdirSync(dirname(out), { recursive: true });
  try {
    renameSync(built, fresh);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await cp(built, fresh, { recursive: true });
  }
  try {
    if (existsSync(out)) renameSync(out, old);
    renameSync(fresh, out);
  } catch (error) {
    // The new site can't be put in place, so restore the previous one.
    rmSync(fresh, { recursive: true, force: true });
    giveBack(out);
    throw error;
  }
  for (const left of oldSites(out)) rmSync(left, { recursive: true, force: true });
}

/**
 * Removes files that killed builds left behind. No build takes an hour. `now` comes from the disk's clock: this
 * process may run with another time, and would remove the folders of running builds.
 */
function removeLeftovers(folder: string, now: Instant): void {
  const hourAgo = now - 60 * minute;
  const left = readdirSync(folder)
    .filter((name) => name.startsWith('build-'))
    .map((name) => join(folder, name));
  for (const path of left) {
    // Another build may finish in the meantime and remove its own folder.
    const { mtimeMs = now } = statSync(path, { throwIfNoEntry: false }) ?? {};
    if (mtimeMs < hourAgo) rmSync(path, { recursive: true, force: true });
  }
}
