import { createHash } from 'node:crypto';
import { pageSize } from '../../../src/lib/api/release.ts';
import { type SiteReader, NoAnswer } from '../../live/site-reader.ts';
import { readRelease } from '../../live/snapshot.ts';
import type { LoggedRelease } from '../release-log.ts';

/**
 * What is wrong with the site that was verified a few minutes ago, judged by its own release.json, because the build is
 * gone: the front page, the newest update in the feed, and the data. Nothing is wrong with a site that was replaced since.
 */
export async function secondLook(site: SiteReader, expected: LoggedRelease): Promise<string[]> {
  try {
    const release = await readRelease(site);
    if (release === null) return [`${site.name} has no release.json any more`];
    if (release.now > expected.now) return [];
    if (release.content !== expected.content || release.now !== expected.now)
      return [`${site.name} serves an older release, of ${release.now}`];
    const problems: string[] = [];
    const index = await site.read('index.html');
    if (index === null || pageSize(new TextEncoder().encode(index)) !== release.pages.index)
      problems.push(`${site.name} serves another front page than it was built with`);
    const feed = await site.read('rss.xml');
    const { newestUpdate } = release;
    if (feed === null || (newestUpdate !== null && !feed.includes(newestUpdate)))
      problems.push(`${site.name}/rss.xml lacks the newest update`);
    for (const [year, hash] of Object.entries(release.updates).slice(-1)) {
      const data = await site.read(`api/updates/${year}.json`);
      if (data === null || createHash('sha256').update(data).digest('hex') !== hash)
        problems.push(`${site.name}/api/updates/${year}.json belongs to another release`);
    }
    return problems;
  } catch (error) {
    if (error instanceof NoAnswer) return [`${site.name} ${error.message}`];
    throw error;
  }
}
