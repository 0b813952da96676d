import FeedParser from 'feedparser';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { brokenLinks } from '../support/links.ts';
import { sampleContent, temporaryFolder } from '../support/folders.ts';
import { halfpast, succeed } from '../support/halfpast.ts';

type Entry = {
  readonly guid: string;
  readonly title: string;
  readonly pubdate: Date | null;
  readonly description: string;
};

/** Reads a feed with a parser that is not ours. */
async function entries(xml: string): Promise<Entry[]> {
  const parser = new FeedParser({});
  const found: Entry[] = [];
  Readable.from([xml]).pipe(parser);
  for await (const item of parser) found.push(item as Entry);
  return found;
}

const items = (xml: string): string[] => xml.match(/<item>[\s\S]*?<\/item>/g) ?? [];

describe('an incident from the first line to the postmortem', () => {
  it('is in the page and in the feed at each step, and what was published before never changes', async () => {
    const folder = temporaryFolder();
    const git = (...args: string[]): string => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
    git('init', '--quiet', '--initial-branch=main');
    git('config', 'user.name', 'Test');
    git('config', 'user.email', 'test@example.com');
    const content = sampleContent(folder);
    git('add', '.');
    git('commit', '--quiet', '--message', 'Sample');
    const out = join(folder, 'site');
    mkdirSync(join(folder, 'cache'));
    const publish = async (now: string): Promise<{ index: string; rss: string }> => {
      await succeed(['build', '--content', content, '--out', out, '--cache', join(folder, 'cache'), '--now', now]);
      return { index: readFileSync(join(out, 'index.html'), 'utf8'), rss: readFileSync(join(out, 'rss.xml'), 'utf8') };
    };
    const say = (now: string, ...args: string[]): Promise<string> =>
      succeed([...args, '--content', content, '--now', now, '--commit'], folder);

    let before = await publish('2026-11-20T13:00:00Z');
    const slug = '2026-11-20-gift-cards-cannot-be-bought';
    const steps = [
      {
        at: '2026-11-20T13:05:00Z',
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
        title: 'Investigating: Gift cards cannot be bought (20 Nov 2026, 13:05 UTC)',
        text: 'Buying a gift card fails.',
      },
      {
        at: '2026-11-20T13:30:00Z',
        args: [
          'update',
          '--status',
          'identified',
          '--customer-data',
          'unaffected',
          '--message',
          'A price list is missing. We are putting it back.',
        ],
        title: 'Identified: Gift cards cannot be bought (20 Nov 2026, 13:30 UTC)',
        text: 'A price list is missing.',
      },
      {
        at: '2026-11-20T14:30:00Z',
        args: ['update', '--status', 'monitoring', '--message', 'Gift cards can be bought again. We keep watching.'],
        title: 'Monitoring: Gift cards cannot be bought (20 Nov 2026, 14:30 UTC)',
        text: 'Gift cards can be bought again.',
      },
      {
        at: '2026-11-20T15:00:00Z',
        args: ['resolve', '--message', 'All is well. Nobody was charged for a card that failed.'],
        title: 'Resolved: Gift cards cannot be bought (20 Nov 2026, 15:00 UTC)',
        text: 'All is well.',
      },
    ];
    const told: (typeof steps)[number][] = [];
    for (const step of steps) {
      await say(step.at, ...step.args);
      told.unshift(step);
      expect(git('status', '--porcelain', '--', 'content')).toBe('');
      expect(git('log', '-1', '--format=%s')).toContain('Gift cards cannot be bought');
      // A build takes seconds: the first and the last word are published, and the one between with the last.
      if (told.length !== 1 && told.length !== steps.length) continue;
      const after = await publish(step.at);
      const fresh = items(after.rss).length - items(before.rss).length;
      expect(items(after.rss).slice(fresh), 'earlier items keep every byte').toEqual(items(before.rss));
      const parsed = await entries(after.rss);
      for (const [index, { at, title, text }] of told.entries()) {
        expect(parsed[index]).toMatchObject({ title, pubdate: new Date(at) });
        expect(parsed[index]?.description).toContain(text);
        expect(readFileSync(join(out, 'incidents', slug, 'index.html'), 'utf8')).toContain(text);
      }
      expect(new Set(parsed.map(({ guid }) => guid)).size).toBe(parsed.length);
      expect(after.index).toContain('Gift cards cannot be bought');
      before = after;
    }
    expect(before.index).toContain('All Systems Operational');

    await say('2026-11-20T16:00:00Z', 'postmortem', slug, '--author', 'Dana');
    const draft = join(content, 'postmortems', `${slug}.md`);
    await publish('2026-11-20T16:00:00Z');
    expect(existsSync(join(out, 'postmortems', slug)), 'a draft is not published').toBe(false);

    const published = readFileSync(draft, 'utf8').replace('draft: true', 'published: 2026-11-20T17:00Z');
    writeFileSync(draft, published);
    const hasty = await halfpast(['check', '--content', content, '--now', '2026-11-20T17:00:00Z']);
    expect(hasty.stderr).toContain('has a question of the draft that nobody has answered');
    writeFileSync(
      draft,
      published.replaceAll(/_Question: [^\n]*/g, 'A price list was deleted by hand. We now keep it with the code.'),
    );
    await publish('2026-11-20T17:00:00Z');
    const post = readFileSync(join(out, 'postmortems', slug, 'index.html'), 'utf8');
    expect(post).toContain('"@type":"BlogPosting"');
    expect(post).toContain(`href="/incidents/${slug}/"`);
    expect(readFileSync(join(out, 'incidents', slug, 'index.html'), 'utf8')).toContain(`href="/postmortems/${slug}/"`);
    const blog = await entries(readFileSync(join(out, 'postmortems/rss.xml'), 'utf8'));
    expect(blog[0]?.guid).toBe(`https://status.example.com/postmortems/${slug}/`);
    expect(brokenLinks(out, 'https://status.example.com')).toEqual([]);
  });
});
