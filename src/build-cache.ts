import { createHash, randomUUID } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

// Both are next to incremental-build.json, in Astro's cacheDir.
const lockName = 'incremental-build.json.lock';
const stateName = 'incremental-build.json.state';

const hour = 3_600_000;

/** Whether this process can write to a folder. Creates the folder if it doesn't exist. */
export function canWriteTo(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether the process that wrote this lock is still building. Locks expire after an hour, because no build
 * takes that long.
 */
function isHeld(lock: string): boolean {
  // The disk's time, because this process's clock may differ.
  const probe = `${lock}-${randomUUID()}`;
  writeFileSync(probe, '');
  try {
    const age = statSync(probe).mtimeMs - statSync(lock).mtimeMs;
    return age < hour && process.kill(Number(readFileSync(lock, 'utf8')), 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  } finally {
    rmSync(probe, { force: true });
  }
}

/**
 * Returns the cache folder for this build. Builds that share a folder would mix up their pages, so while another
 * process holds `cacheDir`, this build gets a temporary folder that is deleted when the process exits.
 */
export function claimCache(cacheDir: string): string {
  const lock = join(cacheDir, lockName);
  mkdirSync(cacheDir, { recursive: true });
  if (existsSync(lock) && !isHeld(lock)) rmSync(lock, { force: true });
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    process.once('exit', () => rmSync(lock, { force: true }));
    return cacheDir;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const temporary = mkdtempSync(join(tmpdir(), 'halfpast-cache-'));
    process.once('exit', () => rmSync(temporary, { recursive: true, force: true }));
    return temporary;
  }
}

export type Build = {
  /** Whether the output folder is unchanged since the last build, so that Astro can reuse most of it. */
  readonly reusesOutput: boolean;
  /** Deletes files from the last build that this build neither wrote nor kept. `kept` lists the files of all pages. */
  readonly removeStale: (kept: readonly string[]) => void;
  /** Call this last. It allows the next build to reuse this one. */
  readonly finish: () => void;
};

/** All pages depend on these files, but Astro's cache keys don't include them. */
const middleware = [
  'src/csp-middleware.ts',
  'src/lib/views/content-policy.ts',
  'src/middleware.ts',
  'src/middleware.js',
  'src/middleware/index.ts',
];

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

type State = { readonly code?: string; readonly out?: string; readonly release?: string };

/** The state of the last build; empty if it can't be read, such as after a power failure. */
function parseState(text: string): State {
  try {
    return (JSON.parse(text) as State | null) ?? {};
  } catch {
    return {};
  }
}

/**
 * Decides what this build can reuse. Astro reuses the files in its manifest, but a build that was killed may have
 * overwritten some of them. So each build deletes its state file first and writes it last; without one, nothing is
 * reused. Nothing is reused either when Node (which formats dates) or the middleware has changed. If the output folder
 * is unchanged since the last build, it isn't emptied: rewriting thousands of files takes longer than everything else.
 */
export function openBuild(root: string, cacheDir: string, out: string): Build {
  const file = join(cacheDir, stateName);
  const read = (path: string): string | null => (existsSync(path) ? readFileSync(path, 'utf8') : null);
  const code = digestOf(JSON.stringify([process.version, ...middleware.map((name) => read(join(root, name)))]));
  const release = (): string => digestOf(read(join(out, 'release.json')) ?? '');
  const last = parseState(read(file) ?? '');
  const reusesOutput = last.code === code && last.out === out && last.release === release();
  if (last.code !== code)
    for (const name of ['incremental-build.json', 'assets'])
      rmSync(join(cacheDir, name), { recursive: true, force: true });
  rmSync(file, { force: true });
  // Read the start time from the disk, whose clock may differ. The build rewrites this file when it ends.
  const mark = join(out, 'release.json');
  if (reusesOutput) writeFileSync(mark, read(mark) ?? '');
  const began = reusesOutput ? statSync(mark).mtimeMs : 0;
  return {
    reusesOutput,
    removeStale: (kept) => {
      if (!reusesOutput) return;
      const pages = new Set(kept);
      for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (!entry.isFile() || pages.has(path) || statSync(path).mtimeMs >= began) continue;
        rmSync(path);
        for (let folder = dirname(path); readdirSync(folder).length === 0; folder = dirname(folder)) rmdirSync(folder);
      }
    },
    finish: () => {
      mkdirSync(cacheDir, { recursive: true });
      writeFileSync(file, JSON.stringify({ code, out, release: release() }));
    },
  };
}
