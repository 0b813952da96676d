import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../support/folders.ts';
import { halfpast, succeed } from '../../../support/halfpast.ts';
import { serveFolder } from '../../../support/static-server.ts';
import { gitSite, type GitSite } from '../hosts/git-site.ts';

async function build(site: GitSite, out: string, now: string): Promise<string> {
  const folder = join(site.folder, '..', out);
  await succeed([
    'build',
    '--content',
    site.content,
    '--out',
    folder,
    '--cache',
    join(site.folder, '..', 'cache'),
    '--now',
    `2026-11-22T${now}Z`,
    '--commit-id',
    site.git('rev-parse', 'HEAD'),
  ]);
  return folder;
}

const update = 'incidents/2026-11-20-slow-search/2026-11-20T0950Z.md';

describe('guard', () => {
  it('exits with 0, 1 or 3, and reads allowances from commits, a range or a text', async () => {
    const site = gitSite(temporaryFolder());
    const live = await build(site, 'live', '15:00');
    const server = await serveFolder(live);
    const guard = (built: string, ...more: string[]) =>
      halfpast(['guard', '--site', built, '--content', 'content', ...more], site.folder);
    const byUrl = ['--url', server.origin];

    site.put(
      'incidents/2026-11-22-checkout-errors/2026-11-22T1430Z.md',
      '---\nstatus: identified\n---\nWe know why.\n',
    );
    const newer = site.commit('Update');
    const built = await build(site, 'built', '15:01');
    expect(await guard(built, ...byUrl)).toEqual({
      code: 0,
      stderr: '',
      stdout: 'Nothing live is removed or rewritten\n',
    });
    expect(await guard(built, '--live', join(site.folder, 'nothing'))).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^first publish: /) as string,
    });
    expect(await guard(live, '--live', built)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(`but a newer one is live: ${newer.slice(0, 9)}`) as string,
    });
    expect(await guard(built, ...byUrl, '--hold', 'Wait')).toMatchObject({
      code: 3,
      stdout: 'publishing is on hold: Wait (set by --hold; remove it to continue)\n',
    });

    rmSync(join(site.content, update));
    site.put('incidents/2026-11-20-slow-search/2026-11-20T0955Z.md', '---\nstatus: resolved\n---\nAll is well.\n');
    const short = site.commit('Move the end').slice(0, 7);
    const bad = await build(site, 'bad', '15:02');
    const refused = await guard(bad, ...byUrl, '--json');
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({
      ok: false,
      outcome: 'refused',
      refusals: [
        { file: update, commit: short, trailer: 'Halfpast-Allow: remove 2026-11-20-slow-search/2026-11-20T0950Z' },
      ],
    });
    const allow = 'Halfpast-Allow: remove 2026-11-20-slow-search/2026-11-20T0950Z';
    expect(await guard(bad, ...byUrl, '--message', allow)).toMatchObject({ code: 0 });
    const head = site.commit(`Meant\n\n${allow}`);
    expect(await guard(bad, ...byUrl), 'the site was built before that commit').toMatchObject({ code: 1 });
    expect(await guard(bad, ...byUrl, '--range', `${newer}..${head}`)).toMatchObject({ code: 0 });
    expect(await guard(bad, ...byUrl, '--range', 'nowhere..HEAD')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("git can't find the commits nowhere..HEAD") as string,
    });
    await server.close();
    expect(await guard(bad, ...byUrl, '--require-live')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(", so it can't be compared") as string,
    });
    expect(await halfpast(['guard', '--site', 'nowhere'], site.folder)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('nowhere has no site built by this version of Halfpast') as string,
    });
    expect(JSON.parse(readFileSync(join(bad, 'release.json'), 'utf8'))).toMatchObject({
      commit: expect.stringMatching(new RegExp(`^${short}`)) as string,
    });
  });
});
