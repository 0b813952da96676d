import { partOf, type Tree } from './tree.ts';

/** Numbers that choose what is broken and how; the same numbers break the same content in the same way. */
export type Choice = { readonly file: number; readonly a: number; readonly b: number };

/** What one way to break content did: the parts that may now be wrong, or null when it found nothing to break. */
export type Broken = { readonly touched: readonly string[]; readonly isHonest?: boolean } | null;

/** One way to break content; it changes the tree. */
export type Mutation = (tree: Tree, choice: Choice) => Broken;

export function pick<T>(list: readonly T[], number: number): T {
  return list[number % list.length] as T;
}

/** The paths of all files, updates mostly. */
export function filePaths(tree: Tree): string[] {
  return [...tree].filter(([, { kind }]) => kind === 'file').map(([path]) => path);
}

/** Changes the bytes of one file. `pathOf` may keep to some of the files. */
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

/** Changes the lines of one file that still is UTF-8. */
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
