import type { Instant } from './calendar.ts';
import type { Translatable } from './translation.ts';

/** Something customers should know that is neither an incident nor maintenance. */
export type Announcement = Translatable & {
  /** The name of its file; part of its address. */
  readonly slug: string;
  readonly title: string;
  /** When it is published, which may be in the future. */
  readonly from: Instant;
  /** Until when the index shows it. Its page stays. */
  readonly until: Instant;
  /** Whether it stands above open incidents. */
  readonly pinned: boolean;
  /** Markdown. */
  readonly body: string;
};

/** Those that are published at `now`, newest first. */
export function publishedAnnouncements({
  announcements,
  now,
}: {
  readonly announcements: readonly Announcement[];
  readonly now: Instant;
}): Announcement[] {
  return announcements.filter(({ from }) => from <= now);
}
