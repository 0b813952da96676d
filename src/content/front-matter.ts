import { decode } from './decode.ts';
import { noTextProblem } from './front-matter-limits.ts';
import { readFields } from './known-fields.ts';
import type { Problem } from './problem.ts';
import type { SourceFile } from './source-file.ts';
import { splitFrontMatter } from './split-front-matter.ts';
import type { YamlSource } from './yaml-source.ts';

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
  const noText = body === '' ? [noTextProblem(path, bodyLine - 1)] : [];
  if (Array.isArray(source)) return [...source, ...noText];
  return noText.length > 0 ? noText : { ...source, body };
}

/** Reads a markdown file of the content folder. */
export function readMarkdownFile(file: SourceFile): MarkdownFile {
  const { path } = file;
  const text = decode(file);
  if (typeof text !== 'string') return { path, problems: [text] };
  const matter = readFrontMatter(text, path);
  return Array.isArray(matter) ? { path, problems: matter } : { path, text, matter };
}
