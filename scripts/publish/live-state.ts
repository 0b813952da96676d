import { join } from 'node:path';
import { updateRecords } from '../../src/lib/api/history.ts';
import { type Duration, second, yearOf } from '../../src/lib/domain/calendar.ts';
import type { Site } from '../../src/lib/domain/site.ts';
import { timeWithOffset } from '../../src/lib/views/time.ts';
import { count } from '../../src/lib/words/en.ts';
import type { Context } from '../cli/context.ts';
import { oneLine } from '../cli/errors.ts';
import type { PublishingStop } from '../cli/stop-switch.ts';
import { shellWord } from '../cli/text.ts';
import { type Git, gitCommand, gitIn } from '../github/git.ts';
import { isExampleAddress, notLive } from '../live/live-update.ts';
import { httpReader, NoAnswer } from '../live/site-reader.ts';
import { readRelease, readYear } from '../live/snapshot.ts';
import { restoreTrailer } from './guard/acknowledgements.ts';
import { openFolder } from './hosts/folder.ts';
import { stateBranch } from './notify/deliveries.ts';
import { type LoggedRelease, parseLog, type ReleaseLog, releasesFile, servedInLog } from './hosts/release-log.ts';

type Update = ReturnType<typeof updateRecords>[number];

/** How the live page compares with the local content. */
export type LiveState = {
  readonly url: string;
  /** Why the comparison failed; null when it didn't. */
  readonly notCompared: string | null;
  /** Updates that the live page lacks or shows with different text. */
  readonly missing: readonly Update[];
  readonly hold: PublishingStop | null;
  /** The release that was rolled back and hasn't been replaced by a newer one. */
  readonly rolledBack: LoggedRelease | null;
  /** The number of commits that only this clone has, and that only its remote has; null without a remote. */
  readonly distance: { readonly ahead: number; readonly behind: number } | null;
  /** Why fetching failed; null when it didn't. */
  readonly notFetched: string | null;
  /** A missing update that isn't committed yet. */
  readonly uncommitted: string | null;
  /** Why nothing can be pushed, and what to do. Null when pushing works, or on a server that has the releases. */
  readonly notPushable: string | null;
  /** Whether the folder with the releases could be read, including any hold in it. */
  readonly readsReleases: boolean;
  /** The GitHub repository that publishes the content. */
  readonly repository: string | null;
  /** The command that publishes to the releases folder; null if pushing publishes, or without that folder. */
  readonly publishHere: string | null;
  /** The git command for the content. */
  readonly git: string;
};

/** Keeps the report fast. */
const patience: Duration = 5 * second;

/** The guard compares the years before these. */
const comparedYears = 2;

/** Local updates that the live page lacks or shows with different text. Throws NoAnswer. */
async function missingUpdates(site: Site, context: Context): Promise<Update[] | string> {
  const { url } = site.settings;
  // Don't pause between attempts.
  const reader = httpReader(url, { clock: context.clock, sleep: () => Promise.resolve() }, patience);
  if ((await readRelease(reader)) === null) return `${url} isn't a Halfpast page yet`;
  const records = updateRecords(site);
  const years = [...new Set(records.map(({ at }) => yearOf(Date.parse(at))))].sort().slice(-comparedYears);
  const live = await Promise.all(years.map((year) => readYear(reader, year)));
  const hashes = new Map(live.flatMap((updates) => updates ?? []).map(({ id, hash }) => [id, hash]));
  return records.filter(({ id, at, hash }) => years.includes(yearOf(Date.parse(at))) && hashes.get(id) !== hash);
}

/** The release that was rolled back to the one now served, if none has replaced it since. */
export function rolledBackNow(log: ReleaseLog, served: string | null): LoggedRelease | null {
  return log.releases.find(({ id, rolledBack }) => rolledBack !== null && (served === null || id > served)) ?? null;
}

type Releases = {
  /** The folder with the releases, as an absolute path and as the user named it; null when they're elsewhere. */
  readonly to: string | null;
  readonly shown: string;
};

/**
 * The log of releases: from the folder, or from its own branch on GitHub, as last fetched. Null when there is none.
 */
export async function knownReleases({ to, shown }: Releases, git: Git, context: Context): Promise<ReleaseLog | null> {
  if (to !== null) return openFolder(to, shown, context).log();
  return parseLog((await git.fileOnRemote(stateBranch, releasesFile)) ?? '');
}

async function rolledBackIn(releases: Releases, git: Git, context: Context): Promise<LoggedRelease | null> {
  const log = await knownReleases(releases, git, context);
  if (log === null) return null;
  const { to, shown } = releases;
  return rolledBackNow(log, to === null ? servedInLog(log) : await openFolder(to, shown, context).served(log));
}

type Place = Releases & {
  /** The content folder as the user named it. `path` is absolute. */
  readonly content: string;
  readonly path: string;
  readonly hold: PublishingStop | null;
  /** Whether a hook on this machine publishes what's pushed. */
  readonly hasHook: boolean;
};

/** Fetches, then compares the content with the live page. */
export async function liveState(
  site: Site,
  { content, path, hold, hasHook, to, shown }: Place,
  context: Context,
): Promise<LiveState> {
  const git = gitIn(path, context);
  const { url } = site.settings;
  const notFetched = await git.fetch(2 * patience);
  let found: Update[] | string;
  try {
    found = isExampleAddress(url) ? `${url} is an example` : await missingUpdates(site, context);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    found = `${url} ${error.message}`;
  }
  const missing = typeof found === 'string' ? [] : found;
  const head = missing.length === 0 ? null : await git.head();
  const changed = head === null ? [] : ((await git.filesNotIn(head)) ?? []);
  const files = missing.map(({ kind, slug, update }) =>
    join(kind === 'incident' ? 'incidents' : 'maintenance', slug, `${update}.md`),
  );
  const command = await gitCommand(content, context);
  const distance = await git.distance();
  const isServer = to !== null && (await git.remotes()).length === 0;
  const repository = await git.publishingRepository();
  const publishes = to !== null && !hasHook && repository === null && command !== null;
  return {
    url,
    notCompared: typeof found === 'string' ? found : null,
    missing,
    hold,
    rolledBack: await rolledBackIn({ to, shown }, git, context),
    distance,
    notPushable: distance !== null || isServer ? null : await notPushable(git, command?.git ?? null),
    notFetched,
    readsReleases: to !== null,
    uncommitted: files.find((file) => changed.includes(file)) ?? null,
    repository,
    publishHere: publishes ? `npx halfpast publish --to ${shellWord(shown)}` : null,
    git: command?.git ?? 'git',
  };
}

/**
 * Why content without an upstream can't be pushed, and what to do. `command` is the git command; null
 * outside a repository.
 */
async function notPushable(git: Git, command: string | null): Promise<string> {
  const here = 'To publish from here, run: npx halfpast publish --to DIR';
  if (command === null) return `The content is not in a git repository. ${here}`;
  if ((await git.remotes()).length === 0)
    return `There is no remote to push to. Add one: ${command} remote add origin ADDRESS. ${here}`;
  return `The branch has never been pushed. Run: ${command} push --set-upstream origin HEAD`;
}

/** Why the live page lacks local updates, and what to do. */
function reason(state: LiveState, content: string): string {
  const { distance, hold, rolledBack, repository, uncommitted, publishHere, git } = state;
  if (uncommitted !== null) {
    const commit = publishHere === null ? 'Commit and push it' : `Commit it, then run: ${publishHere}`;
    return `${oneLine(`${content.replace(/\/+$/, '')}/${uncommitted}`)} isn't committed. ${commit}`;
  }
  if (publishHere === null && distance !== null && distance.ahead > 0)
    return `${count(distance.ahead, 'commit')} not pushed. Run: ${git}${distance.behind > 0 ? ` pull --rebase --autostash && ${git}` : ''} push`;
  if (hold !== null) return 'Publishing is on hold';
  if (rolledBack !== null) return 'The release with it was rolled back';
  if (publishHere !== null) return `Nothing has published it yet. Run: ${publishHere}`;
  if (state.notPushable !== null) return state.notPushable;
  if (repository !== null)
    return `See the Publish runs: https://github.com/${repository}/actions/workflows/publish.yml`;
  const again = 'publish again, and read the output: docs/when-it-goes-wrong.md';
  return state.readsReleases
    ? `Nothing has published it yet. To ${again}`
    : `Nothing has published it yet. On the server, npx halfpast status --to DIR shows whether publishing is on hold. If not, ${again}`;
}

/**
 * What `status` prints about the live page, most important first. `compared` completes a sentence: what the page was
 * compared with, such as `here`.
 */
export function liveLines(state: LiveState, site: Site, content: string, compared: string): string[] {
  const { url, notCompared, missing, hold, rolledBack, distance, notFetched, git } = state;
  const wall = (at: string): string => timeWithOffset(Date.parse(at), site.now, site.settings);
  const newest = missing.at(-1);
  const lines: string[] = [];
  if (newest !== undefined)
    lines.push(
      `${notLive}: ${count(missing.length, `update ${compared} isn't`, `updates ${compared} aren't`)} on ${url}, the newest: ${oneLine(newest.title)}, ${wall(newest.at)}. ${reason(state, content)}`,
    );
  else if (notCompared === null) lines.push(`LIVE: ${url} has every update ${compared}`);
  // A site with the example address has no page to compare with.
  else if (!isExampleAddress(url)) lines.push(`Not compared with the live page: ${notCompared}`);
  if (hold !== null) lines.push(`ON HOLD: ${hold.reason} (set by ${hold.where}; remove it to continue)`);
  if (rolledBack?.rolledBack != null) {
    const { at, by, reason: why } = rolledBack.rolledBack;
    const again =
      by === 'person' && rolledBack.news.length > 0
        ? `publish it again, with this line in a commit message: ${restoreTrailer(rolledBack.news)}`
        : 'publish it again: docs/when-it-goes-wrong.md';
    lines.push(`ROLLED BACK: ${rolledBack.id}, at ${wall(at)} (${oneLine(why)}). Commit a fix, or ${again}`);
  }
  if (distance !== null && distance.behind > 0)
    lines.push(`OTHERS HAVE PUSHED ${count(distance.behind, 'commit')}. Get them: ${git} pull --rebase --autostash`);
  if (notFetched !== null) lines.push(`Not fetched, so what others have pushed isn't known: ${notFetched}`);
  return lines;
}

/** The same as JSON. */
export function liveJson({ notCompared, missing, rolledBack, distance, notFetched, url }: LiveState): object {
  return {
    compared: notCompared === null,
    missing: missing.map(({ id }) => `${url}${id}`),
    rolled_back: rolledBack === null ? null : { release: rolledBack.id, ...rolledBack.rolledBack },
    not_pushed: distance?.ahead ?? null,
    not_pulled: distance?.behind ?? null,
    notes: [notCompared, notFetched].filter((note) => note !== null),
  };
}
