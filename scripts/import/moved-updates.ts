import { type ContentTree, foldersBelow } from '../../src/content/content-tree.ts';
import { parseUpdateName } from '../../src/content/update-name.ts';
import type { NewFile } from '../writing/new-problems.ts';
import { saidIn } from './existing.ts';

/** A file that stays as it is; `why` is a whole line about it, when there is more to say than its path. */
export type Kept = { readonly path: string; readonly why: string | null };

export type Settled = {
  /** The planned files without those that would say something twice, or break an incident that is there. */
  readonly files: readonly NewFile[];
  readonly kept: readonly Kept[];
};

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/, '');
const byTime = (a: string, b: string): number => (parseUpdateName(nameOf(a)) ?? 0) - (parseUpdateName(nameOf(b)) ?? 0);

/**
 * The updates of one folder, which is there, when some got another time at the source since an earlier
 * import. `planned` is never empty; `origin` is what it was made from, as "the dump".
 */
function settleFolder(
  planned: readonly NewFile[],
  existing: ContentTree['files'],
  content: string,
  origin: string,
): Settled {
  const there = existing.toSorted((a, b) => byTime(a.path, b.path));
  const isThere = ({ path }: NewFile): boolean => there.some((file) => file.path === path);
  const isPlanned = (path: string): boolean => planned.some((file) => file.path === path);
  const [first] = planned.toSorted((a, b) => byTime(a.path, b.path));
  const [firstThere] = there;
  if (first !== undefined && firstThere !== undefined && !isThere(first)) {
    // The first update says where the incident came from; a second one that does so would pass no check.
    const [before, now] = [nameOf(firstThere.path), nameOf(first.path)];
    const change = isPlanned(firstThere.path)
      ? `and ${origin} has one before it, at ${now}: kept as it was; delete the folder to import it anew`
      : `and is at ${now} in ${origin}: kept as it was; rename ${before}.md to ${now}.md to take it over`;
    const texts = new Map(there.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]));
    const same = planned.filter(({ path, text }) => texts.get(path) === text);
    return {
      files: same,
      kept: [
        {
          path: firstThere.path,
          why: `${content}/${folderOf(first.path)}: its first update was at ${before}, ${change}`,
        },
      ],
    };
  }
  const gone = new Map(there.filter(({ path }) => !isPlanned(path)).map((file) => [file.path, saidIn(file)] as const));
  const kept: Kept[] = [];
  const files = planned.filter((file) => {
    if (isThere(file)) return true;
    const said = saidIn({ path: file.path, bytes: new TextEncoder().encode(file.text) });
    const same = [...gone].find(
      ([, other]) => said !== null && other !== null && other.status === said.status && other.body === said.body,
    )?.[0];
    if (same === undefined) return true;
    gone.delete(same);
    kept.push({ path: same, why: `${content}/${same} is at ${nameOf(file.path)} in ${origin}; kept as it was` });
    return false;
  });
  return { files, kept };
}

/** Planned files against what is there: an update whose time changed at the source stays where it is, and is told. Pure. */
export function settleMoved(files: readonly NewFile[], tree: ContentTree, content: string, origin: string): Settled {
  const there = new Map([...foldersBelow('incidents', tree), ...foldersBelow('maintenance', tree)]);
  const planned = Map.groupBy(files, ({ path }) => folderOf(path));
  const settled = [...planned].map(([folder, those]): Settled => {
    const existing = there.get(folder) ?? [];
    return existing.length === 0 ? { files: those, kept: [] } : settleFolder(those, existing, content, origin);
  });
  return { files: settled.flatMap((one) => one.files), kept: settled.flatMap((one) => one.kept) };
}
