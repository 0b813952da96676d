import type { ToldItem, ToldUpdate } from '../guard/snapshot.ts';
import { blocksOf, unescape } from '../verify/page-text.ts';

/** An update that would be published, as readers would get it. */
export type NewUpdate = {
  /** Path and anchor. */
  readonly id: string;
  /** Status, name and time. */
  readonly title: string;
  /** Its paragraphs as plain text; null when the feed no longer holds it. */
  readonly text: string | null;
};

/** The updates of `built` that are not in `live`, newest first. */
export function newUpdates(
  built: readonly ToldUpdate[],
  live: readonly ToldUpdate[],
  feed: readonly ToldItem[],
): NewUpdate[] {
  const known = new Set(live.map(({ id }) => id));
  const fresh = built.filter(({ id }) => !known.has(id)).toSorted((a, b) => (a.at < b.at ? 1 : -1));
  return fresh.map(({ id, status, title, at }) => {
    const bytes = feed.find(({ guid }) => guid.endsWith(id))?.bytes ?? null;
    const text = (tag: string): string =>
      unescape(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(bytes ?? '')?.[1] ?? '');
    return {
      id,
      title: text('title') || `${status}: ${title} (${at})`,
      text: bytes === null ? null : blocksOf(text('description')).join('\n\n'),
    };
  });
}
