import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { sampleContent, temporaryFolder } from '../support/folders.ts';
import { succeed } from '../support/halfpast.ts';
import { serveFolder } from '../support/static-server.ts';

// Not a synchronous call: it would keep this process from serving the feed.
const run = promisify(execFile);
const slug = '2026-11-20-gift-cards-cannot-be-bought';

it('newsboat shows one new item for each new update, and none twice', async () => {
  const folder = temporaryFolder();
  const content = sampleContent(folder);
  const site = join(folder, 'site');
  const build = (now: string): Promise<string> =>
    succeed(['build', '--content', content, '--out', site, '--cache', join(folder, 'cache'), '--now', now]);
  await build('2026-11-20T13:00:00Z');
  const server = await serveFolder(site);
  const home = join(folder, 'newsboat');
  mkdirSync(home);
  writeFileSync(join(home, 'urls'), `${server.origin}/rss.xml\n${server.origin}/components/checkout/rss.xml\n`);
  writeFileSync(join(home, 'config'), 'max-items 0\n');
  const files = ['-C', join(home, 'config'), '-u', join(home, 'urls'), '-c', join(home, 'cache.db')];
  /** Fetches both feeds and counts: newsboat takes an item as read only when it is told. */
  const unread = async (): Promise<number> => {
    const { stdout } = await run('newsboat', [...files, '-x', 'reload', 'print-unread'], { env: { ...process.env, HOME: folder } });
    return Number(/(\d+) unread/.exec(stdout)?.[1]);
  };
  try {
    const before = await unread();
    expect(before).toBeGreaterThan(50);
    const steps: readonly [string, readonly string[]][] = [
      ['2026-11-20T13:05:00Z', ['open', '--title', 'Gift cards cannot be bought', '--component', 'checkout=partial_outage', '--message', 'We are looking into it.']],
      ['2026-11-20T13:30:00Z', ['update', slug, '--status', 'identified', '--message', 'A list is missing.']],
      ['2026-11-20T14:30:00Z', ['update', slug, '--status', 'monitoring', '--message', 'It is back.']],
      ['2026-11-20T15:00:00Z', ['resolve', slug, '--message', 'All is well.']],
    ];
    let seen = before;
    for (const [now, args] of steps) {
      await succeed([...args, '--content', content, '--now', now]);
      await build(now);
      const after = await unread();
      // Newsboat knows an item by its guid: in two feeds it is still one.
      expect(after - seen, args.join(' ')).toBe(1);
      seen = after;
      await build(now);
      expect(await unread(), 'a rebuild brings nothing new').toBe(seen);
    }
  } finally {
    await server.close();
  }
});
