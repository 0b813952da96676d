import { mainOf } from '../../../src/views/api/pages-file.ts';
import type { SiteReader } from '../guard/site-reader.ts';

/** Paths of pages, each list in order. */
export type PageChanges = {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
  /** How many pages were compared by their length alone, since reading so many takes too long. */
  readonly byLength: number;
};

type Sizes = Readonly<Record<string, number>>;

/** So many live pages are read; of the others the length is compared. */
const read = 150;
const atOnce = 8;

const file = (path: string): string => `${path.slice(1)}index.html`;

async function differs(path: string, built: SiteReader, live: SiteReader): Promise<boolean> {
  const [ours, theirs] = await Promise.all([built.read(file(path)), live.read(file(path))]);
  return mainOf(ours ?? '') !== mainOf(theirs ?? '');
}

/** Compares what pages say, without the frame that all share. Throws NoAnswer. */
export async function pageChanges(
  built: SiteReader,
  ours: Sizes,
  live: SiteReader,
  theirs: Sizes,
): Promise<PageChanges> {
  const common = Object.keys(ours).filter((path) => Object.hasOwn(theirs, path));
  const changed = common.filter((path) => ours[path] !== theirs[path]);
  const same = common.filter((path) => ours[path] === theirs[path]);
  const queue = same.slice(0, read);
  const worker = async (): Promise<void> => {
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      if (await differs(path, built, live)) changed.push(path);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return {
    added: Object.keys(ours)
      .filter((path) => !Object.hasOwn(theirs, path))
      .sort(),
    removed: Object.keys(theirs)
      .filter((path) => !Object.hasOwn(ours, path))
      .sort(),
    changed: changed.sort(),
    byLength: Math.max(0, same.length - read),
  };
}
