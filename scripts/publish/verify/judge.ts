import { z } from 'zod';
import { mainOf } from '../../../src/lib/api/release.ts';
import { day, type Duration, hour, minute, second } from '../../../src/lib/domain/calendar.ts';
import { count } from '../../../src/lib/words/en.ts';
import { blocksOf, unescape, wordsOf } from '../../live/site-reader.ts';
import { type Answer, type Finding, noAnswer, note, problem, servedPath } from './served-files.ts';

/** What each ending may be served as. Endings that are not here only must not be served as a page. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  html: ['text/html'],
  xml: ['application/xml', 'text/xml', 'application/rss+xml', 'application/atom+xml'],
  rss: ['application/rss+xml', 'application/xml', 'text/xml'],
  atom: ['application/atom+xml', 'application/xml', 'text/xml'],
  json: ['application/json', 'application/feed+json'],
  txt: ['text/plain'],
  ics: ['text/calendar'],
  css: ['text/css'],
  js: ['text/javascript', 'application/javascript'],
  mjs: ['text/javascript', 'application/javascript'],
  svg: ['image/svg+xml'],
};

const endingOf = (file: string): string => /\.([a-z0-9]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '';

export const isPage = (file: string): boolean => endingOf(file) === 'html';

/** Whether a file may say something new after each update: pages, feeds, the API, texts and calendars. */
const isNews = (file: string): boolean =>
  ['html', 'xml', 'rss', 'atom', 'json', 'txt', 'ics'].includes(endingOf(file)) &&
  !file.startsWith('/api/schema/') &&
  file !== '/robots.txt';

const typeOf = (served: string | undefined): string => (served ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

/**
 * Whether a wrong type keeps nobody from reading the file. Calendars go by what is in it, and nginx knows
 * no type for it: a site is not taken back for that.
 */
const isHarmless = (file: string, served: string | undefined): boolean =>
  endingOf(file) === 'ics' && ['', 'application/octet-stream', 'text/plain'].includes(typeOf(served));

/** What is wrong with the type a file was served as; null when it is right. */
function typeProblem(file: string, served: string | undefined): string | null {
  const type = typeOf(served);
  const types = allowed[endingOf(file)];
  if (types === undefined) return type === 'text/html' ? 'is served as a page, text/html' : null;
  if (types.includes(type)) return null;
  return `is served as ${type === '' ? 'no type at all' : type}, not as ${types[0] ?? ''}`;
}

/** The character set that a header names, in small letters; null when it names none. */
function charsetOf(served: string | undefined): string | null {
  return /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(served ?? '')?.[1]?.toLowerCase() ?? null;
}

/** Whether bytes of this ending are misread without a character set in the header: the format itself names none. */
const needsCharset = (file: string): boolean => ['txt', 'ics', 'css', 'js', 'mjs'].includes(endingOf(file));

/** What GitHub Pages sends, and nobody can change there. */
const bearable: Duration = 10 * minute;

/** How long caches may show a file without asking again, by the server's own words; null for no words about it. */
function ageOf(headers: Readonly<Record<string, string>>): Duration | null {
  const said = headers['cache-control'] ?? '';
  if (/\bno-(?:cache|store)\b/i.test(said)) return null;
  const ages = [...said.matchAll(/\b(?:max-age|s-maxage)\s*=\s*"?(\d+)/gi)].map(
    ([, seconds]) => Number(seconds) * second,
  );
  if (ages.length > 0) return Math.max(...ages);
  // HTTP: `Expires` counts only where Cache-Control says nothing.
  const until = Date.parse(headers['expires'] ?? '') - Date.parse(headers['date'] ?? '');
  return Number.isFinite(until) ? until : null;
}

function inWords(age: Duration): string {
  if (age >= 2 * day || age === day) return count(Math.floor(age / day), 'day');
  return age >= 2 * hour || age === hour
    ? count(Math.floor(age / hour), 'hour')
    : count(Math.floor(age / minute), 'minute');
}

/** What to know of a file with news in it that is cached for long; null when it is not. */
function cacheNote(file: string, headers: Readonly<Record<string, string>>): string | null {
  const age = isNews(file) ? ageOf(headers) : null;
  if (age === null || age <= bearable) return null;
  const by =
    ['cache-control', 'expires'].flatMap((name) =>
      headers[name] === undefined ? [] : [`${name}: ${headers[name]}`],
    )[0] ?? '';
  return `may be shown up to ${inWords(age)} old: caches keep it for so long (${by})`;
}

const number = (bytes: number): string => bytes.toLocaleString('en-GB');

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** What is wrong with the bytes that were served in place of those that were built. */
function bodyFindings(file: string, built: Uint8Array, served: Uint8Array): Finding[] {
  if (equal(built, served)) return [];
  const path = servedPath(file);
  if (served.length === 0) return [problem(path, 'is empty')];
  if (served.length < built.length && equal(built.subarray(0, served.length), served)) {
    return [problem(path, `breaks off after ${number(served.length)} of ${number(built.length)} bytes`)];
  }
  if (!isPage(file))
    return [problem(path, `is not what was built: ${number(served.length)} bytes, built were ${number(built.length)}`)];
  const html = decode(served);
  if (!html.trimEnd().endsWith('</html>'))
    return [problem(path, `breaks off: it does not end with </html>, ${number(served.length)} bytes`)];
  const said = mainOf(html);
  if (said === null || said !== mainOf(decode(built)))
    return [problem(path, 'says something else than what was built')];
  return [note(path, 'was changed around its content on the way, perhaps by the host or a proxy')];
}

function headerFindings(file: string, built: Uint8Array, headers: Readonly<Record<string, string>>): Finding[] {
  const path = servedPath(file);
  const type = headers['content-type'];
  const findings: Finding[] = [];
  const wrong = typeProblem(file, type);
  if (wrong !== null) findings.push((isHarmless(file, type) ? note : problem)(path, wrong));
  const charset = charsetOf(type);
  if (charset !== null && !['utf-8', 'utf8', 'us-ascii'].includes(charset))
    findings.push(problem(path, `is served with the character set ${charset}, not utf-8`));
  if (charset === null && needsCharset(file) && built.some((byte) => byte > 127)) {
    findings.push(note(path, 'is served without a character set; set charset=utf-8, or letters such as é are misread'));
  }
  if (/attachment/i.test(headers['content-disposition'] ?? ''))
    findings.push(problem(path, 'is served as a download (content-disposition)'));
  const cache = cacheNote(file, headers);
  if (cache !== null) findings.push(note(path, cache));
  if (isPage(file) && /noindex|none/i.test(headers['x-robots-tag'] ?? ''))
    findings.push(note(path, 'is hidden from search engines (x-robots-tag)'));
  return findings;
}

/** Holds what was served for a file against what was built. */
export function judgeFile(file: string, built: Uint8Array, answer: Answer): Finding[] {
  const path = servedPath(file);
  if (answer.kind === 'none') return [noAnswer(path, answer)];
  if (answer.status !== 200) return [problem(path, `answers ${answer.status}`)];
  return [...headerFindings(file, built, answer.headers), ...bodyFindings(file, built, answer.body)];
}

/** The files of the API that hold updates: Statuspage's own names and form, version 2. */
export const apiLists: readonly string[] = [
  '/api/v2/summary.json',
  '/api/v2/incidents.json',
  '/api/v2/scheduled-maintenances.json',
];

const entriesSchema = z.array(z.object({ incident_updates: z.array(z.object({ id: z.string() })) }));
const listsSchema = z
  .object({ incidents: entriesSchema.optional(), scheduled_maintenances: entriesSchema.optional() })
  .refine(({ incidents, scheduled_maintenances: windows }) => incidents !== undefined || windows !== undefined);

/** The ids of all updates in one such file, in its order: the newest first; null for something else. */
function updateIds(bytes: Uint8Array): string[] | null {
  try {
    const { data } = listsSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    if (data === undefined) return null;
    return [...(data.incidents ?? []), ...(data.scheduled_maintenances ?? [])].flatMap((entry) =>
      entry.incident_updates.map(({ id }) => id),
    );
  } catch {
    return null;
  }
}

/**
 * Whether each update in a file of the API is in the one that is served, by id: scripts and widgets
 * go by the id, and know nothing of pages and feeds.
 */
export function judgeApi(file: string, built: Uint8Array, answer: Answer): Finding[] {
  const wanted = updateIds(built);
  if (wanted === null) return [problem(file, 'was built without a list of incidents or scheduled_maintenances')];
  // What does not answer is told by the check of the file.
  if (answer.kind === 'none' || answer.status !== 200) return [];
  const served = updateIds(answer.body);
  if (served === null) return [problem(file, 'holds no list of incidents or scheduled_maintenances')];
  const missing = wanted.filter((id) => !served.includes(id));
  if (missing.length === 0) return [];
  const more = missing.length === 1 ? '' : ` and ${missing.length - 1} more`;
  return [problem(file, `does not have the update ${missing[0] ?? ''}${more}`)];
}

/** What customers see of the newest update, as it was served; null for what was not. */
type ServedNewest = {
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
