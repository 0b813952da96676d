import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { releaseFile } from '../../../../src/lib/api/release.ts';
import { temporaryFolder, write } from '../../../support/folders.ts';
import { call } from '../../call.ts';
import {
  emptyRecord,
  goBack,
  type GoingBack,
  parseRecord,
  recordText,
  type ReleaseRecord,
  type VerifiedRelease,
  withRelease,
} from '../../../../scripts/publish/release-record.ts';
import { releaseOf } from '../../../support/release.ts';

const id = (letter: string): string => letter.repeat(40);

function release(letter: string, minutes: number): VerifiedRelease {
  const now = `2026-11-22T14:${String(minutes).padStart(2, '0')}:00.000Z`;
  return { commit: id(letter), now, content: letter, newestUpdate: null, verifiedAt: now };
}

const recordOf = (...releases: VerifiedRelease[]): ReleaseRecord => releases.reduce(withRelease, emptyRecord);

const going: GoingBack = {
  of: null,
  built: null,
  live: null,
  to: null,
  at: '2026-11-22T15:00:00.000Z',
  reason: 'test',
};

describe('going back', () => {
  const [a, b, c] = [release('a', 1), release('b', 2), release('c', 3)];

  it('leads to the release before, holds what was live, and a second time to the one before that', () => {
    const first = goBack(recordOf(a, b, c), going);
    expect(first.to).toEqual(b);
    expect(first.record.hold).toMatchObject({ from: c.commit, to: b });
    const second = goBack(first.record, { ...going, of: b.commit, live: b });
    expect(second.to).toEqual(a);
    expect(second.record.releases).toEqual([a]);
  });

  it('run again after it died leads to the same release, and no further', () => {
    const first = goBack(recordOf(a, b, c), { ...going, of: c.commit, live: c });
    expect(goBack(first.record, { ...going, of: c.commit, live: c })).toEqual({ record: first.record, to: b });
    expect(goBack(first.record, { ...going, of: c.commit })).toEqual({ record: first.record, to: b });
  });

  it('leads from a bad build of a good commit to the build before, of the same commit', () => {
    const [early, late] = [release('c', 3), release('c', 9)];
    expect(goBack(recordOf(a, early, late), { ...going, of: late.commit, built: late.now }).to).toEqual(early);
    expect(goBack(recordOf(a, early, late), { ...going, of: late.commit }).to).toEqual(a);
  });

  it('from a release that never verified leads to the newest that did', () => {
    expect(goBack(recordOf(a, b), { ...going, of: id('d') }).to).toEqual(b);
  });

  it('leads to a commit that is named, and refuses one that was never verified', () => {
    expect(goBack(recordOf(a, b, c), { ...going, to: 'aaaaaaa' }).to).toEqual(a);
    expect(() => goBack(recordOf(a, b, c), { ...going, to: 'ddddddd' })).toThrow(/no verified release of "ddddddd"/);
    expect(() => goBack(recordOf(a, b, c), { ...going, to: 'a' })).toThrow(/no verified release/);
    expect(() => goBack(recordOf(a), going)).toThrow(/no verified release before aaaaaaa/);
    expect(() => goBack(emptyRecord, going)).toThrow(/no verified release yet/);
  });

  it('is over when a newer commit was verified, and not when the one that was taken back was', () => {
    const { record } = goBack(recordOf(a, b, c), going);
    expect(withRelease(record, release('c', 4))).toBe(record);
    const after = withRelease(record, release('d', 5));
    expect(after.hold).toBeNull();
    expect(after.releases.map(({ content }) => content)).toEqual(['d', 'b', 'a']);
  });
});

describe('the record', () => {
  it('reads back as itself, and refuses to be replaced when it is not understood', () => {
    const record = recordOf(release('a', 1));
    expect(parseRecord(recordText(record), 'releases.json')).toEqual(record);
    for (const text of [
      '',
      '[]',
      '{"form":2,"releases":[],"hold":null}',
      '{"form":1,"releases":[{"commit":"x"}],"hold":null}',
    ]) {
      expect(() => parseRecord(text, 'releases.json')).toThrow('releases.json is not a record of releases');
    }
  });

  it('has each build once and does not grow without end', () => {
    const record = Array.from(
      { length: 250 },
      (_, index) => release('a', 0) && { ...release('a', 0), now: new Date(index * 60_000).toISOString() },
    ).reduce(withRelease, emptyRecord);
    expect(record.releases).toHaveLength(200);
    expect(withRelease(record, record.releases[3] as VerifiedRelease).releases).toHaveLength(200);
  });
});

/** A GitHub that has one record, and the workflows that were started there. */
async function gitHubWith(record: ReleaseRecord): Promise<{ readonly url: string; readonly started: string[] }> {
  const started: string[] = [];
  const server = createServer((request, response) => {
    const { method, url = '' } = request;
    const answer = (status: number, body: unknown): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const content = Buffer.from(recordText(record)).toString('base64');
    if (method === 'POST' && url.endsWith('/dispatches')) started.push(url.split('/').at(-2) ?? '');
    if (method === 'POST') answer(200, {});
    else if (url.includes('/contents/') && method === 'GET')
      answer(200, { type: 'file', encoding: 'base64', content, sha: 'a' });
    else answer(200, { default_branch: 'main', content: { sha: 'b' }, commit: { sha: 'c' } });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, started };
}

describe('releases record --look-again', () => {
  const [early, late] = [release('c', 3), release('c', 9)];
  const rolledBack = (...releases: VerifiedRelease[]): ReleaseRecord => goBack(recordOf(...releases), going).record;

  it.each([
    ['a verified release', recordOf(release('a', 1)), ['verify-again.yml']],
    ['one that was rolled back in the meantime', rolledBack(release('a', 1), late), []],
    [
      'one whose commit was rolled back to an earlier build',
      goBack(recordOf(release('a', 1), early, late), { ...going, of: late.commit, built: late.now }).record,
      [],
    ],
  ])('for %s', async (_, record, expected) => {
    const { url, started } = await gitHubWith(record);
    const folder = temporaryFolder();
    const { commit, now, content } = late;
    write(
      join(folder, 'dist'),
      releaseFile,
      JSON.stringify(releaseOf({ content: content.padEnd(8, '0'), commit, now })),
    );
    const env = { GITHUB_TOKEN: 't', GITHUB_API_URL: url };
    const { code, stdout } = await call('releases record --github dana/status --look-again 7', folder, {
      context: { env },
    });
    expect({ code, started }).toEqual({ code: 0, started: expected });
    expect(stdout).toMatch(expected.length === 0 ? /rolled back in the meantime/ : /is recorded/);
  });
});
