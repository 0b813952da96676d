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

/** Makes a folder and those above it. Not with Node's own `recursive`, which never ends in /proc. */
async function makeFolder(path: string): Promise<void> {
  try {
    await make(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await make(path);
  }
}

/** Writes beside the file under a hidden name, which the content reader passes over, then puts it in place. */
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
    // A folder of an incident without an update would keep all from being published.
    if (isNewFolder) await rmdir(dirname(path)).catch(() => undefined);
    throw error;
  }
  await rm(beside, { force: true });
}

/** A link refuses to take the place of a file, also one that appeared a moment ago. */
async function placeNew(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    // Some file systems have no links; there the copy must do, which refuses as well.
    if (codeOf(error) === 'EEXIST') throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}

/** The disk of this machine. */
export const realDisk: Disk = {
  read: async (path) => {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      // Of a folder, Node does not say which.
      throw error instanceof Error ? Object.assign(error, { path }) : error;
    }
  },
  create: (path, text) => write(path, text, placeNew),
  replace: (path, text) => write(path, text, rename),
  remove: (path) => rm(path, { recursive: true, force: true }),
};

/** What ends a program from outside: Ctrl-C, a service manager, a terminal that is closed. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The programs that run now. */
const running = new Set<ChildProcess>();

/** Runs a program without a shell, in a folder. A program that is not installed ends with code 127. */
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

/** Runs a program in this terminal until it ends, and gives its exit code. Signals reach it too. */
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
 * Does `work` in a temporary folder, which is gone afterwards, also when a signal ends the program. `say` gets a line
 * about it then.
 */
export async function inTemporaryFolder<T>(
  prefix: string,
  say: (line: string) => void,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  const end = (signal: (typeof endings)[number]): void => {
    // What still runs would go on writing there.
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

/**
 * The folder that the program was called in. `cwd` asks the system. Throws UserError when it was removed, or may not be
 * read.
 */
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
 * Where releases are kept: the steps that a file system does whole or not at all. Everything else in
 * this room is put together from them, so that a run may be killed between any two.
 * Paths are absolute. What is missing is null or empty, never an error; other errors of the system come through.
 */
export type ReleaseStorage = {
  readonly read: (path: string) => Promise<string | null>;
  /** Writes a file in place: only for files that nobody reads yet. */
  readonly write: (path: string, text: string) => Promise<void>;
  readonly makeFolder: (path: string) => Promise<void>;
  /** The names in a folder, sorted. */
  readonly list: (path: string) => Promise<readonly string[]>;
  /** Takes the place of a file or link that is there; refuses to take that of a folder. */
  readonly rename: (from: string, to: string) => Promise<void>;
  /**
   * Makes a symbolic link; false when the name is taken. It needs no free space as long as `target` is short, below 60
   * bytes.
   */
  readonly makeLink: (target: string, path: string) => Promise<boolean>;
  /** Where a symbolic link leads, as written; null when there is none. */
  readonly readLink: (path: string) => Promise<string | null>;
  /** Removes a file, a link or a folder with all below it. */
  readonly remove: (path: string) => Promise<void>;
  /** Marks a file, or a link itself, as changed now. */
  readonly touch: (path: string, now: number) => Promise<void>;
  /** When a file, or a link itself, was changed, in milliseconds since 1970; null when there is none. */
  readonly changedAt: (path: string) => Promise<number | null>;
};

/** Null for an error of one of these codes. */
async function unless<T>(codes: readonly string[], step: () => Promise<T>): Promise<T | null> {
  try {
    return await step();
  } catch (error) {
    if (codes.includes(codeOf(error))) return null;
    throw error;
  }
}

const missing = ['ENOENT', 'ENOTDIR'];

/** The file system of this machine. */
export const fileStorage: ReleaseStorage = {
  // A folder where a file should be is there, and says nothing.
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
