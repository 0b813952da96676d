import type { z } from 'zod';
import { type Instant, minute, second } from '../domain/instant.ts';
import { longestSlug, slugForm, slugify } from '../schema/components-file.ts';
import { shortUtc } from '../schema/instant.ts';
import { quote } from '../schema/text.ts';
import { blankProblems } from './blanks.ts';
import type { MarkdownFile } from './front-matter.ts';
import { markdownProblems } from './markdown.ts';
import { localTimeHint } from './local-time.ts';
import { fieldName, fileProblem, type Problem } from './problem.ts';
import { notAnUpdate, parseUpdateName, updateName, wrongUpdateName } from './update-name.ts';
import { unknownComponents } from './unknown-components.ts';
import { validate } from './validate.ts';
import type { YamlSource } from './yaml-source.ts';

/** Clocks differ a little; a time no further ahead than this is not called the future. */
export const clockSkew = 5 * minute;

/** What reading a folder of updates needs to know. */
export type ReadContext = {
  readonly now: Instant;
  readonly timeZone: string;
  /** Null when `components.yml` itself could not be read. */
  readonly componentIds: readonly string[] | null;
};

/** An update file whose fields fit the schema. */
export type UpdateFile<T> = {
  readonly path: string;
  readonly id: string;
  readonly at: Instant;
  readonly fields: T;
  readonly body: string;
  readonly locate: YamlSource['locate'];
};

export type UpdateFolder<T> = {
  /** Oldest first. */
  readonly files: readonly UpdateFile<T>[];
  /** Whether that is every file, each at its time; if not, nobody knows which update is the first. */
  readonly complete: boolean;
  readonly problems: readonly Problem[];
};

type Named = { readonly source: MarkdownFile; readonly id: string; readonly at: Instant };

function nameProblems(folder: string, sources: readonly MarkdownFile[]): { named: Named[]; problems: Problem[] } {
  const slug = folder.split('/')[1] ?? '';
  const problems: Problem[] = [];
  if (!slugForm.test(slug)) {
    problems.push(fileProblem(folder, `${quote(slug)} cannot stand in an address. Rename the folder to ${slugify(slug) || '2026-11-22-checkout-errors'}`));
  }
  if (slug.length > longestSlug) {
    problems.push(fileProblem(folder, `has a name of ${slug.length} characters, and an address has room for ${longestSlug}. Rename the folder`));
  }
  const named = sources.flatMap((source): Named[] => {
    const name = source.path.slice(folder.length + 1);
    const id = name.replace(/\.md$/, '');
    const isUpdate = name.endsWith('.md') && !name.includes('/');
    const at = isUpdate ? parseUpdateName(id) : null;
    if (at !== null) return [{ source, id, at }];
    problems.push(fileProblem(source.path, isUpdate ? wrongUpdateName(id) : notAnUpdate(name, folder)));
    return [];
  });
  if (sources.length === 0) {
    problems.push(fileProblem(folder, 'has no update. Add a file named by its time in UTC, such as 2026-11-22T1405Z.md, or delete the folder'));
  }
  return { named: named.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)), problems };
}

function timeProblems(named: readonly Named[], { now, timeZone }: ReadContext): Problem[] {
  return named.flatMap(({ source, id, at }, index) => {
    const problems: Problem[] = [];
    if (at > now + clockSkew) {
      const hint = localTimeHint(at, timeZone, (meant) => meant <= now + clockSkew);
      problems.push(fileProblem(source.path, `${id} is in the future: it is now ${shortUtc(Math.floor(now / minute) * minute)}. ${hint}`));
    }
    const before = named[index - 1];
    if (before?.at === at) {
      problems.push(fileProblem(source.path, `is at the same time as ${before.id}.md. Rename one of them, with seconds, as ${updateName(at + second)}.md`));
    }
    return problems;
  });
}

function readFile<T extends z.ZodType>(
  { source, id, at }: Named,
  schema: T,
  { componentIds }: ReadContext,
): { readonly file: UpdateFile<z.output<T>> | null; readonly problems: readonly Problem[] } {
  if ('problems' in source) return { file: null, problems: source.problems };
  const { path, text, matter } = source;
  const validated = validate(schema, matter, path);
  const told = matter.problems.map(({ field }) => field);
  const unknown = unknownComponents(matter, path, componentIds).filter(({ field }) => !told.includes(field));
  const { body, locate } = matter;
  const problems = [...unknown, ...markdownProblems(text, body, path), ...blankProblems(text, path)];
  if ('problems' in validated) return { file: null, problems: [...validated.problems, ...problems] };
  return { file: { path, id, at, fields: validated.value, body, locate }, problems };
}

/** Reads the update files of one folder, with all that is wrong with each. */
export function readUpdateFolder<T extends z.ZodType>(
  folder: string,
  sources: readonly MarkdownFile[],
  schema: T,
  context: ReadContext,
): UpdateFolder<z.output<T>> {
  const { named, problems } = nameProblems(folder, sources);
  const misplaced = [...problems, ...timeProblems(named, context)];
  const results = named.map((file) => readFile(file, schema, context));
  const files = results.flatMap(({ file }) => file ?? []);
  return {
    files,
    complete: misplaced.length === 0 && files.length === results.length,
    problems: [...misplaced, ...results.flatMap((result) => result.problems)],
  };
}

/** A problem with one field of an update, or with a name below it, as `components` and an id. */
export function fieldProblem(file: Pick<UpdateFile<unknown>, 'path' | 'locate'>, field: string | readonly [string, string], message: string): Problem {
  const path = typeof field === 'string' ? [field] : field;
  return { file: file.path, field: fieldName(path), message, ...file.locate(path, path.length > 1 ? 'key' : 'value') };
}
