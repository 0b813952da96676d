import FeedParser from 'feedparser';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { assert, describe, expect, it } from 'vitest';
import { rssXml } from '../../src/lib/feeds/formats.ts';
import { postmortemsFeed, updatesFeed } from '../../src/lib/feeds/site-feeds.ts';
import { type Outcome, call, wordsOf } from '../scripts/call.ts';
import { sampleContent, temporaryFolder } from '../support/folders.ts';
import { plainEnvironment } from '../support/halfpast.ts';
import { loadContent } from '../support/load-content.ts';

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
  it('appears in the feed at each step, and earlier items never change', async () => {
    const folder = temporaryFolder();
    const content = sampleContent(folder);
    const git = (...args: string[]): string => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
    git('init', '--quiet');
    git('add', 'content');
    git('commit', '--quiet', '--message', 'Sample');
    const run = async (now: string, ...args: string[]): Promise<Outcome> => {
      const outcome = await call([...args, '--content', content], folder, { now, context: { env: plainEnvironment } });
      expect(outcome).toMatchObject({ code: 0, stderr: '' });
      return outcome;
    };
    /** The updates feed at this time. */
    const feed = async (now: string): Promise<string> => {
      const checked = await loadContent(content, Date.parse(now));
      assert('site' in checked);
      return rssXml(updatesFeed(checked.site));
    };

    let before = items(await feed('2026-11-20T19:00:00Z'));
    expect(before.length).toBeGreaterThan(10);
    const slug = '2026-11-20-gift-cards-cannot-be-bought';
    const steps = [
      {
        at: '2026-11-20T19:05:00Z',
        line: 'open --title "Gift cards cannot be bought" --component checkout=major_outage --customer-data under_review',
        message: 'Buying a gift card fails. We are looking into it.',
        title: 'Investigating: Gift cards cannot be bought (20 Nov 2026, 19:05 UTC)',
        text: 'Buying a gift card fails.',
      },
      {
        at: '2026-11-20T19:30:00Z',
        line: 'update --status identified --customer-data unaffected',
        message: 'A price list is missing. We are putting it back.',
        title: 'Identified: Gift cards cannot be bought (20 Nov 2026, 19:30 UTC)',
        text: 'A price list is missing.',
      },
      {
        at: '2026-11-20T20:30:00Z',
        line: 'update --status monitoring',
        message: 'Gift cards can be bought again. We keep watching.',
        title: 'Monitoring: Gift cards cannot be bought (20 Nov 2026, 20:30 UTC)',
        text: 'Gift cards can be bought again.',
      },
      {
        at: '2026-11-20T21:00:00Z',
        line: 'resolve',
        message: 'All is well. Nobody was charged for a card that failed.',
        title: 'Resolved: Gift cards cannot be bought (20 Nov 2026, 21:00 UTC)',
        text: 'All is well.',
      },
    ];
    const posted: (typeof steps)[number][] = [];
    for (const step of steps) {
      await run(step.at, ...wordsOf(step.line), '--message', step.message, '--commit');
      posted.unshift(step);
      expect(git('status', '--porcelain', '--', 'content')).toBe('');
      expect(git('log', '-1', '--format=%s')).toContain('Gift cards cannot be bought');
      const xml = await feed(step.at);
      const after = items(xml);
      expect(after.slice(after.length - before.length), 'earlier items keep every byte').toEqual(before);
      const parsed = await entries(xml);
      for (const [index, { at, title, text }] of posted.entries()) {
        expect(parsed[index]).toMatchObject({ title, pubdate: new Date(at) });
        expect(parsed[index]?.description).toContain(text);
      }
      expect(new Set(parsed.map(({ guid }) => guid)).size).toBe(parsed.length);
      before = after;
    }

    const now = '2026-11-20T23:00:00Z';
    await run('2026-11-20T21:00:00Z', 'postmortem', slug, '--author', 'Dana', '--commit');
    const draft = join(content, 'postmortems', `${slug}.md`);
    expect(items(await feed(now)), 'a draft is not published').toEqual(before);
    const published = readFileSync(draft, 'utf8').replace('draft: true', 'published: 2026-11-20T23:00Z');
    writeFileSync(draft, published);
    const hasty = await call(['check', '--content', content], folder, { now });
    expect(hasty.stderr).toContain('has an unanswered question from the draft');
    writeFileSync(
      draft,
      published.replaceAll(/_Question: [^\n]*/g, 'A price list was deleted by hand. We now keep it with the code.'),
    );
    expect(await call(['check', '--content', content], folder, { now })).toMatchObject({ code: 0 });
    const checked = await loadContent(content, Date.parse(now));
    assert('site' in checked);
    expect(postmortemsFeed(checked.site).items[0]?.id).toContain(`/postmortems/${slug}/`);
    const [newest, ...earlier] = items(await feed(now));
    expect(newest).toContain(`/postmortems/${slug}/</guid>`);
    expect(earlier).toEqual(before);
  });
});
