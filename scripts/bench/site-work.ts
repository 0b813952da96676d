import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Instant, isoTime, minute } from '../../src/domain/instant.ts';
import { updateName } from '../../src/content/update-name.ts';

/** The work that is measured, in the order in which it is done. */
export const works = ['check', 'clean', 'unchanged', 'update', 'replace'] as const;
export type Work = (typeof works)[number];

export const workWords: Readonly<Record<Work, string>> = {
  check: 'check',
  clean: 'astro build, clean',
  unchanged: 'astro build, nothing changed',
  update: 'astro build, one new update',
  replace: 'halfpast build, one new update',
};

/** A content folder, and what is built from it. */
export type Place = {
  readonly root: string;
  readonly content: string;
  readonly out: string;
  readonly cache: string;
  readonly now: Instant;
};

/** One more update is written for each run, a minute after that before it, and none may be of the future. */
export const mostRuns = 60;

/** The command of one piece of work. */
export function commandOf(work: Work, { root, content, out, cache, now }: Place): readonly [string, ...string[]] {
  const halfpast = [process.execPath, join(root, 'scripts/halfpast.ts')] as const;
  const at = ['--content', content, '--now', isoTime(now)];
  if (work === 'check') return [...halfpast, 'check', ...at];
  if (work === 'replace')
    return [...halfpast, 'build', ...at, '--out', `${out}-replaced`, '--cache', `${cache}-replaced`];
  const options = [`HALFPAST_CONTENT=${content}`, `HALFPAST_NOW=${isoTime(now)}`, `HALFPAST_CACHE=${cache}`];
  return [
    'env',
    ...options,
    process.execPath,
    join(root, 'node_modules/astro/bin/astro.mjs'),
    'build',
    '--silent',
    '--root',
    root,
    '--outDir',
    out,
  ];
}

/** Makes ready for one run: nothing of an earlier build before a clean one, one more update before that of one new update. */
export async function prepare(work: Work, { content, out, cache, now }: Place, nth: number): Promise<void> {
  if (work === 'clean') {
    await rm(out, { recursive: true, force: true });
    await rm(cache, { recursive: true, force: true });
  }
  if (work !== 'update' && work !== 'replace') return;
  const newest = (await readdir(join(content, 'incidents'))).sort().at(-1) ?? '';
  const file = join(
    content,
    'incidents',
    newest,
    `${updateName(now - (work === 'update' ? 2 : 1) * mostRuns * minute + nth * minute)}.md`,
  );
  await writeFile(file, `---\nstatus: resolved\n---\nA later word on this, the ${nth + 1}.\n`);
}
