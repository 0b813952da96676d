import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { sampleContent, temporaryFolder } from '../support/folders.ts';
import { succeed } from '../support/halfpast.ts';
import { serveFolder } from '../support/static-server.ts';

// Not synchronous, since that would keep this process from serving the feed.
const run = promisify(execFile);
const slug = '2026-11-20-gift-cards-cannot-be-bought';

/** A newsboat that follows some feeds. The returned function fetches them and returns the number of unread items. */
function follower(folder: string, name: string, ...feeds: readonly string[]): () => Promise<number> {
  const home = join(folder, `newsboat-${name}`);
  mkdirSync(home);
  writeFileSync(join(home, 'urls'), `${feeds.join('\n')}\n`);
  writeFileSync(join(home, 'config'), 'max-items 0\n');
  const files = ['-C', join(home, 'config'), '-u', join(home, 'urls'), '-c', join(home, 'cache.db')];
  return async () => {
    // Newsboat only marks items as read on request.
    const { stdout } = await run('newsboat', [...files, '-x', 'reload', 'print-unread'], {
      env: { ...process.env, HOME: home },
    });
    return Number(/(\d+) unread/.exec(stdout)?.[1]);
  };
}

it('newsboat shows each new update once in each feed', async () => {
  const folder = temporaryFolder();
  const content = sampleContent(folder);
  const site = join(folder, 'site');
  const build = (now: string): Promise<string> =>
    succeed(['build', '--content', content, '--out', site, '--cache', join(folder, 'cache'), '--now', now]);
  await build('2026-11-20T13:00:00Z');
  const server = await serveFolder(site);
  const at = (path: string): string => `${server.origin}/${path}`;
  const component = 'components/checkout/rss.xml';
  // Each feed has its own newsboat. It identifies items by their guid, so an item in two of its feeds counts once.
  const followers = {
    rss: follower(folder, 'rss', at('rss.xml')),
    atom: follower(folder, 'atom', at('atom.xml')),
    component: follower(folder, 'component', at(component)),
    other: follower(folder, 'other', at('components/payouts/rss.xml')),
    maintenance: follower(folder, 'maintenance', at('maintenance/rss.xml')),
    everything: follower(folder, 'everything', at('rss.xml'), at('atom.xml'), at(component)),
  };
  const unread = async (): Promise<Record<string, number>> => {
    const counts: [string, number][] = [];
    for (const [name, count] of Object.entries(followers)) counts.push([name, await count()]);
    return Object.fromEntries(counts);
  };
  type Step = readonly [now: string, args: readonly string[], news: readonly string[]];
  const ofCheckout = ['rss', 'atom', 'component', 'everything'];
  const steps: readonly Step[] = [
    [
      '2026-11-20T13:05:00Z',
      [
        'open',
        '--title',
        'Gift cards cannot be bought',
        '--component',
        'checkout=partial_outage',
        '--message',
        'We are looking into it.',
      ],
      ofCheckout,
    ],
    ['2026-11-20T13:30:00Z', ['update', slug, '--status', 'identified', '--message', 'A list is missing.'], ofCheckout],
    ['2026-11-20T14:30:00Z', ['update', slug, '--status', 'monitoring', '--message', 'It is back.'], ofCheckout],
    ['2026-11-20T15:00:00Z', ['resolve', slug, '--message', 'All is well.'], ofCheckout],
    [
      '2026-11-20T15:10:00Z',
      [
        'open',
        '--title',
        'Payouts are late',
        '--component',
        'payouts=degraded_performance',
        '--message',
        'We are looking into it.',
      ],
      ['rss', 'atom', 'other', 'everything'],
    ],
  ];
  try {
    const before = await unread();
    expect(Math.min(before['rss'] ?? 0, before['atom'] ?? 0)).toBeGreaterThan(50);
    const seen = { ...before };
    for (const [now, args, news] of steps) {
      await succeed([...args, '--content', content, '--now', now]);
      await build(now);
      for (const name of news) seen[name] = (seen[name] ?? 0) + 1;
      expect(await unread(), args.join(' ')).toEqual(seen);
      await build(now);
      expect(await unread(), 'a rebuild brings nothing new').toEqual(seen);
    }
    for (const name of ['rss', 'atom', 'everything']) expect((seen[name] ?? 0) - (before[name] ?? 0), name).toBe(5);
    expect((seen['component'] ?? 0) - (before['component'] ?? 0)).toBe(4);
  } finally {
    await server.close();
  }
});
