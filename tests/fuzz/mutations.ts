import {
  type Broken,
  type Choice,
  endings,
  file,
  filePaths,
  honest,
  insertions,
  keys,
  type Mutation,
  names,
  onBytes,
  onLines,
  partOf,
  pick,
  repeated,
  type Tree,
  values,
} from './content.ts';

const field = /^(\s*(?:- )?)([\w-]+):(?: (.*)|$)/;

/** The lines that are fields, outside the text of an update as far as one can tell. */
function fieldLines(lines: readonly string[]): number[] {
  const end = lines[0] === '---' ? lines.indexOf('---', 1) : lines.length;
  return lines.flatMap((line, index) => (index < end && field.test(line) ? [index] : []));
}

/** Changes one field, given its indentation, name and value. */
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

/** Moves a time by one of several intervals and keeps its format; null if it isn't a time. */
function shifted(time: string, by: number): string | null {
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

/** Ways to break the text of a file. */
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

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');
const below = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

function isUpdate(path: string): boolean {
  return /^(?:incidents|maintenance)\//.test(path);
}

/** Moves a file to another path. Does nothing if that path is taken or blocked by a file. */
function move(tree: Tree, from: string, to: string): Broken {
  const entry = tree.get(from);
  const isInTheWay = [...tree.keys()].some(
    (path) => path === to || path.startsWith(`${to}/`) || to.startsWith(`${path}/`),
  );
  if (entry === undefined || isInTheWay || to.length > 3000) return null;
  tree.delete(from);
  tree.set(to, entry);
  return { touched: [partOf(from), partOf(to)] };
}

/** Changes one of the files, given its path. */
const onPath =
  (
    change: (tree: Tree, path: string, choice: Choice) => Broken,
    isMeant: (path: string) => boolean = () => true,
  ): Mutation =>
  (tree, choice) => {
    const paths = filePaths(tree).filter(isMeant);
    return paths.length === 0 ? null : change(tree, pick(paths, choice.file), choice);
  };

/** Changes the folder of an incident or maintenance. */
const onFolder = (change: (tree: Tree, folder: string, choice: Choice) => Broken): Mutation =>
  onPath((tree, path, choice) => change(tree, partOf(path), choice), isUpdate);

function moveFolder(tree: Tree, from: string, to: string): Broken {
  if ([...tree.keys()].some((path) => path === to || path.startsWith(`${to}/`))) return null;
  for (const [path, entry] of [...tree]) {
    if (!path.startsWith(`${from}/`)) continue;
    tree.delete(path);
    tree.set(`${to}${path.slice(from.length)}`, entry);
  }
  // A postmortem has the same name as its incident.
  return { touched: [from, to, `postmortems/${nameOf(from)}.md`] };
}

const linkTargets = [
  '/etc/passwd',
  '/etc',
  '/',
  '..',
  '.',
  '../..',
  'missing',
  '/dev/zero',
  '/dev/stdin',
  '/proc/self/environ',
  'site.yml',
  '2024-12-01T1200Z.md',
  '../../site.yml',
  'x'.repeat(300),
];

/** Ways to break the names and locations of files. */
export const treeMutations: Readonly<Record<string, Mutation>> = {
  'rename a file': onPath((tree, path, { a, b }) =>
    move(tree, path, below(folderOf(path), `${pick(names, a)}${pick(endings, b)}`)),
  ),
  'another ending': onPath((tree, path, { a }) =>
    move(tree, path, `${path.replace(/\.[^./]*$/, '')}${pick(endings, a)}`),
  ),
  'shift the time in a name': onPath((tree, path, { a }) => {
    const time = shifted(nameOf(path).replace(/\.md$/, ''), a);
    return time === null ? null : move(tree, path, below(folderOf(path), `${time}.md`));
  }, isUpdate),
  'rename a folder': onFolder((tree, folder, { a }) =>
    moveFolder(tree, folder, below(folderOf(folder), pick(names, a))),
  ),
  'a name that differs by letter case': onPath((tree, path, { a }) => {
    const twin =
      a % 2 === 0
        ? below(
            folderOf(path),
            nameOf(path).replace(/T|Z|[a-z]/, (letter) =>
              /[a-z]/.test(letter) ? letter.toUpperCase() : letter.toLowerCase(),
            ),
          )
        : path.replace(/[a-z](?=[^a-z]*\/[^/]*$)/, (letter) => letter.toUpperCase());
    const entry = tree.get(path);
    if (twin === path || entry === undefined || tree.has(twin)) return null;
    tree.set(twin, entry);
    return { touched: [partOf(path), partOf(twin)] };
  }),
  'delete a file': onPath((tree, path) => (tree.delete(path), { touched: [partOf(path)] })),
  'copy a file elsewhere': onPath((tree, path, { a, b }) => {
    const folder = folderOf(pick(filePaths(tree), a));
    const entry = tree.get(path);
    const to = below(folder, b % 2 === 0 ? nameOf(path) : `${pick(names, b)}.md`);
    if (entry === undefined || tree.has(to) || [...tree.keys()].some((other) => other.startsWith(`${to}/`)))
      return null;
    tree.set(to, entry);
    return { touched: [partOf(path), partOf(to)] };
  }),
  'move a file elsewhere': onPath((tree, path, { a }) =>
    move(tree, path, below(folderOf(pick(filePaths(tree), a)), nameOf(path))),
  ),
  'swap two files': onPath((tree, path, { a }) => {
    const other = pick(filePaths(tree), a);
    const [one, two] = [tree.get(path), tree.get(other)];
    if (one === undefined || two === undefined) return null;
    tree.set(path, two);
    tree.set(other, one);
    return { touched: [partOf(path), partOf(other)] };
  }),
  'put a file deep': onPath((tree, path, { a, b }) => {
    const depth = pick([1, 2, 5, 17, 18, 19, 20, 30, 200, 1000], a);
    return move(
      tree,
      path,
      `${folderOf(path) || 'incidents'}/${'d/'.repeat(depth)}${b % 3 === 0 ? '' : nameOf(path)}`.replace(/\/$/, ''),
    );
  }),
  'a symbolic link for a file': onPath(
    (tree, path, { a }) => (
      tree.set(path, { kind: 'link', target: pick(linkTargets, a) }),
      { touched: [partOf(path)] }
    ),
  ),
  'a symbolic link for a folder': onFolder((tree, folder, { a }) => {
    for (const path of [...tree.keys()]) if (path.startsWith(`${folder}/`)) tree.delete(path);
    tree.set(folder, { kind: 'link', target: pick(linkTargets, a) });
    return { touched: [folder, `postmortems/${nameOf(folder)}.md`] };
  }),
  'a symbolic link more': onPath((tree, path, { a, b }) => {
    const link = below(folderOf(path), pick(names, b));
    if ([...tree.keys()].some((other) => other === link || other.startsWith(`${link}/`))) return null;
    tree.set(link, { kind: 'link', target: pick(linkTargets, a) });
    return { touched: [partOf(link)] };
  }),
  'an empty folder': onPath((tree, path, { a, b }) => {
    const folder = below(
      b % 3 === 0 ? '' : folderOf(path),
      pick([...names, 'x.md', 'incidents', 'site.yml', 'd/d/d'], a),
    );
    if ([...tree.keys()].some((other) => other === folder || other.startsWith(`${folder}/`))) return null;
    tree.set(folder, { kind: 'folder' });
    return { touched: [partOf(folder)] };
  }),
  'a folder for a file': onPath((tree, path) => (tree.set(path, { kind: 'folder' }), { touched: [partOf(path)] })),
  'a component named constructor': (tree, { file: nth }) => {
    const list = tree.get('components.yml');
    const ids =
      list?.kind === 'file' ? [...list.bytes.toString().matchAll(/id: (\S+)/g)].map(([, id]) => id ?? '') : [];
    const id = ids.length === 0 ? '' : pick(ids, nth);
    if (id === '') return null;
    const touched: string[] = [];
    for (const [path, entry] of tree) {
      if (entry.kind !== 'file') continue;
      const text = entry.bytes.toString();
      const renamed = text.replaceAll(new RegExp(`^(  ${id}|(?:  )+- id: ${id})(?=:|$)`, 'gm'), (line) =>
        line.replace(id, 'constructor'),
      );
      if (renamed === text || !Buffer.from(text).equals(entry.bytes)) continue;
      tree.set(path, file(renamed));
      touched.push(partOf(path));
    }
    return { touched };
  },
  'a stop file': (tree, { a }) => {
    tree.set(
      pick(['stop.md', 'STOP', 'Stop.txt'], a),
      file(pick(['', '\u001B[31mWait\u202E', 'x'.repeat(5000), '\0\0', 'Wait for Dana.\n\u001B]0;x\u0007'], a >>> 3)),
    );
    return { touched: [] };
  },
};
