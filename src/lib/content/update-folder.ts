import type { z } from 'zod';
import { type Instant, isoTime, minute, second } from '../domain/calendar.ts';
import type { ShownImage } from '../domain/image.ts';
import { blanksIn } from '../domain/template.ts';
import { longestSlug, slugForm, slugify } from '../schema/components-file.ts';
import { quote, suggest } from '../schema/text.ts';
import { localInstant, shortUtc } from '../schema/time-fields.ts';
import { type Images, markdownProblems, shownImages } from './body.ts';
import type { MarkdownFile } from './front-matter.ts';
import { fieldName, fileProblem, placesIn, type Problem } from './problem.ts';
import { unknownComponents } from './read-components.ts';
import { localTimeHint, notAnUpdate, parseUpdateName, updateName, wrongUpdateName } from './update-name.ts';
import { validate, type YamlSource } from './yaml.ts';

/** Blanks of a template that customers would read. `text` is the whole file. */
function blankProblems(text: string, path: string): Problem[] {
  const placeAt = placesIn(text);
  return blanksIn(text).map(({ at, written }) =>
    fileProblem(
      path,
      `still has the template placeholder ${quote(written)}. Fill it in or delete it; if you mean the braces, put them in backticks`,
      placeAt(at),
    ),
  );
}

/** Clocks differ a little; a time no further ahead than this is not called the future. */
export const clockSkew = 5 * minute;

/** What reading a folder of updates needs to know. */
export type ReadContext = {
  readonly now: Instant;
  readonly timeZone: string;
  /** Null when `components.yml` itself could not be read. */
  readonly componentIds: readonly string[] | null;
  /** The images of the content; left out where there can't be any. */
  readonly images?: Images;
};

/** An update file whose fields fit the schema. */
export type UpdateFile<T> = {
  readonly path: string;
  readonly id: string;
  readonly at: Instant;
  readonly fields: T;
  readonly body: string;
  readonly images: readonly ShownImage[];
  readonly locate: YamlSource['locate'];
};

/** An update file as it is written, whether or not its values are right. */
export type Head = Omit<UpdateFile<Readonly<Record<string, unknown>>>, 'body' | 'images'>;

type UpdateFolder<T> = {
  /** The files whose fields fit the schema, oldest first. */
  readonly files: readonly UpdateFile<T>[];
  /** Whether these are all, each at its time. */
  readonly complete: boolean;
  /** All files, oldest first; empty if the time or the fields of one can't be read, so that any could be the first. */
  readonly heads: readonly Head[];
  readonly problems: readonly Problem[];
};

type Named = { readonly source: MarkdownFile; readonly id: string; readonly at: Instant };

function nameProblems(folder: string, sources: readonly MarkdownFile[]): { named: Named[]; problems: Problem[] } {
  const slug = folder.split('/')[1] ?? '';
  const problems: Problem[] = [];
  if (!slugForm.test(slug)) {
    problems.push(
      fileProblem(
        folder,
        `${quote(slug)} cannot be used in an address. Rename the folder to ${slugify(slug) || '2026-11-22-checkout-errors'}`,
      ),
    );
  }
  if (slug.length > longestSlug) {
    problems.push(
      fileProblem(folder, `has a name of ${slug.length} characters; the limit is ${longestSlug}. Rename the folder`),
    );
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
  return { named: named.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)), problems };
}

function timeProblems(named: readonly Named[], { now, timeZone }: ReadContext): Problem[] {
  return named.flatMap(({ source, id, at }, index) => {
    const problems: Problem[] = [];
    if (at > now + clockSkew) {
      const hint = localTimeHint(at, timeZone, (meant) => meant <= now + clockSkew);
      problems.push(
        fileProblem(
          source.path,
          `${id} is in the future; it is now ${shortUtc(Math.floor(now / minute) * minute)}. ${hint}`,
        ),
      );
    }
    const before = named[index - 1];
    if (before?.at === at) {
      problems.push(
        fileProblem(
          source.path,
          `has the same time as ${before.id}.md. Rename one of them to include seconds, such as ${updateName(at + second)}.md`,
        ),
      );
    }
    return problems;
  });
}

function readFile<T extends z.ZodType>(
  { source, id, at }: Named,
  schema: T,
  { componentIds, images }: ReadContext,
): { readonly file: UpdateFile<z.output<T>> | null; readonly problems: readonly Problem[] } {
  if ('problems' in source) return { file: null, problems: source.problems };
  const { path, text, matter } = source;
  const validated = validate(schema, matter, path);
  const told = matter.problems.map(({ field }) => field);
  const unknown = unknownComponents(matter, path, componentIds).filter(({ field }) => !told.includes(field));
  const { body, locate } = matter;
  const problems = [...unknown, ...markdownProblems(text, body, path, images), ...blankProblems(text, path)];
  if ('problems' in validated) return { file: null, problems: [...validated.problems, ...problems] };
  return {
    file: { path, id, at, fields: validated.value, body, images: shownImages(body, path, images), locate },
    problems,
  };
}

function headOf({ source, id, at }: Named): Head | null {
  if ('problems' in source) return null;
  const { data, locate } = source.matter;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  return { path: source.path, id, at, locate, fields: data as Head['fields'] };
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
  const heads = named.flatMap((file) => headOf(file) ?? []);
  return {
    files,
    heads: misplaced.length === 0 && heads.length === named.length ? heads : [],
    complete: misplaced.length === 0 && files.length === results.length,
    problems: [...misplaced, ...results.flatMap((result) => result.problems)],
  };
}

/** A problem with one field of an update, or with a name below it, as `components` and an id. */
export function fieldProblem(
  file: Pick<UpdateFile<unknown>, 'path' | 'locate'>,
  field: string | readonly [string, string],
  message: string,
): Problem {
  const path = typeof field === 'string' ? [field] : field;
  return {
    file: file.path,
    field: fieldName(path),
    message,
    fix: null,
    ...file.locate(path, path.length > 1 ? 'key' : 'value'),
  };
}

type Dated = { readonly posted?: Instant | undefined; readonly edited?: Instant | undefined };

/** An update is posted at its time or later, edited after that, and neither tomorrow. */
export function postedProblems(files: readonly UpdateFile<Dated>[], now: Instant): Problem[] {
  return files.flatMap((file) => {
    const { posted, edited } = file.fields;
    const problem = (field: keyof Dated, instant: Instant, from: Instant, enter: string): Problem[] => {
      const wrong =
        instant < from
          ? `is before the update ${from === file.at ? 'itself' : 'was posted'} (${shortUtc(from)})`
          : 'is in the future';
      const isWrong = instant < from || instant > now + clockSkew;
      return isWrong ? [fieldProblem(file, field, `${shortUtc(instant)} ${wrong}. Enter ${enter}`)] : [];
    };
    return [
      ...(posted === undefined ? [] : problem('posted', posted, file.at, 'when it was published')),
      ...(edited === undefined ? [] : problem('edited', edited, posted ?? file.at, 'when its text was changed')),
    ];
  });
}

/** What to say about an update before the first one: one of the two has a wrong name. */
function beforeHint(at: Instant, opener: Instant, timeZone: string, now: Instant): string {
  const openedAt = localInstant(isoTime(opener), timeZone);
  if (openedAt !== null && openedAt < at) {
    return `Rename it to its time in UTC; or, if ${isoTime(opener).slice(11, 16)} was local time in ${timeZone}, rename ${updateName(opener)}.md to ${updateName(openedAt)}.md`;
  }
  return localTimeHint(at, timeZone, (meant) => meant > opener && meant <= now);
}

/** Whether the file has the field, perhaps misspelled, which is a problem already. */
export const hasField = ({ fields }: Head, name: string): boolean =>
  name in fields || Object.keys(fields).some((key) => suggest(key, [name]) !== null);

const hasTitle = (file: Head): boolean => hasField(file, 'title');

/** Whether the oldest file is the first update: not when only a later one has the title. */
export function beginsWithFirst(files: readonly Head[]): boolean {
  return files.findIndex(hasTitle) <= 0;
}

/**
 * The first update names what it is about. When an earlier file does not and a later one does, the
 * earlier one has a wrong time. `what` is `incident` or `maintenance`.
 */
export function firstUpdateProblems(files: readonly Head[], what: string, { timeZone, now }: ReadContext): Problem[] {
  const opening = files.findIndex(hasTitle);
  const first = files[0];
  if (first === undefined || opening === 0) return [];
  const opener = files[opening];
  if (opener === undefined) {
    return [
      fieldProblem(
        first,
        'title',
        `is missing from the first update of the ${what}. Add title: and a name that customers understand`,
      ),
    ];
  }
  return files.slice(0, opening).map((file) => {
    const hint = beforeHint(file.at, opener.at, timeZone, now);
    return fileProblem(
      file.path,
      `is earlier than the first update of the ${what}, ${opener.id}.md, which has the title. ${hint}`,
    );
  });
}
