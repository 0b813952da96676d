import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { type Dump, parseSaved, readDump } from '../../scripts/import/statuspage-dump.ts';
import { planImport } from '../../scripts/import/statuspage-plan.ts';
import { historyFiles, generatedDump } from '../tools/generated-history.ts';

/** One entry in a content folder. */
type Entry =
  /** Set `size` if the file is larger than its bytes: the rest is zeros. */
  | { readonly kind: 'file'; readonly bytes: Buffer; readonly size?: number }
  | { readonly kind: 'folder' }
  | { readonly kind: 'link'; readonly target: string };

/**
 * A content folder before it's written to disk, by path. Invalid UTF-8 bytes in a name are represented by U+DC80 to
 * U+DCFF, which no valid name contains.
 */
export type Tree = Map<string, Entry>;

export const file = (text: string): Entry => ({ kind: 'file', bytes: Buffer.from(text) });

/** The bytes of a name, including invalid ones. */
function nameBytes(path: string): Buffer {
  return Buffer.concat(
    [...path].map((character) => {
      const code = character.codePointAt(0) ?? 0;
      return code >= 0xdc80 && code <= 0xdcff ? Buffer.from([code - 0xdc00]) : Buffer.from(character);
    }),
  );
}

/** A path as it appears when the folder is read. */
export function seenPath(path: string): string {
  return path.replaceAll(/[\uDC80-\uDCFF]/g, '\uFFFD');
}

/** Writes a tree into an empty folder. Throws the system's error for an invalid name. */
export function writeTree(tree: Tree, root: string): void {
  for (const [path, entry] of tree) {
    const target = nameBytes(join(root, path));
    mkdirSync(nameBytes(join(root, posix.dirname(path))), { recursive: true });
    if (entry.kind === 'link') symlinkSync(entry.target, target);
    else if (entry.kind === 'folder') mkdirSync(target, { recursive: true });
    else writeFileSync(target, entry.bytes);
    if (entry.kind === 'file' && entry.size !== undefined) truncateSync(target, entry.size);
  }
}

/**
 * The incident, maintenance or single file that a path belongs to: a mutation of the path
 * affects this and nothing else.
 */
export function partOf(path: string): string {
  const [top = '', name] = path.split('/');
  return (top === 'incidents' || top === 'maintenance') && name !== undefined ? `${top}/${name}` : path;
}

/** Numbers that choose what to break and how. The same numbers always break the content the same way. */
export type Choice = { readonly file: number; readonly a: number; readonly b: number };

/** The result of a mutation: the parts that may now be wrong, or null if it found nothing to break. */
export type Broken = { readonly touched: readonly string[]; readonly isHonest?: boolean } | null;

/** A way to break content. It modifies the tree. */
export type Mutation = (tree: Tree, choice: Choice) => Broken;

export function pick<T>(list: readonly T[], number: number): T {
  return list[number % list.length] as T;
}

/** The paths of all files, mostly updates. */
export function filePaths(tree: Tree): string[] {
  return [...tree].filter(([, { kind }]) => kind === 'file').map(([path]) => path);
}

/** Changes the bytes of one file. `isMeant` can restrict it to some files. */
export function onBytes(
  change: (bytes: Buffer, choice: Choice) => Buffer | null,
  isMeant: (path: string) => boolean = () => true,
): Mutation {
  return (tree, choice) => {
    const paths = filePaths(tree).filter(isMeant);
    if (paths.length === 0) return null;
    const path = pick(paths, choice.file);
    const entry = tree.get(path);
    const bytes = entry?.kind === 'file' ? change(entry.bytes, choice) : null;
    if (bytes === null) return null;
    tree.set(path, { kind: 'file', bytes });
    return { touched: [partOf(path)] };
  };
}

/** Changes the lines of one file that is still valid UTF-8. */
export function onLines(
  change: (lines: string[], choice: Choice) => readonly string[] | null,
  isMeant?: (path: string) => boolean,
): Mutation {
  return onBytes((bytes, choice) => {
    const text = bytes.toString();
    if (!Buffer.from(text).equals(bytes)) return null;
    const lines = change(text.split('\n'), choice);
    return lines === null ? null : Buffer.from(lines.join('\n'));
  }, isMeant);
}

/** Valid content that runs take parts of: what every site has, and the files of each incident and maintenance. */
export type Base = {
  readonly site: Tree;
  readonly incidents: readonly Tree[];
  readonly maintenances: readonly Tree[];
};

/** The history in a folder of real data; null if there is none. */
async function realDump(folder: string): Promise<Dump | null> {
  const read = async (name: string): Promise<unknown> => {
    const text = await readFile(join(folder, name), 'utf8').catch(() => null);
    return text === null ? null : parseSaved(text, folder, 'Statuspage');
  };
  const incidents = await read('github-incidents-2020-2024.json');
  const maintenances = await read('github-scheduled-maintenances-2020-2024.json');
  const components = await read('github-components.json');
  if (incidents === null || maintenances === null || components === null) return null;
  const { page, incidents: list } = readDump(incidents, 'incidents', folder, () => undefined);
  const windows = readDump(maintenances, 'scheduled_maintenances', folder, () => undefined).scheduled_maintenances;
  return {
    page,
    incidents: list,
    maintenances: windows,
    components: readDump(components, 'components', folder, () => undefined).components,
  };
}

function postmortem(slug: string): string {
  return [
    '---',
    'title: What happened, and what we learned',
    'published: 2024-12-30T10:00Z',
    'authors:',
    '  - Dana',
    'summary: Some requests failed.',
    'customer_data: unaffected',
    'cause: change',
    'remedy: Orders that failed are not charged.',
    'lessons:',
    '  - Rehearse the rollback',
    'actions:',
    '  - what: Rehearse it each month',
    '    owner: Dana',
    '    due: 2025-01-15',
    '---',
    `## What happened in ${slug}`,
    '',
    'A change went out that nobody had tried.',
    '',
  ].join('\n');
}

/** The content to break: the real history from `folder` through the importer, or a generated one. */
export async function readBase(folder: string): Promise<Base & { readonly isReal: boolean }> {
  const real = await realDump(folder);
  const dump = real ?? generatedDump(60);
  const files =
    real === null ? historyFiles(dump, 60) : planImport(dump, { files: [], folders: [], others: [] }, 'content').files;
  const parts = new Map<string, Tree>();
  const site: Tree = new Map();
  for (const { path, text } of files) {
    const part = partOf(path);
    if (part === path) site.set(path, file(text));
    else parts.set(part, (parts.get(part) ?? new Map()).set(path, file(text)));
  }
  const within = (top: string): Tree[] =>
    [...parts].filter(([part]) => part.startsWith(`${top}/`)).map(([, tree]) => tree);
  site.set(
    'templates/looking.md',
    file('---\nstatus: investigating\nlabel: We are looking\n---\nSome requests fail. We are looking into it.\n'),
  );
  return { site, incidents: within('incidents'), maintenances: within('maintenance'), isReal: real !== null };
}

/** A small site: two incidents, the first with its postmortem, and one maintenance if there is any. */
export function smallSite({ site, incidents, maintenances }: Base, first: number, second: number): Tree {
  const one = incidents[first % incidents.length] ?? new Map();
  const other = incidents[second % incidents.length] ?? new Map();
  const window = maintenances.length === 0 ? new Map() : (maintenances[second % maintenances.length] ?? new Map());
  const slug = [...one.keys()][0]?.split('/')[1] ?? '';
  return new Map([...site, ...one, ...other, ...window, [`postmortems/${slug}.md`, file(postmortem(slug))]]);
}

/** Values that YAML interprets differently than people mean, or that nobody expects. */
export const values: readonly string[] = [
  '12',
  '1.10',
  'true',
  'no',
  'null',
  '~',
  '',
  '[a, b]',
  '{a: b}',
  '[]',
  '{}',
  '.inf',
  '-.inf',
  '.nan',
  '0x1F',
  '0o17',
  '1e400',
  '123456789012345678901234567890',
  '-0',
  '2026-11-22',
  '2026-11-22T14:30',
  '2024-12-01T25:00Z',
  '0001-01-01T00:00Z',
  '0000-01-01T00:00Z',
  '9999-12-31T23:59Z',
  '1970-01-01T00:00Z',
  '+275760-09-13T00:00Z',
  '24:00Z',
  '99999d',
  '9999d9999h9999m',
  '!!binary aGVsbG8=',
  '!!set {a, b}',
  '!!omap [a: b]',
  '!!timestamp 2024-01-01',
  '!!str 12',
  '!!null x',
  '!!int "12"',
  '!!float 1',
  '!local x',
  '!<tag:yaml.org,2002:str> x',
  '!!js/function x',
  '&a b',
  '*a',
  '&a [*a]',
  '| ',
  '>-',
  '"\\ud800"',
  '"\\0"',
  '"\\u202eabc"',
  '"\\n"',
  '"a\\nb"',
  '"\\e[31mred"',
  '"\\uFEFF"',
  '"\\u200b"',
  "''",
  '" "',
  '"unclosed',
  "'unclosed",
  '- a',
  '? a',
  '@a',
  '`a`',
  '%a',
  '#a',
  'a #b',
  'a: b',
  'a: b: c',
  '<<',
  '__proto__',
  'constructor',
  'toString',
  'investigating',
  'Resolved',
  'resolved ',
  'major',
  'critical',
  'none',
  'unaffected',
  'operational',
  '<script>alert(1)</script>',
  '{{what}}',
  '${PATH}',
  '$(id)',
  '../../etc/passwd',
  'javascript:alert(1)',
  'https://user:pass@example.com',
  `${'long '.repeat(300)}`,
  '😀'.repeat(60),
  'é',
  '\u202Eabc',
  '\uFEFFabc',
];

/** Unknown field names, and names of built-in JavaScript object properties. */
export const keys: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'Status',
  'STATUS',
  'staus',
  'stаtus',
  '"status"',
  "'status'",
  '"sta\\u0074us"',
  '"a\\nb"',
  '"\\e[2J"',
  '""',
  '? [a, b]\n',
  '? {a: b}\n',
  '[a, b]',
  '1',
  'null',
  'true',
  '~',
  '<<',
  '&a status',
  '*a',
  '!!str status',
  '- status',
  'status status',
  'status.x',
  'status:',
  'k'.repeat(900),
  'k'.repeat(1100),
  '\u202Estatus',
  '__defineGetter__',
  'length',
];

/**
 * Strings to insert into a text: invisible characters, characters that no editor writes, and
 * syntax that some parser interprets.
 */
export const insertions: readonly (string | Buffer)[] = [
  '\0',
  '\u0001',
  '\u0007',
  '\b',
  '\u000B',
  '\f',
  '\u001B[31m',
  '\u001B]0;title\u0007',
  '\u007F',
  '\u0085',
  '\u009B31m',
  '\u00AD',
  '\u061C',
  '\u200B',
  '\u200C',
  '\u200D',
  '\u200E',
  '\u200F',
  '\u2028',
  '\u2029',
  ...[
    '\u202A',
    '\u202B',
    '\u202C',
    '\u202D',
    '\u202E',
    '\u2060',
    '\u2063',
    '\u2066',
    '\u2067',
    '\u2068',
    '\u2069',
    '\uFEFF',
    '\uFFFD',
    '\uFFFE',
    '\uFFFF',
    '\uFFFC',
    '\uFFF9',
    '\u{E0041}',
    '\u{E0100}',
    '\uFE0F',
    '\u3164',
    '\u115F',
    '\u{1D173}',
    '\u{10FFFF}',
    '\u{1F3F4}\u{E0067}',
  ],
  ...[
    '\r',
    '\r\n',
    '\t',
    '\n---\n',
    '---\n',
    '\n...\n',
    '\n%YAML 1.1\n',
    '<<<<<<< HEAD\n',
    '=======\n',
    '&#x202e;',
    '&#8238;',
    '&#0;',
    '&zwj;',
    '&ZeroWidthSpace;',
    '{{blank}}',
    '![](a.png)',
    '<img src=x onerror=alert(1)>',
    '[a](javascript:alert(1))',
    ']]>',
    '<!--',
    '# ',
    '```',
    '|a|b|\n|-|-|\n',
  ],
  ...[
    [0x80],
    [0xff],
    [0xc0, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xe2, 0x80],
    [0xff, 0xfe],
    [0xe9],
  ].map((bytes) => Buffer.from(bytes)),
];

/**
 * Text that people really write, even if check is suspicious of single characters: it must be accepted and preserved.
 */
export const honest: readonly string[] = [
  'Zażółć gęślą jaźń, Größe, façade',
  '👩\u200D🚀 and 👨\u200D👩\u200D👧 are on it',
  '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F} and 🏳️\u200D🌈 and 1️⃣ and ❤️',
  'می\u200Cخواهم ببینم',
  'क्\u200Dष and র\u200D্য',
  'שלום (API)\u200F.',
  'مرحبا API\u200F!',
  'ภาษา\u200Bไทย',
  '葛\u{E0100}城',
  '日本語の更新',
  'Pay for “orders” — 5 € ± 2 %',
  'A\ttab in text',
  'Donau\u00ADdampf\u00ADschiff',
  'See <https://www.example.com/?a=1&b=2>',
  '`--flag` and a_name_of_parts and 2 * 3 * 4',
  '> a quote\n> of two lines',
  '1. one\n2. two',
  '| a | b |\n| - | - |\n| 1 | 2 |',
  'An emoji of skin: 👍🏽',
  '- - -',
  'Ελληνικά, русский',
  '\uE000 of a private area',
  'Ünï̈cödé́',
];

/** Strings to repeat until a file reaches the size limit. Most of them have made some Markdown or YAML parser hang. */
export const repeated: readonly string[] = [
  'a',
  'a**b',
  '*a _b ',
  '**',
  '_a ',
  '[',
  '[a](',
  '![a](',
  '![](a.png)\n',
  '![',
  '[a][b]',
  '>',
  '> ',
  '- ',
  '1. ',
  '* ',
  '`a',
  '`',
  '``` ',
  '```\n',
  '~a',
  '<',
  '<b>',
  '<a ',
  '<!--',
  '<![CDATA[',
  '<details>',
  '<img ',
  '|',
  '|a',
  '|a|\n',
  '|-',
  '&',
  '&#x202e;',
  'http://a.b/',
  'a@b.c',
  'www.',
  '\\',
  '\n',
  'a\n',
  '# a\n',
  'a\n=\n',
  '[a]: b\n',
  '[^a]',
  '{{a ',
  '{{',
  '$',
  '"',
  "'",
  '\uFFFD',
  'é',
  '😀',
  '\u200D',
  '\u200F',
  'א\u200F',
  '👩\u200D',
  ' ',
  ' \n',
  ': ',
  '? ',
  '{',
  '[,',
  '&a ',
  '*a ',
  '!a ',
  '#a\n',
  'k: 1\n',
  '- a\n',
  'a: &x 1\n',
  'b: *x\n',
  '%',
  '---\n',
  '\t\n',
];

/** Names for files and folders. */
export const names: readonly string[] = [
  'a b',
  '🚨',
  'a\u202Eb',
  '\u200Fa',
  'a\u200Bb',
  '...',
  '..a',
  '.. ',
  'a..',
  'A',
  'é',
  'e\u0301',
  'a\nb',
  'a\tb',
  'a\u001B[31mb',
  'a\u009Bb',
  'a\\b',
  'a:b',
  'CON',
  'a%2e%2e',
  '-rf',
  '$(id)',
  '"a"',
  "'",
  '`id`',
  '<b>',
  'a'.repeat(200),
  'a\uDCFFb',
  '\uDC80',
  '\uFFFD',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'node_modules',
  '\u2028',
  '2024-12-01',
  '2024-13-45T9999Z',
  '2024-12-01T1200Z',
  '2024-12-01t1200z',
  '2024-12-01T120000.123Z',
  '20241201T1200Z',
  '0000-00-00T0000Z',
  '9999-12-31T2359Z',
  '2024-12-01T2400Z',
  '2024-12-01T1260Z',
  'new-slug',
  'x--y',
  '-x-',
  '1',
];

/** File extensions. */
export const endings: readonly string[] = [
  '.md',
  '.MD',
  '.md.md',
  '.txt',
  '',
  '.yml',
  '.md ',
  '.md~',
  '.md\n',
  '.markdown',
  '.svg',
];
