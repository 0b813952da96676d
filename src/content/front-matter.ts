import { decode } from './decode.ts';
import { fieldsLimitProblem, noTextProblem } from './front-matter-limits.ts';
import { readFields } from './known-fields.ts';
import { fileProblem, type Problem } from './problem.ts';
import type { SourceFile } from './source-file.ts';
import type { YamlSource } from './yaml-source.ts';

/** The fields of a markdown file and the text below them. */
export type FrontMatter = YamlSource & { readonly body: string };

const fence = '---';

/**
 * A markdown file with its fields and text, or what keeps it from being read. Readers of incidents and maintenance
 * start from this, so that the form in the browser can give them fields that were never YAML.
 */
export type MarkdownFile =
  | { readonly path: string; readonly text: string; readonly matter: FrontMatter }
  | { readonly path: string; readonly problems: readonly Problem[] };

/** Takes a file apart into fields and text, or says what keeps it from being read. */
export function readFrontMatter(text: string, path: string): FrontMatter | Problem[] {
  const lines = text.split('\n');
  if (lines[0]?.trimEnd() !== fence) {
    const message = 'does not begin with a line "---". Type --- on the first line, then the fields, then --- again and the text';
    return [fileProblem(path, message)];
  }
  const end = lines.findIndex((line, index) => index > 0 && line.startsWith(fence));
  if (lines[end]?.trimEnd() !== fence) {
    const message = 'has no second "---". Type --- alone on a line between the fields and the text';
    return [fileProblem(path, message, { line: Math.max(1, end + 1), column: 1 })];
  }
  const fields = lines.slice(1, end).join('\n');
  const tooMuch = fieldsLimitProblem(fields, path);
  if (tooMuch !== null) return [tooMuch];
  const source = readFields(fields, path);
  const body = lines.slice(end + 1).join('\n').trim();
  const noText = body === '' ? [noTextProblem(path, end + 1)] : [];
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
