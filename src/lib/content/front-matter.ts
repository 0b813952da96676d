import matter from 'gray-matter';
import { decode, fileProblem, type Problem, type SourceFile } from './problem.ts';
import { noTextProblem } from './body.ts';
import { fieldsLimitProblem } from './yaml-mistakes.ts';
import { readFields, type YamlSource } from './yaml.ts';

/** Hyphens around YAML, plus signs around TOML. */
type Fence = '---' | '+++';

/** A markdown file in two parts. */
type Split<T> = {
  /** What the parser made of the lines between the fences. */
  readonly fields: T;
  /** All below the second fence, as it is. */
  readonly body: string;
  /** The line of the file on which the body begins. */
  readonly bodyLine: number;
};

/**
 * Splits front matter from the text below it, with gray-matter. `parse` gets the lines between the fences, so its
 * line 1 is line 2 of the file. Returns a problem if the fences are missing or there is too much between them.
 *
 * A fence is alone on its line. gray-matter itself takes whatever follows the first one as the name of a language,
 * and runs `---js` as code.
 */
export function splitFrontMatter<T>(
  text: string,
  path: string,
  fence: Fence,
  parse: (fields: string) => T,
): Split<T> | Problem {
  const lines = text.split('\n');
  if (lines[0]?.trimEnd() !== fence) {
    const advice = `Put ${fence} on the first line, then the fields, another ${fence}, and the text`;
    return fileProblem(path, `does not start with a "${fence}" line. ${advice}`);
  }
  const end = lines.findIndex((line, index) => index > 0 && line.startsWith(fence));
  const closing = lines[end] ?? '';
  if (closing.trimEnd() !== fence) {
    const message = `has no second "${fence}". Put ${fence} on its own line between the fields and the text`;
    return fileProblem(path, message, { line: Math.max(1, end + 1), column: 1 });
  }
  const between = lines.slice(1, end).join('\n');
  const tooMuch = fieldsLimitProblem(between, path, fence);
  if (tooMuch !== null) return tooMuch;
  // An engine gets all that follows the first fence, beginning with the rest of that line. What it returns is wrapped,
  // because gray-matter expects an object, in which it looks for options of its own.
  const engine = { parse: (raw: string) => ({ parsed: parse(raw.slice(raw.indexOf('\n') + 1)) }) };
  const { data, content } = matter(text, {
    language: fence === '---' ? 'yaml' : 'toml',
    delimiters: fence,
    engines: { yaml: engine, toml: engine },
  });
  // gray-matter takes off the line end behind the second fence, but not when there are spaces between the two.
  const spaces = closing.slice(fence.length);
  return {
    // Fields that are blank, or comments only, never reach the engine.
    fields: 'parsed' in data ? (data['parsed'] as T) : parse(between),
    body: spaces === '' ? content : content.slice(spaces.length + 1),
    bodyLine: end + 2,
  };
}

/** The text below the fields, even if those can't be read; null if there is no closing line of hyphens. */
export function bodyOf(text: string): Pick<Split<null>, 'body' | 'bodyLine'> | null {
  const split = splitFrontMatter(text, '', '---', () => null);
  return 'message' in split ? null : split;
}

/** The fields of a markdown file and the text below them. */
export type FrontMatter = YamlSource & { readonly body: string };

/**
 * A markdown file with its fields and text, or what keeps it from being read. Readers of incidents and maintenance
 * start from this, so that the form in the browser can give them fields that were never YAML.
 */
export type MarkdownFile =
  | { readonly path: string; readonly text: string; readonly matter: FrontMatter }
  | { readonly path: string; readonly problems: readonly Problem[] };

/** Splits a text into its fields and what is below them, or says what keeps it from being read. */
export function readFrontMatter(text: string, path: string): FrontMatter | Problem[] {
  const split = splitFrontMatter(text, path, '---', (fields) => readFields(fields, path));
  if ('message' in split) return [split];
  const { fields: source, bodyLine } = split;
  const body = split.body.trim();
  if (!Array.isArray(source)) return { ...source, body };
  return body === '' ? [...source, noTextProblem(path, bodyLine - 1)] : source;
}

/** Reads a markdown file of the content folder. */
export function readMarkdownFile(file: SourceFile): MarkdownFile {
  const { path } = file;
  const text = decode(file);
  if (typeof text !== 'string') return { path, problems: [text] };
  const matter = readFrontMatter(text, path);
  return Array.isArray(matter) ? { path, problems: matter } : { path, text, matter };
}
