import { join, posix, resolve } from 'node:path';
import { newProblems } from '../../src/lib/content/check-content.ts';
import type { ContentTree } from '../../src/lib/content/content-tree.ts';
import { isExample } from '../../src/lib/content/example.ts';
import { problemLine, textOf, withLineEndsOf } from '../../src/lib/content/problem.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import { count } from '../../src/lib/words/en.ts';
import { treeOrEmpty } from '../cli/content.ts';
import { oneLine, UserError } from '../cli/errors.ts';
import type { Context } from '../cli/context.ts';
import { type Kept, settleMoved } from './reimport.ts';
import type { Plan } from './plan.ts';

type Carried = {
  readonly written: number;
  readonly unchanged: number;
  /** Files that differ from the dump in text or time, and weren't changed. */
  readonly kept: readonly Kept[];
  /** Files that aren't in the dump, in folders that this run wrote to. */
  readonly notInSource: readonly string[];
  /** Problems in other files that keep the site from building. */
  readonly otherProblems: number;
};

const shownProblems = 20;

function refuse(lines: readonly string[]): UserError {
  const more = lines.length > shownProblems ? [`and ${lines.length - shownProblems} more`] : [];
  return new UserError(
    [
      `nothing was written, because the result would have ${count(lines.length, 'problem')}:`,
      ...lines.slice(0, shownProblems),
      ...more,
    ].join('\n'),
  );
}

/**
 * Writes new planned files and edits, and changes nothing else. Writes nothing if the result would fail `check`.
 * `origin` names the source, such as "the dump". Throws UserError.
 */
async function applyPlan(
  plan: Pick<Plan, 'files' | 'edits'>,
  tree: ContentTree,
  content: string,
  origin: string,
  now: Instant,
  context: Context,
): Promise<Carried> {
  const { edits } = plan;
  const { files, kept: moved } = settleMoved(plan.files, tree, content, origin);
  const there = new Map(tree.files.map(({ path, bytes }) => [path, textOf(bytes)]));
  const missing = files.filter(({ path }) => !there.has(path));
  const changed = files
    .filter(({ path, text }) => there.has(path) && there.get(path) !== text)
    .map(({ path }): Kept => ({ path, why: null }));
  const kept = [...changed, ...moved];
  const known = new Set([...plan.files, ...moved].map(({ path }) => path));
  const touched = new Set(missing.map(({ path }) => posix.dirname(path)));
  const notInSource = [...there.keys()].filter(
    (path) => path.includes('/') && touched.has(posix.dirname(path)) && !known.has(path),
  );
  context.progress.show(`Checking ${count(files.length, 'file')}`);
  const { caused, others } = await newProblems(tree, [...edits, ...missing], now);
  if (caused.length > 0) throw refuse(caused.map((problem) => problemLine(problem, content)));
  for (const { path, text } of edits) {
    const bytes = tree.files.find((file) => file.path === path)?.bytes ?? new Uint8Array();
    await context.disk.replace(join(resolve(context.cwd, content), path), withLineEndsOf(bytes, text));
  }
  for (const [index, { path, text }] of missing.entries()) {
    context.progress.show(`Writing ${content}: ${index + 1} of ${missing.length} files`);
    await context.disk.create(join(resolve(context.cwd, content), path), text);
  }
  return {
    written: missing.length,
    unchanged: files.length - missing.length - changed.length,
    kept,
    notInSource,
    otherProblems: others.length,
  };
}

/** Describes an import in lines for people. `origin` names the source, such as "the dump". */
function report(
  { counts, notes, added, remarks }: Plan,
  { written, unchanged, kept, notInSource, otherProblems }: Carried,
  content: string,
  origin: string,
): string {
  const lines = [
    `${count(counts.incidents, 'incident')} with ${count(counts.incident_updates, 'update')}, ${count(counts.maintenances, 'maintenance window')} with ${count(counts.maintenance_updates, 'update')}`,
    `${count(written, 'file')} written to ${content}, ${unchanged} unchanged, ${kept.length} kept`,
    ...(added.length === 0 ? [] : [`Added to ${content}/components.yml: ${added.join(', ')}`]),
    ...(kept.length === 0
      ? []
      : [
          `Kept, because they differ from ${origin}:`,
          ...kept.map(({ path, why }) => `  ${why ?? `${content}/${path}`}`),
        ]),
    ...notInSource.map((path) => `Not in ${origin}: ${content}/${path}; delete it if an imported file replaces it`),
    ...remarks.map(oneLine),
    ...(notes.length === 0 ? [] : ['Not imported unchanged:', ...notes.map((text) => `  ${oneLine(text)}`)]),
    ...(otherProblems === 0 ? [] : [`${count(otherProblems, 'problem')} in other files. See: npx halfpast check`]),
  ];
  return `${lines.join('\n')}\n`;
}

type Called = { readonly content: string; readonly now: () => Instant; readonly json: boolean };

/** The content folder to import into. Throws UserError if it contains the included sample. */
export async function importTree(content: string, context: Context): Promise<ContentTree> {
  const tree = await treeOrEmpty(content, context);
  if (isExample(tree))
    throw new UserError(
      `${content} has the included sample, whose incidents are made up. Use a new folder for yours, such as --content my-content`,
    );
  return tree;
}

/**
 * Plans an import for the current content folder, applies it, and reports the result. `origin` names the source, such
 * as "the dump". Throws UserError when nothing was written.
 */
export async function runImport(
  call: Called,
  context: Context,
  origin: string,
  tree: ContentTree,
  plan: Plan,
): Promise<number> {
  const carried = await applyPlan(plan, tree, call.content, origin, call.now(), context);
  const { counts, notes, added, remarks } = plan;
  const { written, unchanged, notInSource } = carried;
  const kept = carried.kept.map(({ path }) => path);
  const whys = carried.kept.flatMap(({ why }) => why ?? []);
  const result = {
    ...counts,
    components_added: added,
    written,
    unchanged,
    kept,
    not_in_source: notInSource,
    notes,
    remarks: [...whys, ...remarks],
  };
  context.stdout(call.json ? `${JSON.stringify(result)}\n` : report(plan, carried, call.content, origin));
  return 0;
}
