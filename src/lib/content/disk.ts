import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { type ContentTree, isReadable } from './content-tree.ts';
import { mostBytes, type SourceFile } from './problem.ts';

/** The content folder `path` doesn't exist or can't be read. */
export class NoContentFolder extends Error {
  constructor(path: string) {
    const flag = path === 'content' ? '' : ` --content ${path}`;
    super(
      `there is no content folder at ${path}. Name another with --content DIR or HALFPAST_CONTENT=DIR, or make one with: npx halfpast init${flag}`,
    );
  }
}

type GrowingTree = { readonly files: SourceFile[]; readonly folders: string[]; readonly others: string[] };

/** Files that operating systems and editors leave behind. They're never content. */
const isHidden = (name: string): boolean => name.startsWith('.');

/** The team's check-ins, if the content is at the top of its repository. Publishing must never read them. */
const teamLog = 'log';

const slabSize = 1024 * 1024;

/**
 * Returns a function that reads many small files into shared 1 MiB buffers. Fifty thousand separate buffers take
 * longer to allocate, and their memory is never returned to the system. It returns a file's bytes, or only its size if
 * that's larger than `most`, and throws file system errors.
 */
export function smallFileReader(): (
  path: string,
  most: number,
) => { readonly bytes: Uint8Array } | { readonly size: number } {
  let slab = new Uint8Array(0);
  let used = 0;
  return (path, most) => {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      if (size > most) return { size };
      if (used + size > slab.length) [slab, used] = [new Uint8Array(Math.max(slabSize, size)), 0];
      const start = used;
      // A read may return less than requested; 0 bytes means the end of the file.
      for (let got = -1; got !== 0 && used < start + size; used += got)
        got = readSync(file, slab, used, start + size - used, null);
      return { bytes: slab.subarray(start, used) };
    } finally {
      closeSync(file);
    }
  };
}

type Read = (path: string) => SourceFile;

function readerOf(root: string): Read {
  const read = smallFileReader();
  return (path) => {
    const found = read(join(root, path), mostBytes(path));
    return 'size' in found ? { path, bytes: new Uint8Array(), tooLarge: found.size } : { path, bytes: found.bytes };
  };
}

// Synchronous, because awaiting fifty thousand files one by one takes longer than everything else.
function walk(root: string, below: string, tree: GrowingTree, read: Read): void {
  const entries = readdirSync(join(root, below), { withFileTypes: true });
  const visible = entries.filter(({ name }) => !isHidden(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of visible) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (path === teamLog) continue;
    if (!isReadable(path)) {
      tree.others.push(path);
    } else if (entry.isDirectory()) {
      tree.folders.push(path);
      walk(root, path, tree, read);
    } else if (entry.isFile()) {
      tree.files.push(read(path));
    } else {
      tree.others.push(path);
    }
  }
}

/** Reads all files in the content folder. Content is read from disk only here. */
export async function readTree(root: string): Promise<ContentTree> {
  const tree: GrowingTree = { files: [], folders: [], others: [] };
  try {
    readdirSync(root);
  } catch {
    throw new NoContentFolder(root);
  }
  walk(root, '', tree, readerOf(root));
  return tree;
}
