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
import { pagesSchema } from '../live/snapshot.ts';

export type BuildOptions = {
  /** The content folder. */
  readonly content: string;
  /** Where the site goes; what was there is replaced at the end, and only if all went well. */
  readonly out: string;
  /** The moment at which the content is looked at. */
  readonly now: Instant;
  /** Whether to render every page again, whatever the previous build left. */
  readonly clean: boolean;
  /** Where Astro keeps rendered pages for the next build; left out, in `node_modules` of Halfpast itself. */
  readonly cache?: string | undefined;
  /** The commit to name in `release.json`; left out, none, so that the same content gives the same bytes. */
  readonly commit?: string | null | undefined;
};

type Built = { readonly out: string; readonly files: number };

export type BuildResult = { readonly problems: readonly Problem[] } | Built;

type Machine = Pick<Context, 'root' | 'env' | 'runProgram'>;

/**
 * Where Astro and this module keep what they need between builds and during one: in `node_modules`, or beside it when
 * another user installed the packages.
 */
function workFolder(root: string): string {
  const folder = join(root, 'node_modules', '.astro');
  return canWriteTo(folder) ? folder : join(root, '.astro', 'build');
}

/** How Astro is called for a site: `astro.config.mjs` stays the user's, so options travel in the environment. */
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
      // People who run a status page didn't agree to have Astro call home.
      ASTRO_TELEMETRY_DISABLED: '1',
      ASTRO_DISABLE_UPDATE_CHECK: 'true',
      // Node keeps what it compiled of Astro and of our own TypeScript.
      NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'),
    },
  };
}

/**
 * Builds the site with Astro in a folder of its own, and puts it in the place of `out`. With problems in the
 * content, or when Astro fails, `out` stays as it was.
 * Throws UserError when `out` holds something that is not a site, NoContentFolder without content.
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
  // Below Astro's own folder: elsewhere, the code that it bundles would not find its packages.
  const work = workFolder(root);
  // Not with mkdtemp: only the owner can read its folders, and a web server has to.
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

/** Why a build failed: the problems of the content. Throws UserError with what Astro said when there are none. */
async function problemsOf(content: string, now: Instant, stderr: string): Promise<readonly Problem[]> {
  // Loaded only for this: Astro's process has its own.
  const [{ checkContent }, { readTree }] = await Promise.all([
    import('../../src/lib/content/check-content.ts'),
    import('../../src/lib/content/disk.ts'),
  ]);
  const checked = await checkContent(await readTree(content), now);
  if ('problems' in checked) return checked.problems;
  if (/ENOSPC|No space left on device/.test(stderr))
    throw new UserError('The site could not be written: the disk is full');
  throw new UserError(`Astro could not build the site. It said:\n${stderr.trim()}`);
}

/** Resolves the links in a path, as far as it exists. */
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
    `${given} is inside the content folder, where only content has a place. Name another folder with ${flag} DIR`,
  );
}

/** Throws UserError for a place where a site can't go: a link, a mount point, or a folder with other files. */
async function requirePlace(out: string): Promise<void> {
  const place = await lstat(out).catch(() => null);
  if (place === null) return;
  if (place.isSymbolicLink()) {
    throw new UserError(
      `${out} is a link, and a build would take its place. Name the folder itself with --out DIR, or use publish --to DIR, which switches links`,
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

/** Folders that a site has only if there is something to show in them, besides its own pages and languages. */
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

/** The folders of the pages that the site in `out` has: its own pages and its languages, which may be gone by now. */
async function pageFolders(out: string): Promise<string[]> {
  const text = await readFile(join(out, pageSizesFile), 'utf8').catch(() => null);
  const paths = Object.keys(parseJson(pagesSchema, text)?.pages ?? {});
  return paths.map((path) => path.split('/')[1] ?? '');
}

/** Refuses to remove what no build has put there, such as a `.git` or a `CNAME`. Throws UserError. */
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

/** Puts the last site back where it was, if a build died between taking it away and putting another there. */
function giveBack(out: string): void {
  if (existsSync(out)) return;
  const [newest] = oldSites(out).toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (newest !== undefined) renameSync(newest, out);
}

/** Puts `built` in the place of `out`. Between two steps there is nothing at `out`; see `giveBack`. */
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
    // Without its place, a site is of no use; and the last one belongs there.
    rmSync(fresh, { recursive: true, force: true });
    giveBack(out);
    throw error;
  }
  for (const left of oldSites(out)) rmSync(left, { recursive: true, force: true });
}

/**
 * Removes what builds that were killed have left. None takes an hour. `now` is the disk's time: this process may have
 * another, and would remove the folders of builds that are running.
 */
function removeLeftovers(folder: string, now: Instant): void {
  const hourAgo = now - 60 * minute;
  const left = readdirSync(folder)
    .filter((name) => name.startsWith('build-'))
    .map((name) => join(folder, name));
  for (const path of left) {
    // Another build may end meanwhile, and remove its own.
    const { mtimeMs = now } = statSync(path, { throwIfNoEntry: false }) ?? {};
    if (mtimeMs < hourAgo) rmSync(path, { recursive: true, force: true });
  }
}
