import { type Finding, problem } from './answer.ts';
import { blocksOf, unescape, wordsOf } from './page-text.ts';

/** What customers see of the newest update, as it was served; null for what was not. */
export type ServedNewest = {
  /** Its permalink, and guid. */
  readonly update: string;
  /** The path of its page below the site's root, as `/incidents/…/`. */
  readonly page: string;
  readonly index: string | null;
  readonly feed: string | null;
  readonly html: string | null;
  /** Its page as plain text. */
  readonly text: string | null;
  readonly sitemap: string | null;
  /** The updates of its year, as JSON; null when the site has no such file. */
  readonly records: string | null;
};

function itemOf(feed: string, guid: string): string | null {
  const items = feed.match(/<item>[\s\S]*?<\/item>/g) ?? [];
  return items.find((item) => unescape(/<guid[^>]*>([\s\S]*?)<\/guid>/.exec(item)?.[1] ?? '') === guid) ?? null;
}

function hasRecord(records: string, update: string): boolean {
  try {
    const { updates } = JSON.parse(records) as { readonly updates?: readonly { readonly id?: string }[] };
    return updates?.some(({ id }) => id !== undefined && update.endsWith(id)) === true;
  } catch {
    return false;
  }
}

/** Whether it is not over: such an incident or maintenance shows its newest text on the index. */
function isGoingOn(text: string): boolean {
  return !/^Resolved: /m.test(text) && !/^Maintenance · Completed$/m.test(text);
}

/**
 * Looks for the newest update in each place where customers look for it. The other checks compare
 * with what was built; this one would also see a build that left something out.
 */
export function judgeNewest({ update, page, index, feed, html, text, sitemap, records }: ServedNewest): Finding[] {
  const findings: Finding[] = [];
  const item = feed === null ? null : itemOf(feed, update);
  if (feed !== null && item === null)
    findings.push(problem('/rss.xml', `has no item for the newest update, ${update}`));
  const blocks =
    item === null ? [] : blocksOf(unescape(/<description>([\s\S]*?)<\/description>/.exec(item)?.[1] ?? ''));
  const shows = (where: string): boolean =>
    blocks.length === 0 || blocks.some((block) => wordsOf(where).includes(block));
  const anchor = update.slice(update.indexOf('#') + 1);
  if (html !== null && !html.includes(`id="${anchor}"`)) findings.push(problem(page, `has no update ${anchor}`));
  if (html !== null && !shows(html))
    findings.push(problem(page, `does not show the text of the newest update, ${anchor}`));
  if (index !== null && text !== null && isGoingOn(text) && !shows(index))
    findings.push(problem('/', `does not show the text of the newest update, ${update}`));
  if (sitemap !== null && !unescape(sitemap).includes(update.slice(0, update.indexOf('#'))))
    findings.push(problem('/sitemap.xml', `does not name ${page}`));
  if (records !== null && !hasRecord(records, update))
    findings.push(problem(page, `is not among the updates in JSON: ${anchor}`));
  return findings;
}
