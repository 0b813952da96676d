import { isAbsolute, join, resolve } from 'node:path';
import type { Context } from '../cli/context.ts';
import { gitIn } from '../github/git.ts';
import { type DoctorFinding, ok, toFix } from './doctor.ts';

/** The absolute path of the hook from docs/publishing.md in a bare repository. It publishes each push. */
export const hookPath = (bare: string): string => join(bare, 'hooks/post-receive');

/** Where a hook publishes: the absolute paths of the folder with the releases and the bare repository. */
export type OwnServer = { readonly to: string; readonly bare: string };

/** The operator's script is the only place that names the folder. It uses shell comments and quotes. */
const served = /^(?:[^#\n]*\s)?served=(?:"([^"\n]*)"|'([^'\n]*)'|(\S+))/m;

/** Where the content at `path` (absolute) is published, if its remote is a local folder with a hook; else null. */
export async function ownServer(path: string, context: Context): Promise<OwnServer | null> {
  for (const { address } of await gitIn(path, context).places()) {
    const bare = address.replace(/^file:\/\//, '');
    // Treat a hook that this user can't read as missing.
    const hook = isAbsolute(bare) ? await context.disk.read(hookPath(bare)).catch(() => null) : null;
    const [, ...forms] = served.exec(hook ?? '') ?? [];
    const to = forms.find((form) => form !== undefined) ?? '';
    if (isAbsolute(to)) return { to, bare };
  }
  return null;
}

/** Whether the bare repository at `repository` has an executable hook. */
export async function hookFinding(repository: string, { cwd, disk, runProgram }: Context): Promise<DoctorFinding> {
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
