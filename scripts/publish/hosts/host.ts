import type { Duration } from '../../../src/lib/domain/calendar.ts';
import type { SiteReader } from '../../live/site-reader.ts';
import type { Store } from '../notify/deliveries.ts';
import type { LoggedRelease, ReleaseLog, StepName } from './release-log.ts';

/**
 * Where a site is published. Everything that holds for all hosts is written above this port, in publish.ts and
 * rollback.ts.
 */
export type Host = {
  /** As the user named it. */
  readonly name: string;
  /** Runs while no other publish does. `onWait` gets a line when it has to wait. Throws UserError after `longest`. */
  readonly exclusively: <T>(longest: Duration, onWait: (line: string) => void, work: () => Promise<T>) => Promise<T>;
  /** Cleans up after a run that was killed, and returns the step at which that was; null for none. */
  readonly tidy: () => Promise<StepName | null>;
  /** Notes the step that begins, before it begins. */
  readonly begin: (step: StepName) => Promise<void>;
  /** Throws UserError for a log that this version can't read. */
  readonly log: () => Promise<ReleaseLog>;
  /**
   * Changes the log, one change at a time. `edit` may be called more than once. Returns the log, and the name under
   * which the host keeps this version of it.
   */
  readonly changeLog: (
    message: string,
    edit: (log: ReleaseLog) => ReleaseLog,
  ) => Promise<{ readonly log: ReleaseLog; readonly version: string }>;
  /** The id of the release that customers get; null for none, or one that isn't in the log. */
  readonly served: (log: ReleaseLog) => Promise<string | null>;
  /** The site that customers get. */
  readonly live: (served: string | null) => SiteReader;
  /** Folders for a build: of the site, and for what the next build can use. */
  readonly work: { readonly site: string; readonly cache: string };
  /**
   * Makes a built site the one that customers get, unless another than `replaces` is served by then. Returns where its
   * files are now. Throws UserError.
   */
  readonly deploy: (deployment: Deployment) => Promise<{ readonly site: string } | 'overtaken'>;
  /** Whether `restore` serves the release at once, or starts a run that calls `redeploy`. */
  readonly restores: 'served' | 'started';
  /** Serves an earlier release again in place of `from`. Throws UserError when another one is served by then. */
  readonly restore: (release: LoggedRelease, from: string | null) => Promise<void>;
  /** Removes the files of releases that are too many. */
  readonly remove: (ids: readonly string[]) => Promise<void>;
  /** The record of what was sent to the channels. */
  readonly deliveries: Store;
};

export type Deployment = {
  readonly release: LoggedRelease;
  /** The folder with the built site. */
  readonly site: string;
  /** The version of the log that has the release as `deploying`. */
  readonly version: string;
  readonly replaces: string | null;
};
