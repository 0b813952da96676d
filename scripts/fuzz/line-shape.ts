import type { Problem } from '../../src/content/problem.ts';
import { seenPath, type Tree } from './tree.ts';

/** What a terminal acts on, what shows text in another order, what nobody sees. Written apart from the code under test. */
const unseen =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]/u;

/** Words of the program's inside, which mean nothing to the person who reads the line. */
const inside =
  /\bzod\b|Invalid input|expected (?:string|number|object|array|one of)|unrecognized|\bundefined\b|\bNaN\b|\[object |\bat \S+ \(|node:internal|\.ts:\d|(?:Range|Type|Syntax|Reference|URI)Error|Maximum call stack|ENOENT|ELOOP|EISDIR|ENAMETOOLONG/;

/** What the line says in words of ours: names of files and fields and what it quotes are the person's. */
function ownWords({ message }: Problem): string {
  return message.replaceAll(/"(?:[^"\\]|\\.)*?(?:"|…(?= ))/g, '""');
}

const counted = new WeakMap<Buffer, readonly number[]>();

/** How many lines a person sees in a file, and how long each is, in UTF-16 units; remembered, since there may be a problem on each. */
function lengths(bytes: Buffer): readonly number[] {
  const known =
    counted.get(bytes) ??
    bytes
      .toString()
      .split('\n')
      .map((line) => line.length);
  counted.set(bytes, known);
  return known;
}

function placeFault({ file, line, column, message }: Problem, tree: Tree): string | null {
  const entry = tree.get(file) ?? [...tree].find(([path]) => seenPath(path) === file)?.[1];
  if (entry?.kind !== 'file') {
    const paths = [...tree.keys()].map(seenPath);
    const isKnown =
      paths.some((path) => path === file || path.startsWith(`${file}/`)) ||
      ['site.yml', 'components.yml'].includes(file);
    if (!isKnown) return 'names a file that is not there';
    return line === 1 && column === 1 ? null : 'names a line where there is no file';
  }
  if (/^is empty/.test(message) && entry.bytes.length > 0) return 'says that a file is empty, which is not';
  if (entry.size !== undefined && !/ KiB /.test(message)) return 'does not say that the file is too large';
  const all = lengths(entry.bytes);
  if (!(line >= 1 && line <= all.length)) return `names line ${line} of ${all.length}`;
  const longest = all[line - 1] ?? 0;
  // Where bytes are no UTF-8 the reader may count them otherwise.
  return column >= 1 && column <= longest + 1 ? null : `names column ${column} of ${longest}`;
}

/** What is wrong with the line in which a problem is told, or null. `root` is the content folder as the person named it. */
export function lineFault(line: string, problem: Problem, tree: Tree, root: string): string | null {
  if (/[\n\r]/.test(line)) return 'has more than one line';
  if (unseen.test(line)) return 'has a character that nobody sees or that a terminal acts on';
  if (!line.startsWith(`${root}/`) || !line.includes(`:${problem.line}:${problem.column}  `))
    return 'does not begin with file, line and column';
  if (line.length > problem.file.length + root.length + 700) return `has ${line.length} characters`;
  const own = ownWords(problem);
  const found = inside.exec(own)?.[0];
  if (found !== undefined) return `speaks of the inside: ${found}`;
  if (!/[.,;:] (?:[A-Z]|put |rename |type )/.test(own)) return 'says nothing of what to do';
  return placeFault(problem, tree);
}
