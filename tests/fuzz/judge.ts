import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v2Files } from '../../src/lib/api/v2-files.ts';
import { checkContent, type Checked } from '../../src/lib/content/check-content.ts';
import { readTree } from '../../src/lib/content/disk.ts';
import { type Problem, problemLine } from '../../src/lib/content/problem.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import { allComponents, type Site } from '../../src/lib/domain/site.ts';
import { atomXml, jsonFeed, rssXml } from '../../src/lib/feeds/formats.ts';
import { calendar } from '../../src/lib/feeds/icalendar.ts';
import { historyFeed, maintenanceFeed, postmortemsFeed, updatesFeed } from '../../src/lib/feeds/site-feeds.ts';
import { componentPage } from '../../src/lib/views/component-page.ts';
import { badgeSvg, componentBadge, siteBadge } from '../../src/lib/views/embed-page.ts';
import { historyPage } from '../../src/lib/views/history-page.ts';
import { incidentPage, incidentText } from '../../src/lib/views/incident-page.ts';
import { maintenancePage, maintenanceText } from '../../src/lib/views/maintenance-page.ts';
import { indexPage } from '../../src/lib/views/index-page.ts';
import { paths } from '../../src/lib/views/paths.ts';
import { postmortemPage } from '../../src/lib/views/postmortem-page.ts';
import { sitemap, sitemapXml } from '../../src/lib/views/sitemap.ts';
import { partOf, seenPath, type Tree, writeTree } from './content.ts';
import { compareSeen, compareUntouched, compareWithFiles } from './oracle.ts';

/**
 * Terminal control characters, bidirectional controls and invisible characters. Written independently
 * of the code under test.
 */
const unseen =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]/u;

/** Internal terms, which mean nothing to the person who reads the line. */
const inside =
  /\bzod\b|Invalid input|expected (?:string|number|object|array|one of)|unrecognized|\bundefined\b|\bNaN\b|\[object |\bat \S+ \(|node:internal|\.ts:\d|(?:Range|Type|Syntax|Reference|URI)Error|Maximum call stack|ENOENT|ELOOP|EISDIR|ENAMETOOLONG/;

/** The line in Halfpast's own words, without quoted text, which comes from the person. */
function ownWords({ message }: Problem): string {
  return message.replaceAll(/"(?:[^"\\]|\\.)*?(?:"|…(?= ))/g, '""');
}

const counted = new WeakMap<Buffer, readonly number[]>();

/** The length of each line in a file, in UTF-16 units. Cached, since there may be a problem on each. */
function lengths(bytes: Buffer): readonly number[] {
  const known =
    counted.get(bytes) ??
    bytes
      .toString()
      .split('\n')
      .map((line) => line.length);
  counted.set(bytes, known);
  return known;
}

function placeFault({ file, line, column, message }: Problem, tree: Tree): string | null {
  const entry = tree.get(file) ?? [...tree].find(([path]) => seenPath(path) === file)?.[1];
  if (entry?.kind !== 'file') {
    const paths = [...tree.keys()].map(seenPath);
    const isKnown =
      paths.some((path) => path === file || path.startsWith(`${file}/`)) ||
      ['site.yml', 'components.yml'].includes(file);
    if (!isKnown) return 'names a file that is not there';
    return line === 1 && column === 1 ? null : 'names a line where there is no file';
  }
  if (/^is empty/.test(message) && entry.bytes.length > 0) return 'says that a file is empty, which is not';
  if (entry.size !== undefined && !/ KiB\b/.test(message)) return 'does not say that the file is too large';
  const all = lengths(entry.bytes);
  if (!(line >= 1 && line <= all.length)) return `names line ${line} of ${all.length}`;
  const longest = all[line - 1] ?? 0;
  // For invalid UTF-8, the reader may count differently.
  return column >= 1 && column <= longest + 1 ? null : `names column ${column} of ${longest}`;
}

/**
 * What is wrong with the line that reports a problem, or null. `root` is the content folder as the person typed it.
 */
export function lineFault(line: string, problem: Problem, tree: Tree, root: string): string | null {
  if (/[\n\r]/.test(line)) return 'has more than one line';
  if (unseen.test(line)) return 'has a character that nobody sees or that a terminal acts on';
  if (!line.startsWith(`${root}/`) || !line.includes(`:${problem.line}:${problem.column}  `))
    return 'does not begin with file, line and column';
  if (line.length > problem.file.length + root.length + 700) return `has ${line.length} characters`;
  const own = ownWords(problem);
  const found = inside.exec(own)?.[0];
  if (found !== undefined) return `speaks of the inside: ${found}`;
  if (!/[.,;:] (?:[A-Z]|put |rename |use |add )/.test(own)) return 'says nothing of what to do';
  return placeFault(problem, tree);
}

/**
 * Renders everything that is published except for the surrounding markup. Returns the texts;
 * throws what the views throw.
 */
async function renderAll(site: Site): Promise<string[]> {
  const feeds = [updatesFeed(site), historyFeed(site, paths.historyRss), maintenanceFeed(site), postmortemsFeed(site)];
  return [
    ...(await Promise.all(feeds.map(rssXml))),
    ...feeds.map((feed) => atomXml(feed, site.now)),
    ...feeds.map((feed) => JSON.stringify(jsonFeed(feed))),
    JSON.stringify([indexPage(site), historyPage(site), v2Files(site)]),
    ...site.incidents.flatMap((incident) => [
      JSON.stringify(incidentPage(site, incident)),
      incidentText(site, incident),
    ]),
    ...site.maintenances.flatMap((maintenance) => [
      JSON.stringify(maintenancePage(site, maintenance)),
      maintenanceText(site, maintenance),
    ]),
    ...site.postmortems.map((postmortem) => JSON.stringify(postmortemPage(site, postmortem))),
    ...allComponents(site)
      .slice(0, 3)
      .flatMap((component) => [
        JSON.stringify(componentPage(site, component)),
        badgeSvg(componentBadge(site, component)),
      ]),
    calendar(site),
    badgeSvg(siteBadge(site)),
    sitemapXml(sitemap(site)),
  ];
}

/** The outcome for one broken folder: rejected, accepted, or impossible to write to disk. */
export type Verdict = 'refused' | 'taken' | 'impossible';

type Case = {
  readonly tree: Tree;
  readonly touched: ReadonlySet<string>;
  /** Whether the content was only rewritten and not broken: it must be accepted. */
  readonly isHonest: boolean;
  /** The site before the mutations. */
  readonly before: Site;
};

/** CPU time in milliseconds per file, which doesn't depend on how busy the machine is. */
const patience = 2000;

/** Runs a step. Throws if its CPU time exceeds the limit per file, which counts as a hang. */
async function timed<T>(what: string, files: number, step: () => Promise<T>): Promise<T> {
  const before = process.threadCpuUsage();
  const result = await step();
  const { user, system } = process.threadCpuUsage(before);
  const took = (user + system) / 1000;
  if (took > patience * Math.max(1, files)) throw new Error(`hang: ${what} took ${Math.round(took)} ms`);
  return result;
}

function isToBlame(file: string, touched: ReadonlySet<string>): boolean {
  const part = partOf(file);
  if (touched.has('site.yml') || touched.has('components.yml') || touched.has(part)) return true;
  const slug = /^postmortems\/([^/]+)\.md$/.exec(file)?.[1];
  if (slug !== undefined && touched.has(`incidents/${slug}`)) return true;
  // A folder that is now empty, or a file in place of a folder.
  return [...touched].some((one) => one.startsWith(`${file}/`));
}

/** Judges the result of reading the content. Throws an error that says what is wrong. */
export function judgeParsed(parsed: Checked, { tree, touched, isHonest, before }: Case, now: Instant): Verdict {
  for (const warning of parsed.warnings) {
    const line = problemLine(warning, 'content');
    const fault = lineFault(line, warning, tree, 'content');
    if (fault !== null) throw new Error(`the warning ${fault}: ${line.slice(0, 500)}`);
  }
  if (!('problems' in parsed)) {
    compareWithFiles(parsed.site, tree, now);
    compareUntouched(parsed.site, before, touched);
    compareSeen(parsed.site);
    return 'taken';
  }
  const { problems } = parsed;
  if ('site' in parsed) throw new Error('there is a site beside its problems');
  if (problems.length === 0) throw new Error('refused without a problem');
  for (const problem of problems) {
    const line = problemLine(problem, 'content');
    const fault = lineFault(line, problem, tree, 'content');
    if (fault !== null) throw new Error(`the line ${fault}: ${line.slice(0, 500)}`);
    if (!isToBlame(problem.file.replaceAll('\uFFFD', '?'), touched) && !problem.file.includes('\uFFFD'))
      throw new Error(`blames ${problem.file}, where nothing was touched: ${line.slice(0, 500)}`);
  }
  if (isHonest)
    throw new Error(`refuses what people write in earnest: ${problemLine(problems[0]!, 'content').slice(0, 500)}`);
  return 'refused';
}

/** All text in the tree, which may contain anything. */
const wordsOf = (tree: Tree): string =>
  [...tree].map(([path, entry]) => `${path}\n${entry.kind === 'file' ? entry.bytes.toString() : ''}`).join('\n');

const cannotBe = ['ENAMETOOLONG', 'EILSEQ', 'EINVAL', 'ENOTDIR', 'EISDIR', 'EEXIST'];

function isWritten(tree: Tree, root: string): boolean {
  try {
    writeTree(tree, root);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && cannotBe.includes(String(error.code))) return false;
    throw error;
  }
}

/** Writes the tree to a temporary folder while `step` looks at it. Returns null if no disk can hold it. */
export async function onDisk<T>(tree: Tree, step: (root: string) => Promise<T>): Promise<T | null> {
  const root = mkdtempSync(join(tmpdir(), 'halfpast-fuzz-'));
  try {
    return isWritten(tree, root) ? await step(root) : null;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Reads a broken folder with the real reader, and judges the result. Throws an error that says what is wrong. */
export async function judge(one: Case, now: Instant): Promise<Verdict> {
  const verdict = await onDisk(one.tree, async (root) => {
    const parsed = await timed('reading', one.touched.size, async () => checkContent(await readTree(root), now));
    const judged = judgeParsed(parsed, one, now);
    if ('site' in parsed) {
      const texts = await timed('making the pages', one.touched.size, () => renderAll(parsed.site));
      const odd = texts
        .map((text) => /.{0,60}(?:\[object Object\]|>undefined<|"undefined"|function Object\().{0,60}/.exec(text)?.[0])
        .find((found) => found !== undefined && !/\[object Object\]|undefined/.test(wordsOf(one.tree)));
      if (odd !== undefined) throw new Error(`a page says ${odd}`);
    }
    return judged;
  });
  return verdict ?? 'impossible';
}
