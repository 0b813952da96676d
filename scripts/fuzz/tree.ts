import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** One thing in a content folder. */
export type Entry =
  /** `size` where the file is larger than its bytes: the rest is zeros. */
  | { readonly kind: 'file'; readonly bytes: Buffer; readonly size?: number }
  | { readonly kind: 'folder' }
  | { readonly kind: 'link'; readonly target: string };

/**
 * A content folder before it is on disk, by path. A name that is not UTF-8 has its wrong bytes as the
 * characters U+DC80 to U+DCFF, which no name can have otherwise.
 */
export type Tree = Map<string, Entry>;

export const file = (text: string): Entry => ({ kind: 'file', bytes: Buffer.from(text) });

/** The bytes of a name, wrong ones included. */
function nameBytes(path: string): Buffer {
  return Buffer.concat(
    [...path].map((character) => {
      const code = character.codePointAt(0) ?? 0;
      return code >= 0xdc80 && code <= 0xdcff ? Buffer.from([code - 0xdc00]) : Buffer.from(character);
    }),
  );
}

/** A path as a reader of the folder sees it. */
export function seenPath(path: string): string {
  return path.replaceAll(/[\uDC80-\uDCFF]/g, '\uFFFD');
}

/** Writes a tree into an empty folder. Throws what the system says of a name that it does not take. */
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

/** The incident, maintenance or single file that a path belongs to: what breaks with it, and nothing else. */
export function partOf(path: string): string {
  const [top = '', name] = path.split('/');
  return (top === 'incidents' || top === 'maintenance') && name !== undefined ? `${top}/${name}` : path;
}
