import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hashes, sampleContent, temporaryFolder, write } from '../support/folders.ts';
import { plainEnvironment, root } from '../support/halfpast.ts';

/** After how many of Astro's lines about pages a build is killed. Each page has one. */
const moments = [1, 20, 45, 70, 95, 120];
const path = 'incidents/2026-11-20-gift-cards/2026-11-20T1700Z.md';
const update = (text: string): string =>
  `---\ntitle: Gift cards cannot be bought\nstatus: investigating\nimpact: minor\n---\n${text}\n`;

it('a build after a killed build, with the content restored, equals a clean build', async () => {
  const folder = temporaryFolder();
  const content = sampleContent(folder);
  // As with plain `astro build`, Astro writes directly to the folder that's served.
  const astro = (out: string, cache: string, killAt = Infinity): Promise<number | null> => {
    const args = [join(root, 'node_modules/astro/bin/astro.mjs'), 'build', '--outDir', join(folder, out)];
    const env = {
      ...plainEnvironment,
      HALFPAST_CONTENT: content,
      HALFPAST_CACHE: join(folder, cache),
      HALFPAST_NOW: '2026-11-20T18:00:00Z',
    };
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'ignore'] });
    let pages = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      pages += chunk.toString().split('├─').length - 1;
      if (pages >= killAt) child.kill('SIGKILL');
    });
    return new Promise((resolve) => child.on('close', resolve));
  };
  write(content, path, update('We are looking into it.'));
  expect(await astro('clean', 'cache-clean')).toBe(0);
  expect(await astro('out', 'cache')).toBe(0);
  const expected = hashes(join(folder, 'clean'));
  for (const moment of moments) {
    write(content, path, update(`Something else, ${moment}.`));
    expect(await astro('out', 'cache', moment)).toBe(null);
    write(content, path, update('We are looking into it.'));
    expect(await astro('out', 'cache')).toBe(0);
    expect(hashes(join(folder, 'out')), `killed after ${moment} pages`).toEqual(expected);
  }
});
