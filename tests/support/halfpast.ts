import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/**
 * The environment without the test runner's variables, which affect Astro, and without those of CI, which make Astro
 * print in color.
 */
export const plainEnvironment: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) =>
      !/^(?:VITEST|(?:NODE_ENV|TEST|DEV|PROD|MODE|SSR|BASE_URL|CI|GITHUB_ACTIONS|FORCE_COLOR|COLOR)$)/.test(name),
  ),
);

export type Finished = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs the command in a separate process, without a terminal; `more` is added to its environment. */
export function halfpast(
  args: readonly string[],
  cwd: string = root,
  more: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const child = spawn(process.execPath, [`${root}/scripts/halfpast.ts`, ...args], {
    cwd,
    env: { ...plainEnvironment, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
  });
}

/** Like `halfpast`, but throws if it fails. Returns standard output. */
export async function succeed(args: readonly string[], cwd: string = root): Promise<string> {
  const { code, stdout, stderr } = await halfpast(args, cwd);
  if (code !== 0) throw new Error(`halfpast ${args.join(' ')} ended with ${code}:\n${stderr}${stdout}`);
  return stdout;
}
