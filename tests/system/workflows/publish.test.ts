import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRecord } from '../../../scripts/publish/release-record.ts';
import { hashes, write } from '../../support/folders.ts';
import { fileText } from '../../../src/lib/content/write-content.ts';
import { hostile } from './hostile.ts';
import { type Town, town } from './repository.ts';

/** A new incident of that many minutes ago. */
function incident({ desk, ago }: Town, minutes: number, name: string, text: string): string {
  const path = `content/incidents/${ago(minutes).slice(0, 10)}-${name}/${ago(minutes)}.md`;
  write(desk, path, text);
  return path;
}

const release = ({ served }: Town) =>
  JSON.parse(readFileSync(join(served, 'release.json'), 'utf8')) as { readonly commit: string; readonly now: string };

describe('publishing', () => {
  it('takes a hostile update to customers as it is, notes the release, and has it looked at again', async () => {
    const place = await town();
    incident(
      place,
      60,
      'hostile',
      fileText(
        { title: hostile.title, status: 'investigating', components: { checkout: 'major_outage' } },
        hostile.message,
      ),
    );
    const commit = place.commit(hostile.message);
    const ran = await place.run('publish.yml', { run: '7' });
    expect(ran, ran.log).toMatchObject({
      jobs: { build: 'success', deploy: 'success', verify: 'success', announce: 'success', tell: 'skipped' },
      acted: [],
    });
    expect(release(place).commit).toBe(commit);
    expect(readFileSync(join(place.served, 'rss.xml'), 'utf8')).toContain('::set-output name=commit::x');
    expect((await readRecord(place.github.port)).releases).toMatchObject([{ commit, now: release(place).now }]);
    expect(place.actions.started).toEqual([{ file: 'verify-again.yml', ref: 'main', inputs: { run: '7' } }]);
    expect(ran.summary).toContain('### Live and verified');
    const again = await place.run('verify-again.yml', { inputs: { run: '7' } });
    expect(again, again.log).toMatchObject({ jobs: { look: 'success', tell: 'skipped' }, acted: [] });
    const timer = await place.run('timer.yml');
    expect(timer, timer.log).toMatchObject({ jobs: { tick: 'success', remind: 'success' }, acted: [] });
    expect(place.actions.started).toHaveLength(1);
    write(place.served, 'rss.xml', '');
    const later = await place.run('verify-again.yml', { inputs: { run: '7' } });
    expect(later, later.log).toMatchObject({ jobs: { look: 'failure', tell: 'success' }, acted: [] });
    expect(place.actions.started.at(-1)).toMatchObject({
      file: 'rollback.yml',
      inputs: { of: commit, built: release(place).now, reason: 'verify-again failed' },
    });
    expect(hostile.happened(place), 'something was executed').toEqual([]);
  });

  it('stops at a typo: the page stays, and the commit says which line to type', async () => {
    const place = await town();
    const path = incident(
      place,
      50,
      'checkout',
      `---\ntitle: Checkout\nstatus: resovled\nimpact: minor\n---\n${hostile.message}\n`,
    );
    const commit = place.commit('Typo');
    const before = hashes(place.served);
    const ran = await place.run('publish.yml');
    expect(ran, ran.log).toMatchObject({
      jobs: { build: 'failure', deploy: 'skipped', verify: 'skipped', announce: 'skipped', tell: 'success' },
      acted: [],
    });
    expect(hashes(place.served)).toEqual(before);
    const again = await place.run('publish.yml');
    expect(again.jobs).toMatchObject({ build: 'failure', tell: 'success' });
    const comments = await place.github.port.commitComments(
      ((await place.github.ask('/commits/main')) as { readonly sha: string }).sha,
    );
    expect(comments, 'one comment, however often it runs').toHaveLength(1);
    expect(comments[0]?.body).toContain(`\`${path}:3\``);
    expect(comments[0]?.body).toContain('```diff\n- status: resovled\n+ status: resolved\n```');
    expect(comments[0]?.body).toContain(commit.slice(0, 7));
    expect(place.actions.started).toEqual([]);
  });

  it('is held by the variable, says so, and is no failure', async () => {
    const place = await town();
    place.commit('Begin');
    const held = await place.run('publish.yml', { vars: { HALFPAST_HOLD: 'we are moving house' } });
    expect(held, held.log).toMatchObject({
      jobs: { build: 'success', deploy: 'skipped', verify: 'skipped', announce: 'skipped', tell: 'skipped' },
    });
    expect(held.summary).toMatch(/### Nothing was published[\s\S]*we are moving house/);
    expect(Object.keys(hashes(place.served))).toEqual(['404.html']);
  });
});
