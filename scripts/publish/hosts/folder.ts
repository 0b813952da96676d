import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Release } from '../../../src/lib/api/release.ts';
import { parseContent } from '../../../src/lib/content/check-content.ts';
import { contentHash, isStop } from '../../../src/lib/content/content-tree.ts';
import { readTree } from '../../../src/lib/content/disk.ts';
import type { Problem } from '../../../src/lib/content/problem.ts';
import { type Instant, minute, second } from '../../../src/lib/domain/calendar.ts';
import { UserError } from '../../cli/errors.ts';
import { findStop, type PublishingStop, readStopFile } from '../../cli/stop-switch.ts';
import { shellWord } from '../../cli/text.ts';
import type { Context } from '../../cli/context.ts';
import { gitIn } from '../../github/git.ts';
import { folderReader } from '../../live/site-reader.ts';
import { readRelease } from '../../live/snapshot.ts';
import type { BuildOptions, BuildResult } from '../build-site.ts';
import { guard, type Verdict } from '../guard/guard.ts';
import type { LockTools } from '../lock.ts';
import { fileStore } from '../notify/deliveries.ts';
import { beginChannels, failureLines, resultText } from '../notify/notify.ts';
import { httpAsk, openBuiltSite } from '../verify/served-files.ts';
import { verdictText, verifySite } from '../verify/verify-site.ts';
import { currentRelease, places, stateFile } from './release-folder.ts';

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
type StepResult = { readonly ok: boolean; readonly lines: readonly string[] };

/** What publishing is put together from. Steps that are null are passed over. */
export type PublishSteps = {
  /** Asked when the run begins, and once more right before the switch: a stop should stop. */
  readonly hold: () => Promise<PublishingStop | null>;
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

const ours = [stateFile, 'deliveries.json', 'releases', 'staging', 'cache', 'current', 'publish.lock', 'state.lock'];

const refusals: Readonly<Record<string, string>> = {
  EEXIST: 'is a file. Name a folder',
  ENOTDIR: 'is below a file. Name another folder',
  ENOENT: 'cannot be made there. Name another folder',
  ENOSPC: 'cannot be written: the disk is full',
  EROFS: 'cannot be written: the disk is read-only',
  EACCES: 'may not be written by this user. Check who owns it, or name another folder',
  EPERM: 'may not be written by this user. Check who owns it, or name another folder',
};

/**
 * Makes the folder, if need be, in which releases are kept. Throws UserError unless it can be written, is new,
 * empty or has releases, and has no other `current` than a link to one of them: before minutes are spent on a build.
 */
export async function requireReleaseFolder(
  folder: string,
  shown: string,
  { storage }: Pick<LockTools, 'storage'>,
): Promise<void> {
  try {
    await storage.makeFolder(folder);
    const names = await storage.list(folder);
    const isOurs = (name: string): boolean => ours.includes(name) || isStop(name) || name.startsWith('.');
    const strange =
      names.includes(stateFile) || names.includes('releases') ? undefined : names.find((name) => !isOurs(name));
    if (strange !== undefined)
      throw new UserError(
        `${shown} contains something other than releases: ${strange}. Name a new or empty folder with --to DIR`,
      );
    // Named as a lock on its way, which the next run clears away.
    const trial = join(folder, `.publish.lock-${randomUUID()}`);
    await storage.write(trial, '');
    await storage.remove(trial);
  } catch (error) {
    const said = refusals[String((error as NodeJS.ErrnoException).code)];
    throw error instanceof UserError || said === undefined ? error : new UserError(`--to: ${shown} ${said}`);
  }
  const served = await currentRelease(folder, storage);
  const kept = await storage.list(places.releases(folder));
  if (served === null || kept.includes(served)) return;
  // Published as if for the first time, it would go past the guard.
  const way =
    kept.length === 0
      ? `Delete it: rm ${shellWord(places.current(folder))}`
      : `Serve one that is: npx halfpast rollback --to ${shellWord(shown)} ${kept.at(-1) ?? ''}`;
  throw new UserError(`${shown}/current leads to releases/${served}, which is not there. ${way}`);
}

/** The step before all others: from here on, each update that is added is news to the channels in site.yml. */
function beginServed(
  content: string,
  folder: string,
  now: () => Instant,
  context: Context,
): () => Promise<readonly string[]> {
  return async () => {
    const parsed = parseContent(await readTree(content), now());
    // The build reports the problems.
    if ('problems' in parsed || parsed.site.settings.notify.length === 0) return [];
    return beginChannels(parsed.site, fileStore(places.deliveries(folder), 'deliveries.json', context.disk));
  };
}

/**
 * The step that tells the channels of `notify:` in site.yml of what is served: the content as it was built, read
 * again at the same moment. `begun` are the channels that were new when the run began.
 */
function notifyServed(
  content: string,
  folder: string,
  begun: () => readonly string[],
  context: Context,
): NonNullable<PublishSteps['notify']> {
  return async ({ release }) => {
    const tree = await readTree(content);
    // Somebody saved a file since: the next publish speaks of it, and of what this one would have.
    if (contentHash(tree) !== release.content)
      return {
        ok: false,
        lines: ['The content changed during publishing, so no channel was notified. Publish again'],
      };
    const parsed = parseContent(tree, Date.parse(release.now));
    if ('problems' in parsed || parsed.site.settings.notify.length === 0) return { ok: true, lines: [] };
    const built = parsed.site;
    // What speaks to other servers is loaded only when there is somebody to tell.
    const { runNotify } = await import('../notify/run-notify.ts');
    const told = { since: null, mark: false };
    const store = fileStore(places.deliveries(folder), 'deliveries.json', context.disk);
    const { results } = await runNotify(built, store, told, context);
    const failures = failureLines(results);
    const said = resultText(results, begun(), told, places.deliveries(folder)).trimEnd();
    return { ok: failures.length === 0, lines: [...(said === '' ? [] : said.split('\n')), ...failures] };
  };
}

/** The step that holds the served site against the release, where `url` is its address. */
export function verifyServed(
  url: string,
  tries: number,
  { clock, sleep }: LockTools,
): NonNullable<PublishSteps['verify']> {
  const outside = { ask: httpAsk(minute / 4), clock, sleep: async (time: number) => void (await sleep(time)) };
  return async ({ site, id }) => {
    const built = await openBuiltSite(site, id);
    // The release itself is checked: a later one would wait for this run to end.
    const verdict = await verifySite(
      { site: built, url, tries, wait: second, againAfter: null, orNewer: false },
      outside,
    );
    return { ok: verdict.outcome === 'verified', lines: verdictText(verdict, built.release).trimEnd().split('\n') };
  };
}

type StepOptions = {
  /** The content folder: absolute, and as the person named it. */
  readonly content: string;
  readonly shown: string;
  /** The folder with the releases. */
  readonly folder: string;
  readonly now: () => Instant;
  readonly hold: string | undefined;
  /** The commit that is published; undefined asks git in `repository`. */
  readonly commit: string | undefined;
  readonly repository: string;
  /** Commit messages, or a range of commits, to read what is allowed from; null for those since the live commit. */
  readonly messages: string | null;
  readonly range: string | null;
  readonly clean: boolean;
};

type Build = (options: BuildOptions) => Promise<BuildResult>;

/** The steps on real content, with git and Astro. */
export function realSteps(
  options: StepOptions,
  build: Build,
  tools: LockTools,
  context: Context,
): Omit<PublishSteps, 'verify'> {
  const { content, folder } = options;
  const repository = gitIn(options.repository, context);
  const commit = async (): Promise<string | null> => options.commit ?? (await repository.head());
  const given = options.messages === null ? null : [{ commit: null, text: options.messages }];
  let begun: readonly string[] = [];
  return {
    hold: async () => {
      const { files } = await readTree(content);
      return findStop({
        content: options.shown,
        files,
        flag: options.hold,
        env: context.env,
        beside: await readStopFile(folder, tools.storage),
      });
    },
    source: async () => ({
      content: contentHash(await readTree(content)),
      commit: await commit(),
      version: context.version,
    }),
    begin: async () => {
      begun = await beginServed(content, folder, options.now, context)();
    },
    build: async (out, cache) => {
      const built = await build({
        content,
        out,
        cache,
        clean: options.clean,
        now: options.now(),
        commit: await commit(),
      });
      if ('problems' in built) return built;
      const release = await readRelease(folderReader(built.out, out));
      if (release === null) throw new Error(`the build left no release.json in ${out}`);
      return { release };
    },
    guard: async (built, live, seen) =>
      guard({
        built: folderReader(built, 'the built site'),
        live: folderReader(live, folder),
        repository,
        messages: options.range === null ? given : await repository.messages(options.range),
        requireLive: false,
        seen: seen.map((id) => folderReader(places.release(folder, id), id)),
      }),
    notify: notifyServed(content, folder, () => begun, context),
  };
}
