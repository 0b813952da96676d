import type { z } from 'zod';
import { type Instant, minute } from '../domain/instant.ts';
import { slugForm, slugify } from '../schema/components-file.ts';
import { shortUtc } from '../schema/instant.ts';
import { quote } from '../schema/text.ts';
import { decode } from './decode.ts';
import { readFrontMatter } from './front-matter.ts';
import { localTimeHint } from './local-time.ts';
import { fileProblem, type Problem } from './problem.ts';
import type { SourceFile } from './source-file.ts';
import { parseUpdateName, wrongUpdateName } from './update-name.ts';
import { validate } from './validate.ts';
import type { YamlSource } from './yaml-source.ts';

/** Clocks differ a little; a time no further ahead than this is not called the future. */
const clockSkew = 5 * minute;

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

export type UpdateFolder<T> = { readonly files: readonly UpdateFile<T>[]; readonly problems: readonly Problem[] };

type Named = { readonly source: SourceFile; readonly id: string; readonly at: Instant };

function nameProblems(folder: string, sources: readonly SourceFile[]): { named: Named[]; problems: Problem[] } {
  const slug = folder.split('/')[1] ?? '';
  const problems: Problem[] = [];
  if (!slugForm.test(slug)) {
    problems.push(fileProblem(folder, `${quote(slug)} cannot stand in an address. Rename the folder to ${slugify(slug) || '2026-11-22-checkout-errors'}`));
  }
  const named = sources.flatMap((source): Named[] => {
    const name = source.path.slice(folder.length + 1);
    const id = name.replace(/\.md$/, '');
    const at = name.endsWith('.md') ? parseUpdateName(id) : null;
    if (at !== null) return [{ source, id, at }];
    const message = name.endsWith('.md')
      ? wrongUpdateName(id)
      : `${quote(name)} is not an update. Updates are .md files named by their time; delete it or move it out of the content folder`;
    problems.push(fileProblem(source.path, message));
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
      problems.push(fileProblem(source.path, `is at the same time as ${before.id}.md. Rename one of them, with seconds, as ${id.slice(0, 15)}01Z.md`));
    }
    return problems;
  });
}

function readFile<T extends z.ZodType>(
  { source, id, at }: Named,
  schema: T,
): UpdateFile<z.output<T>> | readonly Problem[] {
  const text = decode(source);
  if (typeof text !== 'string') return [text];
  const matter = readFrontMatter(text, source.path);
  if (Array.isArray(matter)) return matter;
  const validated = validate(schema, matter, source.path);
  if ('problems' in validated) return validated.problems;
  return { path: source.path, id, at, fields: validated.value, body: matter.body, locate: matter.locate };
}

/** Reads the update files of one folder, oldest first, with all that is wrong with each. */
export function readUpdateFolder<T extends z.ZodType>(
  folder: string,
  sources: readonly SourceFile[],
  schema: T,
  context: ReadContext,
): UpdateFolder<z.output<T>> {
  const { named, problems } = nameProblems(folder, sources);
  const results = named.map((file) => readFile(file, schema));
  return {
    files: results.filter((result) => !Array.isArray(result)) as UpdateFile<z.output<T>>[],
    problems: [...problems, ...timeProblems(named, context), ...results.filter((result) => Array.isArray(result)).flat()],
  };
}

/** A problem with one field of an update. */
export function fieldProblem(file: Pick<UpdateFile<unknown>, 'path' | 'locate'>, field: string, message: string): Problem {
  const path = field.split('.');
  return { file: file.path, field, message, ...file.locate(path, path.length > 1 ? 'key' : 'value') };
}
