import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A site of Astro's with one page, below `root`, whose packages it uses. Gives the command that builds
 * it: the least that a build with Astro takes on this machine, and the measure for all others.
 */
export async function emptySite(root: string): Promise<readonly [string, ...string[]]> {
  const folder = join(root, 'node_modules', '.bench-empty');
  await mkdir(join(folder, 'src/pages'), { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "type": "module", "private": true }\n');
  await writeFile(join(folder, 'astro.config.mjs'), 'export default {};\n');
  await writeFile(
    join(folder, 'src/pages/index.astro'),
    '<!doctype html><html lang="en"><head><title>Empty</title></head><body><h1>Empty</h1></body></html>\n',
  );
  return [process.execPath, join(root, 'node_modules/astro/bin/astro.mjs'), 'build', '--root', folder, '--silent'];
}
