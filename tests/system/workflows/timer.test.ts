import { expect, it } from 'vitest';
import { emptyLog, logText } from '../../../scripts/publish/hosts/release-log.ts';
import { write } from '../../support/folders.ts';
import { loggedRelease } from '../../support/logged-release.ts';
import { releaseOf } from '../../support/release.ts';
import { towns } from './repository.ts';

it.each(Object.entries(towns))(
  'the timer in %s reminds of a late update, starts the watch, and publishes when it is due',
  async (_, newTown) => {
    const place = await newTown();
    const commit = place.commit('Begin');
    const first = await place.run('timer.yml');
    expect(first, first.log).toMatchObject({ jobs: { run: 'success' }, acted: [] });
    expect(first.summary).toMatch(/opened #\d+, Tell customers: Search is slow[\s\S]*no Halfpast site is live yet/);
    const watch = { file: 'watch.yml', ref: 'main', inputs: {} };
    expect(place.actions.started).toEqual([watch]);
    // While a watch runs, the timer leaves the reminders to it.
    place.actions.runs.push({ file: 'watch.yml', commit, at: new Date().toISOString(), status: 'in_progress' });

    const now = new Date(Date.now() - 3 * 24 * 3_600_000).toISOString();
    write(place.served, 'release.json', JSON.stringify(releaseOf({ commit, now, url: place.origin })));
    const held = await place.run('timer.yml', { vars: { HALFPAST_HOLD: 'we are moving' } });
    expect(held.summary).toContain('publishing is on hold: we are moving');
    const due = await place.run('timer.yml');
    expect(due, due.log).toMatchObject({ jobs: { run: 'success' } });
    expect(due.summary).toMatch(/publishing: new day/);
    expect(place.actions.started).toEqual([watch, { file: 'publish.yml', ref: 'main', inputs: {} }]);

    // A rollback whose run failed.
    const at = new Date(Date.now() - 3_600_000).toISOString();
    const releases = [
      loggedRelease({ id: 'b', rolledBack: { at, by: 'person', reason: 'wrong' } }),
      loggedRelease({ id: 'a', state: 'deploying', verifiedAt: null }),
    ];
    await place.github.port.writeFile({
      path: 'releases.json',
      branch: 'halfpast-state',
      text: logText({ ...emptyLog, releases }),
      message: 'Rolling back',
      replaces: null,
    });
    const restored = await place.run('timer.yml');
    expect(restored, restored.log).toMatchObject({ jobs: { run: 'success' } });
    expect(restored.summary).toContain('restoring a again');
    expect(place.actions.started).toContainEqual({ file: 'publish.yml', ref: 'main', inputs: { release: 'a' } });

    // The incident is over, so the watch has nothing to wait for.
    const slug = `${place.ago(90).slice(0, 10)}-slow-search`;
    write(place.desk, `content/incidents/${slug}/${place.ago(1)}.md`, '---\nstatus: resolved\n---\nDone.\n');
    place.commit('Resolved');
    const watched = await place.run('watch.yml');
    expect(watched, watched.log).toMatchObject({ jobs: { run: 'success' } });
    expect(watched.summary).toMatch(/closed #\d+, Tell customers: Search is slow[\s\S]*nothing is due within the hour/);
  },
);
