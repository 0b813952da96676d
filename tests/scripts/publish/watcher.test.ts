import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Context, noProgress } from '../../../scripts/cli/context.ts';
import { UserError } from '../../../scripts/cli/errors.ts';
import type { Git } from '../../../scripts/github/git.ts';
import { NoAnswer } from '../../../scripts/live/site-reader.ts';
import type { Failure } from '../../../scripts/publish/commit-comment.ts';
import type { Host } from '../../../scripts/publish/hosts/host.ts';
import { emptyLog, type LoggedRelease, type Source } from '../../../scripts/publish/hosts/release-log.ts';
import { watcher, watchForAnHour, type WatchPlace } from '../../../scripts/publish/watch.ts';
import { pageSize, type Release } from '../../../src/lib/api/release.ts';
import { contentHash } from '../../../src/lib/content/content-tree.ts';
import { readTree } from '../../../src/lib/content/disk.ts';
import { hour, type Instant, isoTime, minute, second } from '../../../src/lib/domain/calendar.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { loggedRelease, news } from '../../support/logged-release.ts';
import { releaseOf } from '../../support/release.ts';
import { put } from '../site.ts';
import { receiver } from './notify/receivers.ts';

const settings = 'name: Example\nurl: https://status.example.com\ntime_zone: Europe/Berlin\n';

const unchangedNow = 'time has changed nothing since 2026-11-22T15:00:00.000Z';

const logged = (given: Partial<LoggedRelease>): LoggedRelease => loggedRelease({ commit: 'c2', ...given });

/** A page as a watch sees it: what it serves and what its log has are as given. */
async function standing(given: {
  readonly content?: Readonly<Record<string, string>>;
  readonly live?: Partial<Release> | null | 'down';
  /** Releases in the log, made from what the content is now. */
  readonly log?: (source: Source) => readonly LoggedRelease[];
  /** What is served, each time that's asked. Default: the newest release in the log. */
  readonly served?: () => string;
  readonly place?: Partial<WatchPlace>;
  readonly reminders?: (usual: WatchPlace) => WatchPlace['reminders'];
  readonly env?: Readonly<Record<string, string>>;
}) {
  const folder = temporaryFolder();
  const files = {
    'site.yml': settings,
    'components.yml': 'components:\n  - id: api\n    name: API\n',
    ...given.content,
  };
  for (const [path, text] of Object.entries(files)) put(folder, path, text);
  const source = { content: contentHash(await readTree(join(folder, 'content'))), commit: 'c2', version: '1' };
  const releases = given.log?.(source) ?? [];
  const [out, err, published, sleeps, reported]: [string[], string[], boolean[], number[], Failure[]] = [
    [],
    [],
    [],
    [],
    [],
  ];
  let time = Date.parse('2026-11-22T15:00:00Z');
  const live =
    given.live === null
      ? null
      : JSON.stringify(releaseOf({ ...source, now: isoTime(time), ...(given.live as object) }));
  const host = {
    name: 'the page',
    log: () => Promise.resolve({ ...emptyLog, releases }),
    served: () => Promise.resolve(given.served?.() ?? releases[0]?.id ?? null),
    live: () => ({
      name: 'the page',
      read: () => (given.live === 'down' ? Promise.reject(new NoAnswer("doesn't respond")) : Promise.resolve(live)),
    }),
  };
  const clock = (): Instant => time;
  const usual = {
    host,
    git: { ancestry: () => Promise.resolve('newer'), history: () => Promise.resolve([]) },
    folders: ['content/'],
    commit: () => Promise.resolve('c2'),
    pull: () => Promise.resolve(null),
    url: null,
    stopFile: () => Promise.resolve(null),
    publish: (again: boolean) => Promise.resolve(published.push(again) * 3),
    tried: () => Promise.resolve([]),
    report: (failure: Failure) => Promise.resolve(`commented: ${reported.push(failure)}`),
    reminders: {
      env: given.env ?? {},
      clock,
      store: {
        name: 's',
        exclusively: <T>(work: () => Promise<T>): Promise<T> => work(),
        load: () => Promise.resolve({ text: null, version: null }),
        save: () => Promise.resolve('1'),
      },
      github: null,
    },
    restart: 'run: npx halfpast publish',
    ...given.place,
  } as unknown as WatchPlace;
  const place = given.reminders === undefined ? usual : { ...usual, reminders: given.reminders(usual) };
  const context = {
    cwd: folder,
    env: given.env ?? {},
    version: '1',
    clock,
    sleep: (length: number) => Promise.resolve(void sleeps.push(length)),
    stdout: (line: string) => void out.push(line),
    stderr: (line: string) => void err.push(line),
    progress: noProgress,
  } as unknown as Context;
  const { act, print, code } = watcher({ place, content: 'content', now: clock }, context);
  return {
    ...{ folder, out, err, published, sleeps, reported, act, print, code, source },
    wait: (length: number) => (time += length),
  };
}

describe('a watch of the page', () => {
  const slow = {
    'incidents/2026-11-22-slow/2026-11-22T1400Z.md': '---\ntitle: Slow\nstatus: resolved\nimpact: minor\n---\nx\n',
  };
  const old = { content: 'old', commit: 'c1' };
  const failedAt = (at: string, by: 'person' | 'verification') => (source: Source) => [
    logged({ id: 'b', ...source, rolledBack: { at, by, reason: 'wrong' } }),
  ];
  const ancestry = (answer: string): Partial<WatchPlace> => ({
    git: { ancestry: () => Promise.resolve(answer) } as unknown as Git,
  });

  it.each<[string, Parameters<typeof standing>[0], string, readonly boolean[]]>([
    ['that is as it should be', {}, unchangedNow, []],
    ['of an older commit', { live: old }, "publishing: c2 isn't live", [false]],
    [
      'of an older commit, by another version',
      { live: { version: '0', commit: 'c1' } },
      "publishing: c2 isn't live",
      [false],
    ],
    ['of another commit of the same content', { live: { commit: 'c1' } }, unchangedNow, []],
    ['of the same commit', { live: old, place: ancestry('same') }, unchangedNow, []],
    ['of a newer commit', { live: old, place: ancestry('older') }, unchangedNow, []],
    ['of no commit', { live: { ...old, commit: null } }, unchangedNow, []],
    ['whose content has no commit', { live: old, place: { commit: () => Promise.resolve(null) } }, unchangedNow, []],
    [
      'whose commit is being published',
      {
        live: old,
        place: {
          tried: (commit) =>
            Promise.resolve(commit === 'c2' ? [{ at: Date.parse('2026-11-22T14:55Z'), failed: true }] : []),
        },
      },
      "already being published: c2 isn't live",
      [],
    ],
    [
      'whose channels were not notified ten minutes ago',
      { log: (source) => [logged({ ...source, notified: false, verifiedAt: '2026-11-22T14:50:00.000Z' })] },
      'publishing: not every channel was notified',
      [false],
    ],
    ['that is none yet', { live: null }, 'no Halfpast site is live yet. Publish it first', []],
    [
      'on hold',
      { live: old, content: { STOP: 'We move' } },
      'publishing is on hold: We move (set by the stop file in content; remove it to continue)',
      [],
    ],
    [
      'on hold beside the releases',
      { live: old, place: { stopFile: () => Promise.resolve({ name: 'STOP', text: '' }) } },
      'publishing is on hold: STOP exists (set by the file STOP beside the releases; remove it to continue)',
      [],
    ],
    [
      'on hold by a variable',
      { live: old, env: { HALFPAST_HOLD: 'We move' } },
      'publishing is on hold: We move (set by the variable HALFPAST_HOLD; remove it to continue)',
      [],
    ],
    [
      'that a person rolled back',
      { live: old, log: failedAt('2026-11-20T15:00:00.000Z', 'person') },
      'not published: this was rolled back (wrong)',
      [],
    ],
    [
      'that failed verification a moment ago',
      { live: old, log: failedAt('2026-11-22T14:30:00.001Z', 'verification') },
      'not published: this was rolled back (wrong)',
      [],
    ],
    [
      'that failed verification half an hour ago',
      { live: old, log: failedAt('2026-11-22T14:30:00.000Z', 'verification') },
      'publishing again what failed verification',
      [true],
    ],
  ])('%s', async (_, given, line, published) => {
    const at = await standing({
      content: slow,
      ...given,
      ...(given.content && { content: { ...slow, ...given.content } }),
    });
    expect(await at.act(false)).toBeNull();
    expect([at.out, at.err, at.published]).toEqual([[`${line}\n`], [], published]);
    expect(at.code()).toBe(published.length * 3);
  });

  it('isn’t published again while its publish may still be notifying channels', async () => {
    const at = await standing({
      log: (source) => [logged({ ...source, notified: false, verifiedAt: '2026-11-22T14:51:00.000Z' })],
    });
    expect(await at.act(false)).toBe(Date.parse('2026-11-22T15:01Z'));
    expect([at.out, at.published]).toEqual([[`${unchangedNow}\n`], []]);
  });

  it("that can't be read is reported, with what to do", async () => {
    const at = await standing({ live: 'down' });
    await at.act(false);
    expect([at.out, at.err, at.code()]).toEqual([
      [],
      ["the page doesn't respond. Open it in a browser. To publish again, run: npx halfpast publish\n"],
      1,
    ]);
  });

  it('reports mistakes in the content, and why nothing is published', async () => {
    const at = await standing({ content: { 'components.yml': 'x' } });
    expect(await at.act(true)).toBeNull();
    expect(at.err).toEqual([expect.stringMatching(/^content\/components\.yml.*no reminders can be sent\n$/)]);
    expect(at.out).toEqual(['content has problems, so nothing is published. See: npx halfpast check\n']);
  });

  it('continues after a mistake, based on the content before it', async () => {
    const at = await standing({});
    await at.act(false);
    put(at.folder, 'components.yml', 'x');
    await at.act(false);
    expect([at.err, at.code()]).toEqual([[], 0]);
  });

  it('reports what it couldn’t fetch, and no line twice in a row', async () => {
    const reasons = ['no network', 'no network', null, 'no network'];
    const at = await standing({ place: { pull: () => Promise.resolve(reasons.shift() ?? null) } });
    for (let run = 0; run < 4; run += 1) await at.act(false);
    const unfetched = 'the newest content could not be fetched: no network\n';
    expect([at.out, at.err, at.code()]).toEqual([[`${unchangedNow}\n`], [unfetched, unfetched], 1]);
    at.print('twice', 2);
    at.print('twice', 1);
    expect([at.err.slice(2), at.code()], 'the worst code counts').toEqual([['twice\n', 'twice\n'], 2]);
  });

  it('goes on when the disk is full', async () => {
    const full = () => Promise.reject(Object.assign(new Error('no room'), { code: 'ENOSPC', path: 'publish.json' }));
    const at = await standing({ live: { content: 'old', commit: 'c1' }, place: { publish: full } });
    await at.act(false);
    expect([at.err, at.code()]).toEqual([['publish.json could not be written: the disk is full\n'], 1]);
  });

  it('doesn’t hide its own errors', async () => {
    const bug = () => Promise.reject(new TypeError('a bug'));
    for (const place of [{ stopFile: bug }, { host: { log: bug } as unknown as Host }])
      await expect((await standing({ place })).act(false)).rejects.toThrow('a bug');
  });
});

describe('a watch with reminders', () => {
  const promised = {
    'incidents/2026-11-22-slow/2026-11-22T1440Z.md':
      '---\ntitle: Slow\nstatus: monitoring\nimpact: minor\nnext_update: 2026-11-22T15:05Z\n---\nx\n',
  };
  const slack = { ...promised, 'site.yml': `${settings}remind:\n  - slack:\n      url_env: TEAM\n` };
  const noPlace = 'no reminders are sent. Add where they go under remind: in site.yml\n';

  it('says once if no place is set, and nothing if there is one, or GitHub', async () => {
    const at = await standing({ content: promised });
    await at.act(true);
    await at.act(true);
    expect(at.out.filter((line) => line.includes('reminders'))).toEqual([noPlace]);
    const quiet = await standing({ content: promised });
    await quiet.act(false);
    expect(quiet.out).not.toContain(noPlace);
  });

  it('sends them, and waits for the next', async () => {
    const team = await receiver();
    const at = await standing({ content: slack, env: { TEAM: team.url } });
    expect(await at.act(true)).toBe(Date.parse('2026-11-22T15:06Z'));
    expect([team.accepted.length, at.out[0], at.code()]).toEqual([1, 'reminded on slack: Tell customers: Slow\n', 0]);
  });

  it('retries them a minute later if they could not even begin', async () => {
    const held = (from: WatchPlace): WatchPlace['reminders'] => ({
      ...from.reminders,
      store: { ...from.reminders.store, exclusively: () => Promise.reject(new UserError('the record is locked')) },
    });
    const at = await standing({ content: slack, reminders: held });
    expect(await at.act(true)).toBe(Date.parse('2026-11-22T15:01Z'));
    expect(at.err).toEqual(['the record is locked\n']);
  });

  it('retries failed reminders three times, a minute apart, and then waits for the next one', async () => {
    const at = await standing({ content: slack });
    const waits: (number | null)[] = [];
    for (let run = 0; run < 5; run += 1) {
      const next = await at.act(true);
      waits.push(next === null ? null : (next - Date.parse('2026-11-22T15:00Z')) / second);
      at.wait(second);
    }
    expect(waits).toEqual([60, 61, 62, 360, 360]);
    expect([at.err, at.code()]).toEqual([[expect.stringMatching(/^slack TEAM: TEAM is not set/)], 1]);
  });

  it('sends a failed reminder at most four times until the next one is due, even if it acts every minute', async () => {
    const team = await receiver();
    // It may have arrived.
    team.reply = () => ({ status: 504 });
    const at = await standing({ content: slack, env: { TEAM: team.url } });
    const sent: number[] = [];
    for (let run = 0; run < 12; run += 1) {
      await at.act(true);
      sent.push(team.asked.length);
      at.wait(minute);
    }
    // Others are due at 15:06 and 15:11.
    expect(sent).toEqual([1, 2, 3, 4, 4, 4, 5, 6, 7, 8, 8, 9]);
  });

  it("sends each reminder once on a full disk, says that it can't be recorded, and goes on", async () => {
    const team = await receiver();
    const reminders = (from: WatchPlace): WatchPlace['reminders'] => ({
      ...from.reminders,
      store: {
        ...from.reminders.store,
        save: () => Promise.reject(Object.assign(new Error('no room'), { code: 'ENOSPC', path: 'reminders.json' })),
      },
    });
    const at = await standing({ content: slack, env: { TEAM: team.url }, reminders });
    const sent: number[] = [];
    for (let run = 0; run < 12; run += 1) {
      await at.act(true);
      sent.push(team.accepted.length);
      at.wait(minute);
    }
    // Others are due at 15:06 and 15:11.
    expect(sent).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3]);
    expect(at.err).toContain('reminders.json could not be written: the disk is full\n');
    expect(at.out).toContain(`${unchangedNow}\n`);
  });

  it('doesn’t wait past the next due time after a failure', async () => {
    const at = await standing({ content: slack });
    at.wait(5.5 * minute);
    expect(await at.act(true)).toBe(Date.parse('2026-11-22T15:06Z'));
  });
});

describe("a watch's second look", () => {
  const verified = (minutesAgo: number) => (source: Source) => [
    logged({ ...source, news, verifiedAt: isoTime(Date.parse('2026-11-22T15:00Z') - minutesAgo * minute) }),
  ];

  it.each<[string, number, boolean]>([
    ['four minutes after verification', 4, true],
    ['not before', 3.999, false],
    ['up to ten minutes later', 13.999, true],
    ['not after that', 14, false],
  ])('is taken %s', async (_, minutesAgo, looks) => {
    const index = '<main>x</main>';
    const server = await receiver();
    const answers: Record<string, string> = { '/index.html': index, '/rss.xml': '<rss/>' };
    const at = await standing({ log: verified(minutesAgo), place: { url: server.url } });
    const pages = { count: 1, index: pageSize(new TextEncoder().encode(index)), history: 1, incidents: 1 };
    answers['/release.json'] = JSON.stringify(releaseOf({ ...at.source, now: '2026-11-22T14:00:00.000Z', pages }));
    server.reply = ({ path }) => ({ body: answers[path.split('?')[0] ?? ''] ?? '' });
    await at.act(false);
    expect(at.out).toEqual([...(looks ? [`${server.url} still serves a\n`] : []), `${unchangedNow}\n`]);
    expect([at.sleeps, at.code()]).toEqual([[], 0]);
  });

  it.each<[string, Partial<WatchPlace>, readonly string[]]>([
    ['to the author of the commit', {}, ['commented: 1']],
    ['to nobody where there is no one to ask', { report: null }, []],
  ])('that fails three times is reported %s', async (_, place, reported) => {
    const server = await receiver();
    server.reply = () => ({ status: 404 });
    const at = await standing({ log: verified(5), place: { url: server.url, ...place } });
    await at.act(false);
    expect(at.err).toEqual([
      `${[`${server.url} no longer has a release.json`, 'a failed its second verification. It stays live, because no earlier release was verified', ...reported].join('\n')}\n`,
    ]);
    expect([at.sleeps, at.code(), at.reported.length]).toEqual([[20 * second, 30 * second], 1, reported.length]);
  });

  it('that gets no answer rolls nothing back, and is repeated each minute until it gets one, for ten minutes', async () => {
    const server = await receiver();
    const index = '<main>x</main>';
    server.reply = () => ({ status: 503 });
    const at = await standing({
      log: (source) => [...verified(5)(source), logged({ id: '0', content: 'old' })],
      place: { url: server.url },
    });
    expect(await at.act(false)).toBe(Date.parse('2026-11-22T15:01Z'));
    expect([at.err, at.code(), at.reported]).toEqual([
      [
        `${server.url} returns status 503, so a can't be checked again, and stays live. Open the page in a browser, and check its server\n`,
      ],
      1,
      [],
    ]);
    at.wait(minute);
    const pages = { count: 1, index: pageSize(new TextEncoder().encode(index)), history: 1, incidents: 1 };
    const release = JSON.stringify(releaseOf({ ...at.source, now: '2026-11-22T14:00:00.000Z', pages }));
    const answers: Record<string, string> = { '/release.json': release, '/index.html': index };
    server.reply = ({ path }) => ({ body: answers[path.split('?')[0] ?? ''] ?? '' });
    expect(await at.act(false)).toBeNull();
    expect(at.out).toContain(`${server.url} still serves a\n`);
    server.reply = () => ({ status: 503 });
    at.wait(9 * minute);
    expect(await at.act(false)).toBeNull();
    expect(at.err).toHaveLength(1);
  });

  it('that fails because someone rolled back in the meantime says what replaced the release', async () => {
    const server = await receiver();
    server.reply = () => ({ status: 404 });
    const served = ['a', 'b'];
    const at = await standing({ log: verified(5), served: () => served.shift() ?? 'b', place: { url: server.url } });
    await at.act(false);
    expect(at.err.join('')).toContain('a failed its second verification. b replaced it in the meantime\n');
  });

  it('doesn’t happen if the site has no address', async () => {
    const at = await standing({ log: verified(5) });
    await at.act(false);
    expect([at.out, at.err]).toEqual([[`${unchangedNow}\n`], []]);
  });
});

describe('a watch of an hour', () => {
  it.each<[string, readonly (number | null)[], string, readonly number[]]>([
    ['ends as quiet when nothing is due', [null], 'quiet', []],
    ['waits for what is due', [5 * minute, null], 'quiet', [5 * minute]],
    ['waits for what is due at its end', [hour, null], 'quiet', [hour]],
    ['leaves to the next what is due later', [hour + 1], 'more', []],
    ['does at once what is overdue', [-minute, null], 'quiet', [0]],
  ])('%s', async (_, dues, ended, slept) => {
    const left = [...dues];
    const sleeps: number[] = [];
    const watching = watchForAnHour({
      clock: () => 0,
      sleep: (length) => Promise.resolve(void sleeps.push(length)),
      act: () => Promise.resolve(left.shift() ?? null),
    });
    expect([await watching, sleeps]).toEqual([ended, slept]);
  });
});
