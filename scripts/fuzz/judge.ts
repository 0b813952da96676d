import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Checked, checkContent } from '../../src/content/check-content.ts';
import { readTree } from '../../src/content/disk.ts';
import { problemLine } from '../../src/content/problem.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Site } from '../../src/domain/site.ts';
import { lineFault } from './line-shape.ts';
import { compareSeen, compareUntouched, compareWithFiles } from './oracle.ts';
import { renderAll } from './render.ts';
import { partOf, type Tree, writeTree } from './tree.ts';

/** What became of one broken folder: it was refused, it was taken, or no disk holds it. */
export type Verdict = 'refused' | 'taken' | 'impossible';

export type Case = {
  readonly tree: Tree;
  readonly touched: ReadonlySet<string>;
  /** Whether nothing was broken, only written: it must be taken. */
  readonly isHonest: boolean;
  /** The site before it was broken. */
  readonly before: Site;
};

/** Milliseconds of processor time for one file, however busy the machine is. */
const patience = 2000;

/** The processor time that a step took, in milliseconds; more than the patience with each file is a hang. Throws. */
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
  // A folder in which nothing is left, or a file that stands where others have a folder.
  return [...touched].some((one) => one.startsWith(`${file}/`));
}

/** Looks at what the reader made of it. Throws what is wrong. */
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

/** All that was typed, in which a person may have typed anything. */
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

/** Puts the folder on disk, in a folder of its own, while `step` looks at it; null when no disk takes it. */
export async function onDisk<T>(tree: Tree, step: (root: string) => Promise<T>): Promise<T | null> {
  const root = mkdtempSync(join(tmpdir(), 'halfpast-fuzz-'));
  try {
    return isWritten(tree, root) ? await step(root) : null;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Reads a broken folder with the real reader, and looks at what comes of it. Throws what is wrong. */
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
