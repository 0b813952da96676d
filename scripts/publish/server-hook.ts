import { isAbsolute, join, resolve } from 'node:path';
import type { Context } from '../cli/context.ts';
import { gitIn } from '../github/git.ts';
import { type Finding, ok, toFix } from './doctor.ts';

/** The hook of docs/publishing.md in a bare repository, absolute: it publishes what is pushed. */
export const hookPath = (bare: string): string => join(bare, 'hooks/post-receive');

/** Where a hook publishes: the folder with the releases and the bare repository, absolute. */
export type OwnServer = { readonly to: string; readonly bare: string };

/**
 * A script of the operator, where this is the one place that names the folder. Comments and quotes are those of a
 * shell.
 */
const served = /^(?:[^#\n]*\s)?served=(?:"([^"\n]*)"|'([^'\n]*)'|(\S+))/m;

/** What publishes the content at `path`, absolute, if its remote is a folder here with a hook. */
export async function ownServer(path: string, context: Context): Promise<OwnServer | null> {
  for (const { address } of await gitIn(path, context).places()) {
    const bare = address.replace(/^file:\/\//, '');
    // One that this user may not read is as good as none.
    const hook = isAbsolute(bare) ? await context.disk.read(hookPath(bare)).catch(() => null) : null;
    const [, ...forms] = served.exec(hook ?? '') ?? [];
    const to = forms.find((form) => form !== undefined) ?? '';
    if (isAbsolute(to)) return { to, bare };
  }
  return null;
}

/** Whether the bare repository at `repository` has a hook that can run. */
export async function hookFinding(repository: string, { cwd, disk, runProgram }: Context): Promise<Finding> {
  const folder = resolve(cwd, repository);
  if ((await runProgram('test', ['-d', folder], cwd)).code !== 0)
    return toFix(`--repository: ${repository} isn't a folder`, 'Name the bare repository that you push to');
  const path = hookPath(folder);
  const text = await disk.read(path);
  if (text === null) return toFix(`there is no ${path}`, 'Save the one in docs/publishing.md');
  if ((await runProgram('test', ['-x', path], cwd)).code !== 0)
    return toFix(`${path} can't be run`, `Make it executable: chmod +x ${path}`);
  if (/\bnpx\b/.test(text.replaceAll(/#.*$/gm, '')))
    return toFix(`${path} uses npx, which can wait for a lock`, 'Use the one in docs/publishing.md');
  return ok(`${path} can be run`);
}
