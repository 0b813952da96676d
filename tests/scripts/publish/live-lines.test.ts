import { describe, expect, it } from 'vitest';
import { updateRecords } from '../../../src/lib/api/history.ts';
import { liveJson, liveLines, type LiveState, rolledBackNow } from '../../../scripts/publish/live-state.ts';
import { emptyLog, type LoggedRelease } from '../../../scripts/publish/hosts/release-log.ts';
import { dice, history, start } from './guard/pushes.ts';
import { siteOf } from './guard/snapshot-of.ts';

const site = siteOf(history(dice(7)), start);
if (site === null) throw new Error('not faultless');
const url = 'https://status.halfpast.test';
const [first, second] = updateRecords(site).map((one, index) => ({
  ...one,
  id: `/incidents/${index}/`,
  slug: 'a',
  update: String(index),
  at: `2026-11-22T14:0${index}:00.000Z`,
  title: `Update\n${index}`,
}));
if (first === undefined || second === undefined) throw new Error('too few updates');

const state: LiveState = {
  url,
  notCompared: null,
  missing: [],
  hold: null,
  rolledBack: null,
  distance: { ahead: 0, behind: 0 },
  notFetched: null,
  uncommitted: null,
  notPushable: null,
  readsReleases: true,
  repository: null,
  publishHere: null,
  git: 'git -C content',
};
const release = (by: 'person' | 'verification', news: LoggedRelease['news']): LoggedRelease => ({
  id: 'R2',
  commit: null,
  now: '2026-11-22T14:00:00.000Z',
  content: 'a',
  version: '1',
  newestUpdate: null,
  state: 'live',
  verifiedAt: null,
  rolledBack: { at: '2026-11-22T14:35:00.000Z', by, reason: 'wrong\ntext' },
  news,
});
const byPerson = release('person', [first, second]);
const hold = { reason: 'Wait', where: 'the file STOP' } as NonNullable<LiveState['hold']>;

const one = `NOT LIVE: 1 update here isn't on ${url}, the newest: Update 0, 15:00+01:00. `;
const back = 'ROLLED BACK: R2, at 15:35+01:00 (wrong text). Commit a fix, or publish it again';
const onHold = 'ON HOLD: Wait (set by the file STOP; remove it to continue)';
const pushed = (commits: string): string =>
  `OTHERS HAVE PUSHED ${commits}. Get them: git -C content pull --rebase --autostash`;

describe('what status prints about the live page', () => {
  it.each<[string, Partial<LiveState>, readonly string[]]>([
    ['all is there', {}, [`LIVE: ${url} has every update here`]],
    ['all is there, without a remote', { distance: null }, [`LIVE: ${url} has every update here`]],
    ['not compared', { notCompared: 'it is down' }, ['Not compared with the live page: it is down']],
    ['an example', { notCompared: 'an example', url: 'https://status.example.com' }, []],
    [
      'two updates are missing',
      { missing: [first, second] },
      [
        `NOT LIVE: 2 updates here aren't on ${url}, the newest: Update 1, 15:01+01:00. Nothing has published it yet. To publish again, and read the output: docs/when-it-goes-wrong.md`,
      ],
    ],
    [
      'not committed',
      { missing: [first], uncommitted: 'a/0.md' },
      [`${one}content/a/0.md isn't committed. Commit and push it`],
    ],
    [
      'not pushed',
      { missing: [first], distance: { ahead: 2, behind: 0 } },
      [`${one}2 commits not pushed. Run: git -C content push`],
    ],
    [
      'not pushed, and others have',
      { missing: [first], distance: { ahead: 1, behind: 1 } },
      [
        `${one}1 commit not pushed. Run: git -C content pull --rebase --autostash && git -C content push`,
        pushed('1 commit'),
      ],
    ],
    [
      'not pushed, where nothing publishes what is pushed',
      { missing: [first], distance: { ahead: 2, behind: 0 }, publishHere: 'npx halfpast publish --to DIR' },
      [`${one}Nothing has published it yet. Run: npx halfpast publish --to DIR`],
    ],
    [
      'not committed, where nothing publishes what is pushed',
      { missing: [first], uncommitted: 'a/0.md', publishHere: 'npx halfpast publish --to DIR' },
      [`${one}content/a/0.md isn't committed. Commit it, then run: npx halfpast publish --to DIR`],
    ],
    [
      'on hold, where nothing publishes what is pushed',
      { missing: [first], hold, distance: { ahead: 2, behind: 0 }, publishHere: 'npx halfpast publish --to DIR' },
      [`${one}Publishing is on hold`, onHold],
    ],
    ['on hold', { missing: [first], hold }, [`${one}Publishing is on hold`, onHold]],
    ['on hold, and all is there', { hold }, [`LIVE: ${url} has every update here`, onHold]],
    ['nowhere to push', { missing: [first], notPushable: 'Add a remote' }, [`${one}Add a remote`]],
    [
      'on GitHub',
      { missing: [first], repository: 'dana/status' },
      [`${one}See the Publish runs: https://github.com/dana/status/actions/workflows/publish.yml`],
    ],
    [
      'rolled back by a person',
      { missing: [first], rolledBack: byPerson },
      [
        `${one}The release with it was rolled back`,
        `${back}, with this line in a commit message: Halfpast-Allow: restore a/0 a/1`,
      ],
    ],
    [
      'rolled back by a person, without news',
      { rolledBack: release('person', []) },
      [`LIVE: ${url} has every update here`, `${back}: docs/when-it-goes-wrong.md`],
    ],
    [
      'rolled back by a verification',
      { rolledBack: release('verification', [first]) },
      [`LIVE: ${url} has every update here`, `${back}: docs/when-it-goes-wrong.md`],
    ],
    [
      'not fetched, and behind',
      { notFetched: 'no network', distance: { ahead: 0, behind: 2 } },
      [
        `LIVE: ${url} has every update here`,
        pushed('2 commits'),
        "Not fetched, so what others have pushed isn't known: no network",
      ],
    ],
  ])('%s', (_, given, expected) => {
    expect(liveLines({ ...state, ...given }, site, 'content//', 'here')).toEqual(expected);
  });

  it.each<[string, Partial<LiveState>, object]>([
    ['all is there', {}, {}],
    ['no remote', { distance: null }, { not_pushed: null, not_pulled: null }],
    [
      'everything else',
      {
        missing: [first, second],
        rolledBack: byPerson,
        distance: { ahead: 1, behind: 2 },
        notCompared: 'it is down',
        notFetched: 'no network',
      },
      {
        compared: false,
        missing: [`${url}/incidents/0/`, `${url}/incidents/1/`],
        rolled_back: { release: 'R2', at: '2026-11-22T14:35:00.000Z', by: 'person', reason: 'wrong\ntext' },
        not_pushed: 1,
        not_pulled: 2,
        notes: ['it is down', 'no network'],
      },
    ],
  ])('for programs: %s', (_, given, expected) => {
    const nothing = { compared: true, missing: [], rolled_back: null, not_pushed: 0, not_pulled: 0, notes: [] };
    expect(liveJson({ ...state, ...given })).toEqual({ ...nothing, ...expected });
  });

  it.each([
    ['R1', byPerson],
    [null, byPerson],
    ['R2', null],
    ['R3', null],
  ])('what was rolled back counts until a newer release is served: %s', (served, expected) => {
    const kept = { ...byPerson, id: 'R1', rolledBack: null };
    expect(rolledBackNow({ ...emptyLog, releases: [byPerson, kept] }, served)).toBe(expected);
  });
});
