import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContentTree } from './content-tree.ts';
import type { SourceFile } from './source-file.ts';

/** The content folder itself is not there or cannot be read. */
export class NoContentFolder extends Error {}

type GrowingTree = { readonly files: SourceFile[]; readonly folders: string[]; readonly others: string[] };

/** Left behind by systems and editors; never content. */
const isHidden = (name: string): boolean => name.startsWith('.');

// Without waiting for each file by itself, which for fifty thousand takes longer than all else.
function walk(root: string, below: string, tree: GrowingTree): void {
  const entries = readdirSync(join(root, below), { withFileTypes: true });
  const visible = entries.filter(({ name }) => !isHidden(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of visible) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      tree.folders.push(path);
      walk(root, path, tree);
    } else if (entry.isFile()) {
      tree.files.push({ path, bytes: readFileSync(join(root, path)) });
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
  walk(root, '', tree);
  return tree;
}
