import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import {
  constants,
  copyFile,
  link,
  lstat,
  lutimes,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  rmdir,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { constants as osConstants, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { withPath, UserError } from './errors.ts';
import type { Disk, Finished, Context } from './context.ts';

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code);

async function make(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    if (!(await stat(path)).isDirectory())
      throw Object.assign(new Error(`${path} is a file`), { code: 'EEXIST', path });
  }
}

/** Creates a folder and its parents. Node's `recursive` option never returns in /proc. */
async function makeFolder(path: string): Promise<void> {
  try {
    await make(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await make(path);
  }
}

/** Writes a hidden file next to the target, which the content reader ignores, and then moves it into place. */
async function write(path: string, text: string, place: (from: string, to: string) => Promise<void>): Promise<void> {
  const isNewFolder = !existsSync(dirname(path));
  await makeFolder(dirname(path));
  const beside = join(dirname(path), `.${basename(path)}.part`);
  try {
    await withPath(path, async () => {
      await writeFile(beside, text);
      await place(beside, path);
    });
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    // An incident folder without an update would block publishing.
    if (isNewFolder) await rmdir(dirname(path)).catch(() => undefined);
    throw error;
  }
  await rm(beside, { force: true });
}

/** Creates a file atomically: `link` fails if the file exists. */
async function placeNew(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    // Some file systems don't support links. A copy with COPYFILE_EXCL also fails if the file exists.
    if (codeOf(error) === 'EEXIST') throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}

/** This machine's disk. */
export const realDisk: Disk = {
  read: async (path) => {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      // Node omits the path when it's a folder.
      throw error instanceof Error ? Object.assign(error, { path }) : error;
    }
  },
  create: (path, text) => write(path, text, placeNew),
  replace: (path, text) => write(path, text, rename),
  remove: (path) => rm(path, { recursive: true, force: true }),
};

/** Signals that end a program: Ctrl-C, a service manager, a closed terminal. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The programs that are running. */
const running = new Set<ChildProcess>();

/** Runs a program in a folder, without a shell. The exit code is 127 when the program isn't installed. */
export function runProgram(
  file: string,
  args: readonly string[],
  cwd: string,
  env?: Context['env'],
  longest = 0,
): Promise<Finished> {
  return new Promise((resolve) => {
    const options = { cwd, maxBuffer: 16 * 1024 * 1024, timeout: longest, ...(env === undefined ? {} : { env }) };
    const child = execFile(file, [...args], options, (error, stdout, stderr) => {
      running.delete(child);
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 127;
      resolve({ code, stdout, stderr: stderr === '' && error !== null ? error.message : stderr });
    });
    running.add(child);
  });
}

/** Runs a program in this terminal until it ends, and returns its exit code. Passes signals on to it. */
export function runInTerminal(
  file: string,
  args: readonly string[],
  cwd: string,
  env: Context['env'],
): Promise<number> {
  const child = spawn(file, [...args], { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of endings) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      for (const signal of endings) process.off(signal, pass);
      resolve(code ?? 130);
    });
  });
}

/**
 * Runs `work` in a temporary folder and removes the folder afterwards, even when a signal ends the program. On a
 * signal, it reports to `say`.
 */
export async function inTemporaryFolder<T>(
  prefix: string,
  say: (line: string) => void,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  const end = (signal: (typeof endings)[number]): void => {
    // Running programs would keep writing to the folder.
    for (const child of running) child.kill('SIGKILL');
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      say(`Stopped. ${folder} was removed.`);
    } catch {
      say(`Stopped. ${folder} could not be removed. Run: rm -r ${folder}`);
    }
    process.exit(128 + osConstants.signals[signal]);
  };
  for (const signal of endings) process.on(signal, end);
  try {
    return await work(folder);
  } finally {
    for (const signal of endings) process.off(signal, end);
    await rm(folder, { recursive: true, force: true });
  }
}

/** The working folder, as returned by `cwd`. Throws UserError when it was removed or can't be read. */
export function workingFolder(cwd: () => string): string {
  try {
    return cwd();
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT')
      throw new UserError('the working folder was removed. Change to another folder with cd, and try again');
    throw new UserError(
      `the working folder can't be read (${code}). Check who owns it and the folders above it, or change to another with cd`,
    );
  }
}

/**
 * The atomic file system operations that releases are built on, so that a run can be killed between any two of them.
 * Paths are absolute. A missing file is null or an empty list, not an error; other system errors are passed through.
 */
export type ReleaseStorage = {
  readonly read: (path: string) => Promise<string | null>;
  /** Writes a file directly. Only for files that nobody reads yet. */
  readonly write: (path: string, text: string) => Promise<void>;
  readonly makeFolder: (path: string) => Promise<void>;
  /** The names in a folder, sorted. */
  readonly list: (path: string) => Promise<readonly string[]>;
  /** Replaces an existing file or link, but not a folder. */
  readonly rename: (from: string, to: string) => Promise<void>;
  /**
   * Creates a symbolic link; false if the name is taken. It needs no free space if `target` is shorter than 60 bytes.
   */
  readonly makeLink: (target: string, path: string) => Promise<boolean>;
  /** The target of a symbolic link, as written; null when there isn't one. */
  readonly readLink: (path: string) => Promise<string | null>;
  /** Removes a file, a link, or a folder with everything in it. */
  readonly remove: (path: string) => Promise<void>;
  /** Sets when a file, or a link itself, was last changed. */
  readonly touch: (path: string, now: number) => Promise<void>;
  /** When a file, or a link itself, was last changed, in milliseconds since 1970; null when there isn't one. */
  readonly changedAt: (path: string) => Promise<number | null>;
};

/** The result of `step`; null if it throws one of these codes. */
async function unless<T>(codes: readonly string[], step: () => Promise<T>): Promise<T | null> {
  try {
    return await step();
  } catch (error) {
    if (codes.includes(codeOf(error))) return null;
    throw error;
  }
}

const missing = ['ENOENT', 'ENOTDIR'];

/** This machine's file system. */
export const fileStorage: ReleaseStorage = {
  // A folder in place of the file reads as empty.
  read: (path) => unless(missing, async () => (await unless(['EISDIR'], () => readFile(path, 'utf8'))) ?? ''),
  write: (path, text) => withPath(path, () => writeFile(path, text)),
  makeFolder,
  list: async (path) => ((await unless(missing, () => readdir(path))) ?? []).sort(),
  rename: (from, to) => rename(from, to),
  makeLink: async (target, path) =>
    (await unless(['EEXIST'], async () => (await symlink(target, path), true))) ?? false,
  readLink: (path) => unless([...missing, 'EINVAL'], () => readlink(path)),
  remove: (path) => rm(path, { recursive: true, force: true }),
  touch: async (path, now) => void (await unless(missing, () => lutimes(path, now / 1000, now / 1000))),
  changedAt: async (path) => (await unless(missing, () => lstat(path)))?.mtimeMs ?? null,
};
