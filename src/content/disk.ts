import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ContentTree, isReadable } from './content-tree.ts';
import { smallFileReader } from './read-small-files.ts';
import { mostBytes, type SourceFile } from './source-file.ts';

/** The content folder itself is not there or cannot be read. */
export class NoContentFolder extends Error {}

type GrowingTree = { readonly files: SourceFile[]; readonly folders: string[]; readonly others: string[] };

/** Left behind by systems and editors; never content. */
const isHidden = (name: string): boolean => name.startsWith('.');

type Read = (path: string) => SourceFile;

function readerOf(root: string): Read {
  const read = smallFileReader();
  return (path) => {
    const found = read(join(root, path), mostBytes(path));
    return 'size' in found ? { path, bytes: new Uint8Array(), tooLarge: found.size } : { path, bytes: found.bytes };
  };
}

// Without waiting for each file by itself, which for fifty thousand takes longer than all else.
function walk(root: string, below: string, tree: GrowingTree, read: Read): void {
  const entries = readdirSync(join(root, below), { withFileTypes: true });
  const visible = entries.filter(({ name }) => !isHidden(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of visible) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
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

/** Reads every file below the content folder: the one place that reads content from disk. */
export async function readTree(root: string): Promise<ContentTree> {
  const tree: GrowingTree = { files: [], folders: [], others: [] };
  try {
    readdirSync(root);
  } catch {
    throw new NoContentFolder(`there is no content folder at ${root}. Name another with --content DIR, or make one with: npx halfpast init --content ${root}`);
  }
  walk(root, '', tree, readerOf(root));
  return tree;
}
