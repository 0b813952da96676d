import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { temporaryFolder, write } from '../../../support/folders.ts';
import { type Finished, halfpast, plainEnvironment, root } from '../../../support/halfpast.ts';
import { gitSite, type GitSite } from './git-site.ts';

const update = 'incidents/2026-11-22-checkout-errors/2026-11-22T1405Z.md';
const identified = '---\nstatus: identified\n---\nWe know why.\n';

const publish = (site: GitSite, now: string, ...more: string[]): Promise<Finished> =>
  halfpast(['publish', '--to', site.to, '--content', 'content', '--now', `2026-11-22T${now}Z`, ...more], site.folder);

const rollback = (site: GitSite, ...more: string[]): Promise<Finished> =>
  halfpast(['rollback', '--to', site.to, ...more], site.folder);

/** A real webhook receiver, set in the environment. `told` has the bodies it got. */
async function webhook(): Promise<{ readonly told: string[]; readonly close: () => void }> {
  const told: string[] = [];
  const receiver = createServer((request, response) => {
    request.setEncoding('utf8');
    let body = '';
    request.on('data', (part: string) => (body += part));
    request.on('end', () => (told.push(body), response.end('ok')));
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  plainEnvironment['TEST_WEBHOOK_URL'] = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  plainEnvironment['TEST_WEBHOOK_SECRET'] =
    `whsec_${Buffer.from('a secret that is long enough for a signature').toString('base64')}`;
  return { told, close: () => (receiver.closeAllConnections(), receiver.close()) };
}

/** Runs a publish and kills it once its journal has the start of a step. */
async function killAt(site: GitSite, step: string): Promise<void> {
  const args = [
    'publish',
    '--to',
    site.to,
    '--content',
    'content',
    '--now',
    '2026-11-22T15:00Z',
    '--url',
    'http://127.0.0.1:9',
    '--tries',
    '99',
  ];
  const child = spawn(process.execPath, [join(root, 'scripts/halfpast.ts'), ...args], {
    cwd: site.folder,
    env: plainEnvironment,
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  await vi.waitUntil(
    () =>
      existsSync(join(site.to, 'publish.json')) &&
      readFileSync(join(site.to, 'publish.json'), 'utf8').includes(`"step": "${step}"`),
    { timeout: 60_000, interval: 5 },
  );
  child.kill('SIGKILL');
  await ended;
}

describe('publish --to', () => {
  it('refuses an edit until the file is marked as edited, and a changed status until a commit allows it', async () => {
    const site = gitSite(temporaryFolder());
    expect(await publish(site, '15:00')).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(
        /^first publish: .* has no Halfpast site, so there is nothing to compare with\npublished \S+, in [\d.]+ seconds\n$/,
      ) as string,
    });
    const first = site.current();
    const text = readFileSync(join(site.content, update), 'utf8');

    site.put(update, text.replace('Some card', 'All card'));
    const short = site.commit('Reword').slice(0, 7);
    const refused = await publish(site, '15:01');
    expect(refused.code).toBe(1);
    const line = `content/${update}  is live with different text (commit ${short}). To correct its text, add the line "edited: 2026-11-22T15:01Z" to its front matter, so that customers see when it was edited; or restore the old text, and post a new update instead`;
    expect(refused.stderr).toBe(`1 refusal: the live site stays as it is\nNOT LIVE: 1 refusal: ${line}\n`);
    expect(site.current()).toBe(first);

    site.put(update, text.replace('status: investigating', 'status: identified'));
    site.commit('Meant\n\nHalfpast-Allow: edit 2026-11-22-checkout-errors/2026-11-22T1405Z');
    expect((await publish(site, '15:02')).stderr).toContain(
      'A commit allows it. Now add the line "edited: 2026-11-22T15:02Z"',
    );
    expect(site.current()).toBe(first);

    site.put(update, text.replace('Some card', 'All card').replace('status:', 'edited: 2026-11-22T15:01Z\nstatus:'));
    site.commit('Mark the edit');
    expect(await publish(site, '15:03')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 live update is marked as edited') as string,
    });
    expect(readFileSync(join(site.to, 'current', 'incidents/2026-11-22-checkout-errors/index.html'), 'utf8')).toMatch(
      /Edited <time datetime="2026-11-22T15:01:00.000Z">22 Nov 2026, 16:01 CET<\/time>/,
    );

    rmSync(join(site.content, 'incidents/2026-11-20-slow-search'), { recursive: true });
    rmSync(join(site.content, 'postmortems'), { recursive: true });
    site.commit('Clean up');
    const gone = await publish(site, '15:04');
    expect(gone.stderr).toContain(
      'content/incidents/2026-11-20-slow-search  the incident "Search is slow" is live, but is missing from the content (commit ',
    );
    expect(gone.stderr).toContain(
      'content/postmortems/2026-11-20-slow-search.md  the page /postmortems/2026-11-20-slow-search/ is live, but missing from the build',
    );
    expect(gone.stderr, 'an earlier commit allowed something else').toContain('2 refusals');
  });

  it('never replaces a newer commit with an older one, and exits with 3', async () => {
    const site = gitSite(temporaryFolder());
    const old = site.git('rev-parse', 'HEAD');
    site.put('incidents/2026-11-22-checkout-errors/2026-11-22T1430Z.md', identified);
    const newer = site.commit('Update');
    await publish(site, '15:00');
    const live = site.current();
    site.git('checkout', '--quiet', old);
    const late = await publish(site, '15:05');
    expect(late).toMatchObject({
      code: 3,
      stderr: `not published: it was built from commit ${old.slice(0, 9)}, but a newer one is live: ${newer.slice(0, 9)}\n`,
    });
    expect(site.current()).toBe(live);
  });

  it("is on hold while there's a stop file in the content or next to the releases, a flag or the variable", async () => {
    const site = gitSite(temporaryFolder());
    site.put('stop.md', 'Wait until Dana has looked.\n');
    site.put(update, 'not an update at all');
    const held = await publish(site, '15:00', '--json');
    expect(held.code).toBe(3);
    expect(JSON.parse(held.stdout)).toMatchObject({
      ok: false,
      outcome: 'held',
      hold: { reason: 'Wait until Dana has looked.' },
    });
    site.git('checkout', '--quiet', '.');
    rmSync(join(site.content, 'stop.md'));
    expect(await publish(site, '15:00', '--hold', 'The host moves')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('publishing is on hold: The host moves') as string,
    });
    write(site.to, 'STOP', '');
    expect(await publish(site, '15:00')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('the file STOP beside the releases') as string,
    });
    rmSync(join(site.to, 'STOP'));
    plainEnvironment['HALFPAST_HOLD'] = 'true';
    expect(await publish(site, '15:00')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('the variable HALFPAST_HOLD') as string,
    });
    delete plainEnvironment['HALFPAST_HOLD'];
    expect(await publish(site, '15:00')).toMatchObject({ code: 0 });
  });

  it('notifies channels of each new update once, and never of older ones', async () => {
    const { told, close } = await webhook();
    const site = gitSite(temporaryFolder());
    site.put(
      'site.yml',
      `${readFileSync(join(site.content, 'site.yml'), 'utf8')}notify:\n  webhook:\n    url_env: TEST_WEBHOOK_URL\n    secret_env: TEST_WEBHOOK_SECRET\n`,
    );
    site.commit('A webhook');
    const first = await publish(site, '15:00');
    expect({ code: first.code, stderr: first.stderr, told }).toEqual({ code: 0, stderr: '', told: [] });
    expect(first.stdout).toContain('New channels, notified from now on: webhook.');
    site.put('incidents/2026-11-22-checkout-errors/2026-11-22T1430Z.md', identified);
    site.commit('Update');
    expect(await publish(site, '15:01')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('webhook: 1 update sent') as string,
    });
    expect(told).toEqual([expect.stringContaining('We know why.')]);
    await publish(site, '15:02');
    expect(told).toHaveLength(1);
    close();
    site.put('incidents/2026-11-22-checkout-errors/2026-11-22T1440Z.md', identified);
    site.commit('Another');
    const untold = await publish(site, '15:03');
    expect({ code: untold.code, stderr: untold.stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('the site is live, but not every channel was notified') as string,
    });
  });

  it('notifies of an update that was added after the first run died, no matter where it died', async () => {
    const { told, close } = await webhook();
    for (const step of ['build', 'verify']) {
      const site = gitSite(temporaryFolder());
      site.put(
        'site.yml',
        `${readFileSync(join(site.content, 'site.yml'), 'utf8')}notify:\n  webhook:\n    url_env: TEST_WEBHOOK_URL\n    secret_env: TEST_WEBHOOK_SECRET\n`,
      );
      site.commit('A webhook');
      await killAt(site, step);
      site.put('incidents/2026-11-22-checkout-errors/2026-11-22T1430Z.md', identified);
      site.commit('Update');
      expect(await publish(site, '15:01'), step).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('webhook: 1 update sent') as string,
      });
      expect(told.splice(0), step).toEqual([expect.stringContaining('We know why.')]);
    }
    close();
  });

  it('works from a hook of a bare repository', async () => {
    const site = gitSite(temporaryFolder());
    const bare = join(site.folder, '..', 'bare.git');
    site.git('clone', '--quiet', '--bare', '.', bare);
    const tree = join(site.folder, '..', 'tree');
    const deploy = async (now: string): Promise<Finished> => {
      rmSync(tree, { recursive: true, force: true });
      site.git('push', '--quiet', '--force', bare, 'main');
      const id = site.git('rev-parse', 'HEAD');
      mkdirSync(tree);
      site.git(`--work-tree=${tree}`, 'checkout', '--force', id, '--', '.');
      return halfpast(
        [
          'publish',
          '--to',
          site.to,
          '--content',
          'content',
          '--now',
          `2026-11-22T${now}Z`,
          '--commit-id',
          id,
          '--repository',
          bare,
        ],
        tree,
      );
    };
    expect(await deploy('15:00')).toMatchObject({ code: 0 });
    site.put(update, readFileSync(join(site.content, update), 'utf8').replace('Some card', 'All card'));
    const short = site.commit('Reword').slice(0, 7);
    expect(await deploy('15:01')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`is live with different text (commit ${short})`) as string,
    });
  });

  it('refuses a folder with other files, and wrong flags', async () => {
    const site = gitSite(temporaryFolder());
    write(site.to, 'letter.txt', 'precious');
    expect(await publish(site, '15:00')).toMatchObject({
      code: 1,
      stderr: `halfpast: ${site.to} contains something other than releases: letter.txt. Name a new or empty folder with --to DIR\n`,
    });
    expect(await halfpast(['publish'], site.folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--to is missing') as string,
    });
    expect(await halfpast(['publish', '--to', 'x', '--keep', '1'], site.folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('leaves no release to go back to') as string,
    });
    expect(await halfpast(['publish', '--to', 'x', '--url', 'status.example.com'], site.folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is not the address of a site') as string,
    });
    expect(await halfpast(['publish', '--to', 'content/incidents/srv'], site.folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is inside the content folder') as string,
    });
    expect(await rollback(site)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('has no releases') as string,
    });
  });
});

describe('rollback --to', () => {
  it('serves the previous release in less than two seconds, waits for a newer commit, and still guards what readers saw', async () => {
    const late = 'incidents/2026-11-22-checkout-errors/2026-11-22T1430Z';
    const site = gitSite(temporaryFolder());
    await publish(site, '15:00');
    const first = site.current();
    site.put(`${late}.md`, identified);
    site.commit('Update');
    await publish(site, '15:01');
    const seen = site.current().slice('releases/'.length);
    // Doesn't count the start of the program, which other tests slow down.
    const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
      const began = Date.now();
      return [await work(), Date.now() - began];
    };
    const [, start] = await timed(() => rollback(site, '--list'));
    const [done, took] = await timed(() => rollback(site, 'last'));
    expect(done).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\S+ is served now in place of \S+\n$/) as string,
    });
    expect(took - start).toBeLessThan(2000);
    expect(site.current()).toBe(first);
    expect(await publish(site, '15:02')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('NOT LIVE: this was rolled back at ') as string,
    });
    const list = await rollback(site, '--list');
    expect(list.stdout).toMatch(/\(rolled back: no reason was given\)\n(?:.*\n)?.*\(served\)\n$/);

    site.put(`${late}.md`, identified.replace('We know why', 'We guess why'));
    const short = site.commit('Reword').slice(0, 7);
    expect(await publish(site, '15:03')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        `content/${late}.md  was live in release ${seen}, where readers saw it with different text (commit ${short})`,
      ) as string,
    });
    site.put(`${late}.md`, identified);
    site.commit('Something else');
    expect(await publish(site, '15:04')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /was rolled back at \S+ \(no reason was given\), but is still in the content .*Halfpast-Allow: restore 2026-11-22-checkout-errors\/2026-11-22T1430Z/,
      ) as string,
    });
    expect(site.current()).toBe(first);
    rmSync(join(site.content, `${late}.md`));
    site.commit('Remove');
    expect(await publish(site, '15:05'), 'it was taken back').toMatchObject({ code: 0 });
  });
});

describe('two publishes at once', () => {
  it.each(['the older first', 'the newer first'])('end with the newest commit live, %s', async (order) => {
    const site = gitSite(temporaryFolder());
    await publish(site, '15:00');
    const checkouts = [14, 15].map((minute) => {
      site.put(`incidents/2026-11-22-checkout-errors/2026-11-22T14${minute}Z.md`, identified);
      const id = site.commit(`Update ${minute}`);
      const folder = join(site.folder, '..', `checkout-${minute}`);
      site.git('worktree', 'add', '--quiet', '--detach', folder, id);
      return { id, folder };
    });
    const [older, newer] = checkouts;
    if (older === undefined || newer === undefined) throw new Error('no commits');
    const started = order === 'the older first' ? [older, newer] : [newer, older];
    const ends = await Promise.all(
      started.map(({ folder }) =>
        halfpast(['publish', '--to', site.to, '--content', 'content', '--now', '2026-11-22T15:10Z'], folder),
      ),
    );
    const codes = new Map(started.map(({ id }, index) => [id, ends[index]?.code]));
    // If the older one comes second, it has nothing to publish.
    expect([0, 3], ends.map(({ stderr }) => stderr).join('')).toContain(codes.get(older.id));
    expect(codes.get(newer.id)).toBe(0);
    expect(ends.map(({ stderr }) => stderr).join('')).toMatch(/waiting for another publish \(process \d+\)/);
    const live = JSON.parse(readFileSync(join(site.to, 'current', 'release.json'), 'utf8')) as { commit: string };
    expect(live.commit).toBe(newer.id);
    for (const minute of [14, 15]) {
      expect(readFileSync(join(site.to, 'current', 'rss.xml'), 'utf8')).toContain(`#2026-11-22T14${minute}Z`);
    }
  });
});
