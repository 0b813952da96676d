import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBase } from '../fuzz/content.ts';
import { anySequence, take } from '../fuzz/incremental-run.ts';
import { type Moment, startOf } from '../fuzz/incremental-edits.ts';
import { parseContent } from '../../src/lib/content/check-content.ts';
import { allComponents, type Site } from '../../src/lib/domain/site.ts';
import { historyYear, historyYears, yearOfUpdates, yearsOfUpdates } from '../../src/lib/api/history.ts';
import { componentFeed, componentFeedSource } from '../../src/lib/feeds/site-feeds.ts';
import { incidentPage, incidentText } from '../../src/lib/views/incident-page.ts';
import { incidentSource, yearSource } from '../../src/lib/views/static-paths.ts';

const start = startOf(await readBase('none'), 12);

function siteOf({ tree, now }: Moment): Site {
  const files = [...tree].map(([path, entry]) => ({
    path,
    bytes: entry.kind === 'file' ? entry.bytes : Buffer.alloc(0),
  }));
  const parsed = parseContent({ files, folders: [], others: [] }, now);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems[0]));
  return parsed.site;
}

type Made = { readonly source: string; readonly view: string };

/** All pages that are rebuilt only when their source changes: the source and the view of each. */
function pagesOf(site: Site): Map<string, Made> {
  const made = (source: unknown, view: unknown): Made => ({
    source: JSON.stringify(source),
    view: JSON.stringify(view),
  });
  return new Map([
    ...site.incidents.map((one): [string, Made] => [
      `page of ${one.slug}`,
      made(incidentSource(site, one), incidentPage(site, one)),
    ]),
    ...site.incidents.map((one): [string, Made] => [
      `text of ${one.slug}`,
      made(incidentSource(site, one), incidentText(site, one)),
    ]),
    ...historyYears(site).map((year): [string, Made] => [
      `history ${year}`,
      made(yearSource(site, year), historyYear(site, year)),
    ]),
    ...yearsOfUpdates(site).map((year): [string, Made] => [
      `updates ${year}`,
      made(yearSource(site, year), yearOfUpdates(site, year)),
    ]),
    ...allComponents(site).map((one): [string, Made] => [
      `feed of ${one.id}`,
      made(componentFeedSource(site, one), componentFeed(site, one)),
    ]),
  ]);
}

const before = pagesOf(siteOf(start));

/** How many pages are reused when the site goes from the start to `moment`. Throws if a reused page would differ. */
function keptAt(moment: Moment): { readonly kept: number; readonly made: number } {
  const pages = [...pagesOf(siteOf(moment))];
  const kept = pages.filter(([path, { source }]) => before.get(path)?.source === source);
  for (const [path, { view }] of kept) expect(before.get(path)?.view, path).toBe(view);
  return { kept: kept.length, made: pages.length - kept.length };
}

describe('a cache key covers everything its page shows, so that a reused page is never outdated', () => {
  it('after any sequence of edits', () => {
    const property = fc.property(
      anySequence,
      (steps) => void keptAt(steps.reduce((now, step) => take(now, step) ?? now, start)),
    );
    fc.assert(property, { numRuns: 12 });
  });

  it('most pages are reused after a new update, and when time passes', () => {
    const after = (kind: string): Moment => take(start, { kind, file: 0, a: 1, b: 0, builds: false }) ?? start;
    for (const kind of ['add an update', 'the clock goes on']) {
      const { kept, made } = keptAt(after(kind));
      expect(made, kind).toBeGreaterThan(0);
      expect(kept, kind).toBeGreaterThan(made);
    }
  });
});
