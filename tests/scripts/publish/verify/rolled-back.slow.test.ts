import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../support/folders.ts';
import { type Finished, halfpast, plainEnvironment } from '../../../support/halfpast.ts';
import { call } from '../../call.ts';
import { type Receiver, receiver } from '../notify/receivers.ts';
import { gitSite, type GitSite } from '../hosts/git-site.ts';
import { type Fault, fileAt, host } from './host.ts';

const page = '/incidents/2026-11-22-checkout-errors/';
const news = (minute: number): string => `A card terminal answers late (${minute}).`;

type Street = {
  readonly site: GitSite;
  /** Where `current` is served. */
  readonly url: string;
  /** The verified release, as a path in `site.to` and as a full path. */
  readonly good: string;
  readonly before: string;
  readonly channel: Receiver;
  /**
   * What the host does with later releases; null serves them correctly. The good release is always served correctly.
   */
  readonly setFault: (fault: Fault | null) => void;
  readonly publish: (time: string, ...more: string[]) => Promise<Finished>;
  /** Commits an update at this minute past 14:00. */
  readonly commitUpdate: (minute: number) => void;
};

/** A published and verified site. */
async function street(): Promise<Street> {
  const site = gitSite(temporaryFolder());
  const channel = await receiver();
  plainEnvironment['TEST_WEBHOOK_URL'] = `${channel.url}/`;
  plainEnvironment['TEST_WEBHOOK_SECRET'] =
    `whsec_${Buffer.from('a secret that is long enough for a signature').toString('base64')}`;
  site.put(
    'site.yml',
    `${readFileSync(join(site.content, 'site.yml'), 'utf8')}notify:\n  webhook:\n    url_env: TEST_WEBHOOK_URL\n    secret_env: TEST_WEBHOOK_SECRET\n`,
  );
  site.commit('A webhook');
  const now: { good: string; fault: Fault | null } = { good: '', fault: null };
  const { url } = await host(join(site.to, 'current'), (...asked) =>
    now.fault === null || site.current() === now.good ? null : now.fault(...asked),
  );
  const publish: Street['publish'] = (time, ...more) =>
    halfpast(
      ['publish', '--to', site.to, '--url', url, '--content', 'content', '--now', `2026-11-22T${time}Z`, ...more],
      site.folder,
    );
  const first = await publish('15:00');
  if (first.code !== 0) throw new Error(`the first publish ended with ${first.code}:\n${first.stderr}`);
  now.good = site.current();
  return {
    site,
    url,
    good: now.good,
    before: join(site.to, now.good),
    channel,
    publish,
    commitUpdate: (minute) => {
      site.put(`${page.slice(1)}2026-11-22T14${minute}Z.md`, `---\nstatus: identified\n---\n${news(minute)}\n`);
      site.commit('Update');
    },
    setFault: (fault) => void (now.fault = fault),
  };
}

const only =
  (path: string, reply: ReturnType<Fault>): Fault =>
  (asked) =>
    asked === path ? reply : null;

/** A shared cache that still has the previous release; a new query string bypasses it. */
const cached =
  (before: string): Fault =>
  (path, query) =>
    query === ''
      ? { body: fileAt(before, path) ?? '', ...(fileAt(before, path) === null ? { status: 404 } : {}) }
      : null;

const faults: readonly (readonly [says: string, fault: (before: string) => Fault, line: RegExp])[] = [
  [
    'an old feed',
    (before) => only('/rss.xml', { body: fileAt(before, '/rss.xml') ?? '' }),
    /^\/rss\.xml has no item for the newest update, https:\/\/status\.example\.com\/incidents\/2026-11-22-checkout-errors\/#2026-11-22T1430Z$/m,
  ],
  [
    'a truncated page',
    () => (path, _, file) => (path === page ? { body: file?.subarray(0, 2000) ?? '' } : null),
    /^\/incidents\/2026-11-22-checkout-errors\/ is truncated after 2,000 bytes of [\d,]+ bytes$/m,
  ],
  [
    'a page of a wrong content type',
    () => only(page, { type: 'text/plain; charset=utf-8' }),
    /^\/incidents\/2026-11-22-checkout-errors\/ is served as text\/plain, not as text\/html$/m,
  ],
  [
    'a 500 on one file',
    () => only('/components/checkout/rss.xml', { status: 500 }),
    /^\/components\/checkout\/rss\.xml returns status 500$/m,
  ],
  [
    'the release before for longer than the tries',
    cached,
    /^\/release\.json is from an older release: the release of 2026-11-22T15:00:00\.000Z/m,
  ],
];

const shown = async (url: string): Promise<string> => (await fetch(`${url}/`)).text();

describe('a publish to a faulty host', () => {
  it('is rolled back and notifies no channel, whatever the fault, and can be published once the host is repaired', async () => {
    const at = await street();
    const { site, url, good, channel } = at;
    for (const [index, [name, fault, line]] of faults.entries()) {
      at.commitUpdate(30 + index);
      at.setFault(fault(at.before));
      const failed = await at.publish(`15:0${1 + index}`, '--tries', '2');
      expect({ code: failed.code, stdout: failed.stdout }, name).toEqual({ code: 1, stdout: '' });
      expect(failed.stderr, name).toContain(`${url} doesn't match the build after 2 tries`);
      expect(failed.stderr, name).toMatch(line);
      expect(failed.stderr, name).toMatch(
        new RegExp(`^NOT LIVE: \\S+ failed verification; ${good.slice('releases/'.length)} is served again$`, 'm'),
      );
      expect(failed.stderr, name).toContain('run the same command with --again');
      expect(site.current(), name).toBe(good);
      expect(
        await call(['verify', '--site', at.before, '--url', url, '--tries', '1'], site.folder),
        `${name}: the previous release is served whole`,
      ).toMatchObject({ code: 0 });
      expect(channel.asked, name).toEqual([]);
    }

    expect(await at.publish('15:11'), 'not without --again').toMatchObject({
      code: 3,
      stderr: expect.stringContaining('NOT LIVE: this was rolled back at ') as string,
    });
    expect({ current: site.current(), asked: channel.asked }).toEqual({ current: good, asked: [] });

    at.setFault(null);
    expect(await at.publish('15:12', '--again')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^published \S+, which replaces \S+, verified, in /m) as string,
    });
    expect(site.current()).not.toBe(good);
    expect(await shown(url)).toContain(news(30 + faults.length - 1));
    const sent = channel.accepted.map(({ body }) => body);
    expect(faults.map((_, index) => sent.filter((body) => body.includes(news(30 + index))).length)).toEqual(
      faults.map(() => 1),
    );
  });
});

describe('a publish behind a cache that catches up within the tries', () => {
  it('stays live, and notifies each channel once', async () => {
    const at = await street();
    at.commitUpdate(30);
    const old = cached(at.before);
    let looks = 0;
    at.setFault((path, query, file) => {
      if (path === '/release.json' && query === '') looks += 1;
      return looks < 3 ? old(path, query, file) : null;
    });
    const done = await at.publish('15:01', '--tries', '4');
    expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining(', verified, in ') as string });
    expect(done.stderr).toContain(', on try 3.');
    expect(at.site.current()).not.toBe(at.good);
    expect(await shown(at.url)).toContain(news(30));
    expect(at.channel.accepted.map(({ body }) => body)).toEqual([expect.stringContaining(news(30))]);
  });
});
