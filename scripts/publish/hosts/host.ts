import type { Duration } from '../../../src/lib/domain/calendar.ts';
import type { SiteReader } from '../../live/site-reader.ts';
import type { Store } from '../notify/deliveries.ts';
import type { LoggedRelease, ReleaseLog, StepName } from './release-log.ts';

/**
 * Where a site is published. What all hosts have in common is in publish.ts and rollback.ts, which use this port.
 */
export type Host = {
  /** As the user typed it. */
  readonly name: string;
  /**
   * Runs `work` while no other publish runs. Calls `onWait` with a message if it has to wait. Throws UserError after
   * `longest`.
   */
  readonly exclusively: <T>(longest: Duration, onWait: (line: string) => void, work: () => Promise<T>) => Promise<T>;
  /** Cleans up after a run that was killed. Returns the step it was killed in, or null if there was no such run. */
  readonly tidy: () => Promise<StepName | null>;
  /** Records a step before it starts. */
  readonly begin: (step: StepName) => Promise<void>;
  /** Throws UserError if this version can't read the log. */
  readonly log: () => Promise<ReleaseLog>;
  /**
   * Changes the log, one change at a time. `edit` may be called more than once. Returns the new log and the host's name
   * for this version of it.
   */
  readonly changeLog: (
    message: string,
    edit: (log: ReleaseLog) => ReleaseLog,
  ) => Promise<{ readonly log: ReleaseLog; readonly version: string }>;
  /** The id of the release that customers see; null if there is none, or it isn't in the log. */
  readonly served: (log: ReleaseLog) => Promise<string | null>;
  /** The site that customers see. */
  readonly live: (served: string | null) => SiteReader;
  /** Folders for a build: the site, and a cache for the next build. */
  readonly work: { readonly site: string; readonly cache: string };
  /**
   * Serves a built site, unless a release other than `replaces` is being served by then. Returns where its files are
   * now. Throws UserError.
   */
  readonly deploy: (deployment: Deployment) => Promise<{ readonly site: string } | 'overtaken'>;
  /** Whether `restore` serves the release at once, or starts a run that calls `redeploy`. */
  readonly restores: 'served' | 'started';
  /** Serves an earlier release again instead of `from`. Throws UserError if `from` is no longer being served. */
  readonly restore: (release: LoggedRelease, from: string | null) => Promise<void>;
  /** Removes the files of old releases. `keep` is how many with different content to keep. */
  readonly remove: (keep: number) => Promise<void>;
  /** The record of what was sent to each channel. */
  readonly deliveries: Store;
};

export type Deployment = {
  readonly release: LoggedRelease;
  /** The folder with the built site. */
  readonly site: string;
  /** The version of the log in which the release is `deploying`. */
  readonly version: string;
  readonly replaces: string | null;
};
