import {
  type Document,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  visit,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import { type Fix, mayHoldCredential, quote } from '../schema/text.ts';
import { firstHidden, nameOfHidden } from '../schema/hidden.ts';
import { fieldName, fileProblem, type Place, placesIn, type Problem } from './problem.ts';

/** An error in some YAML, in a user's terms, and its offset in the text. */
type YamlMistake = { readonly message: string; readonly offset: number };

/** The message for lists within lists within lists. */
export const tooDeep = 'lists or fields are nested too deeply. If this is text, put it in quotes';

/** `line` is the one without `: `. */
function noColon(line: string): string {
  const space = /:([^\S ])/.exec(line)?.[1];
  return space === undefined
    ? 'has no ": " between field and value. Write it like "status: investigating"'
    : `has ${nameOfHidden(space)} after ":" instead of a space. Retype it`;
}

function lineAt(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1).split('\n', 1)[0] ?? '';
}

/**
 * Returns the text in quotes, so that YAML reads exactly that text. Null if it's too long to show, has invisible
 * characters, or may be a credential.
 */
function inQuotes(text: string): string | null {
  if (text.length > 120 || firstHidden(text) !== null || mayHoldCredential(text)) return null;
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

/** Returns the line at `offset` with its value in quotes; null if the value has several lines or must not be shown. */
function lineInQuotes(text: string, offset: number): string | null {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const [line = '', next = ''] = text.slice(start).split('\n', 2);
  const [, indent = '', before, written = ''] = /^( *)(- (?:\w+: +)?|\w+: +)(.*\S)/.exec(line) ?? [];
  if (before === undefined || next.search(/\S/) > indent.length) return null;
  const [, , within = written] = /^(["'])(.*)\1$/.exec(written) ?? [];
  const quoted = inQuotes(within);
  return quoted === null ? null : before + quoted;
}

/** Whether the line before `offset` is part of a value that was ended by a comment. */
function followsComment(text: string, offset: number): boolean {
  const start = text.lastIndexOf('\n', offset - 1);
  return start > 0 && /^\s+[^\s#].*\s#/.test(lineAt(text, start));
}

function explain({ code, message, pos: [offset] }: YAMLError, text: string): string {
  const line = lineInQuotes(text, offset);
  const putInQuotes = line === null ? 'Put the whole value in quotes' : `Use ${line}`;
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
      return /:\s.*:(?:\s|$)/.test(lineAt(text, offset))
        ? `has a second ": " on one line, which YAML misreads. ${putInQuotes}`
        : 'is followed by a line that is indented further. Align fields of the same level';
    case 'MULTILINE_IMPLICIT_KEY':
      return noColon(lineAt(text, offset));
    case 'BAD_INDENT':
      if (followsComment(text, offset))
        return 'follows " #", which starts a comment in YAML and ends the value. Put the whole value in quotes';
      return message.startsWith('Flow')
        ? 'is missing a closing ] or } above. Add it, or put the whole value in quotes'
        : 'is not aligned with the fields around it. Indent by two spaces per level';
    case 'BAD_ALIAS':
      return `* or & at the start of a value is special in YAML. ${putInQuotes}`;
    case 'TAG_RESOLVE_FAILED':
      return `! at the start of a value is special in YAML. ${putInQuotes}`;
    case 'BAD_SCALAR_START':
      return `a value cannot start with ${text.charAt(offset)} in YAML. ${putInQuotes}`;
    case 'BAD_DQ_ESCAPE':
      return 'a backslash in double quotes is special in YAML. Double it, or use single quotes';
    case 'BAD_DIRECTIVE':
      return 'a line cannot start with % in YAML. Write one field per line, like "name: value"';
    case 'MULTIPLE_DOCS':
      return 'starts a second YAML document. Delete this line';
    case 'MISSING_CHAR':
      if (message.startsWith('Comments must be separated'))
        return 'has no space before #. Add one if a comment starts here; if # is part of the value, put the whole value in quotes';
      return message.startsWith('Missing closing')
        ? 'the closing quote is missing. Add it at the end of the value'
        : noColon(lineAt(text, offset));
    case 'UNEXPECTED_TOKEN':
      return `is not valid here in YAML. If it is part of a value, ${line === null ? 'put the whole value in quotes' : `use ${line}`}`;
    case 'KEY_OVER_1024_CHARS':
      return 'is too long for a field name. Write the name, then ": " and the value';
    case 'MULTIPLE_ANCHORS':
    case 'ALIAS_PROPS':
      return `& at the start of a value is special in YAML. ${putInQuotes}`;
    case 'MULTIPLE_TAGS':
      return `! at the start of a value is special in YAML. ${putInQuotes}`;
    case 'RESOURCE_EXHAUSTION':
      return tooDeep;
    case 'NON_STRING_KEY':
      return 'has a list or fields where a field name belongs. Write a name, then ": "';
    case 'BLOCK_IN_FLOW':
      return 'has a list or fields on separate lines inside [ ] or { }. Put the whole value in quotes';
    default:
      return `cannot be read as YAML. ${putInQuotes}`;
  }
}

/** Returns the start of an unclosed quote. YAML only reports the end of the text. */
function openingQuote(document: Document.Parsed): number | null {
  let offset: number | null = null;
  visit(document, {
    Scalar(_, node) {
      if (isScalar(node) && node.type?.startsWith('QUOTE_')) offset = node.range?.[0] ?? offset;
    },
  });
  return offset;
}

/** Everything before the first field, if that's indented. */
const firstField = /^(?: *(?:#.*)?\n)* +(?=[^\s#])/;

/**
 * Returns the first error that prevents reading a document, or null. Further errors are mostly caused by the first.
 */
export function yamlMistake(document: Document.Parsed, text: string): YamlMistake | null {
  const all = [...document.errors, ...document.warnings];
  const error = all.find(({ code }) => code === 'BAD_DIRECTIVE') ?? all[0];
  if (error === undefined) return null;
  const begin = firstField.exec(text)?.[0].length;
  if (begin !== undefined && error.code === 'UNEXPECTED_TOKEN' && text[error.pos[0] - 1] === '\n')
    return { message: 'is indented further than the fields below. Delete the spaces before it', offset: begin };
  const unclosed = error.message.startsWith('Missing closing') ? openingQuote(document) : null;
  return { message: explain(error, text), offset: unclosed ?? error.pos[0] };
}

/** Returns the path to the last node in a chain. */
function pathOf(chain: readonly unknown[]): PropertyKey[] {
  return chain.flatMap((node, index): PropertyKey[] => {
    if (isPair(node) && isScalar(node.key)) return [String(node.key.value)];
    return isSeq(node) && index + 1 < chain.length ? [node.items.indexOf(chain[index + 1])] : [];
  });
}

/** Returns the node to point at if a value has no position: its name. */
function nameOf(node: Node, ancestors: readonly unknown[]): Node {
  const parent = ancestors.at(-1);
  return isPair(parent) && isNode(parent.key) ? parent.key : node;
}

/** A comment after an unquoted value, which may have been meant as part of the value. */
export type YamlComment = Place & {
  readonly path: readonly PropertyKey[];
  /** The value and the comment, as written. */
  readonly given: string;
  /** What precedes the value: `title: ` or `- `. */
  readonly before: string;
};

/** Returns the text from `offset` to the end of the line, if it's a comment. */
function commentAt(text: string, offset: number): string | null {
  return /^[ \t]*#.*/.exec(text.slice(offset, text.indexOf('\n', offset) + 1 || undefined))?.[0].trimEnd() ?? null;
}

/** Returns the comments after unquoted values. */
export function commentsIn(root: Node, text: string, placeAt: (offset: number) => Place): YamlComment[] {
  if (!text.includes('#')) return [];
  const comments: YamlComment[] = [];
  visit(root, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || node.type !== 'PLAIN' || node.value === null || !node.range) return;
      const [start, end] = node.range;
      const comment = commentAt(text, end);
      if (comment === null) return;
      const path = pathOf([...ancestors, node]);
      const before = isSeq(ancestors.at(-1)) ? '- ' : `${String(path.at(-1))}: `;
      comments.push({ path, given: text.slice(start, end) + comment, before, ...placeAt(start) });
    },
  });
  return comments;
}

/** Returns the problem for a text that's cut off by a YAML comment. */
export function cutOff({ path, given, before, line, column }: YamlComment, file: string): Problem {
  const quoted = inQuotes(given.replaceAll(/\s*\n\s*/g, ' '));
  const use = quoted === null ? 'Put the whole value in quotes' : `Use ${before}${quoted}`;
  const message = `is cut off, because " #" starts a comment in YAML. ${use}; if it is a comment, put it on its own line`;
  const fix: Fix | null = quoted === null || given.includes('\n') ? null : { given, type: quoted };
  return { file, field: fieldName(path), message, fix, line, column };
}

/** The message for YAML's null. `comment` is the one after it on the same line. */
function blank(written: string, comment: string | null): string {
  if (written !== '')
    return `is blank: ${written} means no value in YAML. Add a value, put it in quotes, or delete the line`;
  if (comment === null) return 'is blank. Add a value or delete the line';
  const quoted = inQuotes(comment.trim());
  return `is blank: # starts a comment in YAML. Put the value in quotes${quoted === null ? '' : `, like ${quoted}`}`;
}

/**
 * Reports hidden characters written as escapes in double quotes. Line breaks and tabs are only reported where
 * they aren't allowed.
 */
export function hiddenInValue(value: unknown): string | null {
  const found = typeof value === 'string' ? firstHidden(value) : null;
  return found === null
    ? null
    : `has the character ${nameOfHidden(found.character)}, which is invisible. Delete it; to write a backslash, type two`;
}

function pitfallOf(key: unknown, node: Scalar, text: string): string | null {
  if (key === 'key' && node.value === '__proto__') return 'is not a usable name. Choose another';
  if (key === 'key' && node.value === '') return 'has no name before ": ". Add one, or delete the line';
  const hidden = hiddenInValue(node.value);
  if (hidden !== null) return hidden;
  if (node.value === null) return blank(node.source ?? '', commentAt(text, node.range?.[1] ?? 0));
  return node.anchor === undefined ? null : '& at the start of a value is special in YAML. Put the value in quotes';
}

/** Returns the duplicate names in a map, in file order. */
function repeated(map: YAMLMap): Scalar[] {
  const seen = new Set<unknown>();
  return map.items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    if (seen.has(key.value)) return [key];
    seen.add(key.value);
    return [];
  });
}

/**
 * Reports valid YAML that probably isn't what its author meant: no value (YAML's null, which must never count as a
 * value) or a reference to another part of the file.
 */
export function pitfalls(root: Node, file: string, text: string, placeAt: (offset: number) => Place): Problem[] {
  const problems: Problem[] = [];
  const add = (message: string, ancestors: readonly unknown[], node: Node, shown = node): void => {
    problems.push({
      file,
      field: fieldName(pathOf([...ancestors, node])),
      message,
      fix: null,
      ...placeAt(shown.range?.[0] ?? 0),
    });
  };
  visit(root, {
    Alias(_, node, ancestors) {
      add('* at the start of a value is special in YAML. Put the value in quotes', ancestors, node);
    },
    Collection(_, node, ancestors) {
      if (node.anchor !== undefined)
        add('& is special in YAML. Delete it and the word after it', ancestors, node, nameOf(node, ancestors));
    },
    Map(_, node) {
      for (const name of repeated(node))
        problems.push(
          fileProblem(file, `${quote(name.value)} appears twice. Delete one`, placeAt(name.range?.[0] ?? 0)),
        );
    },
    Scalar(key, node, ancestors) {
      const message = pitfallOf(key, node, text);
      if (message === null) return;
      const hasPlace = node.value !== null && node.anchor === undefined;
      add(message, ancestors, node, hasPlace ? node : nameOf(node, ancestors));
    },
  });
  return problems;
}

/** Reports values in curly quotes. Word processors and phones type them, but YAML treats them as part of the text. */
export function curlyQuotes(path: string, fields: string): Problem[] {
  const placeAt = placesIn(fields);
  return [...fields.matchAll(/^([ -]*(?:\w+: +)?)([“„«‘‚])([^“”„«»‘’‚]*)[”“»’‘] *$/gmu)].map(
    ({ index, 1: before = '', 2: open, 3: text = '' }) => {
      const message = `has ${open} instead of ", so customers see the quotes. Use ${before.trim()} ${inQuotes(text.trim()) ?? '"…"'}`;
      return fileProblem(path, message, placeAt(index + before.length));
    },
  );
}

/** In UTF-16 units. */
const mostFields = 32 * 1024;

const mostBlankLines = 100;

/** Returns the index of the first line in a run of too many blank lines; null if there's no such run. */
function tooManyBlankLines(lines: readonly string[]): number | null {
  let run = 0;
  for (const [index, line] of lines.entries()) {
    run = line.trim() === '' ? run + 1 : 0;
    if (run > mostBlankLines) return index - mostBlankLines;
  }
  return null;
}

/**
 * Reports fields that are too long to read. From each blank line, gray-matter searches to the end of the run of blank
 * lines, so it would need minutes for a file full of them.
 */
export function fieldsLimitProblem(fields: string, path: string, fence = '---'): Problem | null {
  if (fields.length > mostFields) {
    const message = `has more than ${mostFields / 1024} KiB of fields. Put the text below the second "${fence}"`;
    return fileProblem(path, message, { line: 2, column: 1 });
  }
  const blank = tooManyBlankLines(fields.split('\n'));
  if (blank === null) return null;
  const message = `has more than ${mostBlankLines} blank lines between its fields. Delete them`;
  return fileProblem(path, message, { line: blank + 2, column: 1 });
}
