import type { Problem } from '../../../src/content/problem.ts';
import type { Release } from '../../../src/views/api/release-file.ts';
import type { Verdict } from '../guard/guard.ts';
import type { Hold } from './hold.ts';

/** A release that is served now, for the steps after the switch. */
export type Served = {
  readonly id: string;
  /** Its folder: it never changes. */
  readonly site: string;
  readonly release: Release;
  /** The one that was served before. */
  readonly previous: string | null;
};

/** Whether a step did its work, and what the person should know, a line each. */
export type StepResult = { readonly ok: boolean; readonly lines: readonly string[] };

/** What publishing is put together from. Steps that are null are passed over. */
export type PublishSteps = {
  /** Asked when the run begins, and once more right before the switch: a stop should stop. */
  readonly hold: () => Promise<Hold | null>;
  /** Done before the build: from then on, updates that are added are news to the channels. */
  readonly begin: (() => Promise<void>) | null;
  /** Builds into `out`; pages of earlier builds are in `cache`. */
  readonly build: (
    out: string,
    cache: string,
  ) => Promise<{ readonly problems: readonly Problem[] } | { readonly release: Release }>;
  /** What the build would be made from, before it is made. */
  readonly source: () => Promise<Pick<Release, 'content' | 'commit' | 'version'>>;
  /** `seen` are the releases that readers saw after the live one, before it was gone back to: by their ids. */
  readonly guard: (built: string, live: string, seen: readonly string[]) => Promise<Verdict>;
  /** Looks at the served site. When it fails, the last release that passed is served again. */
  readonly verify: ((served: Served) => Promise<StepResult>) | null;
  /** Tells the channels. A failure is reported; the site stays. */
  readonly notify: ((served: Served) => Promise<StepResult>) | null;
};
