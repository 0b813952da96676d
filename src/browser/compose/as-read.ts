import { decode } from '../../content/decode.ts';
import type { FrontMatter, MarkdownFile } from '../../content/front-matter.ts';
import { fieldsLimitProblem, noTextProblem } from '../../content/front-matter-limits.ts';
import type { Problem } from '../../content/problem.ts';
import type { Place } from '../../content/source-file.ts';
import type { NewFile } from '../../content/writing/new-update.ts';
import { cleanBody, type Fields, saidFields } from '../../content/writing/update-file.ts';
import { hiddenInValue } from '../../content/yaml-pitfalls.ts';

/** A field, or a component below `components:`. Each has a line of its own in the file. */
type Line = { readonly path: readonly string[]; readonly value: unknown };

/** The same with the place of its name and of its value. */
type Written = Line & { readonly places: Readonly<Record<'key' | 'value', Place>> };

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The lines of the front matter, without those of the fences. */
function fieldLines(fields: Fields): Line[] {
  return Object.entries(saidFields(fields)).flatMap(([name, value]): Line[] => {
    const components = isMap(value) ? Object.entries(value) : [];
    return [{ path: [name], value }, ...components.map(([id, state]): Line => ({ path: [name, id], value: state }))];
  });
}

function writtenFields(fields: Fields, text: string): Written[] {
  const lines = text.split('\n');
  return fieldLines(fields).map(({ path, value }, index) => {
    // The first line is the fence.
    const line = index + 2;
    const key = { line, column: path.length === 1 ? 1 : 3 };
    const inLine = { line, column: (lines[index + 1] ?? '').indexOf(': ') + 3 };
    return { path, value, places: { key, value: isMap(value) ? { line: line + 1, column: 3 } : inLine } };
  });
}

/** Finds a field as the reader of YAML does: one that is missing stands where the nearest there is begins. */
function locateIn(written: readonly Written[]): FrontMatter['locate'] {
  const places = new Map(written.map((field) => [field.path.join('\n'), field.places]));
  return (path, part = 'value') => {
    for (let length = path.length; length > 0; length -= 1) {
      const found = places.get(path.slice(0, length).join('\n'));
      if (found !== undefined) return length === path.length ? found[part] : found.value;
    }
    return { line: 2, column: 1 };
  };
}

/** The line on which the message begins in a file with these fields. */
export function messageLine(fields: Fields): number {
  return fieldLines(fields).length + 3;
}

/**
 * A file that `updateFile` made of these fields and this message, as `check` would read it. Its fields are known, so
 * nothing is parsed: gray-matter needs Node's Buffer and brings eval, and a parser of YAML is 15 KiB to download.
 */
export function asRead({ path, text: wanted }: NewFile, fields: Fields, message: string): MarkdownFile {
  const text = decode({ path, bytes: new TextEncoder().encode(wanted) });
  if (typeof text !== 'string') return { path, problems: [text] };
  const written = writtenFields(fields, text);
  const fence = messageLine(fields) - 1;
  const tooMuch = fieldsLimitProblem(
    text
      .split('\n')
      .slice(1, fence - 1)
      .join('\n'),
    path,
  );
  if (tooMuch !== null) return { path, problems: [tooMuch] };
  const body = cleanBody(message);
  if (body === '') return { path, problems: [noTextProblem(path, fence)] };
  const problems = written.flatMap((field): Problem[] => {
    const hidden = hiddenInValue(field.value);
    return hidden === null ? [] : [{ file: path, field: field.path.join('.'), message: hidden, ...field.places.value }];
  });
  return { path, text, matter: { data: saidFields(fields), locate: locateIn(written), problems, body } };
}
