import { z } from 'zod';
import { mainOf } from '../../../src/lib/api/release.ts';
import { day, type Duration, hour, minute, second } from '../../../src/lib/domain/calendar.ts';
import { count } from '../../../src/lib/words/en.ts';
import { parseJson } from '../../cli/text.ts';
import type { Answer } from '../../live/http.ts';
import { blocksOf, wordsOf } from '../../live/site-reader.ts';
import { readItems } from '../../live/snapshot.ts';
import { type VerifyFinding, noAnswer, note, problem, servedPath } from './served-files.ts';

/** The content types allowed for each extension. Other files may have any type except text/html. */
const contentTypes: Readonly<Record<string, readonly string[]>> = {
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

/** The header that a file should be served with. */
export function contentTypeOf(file: string): string {
  const [type = 'application/octet-stream'] = contentTypes[extensionOf(file)] ?? [];
  return needsCharset(file) || isPage(file) ? `${type}; charset=utf-8` : type;
}

const extensionOf = (file: string): string => /\.([a-z0-9]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '';

export const isPage = (file: string): boolean => extensionOf(file) === 'html';

/** Whether an update may change the file: pages, feeds, the API, texts and calendars. */
const changesWithUpdates = (file: string): boolean =>
  ['html', 'xml', 'rss', 'atom', 'json', 'txt', 'ics'].includes(extensionOf(file)) &&
  !file.startsWith('/api/schema/') &&
  file !== '/robots.txt';

const typeOf = (served: string | undefined): string => (served ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

/**
 * Whether the file works despite a wrong content type. Calendar apps go by the content, and nginx has no type for .ics,
 * so that's no reason to roll back.
 */
const isHarmless = (file: string, served: string | undefined): boolean =>
  extensionOf(file) === 'ics' && ['', 'application/octet-stream', 'text/plain'].includes(typeOf(served));

/** What is wrong with the content type; null when it's right. */
function typeProblem(file: string, served: string | undefined): string | null {
  const type = typeOf(served);
  const types = contentTypes[extensionOf(file)];
  if (types === undefined) return type === 'text/html' ? 'is served as text/html' : null;
  if (types.includes(type)) return null;
  return `is served ${type === '' ? 'without a content type' : `as ${type}`}, not as ${types[0] ?? ''}`;
}

/** The charset in a content type, in lower case; null if there's none. */
function charsetOf(served: string | undefined): string | null {
  return /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(served ?? '')?.[1]?.toLowerCase() ?? null;
}

/** Whether the header has to name a charset, because the format itself doesn't. */
const needsCharset = (file: string): boolean => ['txt', 'ics', 'css', 'js', 'mjs'].includes(extensionOf(file));

/** GitHub Pages lets caches keep files this long, and there is no setting for it. */
const acceptedAge: Duration = 10 * minute;

/** How long the headers let caches show a file without revalidating it; null if they don't say. */
function maxAgeOf(headers: Readonly<Record<string, string>>): Duration | null {
  const cacheControl = headers['cache-control'] ?? '';
  if (/\bno-(?:cache|store)\b/i.test(cacheControl)) return null;
  const ages = [...cacheControl.matchAll(/\b(?:max-age|s-maxage)\s*=\s*"?(\d+)/gi)].map(
    ([, seconds]) => Number(seconds) * second,
  );
  if (ages.length > 0) return Math.max(...ages);
  // In HTTP, Expires counts only without Cache-Control.
  const age = Date.parse(headers['expires'] ?? '') - Date.parse(headers['date'] ?? '');
  return Number.isFinite(age) ? age : null;
}

function inWords(age: Duration): string {
  if (age >= 2 * day || age === day) return count(Math.floor(age / day), 'day');
  return age >= 2 * hour || age === hour
    ? count(Math.floor(age / hour), 'hour')
    : count(Math.floor(age / minute), 'minute');
}

/** A warning if caches can keep showing a file long after an update; otherwise null. */
function cacheNote(file: string, headers: Readonly<Record<string, string>>): string | null {
  const age = changesWithUpdates(file) ? maxAgeOf(headers) : null;
  if (age === null || age <= acceptedAge) return null;
  const by =
    ['cache-control', 'expires'].flatMap((name) =>
      headers[name] === undefined ? [] : [`${name}: ${headers[name]}`],
    )[0] ?? '';
  return `may be up to ${inWords(age)} out of date: its headers let caches keep it that long (${by})`;
}

const inBytes = (bytes: Uint8Array): string => `${bytes.length.toLocaleString('en-GB')} bytes`;

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const equal = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** Compares the served bytes with the built ones. */
function bodyFindings(file: string, built: Uint8Array, served: Uint8Array): VerifyFinding[] {
  if (equal(built, served)) return [];
  const path = servedPath(file);
  if (served.length === 0) return [problem('empty', path, 'is empty')];
  if (equal(built.subarray(0, served.length), served)) {
    return [problem('truncated', path, `is truncated after ${inBytes(served)} of ${inBytes(built)}`)];
  }
  if (!isPage(file))
    return [problem('different', path, `differs from the build: ${inBytes(served)} served, ${inBytes(built)} built`)];
  const html = decode(served);
  if (!html.trimEnd().endsWith('</html>'))
    return [problem('truncated', path, `is truncated: ${inBytes(served)}, without </html> at the end`)];
  const main = mainOf(html);
  if (main === null || main !== mainOf(decode(built)))
    return [problem('different', path, 'has different content from the build')];
  return [note('modified', path, 'was modified outside its main content, perhaps by the host or a proxy')];
}

function headerFindings(file: string, built: Uint8Array, headers: Readonly<Record<string, string>>): VerifyFinding[] {
  const path = servedPath(file);
  const type = headers['content-type'];
  const findings: VerifyFinding[] = [];
  const wrong = typeProblem(file, type);
  if (wrong !== null) findings.push((isHarmless(file, type) ? note : problem)('content-type', path, wrong));
  const charset = charsetOf(type);
  if (charset !== null && !['utf-8', 'utf8', 'us-ascii'].includes(charset))
    findings.push(problem('charset', path, `is served with the charset ${charset}, not utf-8`));
  if (charset === null && needsCharset(file) && built.some((byte) => byte > 127)) {
    findings.push(
      note('charset', path, 'is served without a charset. Set charset=utf-8, or letters such as é are garbled'),
    );
  }
  if (/attachment/i.test(headers['content-disposition'] ?? ''))
    findings.push(problem('download', path, 'is served as a download (content-disposition)'));
  const cache = cacheNote(file, headers);
  if (cache !== null) findings.push(note('cache', path, cache));
  if (isPage(file) && /noindex|none/i.test(headers['x-robots-tag'] ?? ''))
    findings.push(note('noindex', path, 'is hidden from search engines (x-robots-tag)'));
  return findings;
}

/** Compares a served file with the built one. */
export function checkFile(file: string, built: Uint8Array, answer: Answer): VerifyFinding[] {
  const path = servedPath(file);
  if (answer.kind === 'none') return [noAnswer(path, answer)];
  if (answer.status !== 200) return [problem(`status ${answer.status}`, path, `returns status ${answer.status}`)];
  return [...headerFindings(file, built, answer.headers), ...bodyFindings(file, built, answer.body)];
}

/** The API files with updates, named as in version 2 of Statuspage's API. */
export const apiLists: readonly string[] = [
  '/api/v2/summary.json',
  '/api/v2/incidents.json',
  '/api/v2/scheduled-maintenances.json',
];

const entriesSchema = z.array(z.object({ incident_updates: z.array(z.object({ id: z.string() })) }));
const listsSchema = z
  .object({ incidents: entriesSchema.optional(), scheduled_maintenances: entriesSchema.optional() })
  .refine(({ incidents, scheduled_maintenances: windows }) => incidents !== undefined || windows !== undefined);

/** The ids of all updates in an API file, newest first; null if the bytes aren't one. */
function updateIds(bytes: Uint8Array): string[] | null {
  const lists = parseJson(listsSchema, decode(bytes));
  if (lists === null) return null;
  return [...(lists.incidents ?? []), ...(lists.scheduled_maintenances ?? [])].flatMap((entry) =>
    entry.incident_updates.map(({ id }) => id),
  );
}

/** Checks that the served API file has the id of every built update, because scripts and widgets go by the id. */
export function checkApi(file: string, built: Uint8Array, answer: Answer): VerifyFinding[] {
  const wanted = updateIds(built);
  if (wanted === null) return [problem('api', file, 'was built without a list of incidents or scheduled_maintenances')];
  // checkFile reports a missing file.
  if (answer.kind === 'none' || answer.status !== 200) return [];
  const served = updateIds(answer.body);
  if (served === null) return [problem('api', file, 'has no list of incidents or scheduled_maintenances')];
  const missing = wanted.filter((id) => !served.includes(id));
  if (missing.length === 0) return [];
  const more = missing.length === 1 ? '' : ` and ${missing.length - 1} more`;
  return [problem('api', file, `is missing the update ${missing[0] ?? ''}${more}`)];
}

/** The served files that show the newest update; null for each one that wasn't served. */
type ServedNewest = {
  /** Its permalink, which is also its guid. */
  readonly update: string;
  /** The path of its page below the site's root, such as `/incidents/…/`. */
  readonly page: string;
  readonly index: string | null;
  readonly feed: string | null;
  readonly html: string | null;
  readonly sitemap: string | null;
  /** The updates of its year, as JSON; also null if the site has no such file. */
  readonly records: string | null;
};

const recordsSchema = z.object({ updates: z.array(z.object({ id: z.string(), status: z.string() })) });

/** The status of the update in the JSON of its year; null if it isn't there. */
const statusIn = (records: string, update: string): string | null =>
  parseJson(recordsSchema, records)?.updates.find(({ id }) => update.endsWith(id))?.status ?? null;

/**
 * Looks for the newest update everywhere that customers do. The other checks compare the site with the build; this one
 * also notices if the build left something out.
 */
export function checkNewest({ update, page, index, feed, html, sitemap, records }: ServedNewest): VerifyFinding[] {
  const findings: VerifyFinding[] = [];
  const report = (path: string, message: string): void => void findings.push(problem('newest', path, message));
  const anchor = update.slice(update.indexOf('#') + 1);
  const item = feed === null ? undefined : readItems(feed).find(({ guid }) => guid === update);
  if (feed !== null && item === undefined) report('/rss.xml', `has no item for the newest update, ${update}`);
  const blocks = item === undefined ? [] : blocksOf(item.html);
  const shows = (where: string): boolean =>
    blocks.length === 0 || blocks.some((block) => wordsOf(where).includes(block));
  if (html !== null && !html.includes(`id="${anchor}"`)) report(page, `has no update ${anchor}`);
  if (html !== null && !shows(html)) report(page, `doesn't show the text of the newest update, ${anchor}`);
  const status = records === null ? null : statusIn(records, update);
  // The index shows the newest text of everything that isn't over.
  const isOpen = status !== null && status !== 'resolved' && status !== 'completed';
  if (index !== null && isOpen && !shows(index)) report('/', `doesn't show the text of the newest update, ${update}`);
  if (sitemap !== null && !wordsOf(sitemap).includes(update.slice(0, update.indexOf('#'))))
    report('/sitemap.xml', `doesn't list ${page}`);
  if (records !== null && status === null) report(page, `is missing from the updates in JSON: ${anchor}`);
  return findings;
}
