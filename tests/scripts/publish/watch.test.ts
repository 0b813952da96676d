import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { contentHash } from '../../../src/lib/content/content-tree.ts';
import { readTree } from '../../../src/lib/content/disk.ts';
import { parseContent } from '../../../src/lib/content/check-content.ts';
import { hour, type Instant, isoTime, minute, second } from '../../../src/lib/domain/calendar.ts';
import { duePublish, nextDue } from '../../../scripts/publish/due-publish.ts';
import { wanted } from '../../../scripts/publish/remind/due.ts';
import { type Context, noProgress } from '../../../scripts/cli/context.ts';
import { UserError } from '../../../scripts/cli/errors.ts';
import type { Failure } from '../../../scripts/publish/commit-comment.ts';
import { runProgram } from '../../../scripts/cli/system.ts';
import { gitIn } from '../../../scripts/github/git.ts';
import { changeRelease } from '../../../scripts/publish/hosts/release-log.ts';
import { requireReleaseFolder } from '../../../scripts/publish/hosts/folder.ts';
import { watcher, watchForAnHour, watchForever, type WatchPlace } from '../../../scripts/publish/watch.ts';
import { releaseOf } from '../../support/release.ts';
import { serveFolder } from '../../support/static-server.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { news } from '../../support/logged-release.ts';
import { hostileEnvironment, call } from '../call.ts';
import { put, smallSite } from '../site.ts';
import { gitSite } from './hosts/git-site.ts';
import { pagesStandIn } from './hosts/pages-stand-in.ts';
import { folderPage, gitHubPage, lockTools } from './hosts/small-page.ts';
import { receiver } from './notify/receivers.ts';
import { desk, lineOf } from './remind/walk.ts';

const settings = 'name: Example\nurl: https://status.example.com\ntime_zone: Europe/Berlin\n';

function withoutHistory(content: string): void {
  for (const kind of ['incidents', 'maintenance', 'postmortems'])
    rmSync(join(content, kind), { recursive: true, force: true });
}

/** A site without incidents and maintenance, and a clock that only moves when someone sleeps or works. */
function town(begin: string) {
  const folder = smallSite();
  withoutHistory(join(folder, 'content'));
  put(folder, 'site.yml', settings);
  let time = Date.parse(begin);
  /** What people do, and when. */
  const plans: { readonly at: Instant; readonly does: () => void }[] = [];
  const clock = (): Instant => time;
  const sleep = (length: number): Promise<void> => {
    const end = time + length;
    for (const { at, does } of plans.splice(0).toSorted((a, b) => a.at - b.at)) {
      if (at > end) plans.push({ at, does });
      else does();
    }
    // No timer is exact.
    time = end + 2;
    return Promise.resolve();
  };
  const content = join(folder, 'content');
  return {
    clock,
    sleep,
    read: async () => {
      const parsed = parseContent(await readTree(content), time);
      if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
      return parsed;
    },
    nextPlan: (): Instant => Math.min(Infinity, ...plans.map(({ at }) => at)),
    at: (when: string, does: () => void): void => void plans.push({ at: Date.parse(when), does }),
    put: (path: string, text: string): void => put(folder, path, text),
    update: (slug: string, name: string, fields: string): void =>
      put(folder, `incidents/${slug}/${name}.md`, `---\n${fields}---\nText.\n`),
  };
}

type Happened = { readonly at: Instant; readonly line: string };

/** Watches until `end` as GitHub would: a run starts the next one, Publish starts one, and the timer once an hour. */
async function night(place: ReturnType<typeof town>, end: string): Promise<{ log: Happened[]; runs: Instant[][] }> {
  const { clock, sleep, read } = place;
  const log: Happened[] = [];
  const runs: Instant[][] = [];
  const { remind } = desk();
  /** When the live page was built. */
  let live = clock();
  const act = async (): Promise<Instant | null> => {
    const { site, drafts } = await read();
    for (const step of remind(wanted(site, drafts, null))) log.push({ at: clock(), line: lineOf(step) });
    const { publish, line } = await duePublish(site, { now: isoTime(live) }, null, null, () => Promise.resolve([]));
    if (publish) live = clock();
    if (publish && !line.includes('new day')) log.push({ at: clock(), line });
    return nextDue(site, null);
  };
  while (clock() < Date.parse(end)) {
    const began = clock();
    const ended = await watchForAnHour({ clock, sleep, act });
    runs.push([began, clock()]);
    // A quiet watch ends. The timer starts one once an hour, and Publish a little after an update; that takes a while.
    const started = Math.min(hour - (clock() % hour), place.nextPlan() + 75 * second - clock());
    await sleep(ended === 'quiet' ? started : 30 * second);
  }
  return { log, runs };
}

const timeOf = (at: Instant): string => isoTime(at).slice(11, 16);

/** Each line with its time to the minute. Fails when one came more than a minute late. */
function onTime(log: readonly Happened[]): string[] {
  return log.map(({ at, line }) => {
    const due = /(promise|missed|check-in):(\S+?Z)(?::(\d+)m)?$/.exec(line.split(',')[0] ?? '');
    if (due !== null) {
      const [, kind, time = '', late = '0'] = due;
      const base = Date.parse(time) + { promise: -10, missed: 1, 'check-in': 0 }[kind as 'promise'] * minute;
      expect(at - base - Number(late) * minute, line).toBeLessThan(minute);
    }
    return `${timeOf(at)} ${line.replaceAll(/\d{4}-\d\d-\d\dT(\d\d:\d\d):00\.000Z/g, '$1')}`;
  });
}

it('a service with a flag that its first publish would refuse ends with the mistake', async () => {
  const { folder } = gitSite(temporaryFolder());
  mkdirSync(join(folder, 'srv'));
  for (const [flags, expected] of [
    [['--to', '/nope'], "--to: /nope doesn't exist. Correct the path, or publish to it first"],
    [['--to', 'srv', '--tries', 'x'], '--tries: "x" is not a count'],
    [['--to', 'srv', '--keep', '0'], '--keep: "0" is not a count'],
    [['--to', 'srv', '--commit-id', 'nosuch'], '--commit-id: "nosuch" is not a commit or branch of content'],
  ] as const) {
    const { code, stderr } = await call(['watch', ...flags], folder);
    expect(stderr).toContain(expected);
    expect(code).toBeGreaterThan(0);
  }
});

describe('on GitHub', () => {
  const slug = '2026-11-22-checkout-errors';

  it('sends each reminder at its minute during an evening without updates, and publishes when the promised one is overdue', async () => {
    const place = town('2026-11-22T18:00:00Z');
    place.update(
      slug,
      '2026-11-22T1800Z',
      'title: Checkout errors\nstatus: investigating\nimpact: major\nlead: Dana\ncomms: Priya\n',
    );
    place.at('2026-11-22T18:50Z', () =>
      place.update(slug, '2026-11-22T1850Z', 'status: monitoring\nnext_update: none\n'),
    );
    const { log } = await night(place, '2026-11-22T19:30Z');
    expect(onTime(log)).toEqual([
      `18:15 open incident:${slug}: check-in:18:15`,
      '18:20 comment #1: promise:18:30',
      '18:30 comment #1: check-in:18:30',
      '18:31 comment #1: missed:18:30',
      `18:31 publishing: update overdue: ${slug} (18:31)`,
      '18:36 comment #1: missed:18:30:5m',
      '18:45 comment #1: check-in:18:45',
      '18:46 comment #1: missed:18:30:15m',
    ]);
  });

  it.each([
    ['a quiet day', () => undefined],
    [
      'an incident of three weeks ago without promises, which is watched',
      (place: ReturnType<typeof town>) =>
        place.update(
          slug,
          '2026-11-01T1800Z',
          'title: Checkout errors\nstatus: monitoring\nimpact: minor\nnext_update: none\n',
        ),
    ],
  ])('%s costs nothing: each run ends immediately', async (_, begin) => {
    const place = town('2026-11-22T00:00:00Z');
    begin(place);
    const { log, runs } = await night(place, '2026-11-23T00:00:00Z');
    expect(log).toEqual([]);
    expect(runs.length).toBeLessThanOrEqual(25);
    for (const [from, to] of runs) expect(to).toBe(from);
  });

  it('three days with an incident overnight and a maintenance window: nothing is late, and the watch only runs around them', async () => {
    const place = town('2026-11-24T00:00:00Z');
    place.at('2026-11-24T01:10Z', () =>
      place.update('2026-11-24-slow', '2026-11-24T0110Z', 'title: Slow\nstatus: investigating\nimpact: minor\n'),
    );
    place.at('2026-11-24T01:55Z', () => place.update('2026-11-24-slow', '2026-11-24T0155Z', 'status: monitoring\n'));
    place.at('2026-11-24T03:00Z', () => place.update('2026-11-24-slow', '2026-11-24T0300Z', 'status: resolved\n'));
    place.put(
      'maintenance/2026-11-26-database/2026-11-20T0900Z.md',
      '---\ntitle: Database\nstatus: scheduled\nscheduled_for: 2026-11-26T20:00Z\nscheduled_until: 2026-11-26T22:30Z\ncomponents:\n  checkout: under_maintenance\n---\nText.\n',
    );
    const { log, runs } = await night(place, '2026-11-27T00:00:00Z');
    const lines = onTime(log);
    expect(lines.filter((line) => line.includes('maintenance'))).toEqual([
      expect.stringMatching(/^20:00 publishing: maintenance begins/),
      expect.stringMatching(/^22:30 publishing: maintenance ends/),
    ]);
    expect(lines.filter((line) => line.includes('missed'))).not.toEqual([]);
    // A run is billed by the minute it begins. The timer itself takes one per hour, and starts the watch only if
    // needed.
    const billed = runs
      .filter(([from, to]) => from !== to)
      .map(([from = 0, to = 0]) => Math.ceil((to - from) / minute));
    expect(billed.reduce((sum, minutes) => sum + minutes, 0)).toBeLessThan(5 * 60);
    const ofMaintenance = runs.filter(([from = 0]) => from > Date.parse('2026-11-25T12:00Z'));
    const watched = ofMaintenance.reduce((sum, [from = 0, to = 0]) => sum + to - from, 0);
    expect(watched / minute, 'not in the middle of it').toBeLessThan(2 * 60 + 10);
  });

  it('a run lasts about an hour at most, and leaves later reminders to its successor', async () => {
    const place = town('2026-11-22T18:00:00Z');
    place.update(
      slug,
      '2026-11-22T1800Z',
      'title: Checkout errors\nstatus: investigating\nimpact: major\nnext_update: 4h\n',
    );
    const { log, runs } = await night(place, '2026-11-22T21:00:00Z');
    for (const [from = 0, to = 0] of runs) expect(to - from).toBeLessThan(hour + minute);
    expect(onTime(log)).toHaveLength(12);
  });
});

describe('the second look', () => {
  /** A page on GitHub with two releases and the watch of it. */
  async function onGitHub() {
    const base = temporaryFolder();
    const gitHub = await pagesStandIn(base);
    onTestFinished(() => gitHub.close());
    const page = gitHubPage(base, gitHub);
    await page.publish('one');
    await page.publish('two', { commit: 'c0ffee0' });
    const site = gitSite(temporaryFolder());
    const [said, reported]: [string[], Failure[]] = [[], []];
    const watch = async (now: Instant, runs: readonly Instant[] = []): Promise<void> => {
      const place = {
        host: page.host(),
        git: gitIn(site.content, { env: hostileEnvironment, runProgram }),
        folders: ['content/'],
        commit: () => Promise.resolve('c0ffee0'),
        pull: () => Promise.resolve(null),
        url: gitHub.url,
        stopFile: () => Promise.resolve(null),
        tried: () => Promise.resolve(runs.map((at) => ({ at, failed: true }))),
        report: (failure: Failure) => Promise.resolve(`commented: ${reported.push(failure)}`),
      } as unknown as WatchPlace;
      const context = {
        cwd: site.folder,
        env: { ...hostileEnvironment, HALFPAST_HOLD: 'a rollback works all the same' },
        clock: () => now,
        sleep: () => Promise.resolve(),
        stdout: (line: string) => void said.push(line),
        stderr: (line: string) => void said.push(line),
        progress: noProgress,
      } as unknown as Context;
      await watcher({ place, content: 'content', now: () => now }, context).act(false);
    };
    return { gitHub, page, watch, said, reported };
  }

  it('that fails on GitHub is reported to the author of the commit, as the first one is', async () => {
    const { gitHub, page, watch, said, reported } = await onGitHub();
    const [second] = (await page.log()).releases;
    await page.host().changeLog('News', (log) => changeRelease(log, second?.id ?? '', { news }));
    await watch(Date.parse(second?.verifiedAt ?? '') + 4 * minute);
    const [one] = (await page.log()).releases.slice(1);
    expect(reported).toMatchObject([
      {
        commit: 'c0ffee0',
        published: { outcome: 'unverified', release: { id: second?.id }, back: { id: one?.id, how: 'started' } },
        lines: [
          expect.stringContaining("doesn't serve the front page"),
          `${second?.id ?? ''} failed its second verification. ${one?.id ?? ''} is being restored`,
        ],
      },
    ]);
    expect(said.join('')).toContain('commented: 1');
    expect(gitHub.started.map(({ inputs }) => inputs)).toEqual([{ release: one?.id }]);
  });

  it('a rollback whose run on GitHub failed is started again, three times at most', async () => {
    const { gitHub, page, watch, said } = await onGitHub();
    gitHub.answers.push({ status: 403, message: 'Resource not accessible by integration' });
    await page.rollBack();
    expect(page.served()).toBe('two00000');
    const [bad, good] = (await page.log()).releases;
    const since = Date.parse(bad?.rolledBack?.at ?? '');
    const started = async (minutes: number, ...runs: readonly number[]): Promise<readonly (string | undefined)[]> => {
      await watch(
        since + minutes * minute,
        runs.map((at) => since + at * minute),
      );
      return gitHub.started.splice(0).map(({ inputs }) => inputs['release']);
    };
    expect(await started(9, 0), 'the run may not have ended').toEqual([]);
    expect(await started(60, 0)).toEqual([good?.id]);
    expect(await started(69, 0, 60), 'nor that one').toEqual([]);
    expect(await started(120, 0, 60)).toEqual([good?.id]);
    expect(await started(180, 0, 60, 120)).toEqual([]);
    expect(said.filter((line) => line.includes('restor'))).toEqual([
      `already being restored: ${good?.id ?? ''}\n`,
      `restoring ${good?.id ?? ''} again, because the last run failed\n`,
      `already being restored: ${good?.id ?? ''}\n`,
      `restoring ${good?.id ?? ''} again, because the last run failed\n`,
      `not tried again: restoring ${good?.id ?? ''} failed 3 times. See the Publish runs, fix the cause, and run Publish with this release\n`,
    ]);
    await page.rollBack({ kind: 'named', name: good?.id ?? '' });
    expect(page.served()).toBe('one00000');
    said.length = 0;
    expect(await started(240)).toEqual([]);
    expect(said.join('')).not.toContain('restor');
  });
});

describe('on a server', () => {
  it('a service notices new content within a minute, and sleeps until the next due time', async () => {
    let time = hour;
    const slept: number[] = [];
    const dues = [hour + 5 * second, null, hour + 10 * minute];
    const watching = watchForever({
      clock: () => time,
      sleep: (length) => {
        slept.push(length);
        time += length;
        return slept.length < 3 ? Promise.resolve() : Promise.reject(new Error('stopped'));
      },
      act: () => Promise.resolve(dues[slept.length] ?? null),
    });
    await expect(watching).rejects.toThrow('stopped');
    expect(slept).toEqual([5 * second, minute, minute]);
  });

  it('a page that no longer matches its release is rolled back at the second verification', async () => {
    const [folder, content] = [temporaryFolder(), smallSite()];
    const page = folderPage(folder);
    const now = Date.now();
    await page.publish('one', { now: now - 60 * minute });
    await page.publish('two', { now });
    const [second] = (await page.log()).releases;
    await page.host().changeLog('News', (log) => changeRelease(log, second?.id ?? '', { news }));
    const server = await serveFolder(join(folder, 'current'));
    const watch = (minutes: number) =>
      call(['watch', '--once', '--to', folder, '--url', server.origin], content, {
        context: {
          clock: () => Date.parse(second?.verifiedAt ?? isoTime(now)) + minutes * minute,
          sleep: () => Promise.resolve(),
          env: { ...hostileEnvironment, HALFPAST_HOLD: 'this is about the second look' },
        },
      });
    await watch(3);
    expect(page.served(), 'too early').toBe('two00000');
    const { code, stderr } = await watch(5);
    await server.close();
    expect(stderr).toMatch(/doesn't serve the front page[\s\S]*failed its second verification\. .* is served again/);
    expect(code).toBe(1);
    expect(page.served()).toBe('one00000');
  });

  it('a commit that changes nothing for customers, such as a check-in, is not published again', async () => {
    const folder = temporaryFolder();
    const upstream = gitSite(folder);
    const page = folderPage(join(folder, 'srv'));
    const now = Date.parse('2026-11-22T15:00:00Z');
    const hash = contentHash(await readTree(upstream.content));
    await page.publish(hash, { commit: upstream.git('rev-parse', 'HEAD'), now });
    const published: boolean[] = [];
    const said: string[] = [];
    const place = {
      host: page.host(),
      git: gitIn(upstream.content, { env: hostileEnvironment, runProgram }),
      folders: ['content/'],
      commit: () => Promise.resolve(upstream.git('rev-parse', 'HEAD')),
      pull: () => Promise.resolve(null),
      url: null,
      stopFile: () => Promise.resolve(null),
      publish: (again: boolean) => Promise.resolve(published.push(again)),
      tried: () => Promise.resolve([]),
    } as unknown as WatchPlace;
    const context = {
      cwd: upstream.folder,
      env: hostileEnvironment,
      version: releaseOf({}).version,
      clock: () => now,
      stdout: (line: string) => void said.push(line),
      stderr: (line: string) => void said.push(line),
      progress: noProgress,
    } as unknown as Context;
    const { act } = watcher({ place, content: 'content', now: () => now }, context);
    upstream.commit('Check-in: Checkout errors');
    await act(false);
    expect([published, said.join('')]).toEqual([[], expect.stringContaining('time has changed nothing since')]);
    upstream.put('incidents/2026-11-22-checkout-errors/2026-11-22T1440Z.md', '---\nstatus: identified\n---\nText.\n');
    upstream.commit('Identified');
    await act(false);
    expect(published).toEqual([false]);
  });

  it('pulls, uses the last valid content after a typo, and sends each reminder once per destination', async () => {
    const folder = temporaryFolder();
    const upstream = gitSite(folder);
    const [team, all] = [await receiver(), await receiver()];
    const slug = 'incidents/2026-11-22-checkout-errors';
    withoutHistory(upstream.content);
    upstream.put(
      'site.yml',
      `${settings}repository:\n  github: example/status\nremind:\n  - slack:\n      url_env: TEAM_URL\n  - slack:\n      url_env: ALL_URL\n    for: everyone\n`,
    );
    upstream.commit('Settings');
    const checkout = join(folder, 'checkout');
    execFileSync('git', ['clone', '--quiet', upstream.folder, checkout]);
    upstream.put(
      `${slug}/2026-11-22T1405Z.md`,
      '---\ntitle: Checkout errors\nstatus: monitoring\nimpact: major\nlead: Dana\ncomms: Priya\n---\nText.\n',
    );
    upstream.commit('Checkout errors');

    // It's asleep in between, as a laptop is. It would look every minute otherwise, and find nothing to do.
    const looks = ['14:20', '14:21', '14:25', '14:31', '14:32', '14:36', '14:46', '15:01', '15:02'];
    let time = Date.parse('2026-11-22T14:19:30Z');
    const env = { ...hostileEnvironment, TEAM_URL: team.url, ALL_URL: `${all.url}/secret` };
    const sleep = (): Promise<void> => {
      const next = looks.shift();
      if (next === undefined) return Promise.reject(new UserError('stopped'));
      time = Date.parse(`2026-11-22T${next}Z`);
      if (next === '14:25') {
        upstream.put('components.yml', 'components:\n  - id: checkout\n    nam: Checkout\n');
        upstream.commit('Typo');
      }
      return Promise.resolve();
    };
    const context = { clock: () => time, sleep, env };
    mkdirSync(join(folder, 'srv'));
    const { stderr } = await call(['watch', '--to', '../srv'], checkout, { context });
    expect(stderr).toContain('stopped');
    const texts = (requests: typeof team.accepted): string[] =>
      requests.map(
        ({ body }) => (JSON.parse(body) as { blocks: { text?: { text: string } }[] }).blocks[1]?.text?.text ?? '',
      );
    const sent = texts(team.accepted);
    expect(sent.map((text) => text.split('\n')[0])).toEqual([
      'For Priya: Customers were promised an update by 22 November 2026, 15:30 CET. Post one by then, even if there is no news.',
      'For Priya: The update that customers were promised by 22 November 2026, 15:30 CET is overdue. Post one now, even if there is no news.',
      expect.stringContaining('is still missing after 5 minutes'),
      expect.stringContaining('For everyone: The update'),
      expect.stringContaining('is still missing after 30 minutes'),
    ]);
    expect(team.accepted[0]?.body).toContain(
      'https://status.example.com/compose/?incident=2026-11-22-checkout-errors&amp;template=no-news',
    );
    expect(sent[0]).not.toContain('problem');
    expect(sent[1]).toMatch(
      /The newest content has a problem, so this is based on the content before it\. content\/components\.yml:2/,
    );
    expect(texts(all.accepted)).toHaveLength(2);
    expect(stderr).not.toContain('secret');
    // The record of reminders doesn't keep the first publish, or a restarted watch, from using the folder.
    await expect(requireReleaseFolder(join(folder, 'srv'), 'srv', lockTools())).resolves.toBeUndefined();
  });
});
