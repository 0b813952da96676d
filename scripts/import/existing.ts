import { type ContentTree, foldersBelow } from '../../src/content/content-tree.ts';
import { readMarkdownFile } from '../../src/content/front-matter.ts';
import type { SourceFile } from '../../src/content/source-file.ts';

/** The folders that are there: their names, and which of them came from where. */
export type ExistingFolders = {
  readonly names: ReadonlySet<string>;
  /** Folder name by the `source` that one of its updates names. */
  readonly bySource: ReadonlyMap<string, string>;
};

type Taken = { readonly fields: Readonly<Record<string, unknown>>; readonly body: string };

/** A file's fields and text; null when it cannot be read. */
function take(file: SourceFile): Taken | null {
  const read = readMarkdownFile(file);
  if ('problems' in read) return null;
  const { data, body } = read.matter;
  return { fields: typeof data === 'object' && data !== null ? (data as Taken['fields']) : {}, body };
}

/** A field of a file's front matter; undefined also when it cannot be read. */
const fieldOf = (file: SourceFile, field: string): unknown => take(file)?.fields[field];

/** What an update says to readers; null when it cannot be read. */
export function saidIn(file: SourceFile): { readonly status: unknown; readonly body: string } | null {
  const taken = take(file);
  return taken && { status: taken.fields['status'], body: taken.body };
}

/** Whether an incident or a maintenance names any component. */
export function namesComponents({ files }: ContentTree): boolean {
  const updates = files.filter(({ path }) => /^(incidents|maintenance)\//.test(path));
  return updates.some((file) => fieldOf(file, 'components') !== undefined);
}

/** Looks below `incidents` or `maintenance` for what an earlier import wrote. */
export function existingFolders(top: 'incidents' | 'maintenance', tree: ContentTree): ExistingFolders {
  const names = new Set<string>();
  const bySource = new Map<string, string>();
  for (const [folder, files] of foldersBelow(top, tree)) {
    const name = folder.slice(top.length + 1);
    names.add(name);
    for (const file of files) {
      const source = fieldOf(file, 'source');
      if (typeof source === 'string') bySource.set(source, name);
    }
  }
  return { names, bySource };
}
