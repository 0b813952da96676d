import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readRecord } from '../../../scripts/publish/release-record.ts';
import { hashes, write } from '../../support/folders.ts';
import { type Town, town } from './repository.ts';

const release = ({ served }: Town) =>
  JSON.parse(readFileSync(join(served, 'release.json'), 'utf8')) as { readonly commit: string; readonly now: string };

// Six builds one after the other: too long for the tests that run at every change.
it('a site that does not verify is rolled back to the same bytes, is held until a newer commit, and the author is told', async () => {
  const place = await town();
  const first = place.commit('Begin');
  expect((await place.run('publish.yml')).jobs).toMatchObject({ verify: 'success' });
  const [good, name] = [hashes(place.served), release(place)];
  write(
    place.desk,
    `content/incidents/${place.ago(40).slice(0, 10)}-checkout/${place.ago(40)}.md`,
    '---\ntitle: Checkout\nstatus: investigating\nimpact: minor\n---\nIt fails.\n',
  );
  const second = place.commit('Second');
  const bad = await place.run('publish.yml', { broken: ['deploy-pages'] });
  expect(bad, bad.log).toMatchObject({
    jobs: { deploy: 'success', verify: 'failure', announce: 'skipped', tell: 'success' },
  });
  const started = place.actions.started.at(-1);
  expect(started).toMatchObject({
    file: 'rollback.yml',
    inputs: { of: second, built: release(place).now, reason: 'verify failed' },
  });
  const back = await place.run('rollback.yml', { inputs: { release: '', ...started?.inputs } });
  expect(back, back.log).toMatchObject({
    jobs: { choose: 'success', build: 'success', deploy: 'success', verify: 'success' },
    acted: [],
  });
  expect(release(place)).toEqual(name);
  expect(hashes(place.served), 'the same bytes').toEqual(good);
  expect((await readRecord(place.github.port)).hold).toMatchObject({ from: second, to: { commit: first } });
  const comments = await place.github.port.commitComments(
    ((await place.github.ask('/commits/main')) as { readonly sha: string }).sha,
  );
  expect(comments.at(-1)?.body).toMatch(/The last verified release is being restored[\s\S]*rss\.xml/);
  const held = await place.run('publish.yml');
  expect(held, held.log).toMatchObject({
    jobs: { build: 'success', deploy: 'success', verify: 'skipped', tell: 'skipped' },
  });
  expect(held.summary).toMatch(/Nothing was published[\s\S]*was rolled back/);
  expect(hashes(place.served)).toEqual(good);
  write(place.desk, 'note.txt', 'x');
  const third = place.commit('Third');
  expect((await place.run('publish.yml')).jobs).toMatchObject({ verify: 'success', announce: 'success' });
  expect(release(place).commit).toBe(third);
  expect((await readRecord(place.github.port)).hold).toBeNull();
  const late = await place.run('publish.yml', { sha: second });
  expect(late.jobs, 'a run for an older commit').toMatchObject({
    build: 'success',
    deploy: 'skipped',
    tell: 'skipped',
  });
  expect(late.summary).toContain('a newer one is live');
  expect(release(place).commit).toBe(third);
});
