import { execFile } from 'node:child_process';
import type { Finished } from './world.ts';

/** Runs a program without a shell, in a folder. A program that is not installed ends with code 127. */
export function runProgram(file: string, args: readonly string[], cwd: string): Promise<Finished> {
  return new Promise((resolve) => {
    execFile(file, [...args], { cwd, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 127;
      resolve({ code, stdout, stderr: stderr === '' && error !== null ? error.message : stderr });
    });
  });
}
