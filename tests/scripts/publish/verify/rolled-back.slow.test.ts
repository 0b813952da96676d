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
const news = 'A card terminal answers late.';

type Street = {
  readonly site: GitSite;
  /** Where `current` is served. */
  readonly url: string;
  /** The release that is good and told of, as `current` names it, and its folder. */
  readonly good: string;
  readonly before: string;
  readonly channel: Receiver;
  /** What the host does with the next release; null serves it as it is. The good one is always served well. */
  readonly setFault: (fault: Fault | null) => void;
  readonly publish: (time: string, ...more: string[]) => Promise<Finished>;
};

/** A site that is published and verified, with one update more committed since. */
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
  site.put(`${page.slice(1)}2026-11-22T1430Z.md`, `---\nstatus: identified\n---\n${news}\n`);
  site.commit('Update');
  return {
    site,
    url,
    good: now.good,
    before: join(site.to, now.good),
    channel,
    publish,
    setFault: (fault) => void (now.fault = fault),
  };
}

const only =
  (path: string, reply: ReturnType<Fault>): Fault =>
  (asked) =>
    asked === path ? reply : null;

/** A cache for everybody that still holds what was there before; a query that it has not seen goes past it. */
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

describe('a publish to a host that serves', () => {
  it.each(faults)(
    '%s is taken back, nobody is told, and it can be published once that is over',
    async (_, fault, line) => {
      const at = await street();
      const { site, url, good, channel } = at;
      at.setFault(fault(at.before));
      const failed = await at.publish('15:01', '--tries', '2');
      expect({ code: failed.code, stdout: failed.stdout }).toEqual({ code: 1, stdout: '' });
      expect(failed.stderr).toContain(`${url} doesn't match the build after 2 tries`);
      expect(failed.stderr).toMatch(line);
      expect(failed.stderr).toMatch(
        new RegExp(`^\\S+ did not pass where it is served; ${good.slice('releases/'.length)} is served again$`, 'm'),
      );
      expect(failed.stderr).toContain('type the same with --again once it is put right');
      expect(site.current()).toBe(good);
      expect(
        await call(['verify', '--site', at.before, '--url', url, '--tries', '1'], site.folder),
        'customers have the release before, whole',
      ).toMatchObject({ code: 0 });
      expect(channel.asked, 'nobody is told').toEqual([]);

      expect(await at.publish('15:02'), 'not by itself').toMatchObject({
        code: 3,
        stderr: expect.stringContaining('this content was rolled back from') as string,
      });
      expect({ current: site.current(), told: channel.asked }).toEqual({ current: good, told: [] });

      at.setFault(null);
      expect(await at.publish('15:03', '--again')).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^published \S+, which replaces \S+, verified, in /m) as string,
      });
      expect(site.current()).not.toBe(good);
      expect(await shown(url)).toContain(news);
      expect(channel.accepted.map(({ body }) => body)).toEqual([expect.stringContaining(news)]);
    },
  );
});

describe('a publish behind a cache that catches up within the tries', () => {
  it('stays, and is told of once', async () => {
    const at = await street();
    const old = cached(at.before);
    let looks = 0;
    at.setFault((path, query, file) => {
      if (path === '/release.json' && query === '') looks += 1;
      return looks < 3 ? old(path, query, file) : null;
    });
    const done = await at.publish('15:01', '--tries', '4');
    expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining(', verified, in ') as string });
    expect(done.stderr).toContain(', right at try 3.');
    expect(at.site.current()).not.toBe(at.good);
    expect(await shown(at.url)).toContain(news);
    expect(at.channel.accepted.map(({ body }) => body)).toEqual([expect.stringContaining(news)]);
  });
});
