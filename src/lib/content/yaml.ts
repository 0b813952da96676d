import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Tags,
  visit,
  type YAMLMap,
} from 'yaml';
import type { z } from 'zod';
import { adviceOf, isFreeText, Unquoted } from '../schema/text.ts';
import { fieldName, fileProblem, type Locate, type Place, type Problem } from './problem.ts';
import { commentsIn, cutOff, pitfalls, tooDeep, type YamlComment, yamlMistake } from './yaml-mistakes.ts';

/** Parsed YAML, and the position of each value in the file. */
export type YamlSource = {
  readonly data: unknown;
  /** Valid YAML that probably isn't intended. Don't use a source that has any. */
  readonly problems: readonly Problem[];
  /** Comments after values on the same line. */
  readonly comments: readonly YamlComment[];
  readonly locate: Locate;
};

type Lines = { readonly counter: LineCounter; readonly firstLine: number };

function placeAt({ counter, firstLine }: Lines, offset: number): Place {
  const { line, col } = counter.linePos(offset);
  return { line: Math.max(1, line) + firstLine - 1, column: Math.max(1, col) };
}

type Pairs = ReadonlyMap<string, Pair>;

/** The pairs of each map by name, cached because there may be thousands, each with a problem. */
const pairsOf = new WeakMap<YAMLMap, Pairs>();

function pairsIn(map: YAMLMap): Pairs {
  const known = pairsOf.get(map);
  if (known !== undefined) return known;
  const pairs = new Map(map.items.toReversed().map((item) => [isScalar(item.key) ? String(item.key.value) : '', item]));
  pairsOf.set(map, pairs);
  return pairs;
}

function child(node: unknown, key: PropertyKey, part: 'value' | 'key'): Node | null {
  if (isMap(node)) {
    const pair = pairsIn(node).get(String(key));
    const found = part === 'key' ? pair?.key : (pair?.value ?? pair?.key);
    return isNode(found) ? found : null;
  }
  if (isSeq(node)) {
    const found = node.items[Number(key)];
    return isNode(found) ? found : null;
  }
  return null;
}

function tabs(text: string, firstLine: number, file: string): Problem[] {
  return text.split('\n').flatMap((line, index) => {
    const column = line.indexOf('\t') + 1;
    if (column === 0) return [];
    const message = 'has a tab, which editors show at different widths. Use spaces instead';
    return [fileProblem(file, message, { line: firstLine + index, column })];
  });
}

function refersElsewhere(document: Document.Parsed, text: string): boolean {
  if (!text.includes('*')) return false;
  let found = false;
  visit(document, {
    Alias() {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

/** Each level is a collection and the pair or list that contains it. Our files have three levels. */
const deepest = 2 * 20;

/** Characters that can start a list or a field. Nesting can't be deeper than their number. */
const openings = /[[{\-:?]/g;

/** Returns where lists and fields are nested too deeply. Everything after this check is recursive. */
function tooDeepAt(document: Document.Parsed, text: string): number | null {
  if ((text.match(openings)?.length ?? 0) < deepest / 2) return null;
  let offset: number | null = null;
  visit(document, {
    Collection(_, node, ancestors) {
      if (ancestors.length <= deepest) return undefined;
      offset = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

/** Parses the text. Returns null if it's nested so deeply that the recursive parser runs out of stack space. */
function parsed(text: string, options: Parameters<typeof parseDocument>[1]): Document.Parsed | null {
  try {
    return parseDocument(text, options);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The core schema, but with numbers as written. */
const asWritten = (tags: Tags): Tags =>
  tags.map((tag) => {
    if (typeof tag === 'string' || !/:(?:int|float|bool)$/.test(tag.tag)) return tag;
    const resolve = (text: string) => (/^(?:true|false)$/.test(text) ? text === 'true' : new Unquoted(text));
    return { ...tag, resolve } as typeof tag;
  });

/**
 * Reads YAML 1.2 (core schema: no dates, no yes/no) that starts on `firstLine` of the file. Returns problems for tabs
 * and for anything that isn't YAML.
 */
export function readYaml(text: string, file: string, firstLine = 1): YamlSource | Problem[] {
  const tabProblems = tabs(text, firstLine, file);
  if (tabProblems.length > 0) return tabProblems;
  const counter = new LineCounter();
  const lines = { counter, firstLine };
  // `pitfalls` finds duplicate names; the parser would compare each name with every other. Its warnings would go
  // to standard error.
  const options = {
    lineCounter: counter,
    prettyErrors: false,
    schema: 'core',
    customTags: asWritten,
    version: '1.2',
    stringKeys: true,
    uniqueKeys: false,
    logLevel: 'error',
  } as const;
  const document = parsed(text, options);
  if (document === null) return [fileProblem(file, tooDeep, { line: firstLine, column: 1 })];
  const depth = tooDeepAt(document, text);
  const mistake = depth === null ? yamlMistake(document, text) : { message: tooDeep, offset: depth };
  if (mistake !== null) return [fileProblem(file, mistake.message, placeAt(lines, mistake.offset))];
  const locate: Locate = (path, part = 'value') => {
    let node: Node | null = document.contents;
    let deepest: Node | null = document.contents;
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
    return [
      fileProblem(file, 'has no fields. Write one field per line, like "name: value"', { line: firstLine, column: 1 }),
    ];
  }
  const place = (offset: number): Place => placeAt(lines, offset);
  const misleading = pitfalls(document.contents, file, text, place);
  const comments = commentsIn(document.contents, text, place);
  // With references, data can be infinitely large, so don't convert it.
  return refersElsewhere(document, text)
    ? misleading
    : { data: document.toJS(), locate, problems: misleading, comments };
}

/** How many texts to cache. Many updates have the same fields, such as only `status: resolved`. */
const most = 500;

/** By text, least recently used first. Entries have no problems and no file name, so any file can share them. */
const known = new Map<string, YamlSource>();

function freeze(data: unknown): void {
  // The bytes of a `!!binary` value can't be frozen, but no field accepts them.
  if (typeof data !== 'object' || data === null || ArrayBuffer.isView(data)) return;
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

/** Reads front matter, which starts on line 2 of its file. Equal texts are parsed once and share a frozen result. */
export function readFields(text: string, file: string): YamlSource | Problem[] {
  const source = known.get(text) ?? readYaml(text, file, 2);
  if (!Array.isArray(source) && source.problems.length === 0) remember(text, source);
  return source;
}

/** A value that matches its schema, or all problems with it. */
type Validated<T> = { readonly value: T } | { readonly problems: Problem[] };

/** Returns the value at a path; undefined if there is none. */
function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    data,
  );
}

function problemsOf(issue: z.core.$ZodIssue, source: YamlSource, file: string): Problem[] {
  if (issue.code === 'invalid_union') {
    // One item or a list of several: see `oneOrMore`.
    const [ofList = [], ofItem = []] = issue.errors;
    const meant = Array.isArray(valueAt(source.data, issue.path)) ? ofList : ofItem;
    return meant.flatMap((one) => problemsOf({ ...one, path: [...issue.path, ...one.path] }, source, file));
  }
  return adviceOf(issue).map((advice, index) => {
    const key = issue.code === 'unrecognized_keys' ? issue.keys[index] : undefined;
    const path = key === undefined ? issue.path : [...issue.path, key];
    return { file, field: fieldName(path), ...advice, ...source.locate(path, key === undefined ? 'value' : 'key') };
  });
}

/** Validates the content of a file against its schema. Each issue becomes a problem with a position. */
export function validate<T extends z.ZodType>(schema: T, source: YamlSource, file: string): Validated<z.output<T>> {
  const result = schema.safeParse(source.data);
  const cut = source.comments.filter(({ path }) => isFreeText(schema, path)).map((comment) => cutOff(comment, file));
  const problems = [...source.problems, ...cut];
  if (result.success && problems.length === 0) return { value: result.data };
  // One problem per field is enough.
  const reported = problems.map(({ field }) => field);
  const issues = (result.error?.issues ?? []).flatMap((issue) => problemsOf(issue, source, file));
  return { problems: [...problems, ...issues.filter(({ field }) => field === null || !reported.includes(field))] };
}
