import matter from 'gray-matter';
import { decode, fileProblem, type Problem, type SourceFile } from './problem.ts';
import { noTextProblem } from './body.ts';
import { fieldsLimitProblem } from './yaml-mistakes.ts';
import { readFields, type YamlSource } from './yaml.ts';

/** `---` surrounds YAML, and `+++` surrounds TOML. */
type Fence = '---' | '+++';

/** A Markdown file, split in two. */
type Split<T> = {
  /** What the parser returned for the lines between the fences. */
  readonly fields: T;
  /** Everything below the second fence, unchanged. */
  readonly body: string;
  /** The line of the file where the body starts. */
  readonly bodyLine: number;
};

/**
 * Splits front matter from the text below it, with gray-matter. `parse` gets the lines between the fences, so its line
 * 1 is line 2 of the file. Returns a problem if the fences are missing or there is too much between them.
 *
 * A fence must be alone on its line. gray-matter treats anything after the first fence as the name of a language, and
 * executes `---js` as code.
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
  // Engines get everything after the first fence, starting with the rest of that line. The result is wrapped, because
  // gray-matter expects an object and looks in it for its own options.
  const engine = { parse: (raw: string) => ({ parsed: parse(raw.slice(raw.indexOf('\n') + 1)) }) };
  const { data, content } = matter(text, {
    language: fence === '---' ? 'yaml' : 'toml',
    delimiters: fence,
    engines: { yaml: engine, toml: engine },
  });
  // gray-matter removes the line break after the second fence, unless there are spaces before it.
  const spaces = closing.slice(fence.length);
  return {
    // If the fields are blank or only comments, gray-matter never calls the engine.
    fields: 'parsed' in data ? (data['parsed'] as T) : parse(between),
    body: spaces === '' ? content : content.slice(spaces.length + 1),
    bodyLine: end + 2,
  };
}

/** Returns the text below the fields, even if the fields are unreadable; null without a closing fence. */
export function bodyOf(text: string): Pick<Split<null>, 'body' | 'bodyLine'> | null {
  const split = splitFrontMatter(text, '', '---', () => null);
  return 'message' in split ? null : split;
}

/** The fields of a Markdown file, and the text below them. */
export type FrontMatter = YamlSource & { readonly body: string };

/**
 * A Markdown file with its fields and text, or the problems that prevent reading it. The readers of incidents and
 * maintenance take this as input, so the browser form can pass fields that never were YAML.
 */
export type MarkdownFile =
  | { readonly path: string; readonly text: string; readonly matter: FrontMatter }
  | { readonly path: string; readonly problems: readonly Problem[] };

/** Splits a text into its fields and the text below them, or returns the problems that prevent it. */
export function readFrontMatter(text: string, path: string): FrontMatter | Problem[] {
  const split = splitFrontMatter(text, path, '---', (fields) => readFields(fields, path));
  if ('message' in split) return [split];
  const { fields: source, bodyLine } = split;
  const body = split.body.trim();
  if (!Array.isArray(source)) return { ...source, body };
  return body === '' ? [...source, noTextProblem(path, bodyLine - 1)] : source;
}

/** Returns the fields of a file as far as they're readable, whether or not they're valid. */
export function fieldsIn(file: SourceFile): Readonly<Record<string, unknown>> {
  const read = readMarkdownFile(file);
  const data = 'matter' in read ? read.matter.data : null;
  return typeof data === 'object' && data !== null ? { ...data } : {};
}

/** Reads a Markdown file from the content folder. */
export function readMarkdownFile(file: SourceFile): MarkdownFile {
  const { path } = file;
  const text = decode(file);
  if (typeof text !== 'string') return { path, problems: [text] };
  const matter = readFrontMatter(text, path);
  return Array.isArray(matter) ? { path, problems: matter } : { path, text, matter };
}
