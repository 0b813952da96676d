import { execFile, spawn } from 'node:child_process';
import type { Finished, World } from './world.ts';

/** Runs a program without a shell, in a folder. A program that is not installed ends with code 127. */
export function runProgram(file: string, args: readonly string[], cwd: string, env?: World['env']): Promise<Finished> {
  return new Promise((resolve) => {
    const options = { cwd, maxBuffer: 16 * 1024 * 1024, ...(env === undefined ? {} : { env }) };
    execFile(file, [...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 127;
      resolve({ code, stdout, stderr: stderr === '' && error !== null ? error.message : stderr });
    });
  });
}

/** Runs a program in this terminal until it ends, and gives its exit code. Signals reach it too. */
export function runInTerminal(file: string, args: readonly string[], cwd: string, env: World['env']): Promise<number> {
  const child = spawn(file, [...args], { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, pass);
      resolve(code ?? 130);
    });
  });
}
