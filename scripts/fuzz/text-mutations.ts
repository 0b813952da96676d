import { honest, insertions, keys, repeated, values } from './corpus.ts';
import { type Choice, filePaths, type Mutation, onBytes, onLines, pick } from './mutation.ts';
import { partOf } from './tree.ts';

const field = /^(\s*(?:- )?)([\w-]+):(?: (.*)|$)/;

/** The lines that are a field, outside of the text of an update as far as one can tell. */
function fieldLines(lines: readonly string[]): number[] {
  const end = lines[0] === '---' ? lines.indexOf('---', 1) : lines.length;
  return lines.flatMap((line, index) => (index < end && field.test(line) ? [index] : []));
}

/** Changes one field: its indentation, its name and its value are given. */
function onField(
  change: (parts: { indent: string; name: string; value: string }, choice: Choice) => string | null,
): Mutation {
  return onLines((lines, choice) => {
    const at = pick(fieldLines(lines), choice.a);
    const [, indent = '', name = '', value = ''] = field.exec(lines[at] ?? '') ?? [];
    const line = name === '' ? null : change({ indent, name, value }, choice);
    return line === null ? null : lines.with(at, line);
  });
}

const isMarkdown = (path: string): boolean => path.endsWith('.md');
const day = 24 * 3600 * 1000;
const shifts = [
  60_000,
  -60_000,
  3600_000,
  -3600_000,
  day,
  -day,
  365 * day,
  -365 * day,
  3650 * day,
  -3650 * day,
  -50 * 365 * day,
  1000 * 365 * day,
  -1500 * 365 * day,
];

/** A time moved by one of several spans, in the form it has; null when it is none. */
export function shifted(time: string, by: number): string | null {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d):?(\d\d)(?::?(\d\d)(\.\d+)?)?Z$/.exec(time);
  if (parts === null) return null;
  const [, date, hours, minutes, seconds = '00', fraction = ''] = parts;
  const moved = Date.parse(`${date}T${hours}:${minutes}:${seconds}${fraction}Z`) + pick(shifts, by);
  if (!(Math.abs(moved) < 6.2e13)) return null;
  const whole = new Date(moved).toISOString();
  return time.includes(':')
    ? whole
    : `${whole.slice(0, 13)}${whole.slice(14, 16)}${whole.slice(17).replaceAll(':', '').replace('00.000', '').replace('.000', '')}`;
}

function anchorsThatExplode(levels: number): string[] {
  const lists = Array.from({ length: levels }, (_, level) =>
    level === 0
      ? 'l0: &l0 [x, x, x, x, x, x, x, x, x]'
      : `l${level}: &l${level} [${Array(9)
          .fill(`*l${level - 1}`)
          .join(', ')}]`,
  );
  return [...lists, `title: *l${levels - 1}`];
}

function nested(depth: number, form: number): string[] {
  const forms = [
    () => [`title: ${'['.repeat(depth)}${']'.repeat(depth)}`],
    () => [`title: ${'{a: '.repeat(depth)}1${'}'.repeat(depth)}`],
    () => [`title: ${'['.repeat(depth)}`],
    () => ['title:', ...Array.from({ length: Math.min(depth, 200) }, (_, level) => `${' '.repeat(level + 1)}a:`)],
    () => ['title:', `  ${'- '.repeat(depth)}a`],
    () => [`${'? '.repeat(depth)}a`],
  ];
  return pick(forms, form)();
}

/** Ways to break the text of one file. */
export const textMutations: Readonly<Record<string, Mutation>> = {
  'flip a bit': onBytes((bytes, { a, b }) => {
    if (bytes.length === 0) return null;
    const at = a % bytes.length;
    const flipped = Buffer.from(bytes);
    flipped[at] = (bytes[at] ?? 0) ^ (1 << (b % 8));
    return flipped;
  }),
  'set a byte': onBytes((bytes, { a, b }) => {
    const at = a % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from([b % 256]), bytes.subarray(at + 1)]);
  }),
  'insert what nobody expects': onBytes((bytes, { a, b }) => {
    const at = a % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(pick(insertions, b)), bytes.subarray(at)]);
  }),
  'drop a line': onLines((lines, { a }) => lines.toSpliced(a % lines.length, 1)),
  'double a line': onLines((lines, { a }) => lines.toSpliced(a % lines.length, 0, pick(lines, a))),
  'swap two lines': onLines((lines, { a, b }) => {
    const [one, other] = [a % lines.length, b % lines.length];
    return lines.with(one, lines[other] ?? '').with(other, lines[one] ?? '');
  }),
  'indent a line': onLines((lines, { a, b }) =>
    lines.with(a % lines.length, `${pick([' ', '  ', '\t', '    '], b)}${pick(lines, a)}`),
  ),
  'change a type': onField(({ indent, name }, { b }) => `${indent}${name}: ${pick(values, b)}`),
  'rename a key': onField(({ indent, value }, { b }) => `${indent}${pick(keys, b)}: ${value}`),
  'add a key': onLines((lines, { a, b }) => lines.toSpliced(1, 0, `${pick(keys, a)}: ${pick(values, b)}`)),
  'shift a time in a field': (tree, choice) => {
    const timeIn = (line: string): string => field.exec(line)?.[3] ?? '';
    const isTimed = (line: string): boolean => shifted(timeIn(line), choice.b) !== null;
    const paths = filePaths(tree).filter((path) => {
      const entry = tree.get(path);
      return entry?.kind === 'file' && entry.bytes.toString().split('\n').some(isTimed);
    });
    return onLines(
      (lines, { a, b }) => {
        const at = pick(
          lines.flatMap((line, index) => (isTimed(line) ? [index] : [])),
          a,
        );
        return lines.with(
          at,
          (lines[at] ?? '').replace(timeIn(lines[at] ?? ''), shifted(timeIn(lines[at] ?? ''), b) ?? ''),
        );
      },
      (path) => paths.includes(path),
    )(tree, choice);
  },
  empty: onBytes(() => Buffer.alloc(0)),
  'only blanks': onBytes((_, { a }) =>
    Buffer.from(
      pick(
        ['\n', ' ', '\n\n\n', '\t\n', '---\n', '---\n---\n', '---\n\n---\n', '---\n---', '\uFEFF', '# only this\n'],
        a,
      ),
    ),
  ),
  truncate: onBytes((bytes, { a }) => bytes.subarray(0, a % (bytes.length + 1))),
  'huge: 10 MiB': (tree, choice) => {
    const path = pick(filePaths(tree), choice.file);
    const entry = tree.get(path);
    if (entry?.kind !== 'file') return null;
    tree.set(path, { ...entry, size: 10 * 1024 * 1024 });
    return { touched: [partOf(path)] };
  },
  'as large as may be': onBytes((bytes, { a, b }) => {
    const most = Math.max(0, 63 * 1024 - bytes.length);
    return Buffer.concat([bytes, Buffer.alloc(b % 4 === 0 ? most : b % most, pick(repeated, a))]);
  }, isMarkdown),
  'as many fields as may be': onLines((lines, { a, b }) => {
    const unit = pick(repeated, a);
    const numbered = Array.from({ length: 3000 }, (_, index) => `k${index}: 1`);
    return lines.toSpliced(
      1,
      0,
      ...pick(
        [
          numbered,
          unit.repeat(Math.floor(31_000 / unit.length)).split('\n'),
          [`title: ${unit.repeat(Math.floor(31_000 / unit.length))}`],
        ],
        b,
      ),
    );
  }),
  'nest deep': onLines((lines, { a, b }) =>
    lines.toSpliced(1, 0, ...nested(pick([10, 19, 20, 21, 22, 100, 1000, 5000], a), b)),
  ),
  'anchors that explode': onLines((lines, { a }) => lines.toSpliced(1, 0, ...anchorsThatExplode(2 + (a % 8)))),
  'other line ends': onBytes((bytes, { a }) =>
    Buffer.from(bytes.toString().replaceAll('\n', pick(['\r\n', '\r', '\n\r', '\u2028', '\u0085', '\v'], a))),
  ),
  'another encoding': onBytes((bytes, { a }) =>
    a % 2 === 0
      ? Buffer.from(bytes.toString(), 'utf16le')
      : Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(bytes.toString(), 'utf16le').swap16()]),
  ),
  'honest text': (tree, choice) => {
    const changed = onLines(
      (lines) => [...lines, '', pick(honest, choice.a), ''],
      (path) => /^(?:incidents|maintenance|postmortems)\//.test(path) && isMarkdown(path),
    )(tree, choice);
    return changed === null ? null : { ...changed, isHonest: true };
  },
  'honest title': (tree, choice) => {
    const title = `title: ${JSON.stringify(pick(honest, choice.a).replaceAll(/\s/g, ' '))}`;
    const paths = [...tree.keys()]
      .filter((path) => /^(?:incidents|maintenance)\//.test(path))
      .filter((path, index, all) => partOf(path) !== partOf(all[index - 1] ?? ''));
    const changed = onLines(
      (lines) => {
        const at = lines.findIndex((line) => line.startsWith('title:'));
        return at === -1 || (lines[at + 1] ?? '').startsWith(' ') ? null : lines.with(at, title);
      },
      (path) => paths.includes(path),
    )(tree, choice);
    return changed === null ? null : { ...changed, isHonest: true };
  },
};
