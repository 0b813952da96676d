import type { Problem } from './problem.ts';
import { readYaml, type YamlSource } from './yaml-source.ts';

/** How many texts are remembered: most updates say one of a few things in their fields, as `status: resolved` and no more. */
const most = 500;

/** By their text, the one used last at the end. What is here has no problem and names no file, so any file may have it. */
const known = new Map<string, YamlSource>();

function freeze(data: unknown): void {
  if (typeof data !== 'object' || data === null) return;
  Object.values(data).forEach(freeze);
  Object.freeze(data);
}

function remember(text: string, source: YamlSource): void {
  freeze(source.data);
  known.delete(text);
  known.set(text, source);
  const [oldest] = known.keys();
  if (known.size > most && oldest !== undefined) known.delete(oldest);
}

/** Reads front matter, which begins on the second line of its file. Equal texts are parsed once and share what is read, which cannot be changed. */
export function readFields(text: string, file: string): YamlSource | Problem[] {
  const source = known.get(text) ?? readYaml(text, file, 2);
  if (!Array.isArray(source) && source.problems.length === 0) remember(text, source);
  return source;
}
