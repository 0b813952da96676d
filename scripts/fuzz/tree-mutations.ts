import { endings, names } from './corpus.ts';
import { type Broken, type Choice, filePaths, type Mutation, pick } from './mutation.ts';
import { shifted } from './text-mutations.ts';
import { file, partOf, type Tree } from './tree.ts';

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');
const below = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

function isUpdate(path: string): boolean {
  return /^(?:incidents|maintenance)\//.test(path);
}

/** Gives one file another path. Nothing happens where that is taken, or where a file stands in the way. */
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

/** On one of the files, which is given by its path. */
const onPath =
  (
    change: (tree: Tree, path: string, choice: Choice) => Broken,
    isMeant: (path: string) => boolean = () => true,
  ): Mutation =>
  (tree, choice) => {
    const paths = filePaths(tree).filter(isMeant);
    return paths.length === 0 ? null : change(tree, pick(paths, choice.file), choice);
  };

/** On the folder of an incident or maintenance. */
const onFolder = (change: (tree: Tree, folder: string, choice: Choice) => Broken): Mutation =>
  onPath((tree, path, choice) => change(tree, partOf(path), choice), isUpdate);

function moveFolder(tree: Tree, from: string, to: string): Broken {
  if ([...tree.keys()].some((path) => path === to || path.startsWith(`${to}/`))) return null;
  for (const [path, entry] of [...tree]) {
    if (!path.startsWith(`${from}/`)) continue;
    tree.delete(path);
    tree.set(`${to}${path.slice(from.length)}`, entry);
  }
  // A postmortem is named like its incident.
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

/** Ways to break the names and places of files. */
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
