import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

export type Finished = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs the real command as a process of its own, without a terminal. */
export function halfpast(args: readonly string[], cwd: string = root): Promise<Finished> {
  const child = spawn(process.execPath, [`${root}/scripts/halfpast.ts`, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
  });
}

/** As `halfpast`, for a call that must succeed. */
export async function succeed(args: readonly string[], cwd: string = root): Promise<string> {
  const { code, stdout, stderr } = await halfpast(args, cwd);
  if (code !== 0) throw new Error(`halfpast ${args.join(' ')} ended with ${code}:\n${stderr}${stdout}`);
  return stdout;
}
