import { readFields } from './known-fields.ts';
import { fileProblem, type Problem } from './problem.ts';
import type { YamlSource } from './yaml-source.ts';

/** A markdown file taken apart: its fields and the text below them. */
export type FrontMatter = YamlSource & { readonly body: string };

const fence = '---';

/** In UTF-16 units. */
const mostFields = 32 * 1024;

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
  if (fields.length > mostFields) {
    return [fileProblem(path, `has more than ${mostFields / 1024} KiB of fields. Type the text below the second "---"`, { line: 2, column: 1 })];
  }
  const source = readFields(fields, path);
  const body = lines.slice(end + 1).join('\n').trim();
  const place = { line: end + 1, column: 1 };
  const noText = body === '' ? [fileProblem(path, 'has no text. Type below the second "---" what customers should know', place)] : [];
  if (Array.isArray(source)) return [...source, ...noText];
  return noText.length > 0 ? noText : { ...source, body };
}
