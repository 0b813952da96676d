import { z } from 'zod';
import type { Release } from '../../../src/views/api/release-file.ts';

/** The updates of one year as a site tells them: see src/views/update-records.ts, which makes them. */
export const yearSchema = z.object({
  form: z.literal(1),
  year: z.string(),
  updates: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['incident', 'maintenance']),
      slug: z.string(),
      update: z.string(),
      at: z.string(),
      status: z.string(),
      title: z.string(),
      hash: z.string(),
      edited: z.string().nullable(),
    }),
  ),
});

export type ToldUpdate = Readonly<z.output<typeof yearSchema>['updates'][number]>;

export const pagesSchema = z.object({ form: z.literal(1), pages: z.record(z.string(), z.number()) });

/** One item of a feed: its bytes as they stand in the file, and its time. */
export type ToldItem = { readonly guid: string; readonly at: number; readonly bytes: string };

/** What of a site the guard looks at. `null` is what could not be read, and is not compared. */
export type Snapshot = {
  readonly release: Pick<Release, 'commit' | 'now' | 'newestAt' | 'url' | 'components' | 'retired'>;
  /** Without the years that are the same on both sides. */
  readonly updates: readonly ToldUpdate[];
  /** The items of `rss.xml`, newest first. */
  readonly items: readonly ToldItem[] | null;
  /** The bytes of what each page says, by path. */
  readonly pages: Readonly<Record<string, number>> | null;
  /** How much each postmortem says, in characters of its own text, by the path of its page. */
  readonly postmortems: Readonly<Record<string, number>> | null;
  /** What the index links to of incidents and maintenances: pages, and updates by their anchors. */
  readonly onIndex: readonly string[] | null;
};
