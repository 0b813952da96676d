import { isMap, isNode, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, visit, type YAMLError } from 'yaml';
import { type Problem } from './problem.ts';
import type { Place } from './source-file.ts';

/** YAML that was read, and where in the file each of its values stands. */
export type YamlSource = {
  readonly data: unknown;
  /** Where a field stands: its value, or with `key` its name; the nearest there is when it is missing. */
  readonly locate: (path: readonly PropertyKey[], part?: 'value' | 'key') => Place;
};

type Lines = { readonly counter: LineCounter; readonly firstLine: number };

function placeAt({ counter, firstLine }: Lines, offset: number): Place {
  const { line, col } = counter.linePos(offset);
  return { line: Math.max(1, line) + firstLine - 1, column: Math.max(1, col) };
}

function explain(error: YAMLError): string {
  switch (error.code) {
    case 'DUPLICATE_KEY':
      return 'the same field stands here twice. Delete one';
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return 'a second ": " in one line confuses YAML. Put the whole value in quotes';
    case 'BAD_INDENT':
      return 'is not indented like the lines around it. Use two spaces a level';
    case 'BAD_ALIAS':
      return '* and & at the start of a value are special in YAML. Put the value in quotes';
    case 'BAD_SCALAR_START':
      return 'a value cannot begin with this character. Put the value in quotes';
    case 'MISSING_CHAR':
      return 'a closing quote, bracket or colon is missing. Type "field: value", and close what is opened';
    default:
      return `is not valid YAML: ${error.message.split('\n')[0] ?? ''}. If in doubt, put the value in quotes`;
  }
}

function child(node: unknown, key: PropertyKey, part: 'value' | 'key'): Node | null {
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
    const found = part === 'key' ? pair?.key : (pair?.value ?? pair?.key);
    return isNode(found) ? found : null;
  }
  if (isSeq(node)) {
    const found = node.items[Number(key)];
    return isNode(found) ? found : null;
  }
  return null;
}

/** Every field with nothing behind it: YAML's null, which must never be taken for a value. */
function blanks(root: Node, lines: Lines, file: string): Problem[] {
  const problems: Problem[] = [];
  visit(root, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || node.value !== null) return;
      const names = ancestors.flatMap((ancestor) =>
        isPair(ancestor) && isScalar(ancestor.key) ? [String(ancestor.key.value)] : [],
      );
      const pair = ancestors.findLast((ancestor) => isPair(ancestor));
      const at = isScalar(pair?.key) ? pair.key : node;
      const written = node.source ?? '';
      problems.push({
        file,
        field: names.length === 0 ? null : names.join('.'),
        message: written === '' ? 'is blank. Type a value or delete the line' : `"${written}" means nothing at all to YAML. Type a value or delete the line`,
        ...placeAt(lines, at.range?.[0] ?? 0),
      });
    },
  });
  return problems;
}

function tabs(text: string, firstLine: number, file: string): Problem[] {
  return text.split('\n').flatMap((line, index) => {
    const column = line.indexOf('\t') + 1;
    if (column === 0) return [];
    const message = 'has a tab, which YAML does not take. Type spaces instead';
    return [{ file, field: null, message, line: firstLine + index, column }];
  });
}

/**
 * Reads YAML 1.2 (core schema: no dates, no yes/no), which begins on `firstLine` of the file.
 * Blank fields, tabs and all that is not YAML come back as problems.
 */
export function readYaml(text: string, file: string, firstLine = 1): YamlSource | Problem[] {
  const tabProblems = tabs(text, firstLine, file);
  if (tabProblems.length > 0) return tabProblems;
  const counter = new LineCounter();
  const lines = { counter, firstLine };
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, schema: 'core', version: '1.2' });
  const broken = [...document.errors, ...document.warnings].map((error) => ({
    file,
    field: null,
    message: explain(error),
    ...placeAt(lines, error.pos[0]),
  }));
  const first = broken[0];
  if (first !== undefined) return [first];
  const locate: YamlSource['locate'] = (path, part = 'value') => {
    let node: Node | null = document.contents;
    let deepest: Node | null = null;
    for (const [depth, key] of path.entries()) {
      const last = depth === path.length - 1;
      const next: Node | null = child(node, key, last ? part : 'value');
      if (next === null) break;
      deepest = next;
      node = next;
    }
    return deepest?.range ? placeAt(lines, deepest.range[0]) : { line: 1, column: 1 };
  };
  if (document.contents === null) {
    return [{ file, field: null, message: 'has no fields. Type a field on each line, as "name: value"', line: firstLine, column: 1 }];
  }
  const blank = blanks(document.contents, lines, file);
  if (blank.length > 0) return blank;
  try {
    return { data: document.toJS({ maxAliasCount: 20 }), locate };
  } catch {
    return [{ file, field: null, message: 'repeats itself with * aliases without end. Write the values out', line: firstLine, column: 1 }];
  }
}
