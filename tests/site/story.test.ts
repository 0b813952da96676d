import FeedParser from 'feedparser';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { copyOfCalm } from '../support/built-sites.ts';
import { brokenLinks } from '../support/links.ts';
import { temporaryFolder } from '../support/folders.ts';
import { halfpast, succeed } from '../support/halfpast.ts';

type Entry = {
  readonly guid: string;
  readonly title: string;
  readonly pubdate: Date | null;
  readonly description: string;
};

/** Reads a feed with an independent parser. */
async function entries(xml: string): Promise<Entry[]> {
  const parser = new FeedParser({});
  const found: Entry[] = [];
  Readable.from([xml]).pipe(parser);
  for await (const item of parser) found.push(item as Entry);
  return found;
}

const items = (xml: string): string[] => xml.match(/<item>[\s\S]*?<\/item>/g) ?? [];

describe('an incident, from opening to postmortem', () => {
  it('appears on the page and in the feed at each step, and earlier items never change', async () => {
    const { address, content, site, cache } = copyOfCalm(temporaryFolder());
    const folder = dirname(content);
    const git = (...args: string[]): string => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
    git('init', '--quiet', '--initial-branch=main');
    git('config', 'user.name', 'Test');
    git('config', 'user.email', 'test@example.com');
    git('add', 'content');
    git('commit', '--quiet', '--message', 'Sample');
    const read = (...path: string[]): string => readFileSync(join(site, ...path), 'utf8');
    const build = (now: string): Promise<string> =>
      succeed(['build', '--content', content, '--out', site, '--cache', cache, '--now', now]);
    const run = (now: string, ...args: string[]): Promise<string> =>
      succeed([...args, '--content', content, '--now', now, '--commit'], folder);

    let before = items(read('rss.xml'));
    const slug = '2026-11-20-gift-cards-cannot-be-bought';
    const steps = [
      {
        at: '2026-11-20T19:05:00Z',
        args: [
          'open',
          '--title',
          'Gift cards cannot be bought',
          '--component',
          'checkout=partial_outage',
          '--lead',
          'Dana',
          '--comms',
          'Priya',
          '--customer-data',
          'under_review',
          '--message',
          'Buying a gift card fails. We are looking into it.',
        ],
        title: 'Investigating: Gift cards cannot be bought (20 Nov 2026, 19:05 UTC)',
        text: 'Buying a gift card fails.',
      },
      {
        at: '2026-11-20T19:30:00Z',
        args: [
          'update',
          '--status',
          'identified',
          '--customer-data',
          'unaffected',
          '--message',
          'A price list is missing. We are putting it back.',
        ],
        title: 'Identified: Gift cards cannot be bought (20 Nov 2026, 19:30 UTC)',
        text: 'A price list is missing.',
      },
      {
        at: '2026-11-20T20:30:00Z',
        args: ['update', '--status', 'monitoring', '--message', 'Gift cards can be bought again. We keep watching.'],
        title: 'Monitoring: Gift cards cannot be bought (20 Nov 2026, 20:30 UTC)',
        text: 'Gift cards can be bought again.',
      },
      {
        at: '2026-11-20T21:00:00Z',
        args: ['resolve', '--message', 'All is well. Nobody was charged for a card that failed.'],
        title: 'Resolved: Gift cards cannot be bought (20 Nov 2026, 21:00 UTC)',
        text: 'All is well.',
      },
    ];
    const draft = join(content, 'postmortems', `${slug}.md`);
    const posted: (typeof steps)[number][] = [];
    for (const step of steps) {
      await run(step.at, ...step.args);
      posted.unshift(step);
      expect(git('status', '--porcelain', '--', 'content')).toBe('');
      expect(git('log', '-1', '--format=%s')).toContain('Gift cards cannot be bought');
      // A build takes seconds, so only the first and the last update are published by their own build.
      if (posted.length !== 1 && posted.length !== steps.length) continue;
      if (posted.length === steps.length) await run(step.at, 'postmortem', slug, '--author', 'Dana');
      await build(step.at);
      const after = items(read('rss.xml'));
      expect(after.slice(after.length - before.length), 'earlier items keep every byte').toEqual(before);
      const parsed = await entries(read('rss.xml'));
      for (const [index, { at, title, text }] of posted.entries()) {
        expect(parsed[index]).toMatchObject({ title, pubdate: new Date(at) });
        expect(parsed[index]?.description).toContain(text);
        expect(read('incidents', slug, 'index.html')).toContain(text);
      }
      expect(new Set(parsed.map(({ guid }) => guid)).size).toBe(parsed.length);
      expect(read('index.html')).toContain('Gift cards cannot be bought');
      before = after;
    }
    expect(read('index.html')).toContain('All Systems Operational');
    expect(existsSync(draft)).toBe(true);
    expect(existsSync(join(site, 'postmortems', slug)), 'a draft is not published').toBe(false);

    const published = readFileSync(draft, 'utf8').replace('draft: true', 'published: 2026-11-20T23:00Z');
    writeFileSync(draft, published);
    const hasty = await halfpast(['check', '--content', content, '--now', '2026-11-20T23:00:00Z']);
    expect(hasty.stderr).toContain('has an unanswered question from the draft');
    writeFileSync(
      draft,
      published.replaceAll(/_Question: [^\n]*/g, 'A price list was deleted by hand. We now keep it with the code.'),
    );
    await build('2026-11-20T23:00:00Z');
    const post = read('postmortems', slug, 'index.html');
    expect(post).toContain('"@type":"BlogPosting"');
    expect(post).toContain(`href="/status/incidents/${slug}/"`);
    expect(read('incidents', slug, 'index.html')).toContain(`href="/status/postmortems/${slug}/"`);
    const blog = await entries(read('postmortems/rss.xml'));
    expect(blog[0]?.guid).toBe(`${address}/postmortems/${slug}/`);
    expect(brokenLinks(site, address)).toEqual([]);
  });
});
