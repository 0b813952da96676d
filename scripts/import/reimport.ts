import { posix } from 'node:path';
import { type ContentTree, foldersBelow } from '../../src/lib/content/content-tree.ts';
import { fieldsIn, readMarkdownFile } from '../../src/lib/content/front-matter.ts';
import { type SourceFile, textOf } from '../../src/lib/content/problem.ts';
import { freeName, parseUpdateName, titleSlug, utcDate } from '../../src/lib/content/update-name.ts';
import type { NewFile } from '../../src/lib/content/write-content.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';

/** The existing folders: their names and sources. */
type ExistingFolders = {
  readonly names: ReadonlySet<string>;
  /** Folder names by the `source` in one of their updates. */
  readonly bySource: ReadonlyMap<string, string>;
};

/** What readers see of an update; null if it's unreadable. */
function updateIn(file: SourceFile): { readonly status: unknown; readonly body: string } | null {
  const read = readMarkdownFile(file);
  return 'problems' in read ? null : { status: fieldsIn(file)['status'], body: read.matter.body };
}

/** Whether an incident or maintenance has any components. */
export function namesComponents({ files }: ContentTree): boolean {
  const updates = files.filter(({ path }) => /^(incidents|maintenance)\//.test(path));
  return updates.some((file) => fieldsIn(file)['components'] !== undefined);
}

/** Finds the folders of earlier imports in `incidents` or `maintenance`. */
export function existingFolders(top: 'incidents' | 'maintenance', tree: ContentTree): ExistingFolders {
  const names = new Set<string>();
  const bySource = new Map<string, string>();
  for (const [folder, files] of foldersBelow(top, tree)) {
    const name = folder.slice(top.length + 1);
    // A killed run can leave an empty folder, which can be reused.
    if (files.length > 0) names.add(name);
    for (const file of files) {
      const { source } = fieldsIn(file);
      if (typeof source === 'string') bySource.set(source, name);
    }
  }
  return { names, bySource };
}

/** The parts of an event that its folder's name is made of. */
type Entry = { readonly id: string; readonly source: string; readonly title: string; readonly created: Instant };

/**
 * The folder of each entry, by id: the one from an earlier import, or else its date in UTC and its title. Entries with
 * the same day and title get -2, -3… in the order in which they were created.
 */
export function folderNames(
  entries: readonly Entry[],
  existing: ExistingFolders,
  otherwise: string,
): Map<string, string> {
  const taken = new Set(existing.names);
  const names = new Map<string, string>();
  const byAge = entries.toSorted((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1));
  for (const { id, source, title, created } of byAge) {
    const wanted = `${utcDate(created)}-${titleSlug(title, otherwise)}`;
    const given = existing.bySource.get(source) ?? freeName(wanted, (candidate) => taken.has(candidate));
    taken.add(given);
    names.set(id, given);
  }
  return names;
}

/** A file that isn't changed. `why` is a full line about it, if its path isn't enough. */
export type Kept = { readonly path: string; readonly why: string | null };

type Settled = {
  /** The planned files, without those that would duplicate text or break an existing incident. */
  readonly files: readonly NewFile[];
  readonly kept: readonly Kept[];
};

const nameOf = (path: string): string => posix.basename(path, '.md');
const timeOf = ({ path }: { readonly path: string }): Instant => parseUpdateName(nameOf(path)) ?? 0;
const inOrder = <T extends { readonly path: string }>(files: readonly T[]): T[] =>
  files.toSorted((a, b) => timeOf(a) - timeOf(b));

/**
 * The updates of an existing folder, for when the source changed the times of some since an earlier import. `planned`
 * is never empty. `origin` names the source, such as "the dump".
 */
function settleFolder(
  planned: readonly NewFile[],
  existing: ContentTree['files'],
  content: string,
  origin: string,
): Settled {
  const there = inOrder(existing);
  const isThere = ({ path }: NewFile): boolean => there.some((file) => file.path === path);
  const isPlanned = (path: string): boolean => planned.some((file) => file.path === path);
  const [first] = inOrder(planned);
  const [firstThere] = there;
  if (first !== undefined && firstThere !== undefined && !isThere(first)) {
    // The first update has the source. A second update with a source would fail `check`.
    const [before, now] = [nameOf(firstThere.path), nameOf(first.path)];
    const change = isPlanned(firstThere.path)
      ? `and ${origin} has one before it, at ${now}: kept as it was; delete the folder to import it again`
      : `and is at ${now} in ${origin}: kept as it was; rename ${before}.md to ${now}.md to use it`;
    const texts = new Map(there.map(({ path, bytes }) => [path, textOf(bytes)]));
    const same = planned.filter(({ path, text }) => texts.get(path) === text);
    const why = `${content}/${posix.dirname(first.path)}: its first update was at ${before}, ${change}`;
    return { files: same, kept: [{ path: firstThere.path, why }] };
  }
  const gone = new Map(
    there.filter(({ path }) => !isPlanned(path)).map((file) => [file.path, updateIn(file)] as const),
  );
  const kept: Kept[] = [];
  const files = planned.filter((file) => {
    if (isThere(file)) return true;
    const update = updateIn({ path: file.path, bytes: new TextEncoder().encode(file.text) });
    const same = [...gone].find(
      ([, other]) => update !== null && other !== null && other.status === update.status && other.body === update.body,
    )?.[0];
    if (same === undefined) return true;
    gone.delete(same);
    kept.push({ path: same, why: `${content}/${same} is at ${nameOf(file.path)} in ${origin}; kept as it was` });
    return false;
  });
  return { files, kept };
}

/**
 * Compares planned files with existing ones. An update whose time changed in the source isn't moved, but noted. Pure.
 */
export function settleMoved(files: readonly NewFile[], tree: ContentTree, content: string, origin: string): Settled {
  const there = new Map([...foldersBelow('incidents', tree), ...foldersBelow('maintenance', tree)]);
  const planned = Map.groupBy(files, ({ path }) => posix.dirname(path));
  const settled = [...planned].map(([folder, those]): Settled => {
    const existing = there.get(folder) ?? [];
    return existing.length === 0 ? { files: those, kept: [] } : settleFolder(those, existing, content, origin);
  });
  return { files: settled.flatMap((one) => one.files), kept: settled.flatMap((one) => one.kept) };
}
