import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeRelease } from '../../../scripts/site/write-release.ts';
import { readTree } from '../../../src/content/disk.ts';
import { parseContent } from '../../../src/content/parse-content.ts';
import { filesBelow, temporaryFolder } from '../../support/folders.ts';
import { plainEnvironment, root, succeed } from '../../support/halfpast.ts';

const now = '2026-11-22T15:00:00Z';
const init = ['init', '--content', 'X', '--name', 'Acme', '--url', 'https://status.acme.example', '--time-zone', 'UTC', '--component', 'Website', '--now', now];

/** Starts the page, on the next free port if that one is taken, and gives what it answers at an address. */
async function startAndAsk(folder: string, path: string): Promise<string> {
  const child = spawn(process.execPath, [`${root}/scripts/halfpast.ts`, 'start', '--content', 'X', '--port', '4891'], { cwd: folder, env: plainEnvironment, stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let said = '';
      const hear = (chunk: Buffer): void => {
        said += chunk.toString();
        const found = /http:\/\/\S+/.exec(said)?.[0];
        if (found !== undefined) resolve(found);
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.on('close', () => reject(new Error(`it ended: ${said}`)));
    });
    return await (await fetch(new URL(path, address))).text();
  } finally {
    child.kill();
  }
}

describe('a page fresh from init, without one incident,', () => {
  it('builds, starts and is published, twice', async () => {
    const folder = temporaryFolder();
    await succeed(init, folder);
    expect(await succeed(['build', '--content', 'X', '--out', 'dist', '--now', now], folder)).toMatch(/^\d+ files in dist\n$/);
    expect(JSON.parse(readFileSync(join(folder, 'dist/release.json'), 'utf8'))).toMatchObject({ newestUpdate: null, components: ['website'], updates: {} });
    expect(JSON.parse(readFileSync(join(folder, 'dist/api/pages.json'), 'utf8'))).toMatchObject({ pages: { '/': expect.any(Number) as number } });
    expect(await startAndAsk(folder, '/')).toContain('Acme');
    const publish = ['publish', '--content', 'X', '--to', 'srv'];
    expect(await succeed([...publish, '--now', now], folder)).toMatch(/published \S+, in/);
    expect(readFileSync(join(folder, 'srv/current/index.html'), 'utf8')).toContain('Acme');
    expect(await succeed([...publish, '--now', '2026-11-22T16:00:00Z'], folder)).toMatch(/published \S+, which replaces \S+, in/);
  });

  it('gets its release.json and page sizes also when nothing was rendered below api', async () => {
    const folder = temporaryFolder();
    await succeed(init, folder);
    const tree = await readTree(join(folder, 'X'));
    const parsed = parseContent(tree, Date.parse(now));
    if ('problems' in parsed) throw new Error('init left problems');
    const built = join(folder, 'built');
    mkdirSync(built);
    writeFileSync(join(built, 'index.html'), '<main>Acme</main>');
    expect(await writeRelease(built, { content: 'x', site: parsed.site, version: '1', commit: null, files: ['index.html'], sizes: new Map([['/', 17]]) })).toBe(3);
    expect(filesBelow(built)).toEqual(['api/pages.json', 'index.html', 'release.json']);
  });
});
