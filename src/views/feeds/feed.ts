import type { Instant } from '../../domain/instant.ts';

/** One item of a feed, whatever the format. */
export type FeedItem = {
  /** For ever the same, and in no other item: by it, readers know what they have shown. */
  readonly id: string;
  /** Where it stands on the site; the guid of RSS, which readers take for an address. */
  readonly link: string;
  readonly title: string;
  readonly at: Instant;
  /** When it last changed; `at` if it never did. */
  readonly updated: Instant;
  readonly html: string;
};

/** A feed, whatever its format. */
export type Feed = {
  readonly title: string;
  readonly description: string;
  /** The page it belongs to. */
  readonly home: string;
  /** Its own address. */
  readonly self: string;
  /** The style for people who open it, as an address on its own host: it holds wherever the site is served. */
  readonly style: string;
  /** Whose status it is. */
  readonly author: string;
  readonly language: string;
  /** The WebSub hub that is told of each update; null for none. */
  readonly hub: string | null;
  /** Newest first. */
  readonly items: readonly FeedItem[];
};

/** When something in a feed last changed; null for an empty one. */
export function lastChange({ items }: Feed): Instant | null {
  return items.length === 0 ? null : Math.max(...items.map(({ updated }) => updated));
}
