import { basename, join, resolve } from 'node:path';
import { checkContent } from '../../src/lib/content/check-content.ts';
import { type ContentTree, contentHash } from '../../src/lib/content/content-tree.ts';
import { type Duration, type Instant, minute, second } from '../../src/lib/domain/calendar.ts';
import type { Site } from '../../src/lib/domain/site.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { defineCommand } from '../cli/command.ts';
import { readContentTree } from '../cli/content.ts';
import type { Context } from '../cli/context.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import { findStop, readStopFile, stopLine } from '../cli/stop-switch.ts';
import { fileStorage } from '../cli/system.ts';
import { readCount, shellWord } from '../cli/text.ts';
import { type Git, gitIn } from '../github/git.ts';
import { openGitHub } from '../github/github.ts';
import { httpReader, NoAnswer } from '../live/site-reader.ts';
import { readRelease } from '../live/snapshot.ts';
import { duePublish, nextDue, retryAt, secondLookAt } from '../publish/due-publish.ts';
import type { Host } from '../publish/host.ts';
import { folderHost, remindersFile, requireFolder, requireReleaseFolder } from '../publish/hosts/folder.ts';
import { openPages } from '../publish/hosts/github-pages.ts';
import { readLastGood } from '../publish/last-good.ts';
import { realProcesses } from '../publish/lock.ts';
import { fileStore, gitHubStore } from '../publish/notify/deliveries.ts';
import { readAddress, readGitHub, readSiteUrl } from '../publish/options.ts';
import { findRelease, type LoggedRelease, rolledBackRelease } from '../publish/release-log.ts';
import { rollBackFailed } from '../publish/rollback.ts';
import { type ReminderPlaces, sendReminders } from '../publish/send-reminders.ts';
import { secondLook } from '../publish/verify/second-look.ts';
import { watchForAnHour, watchForever } from '../publish/watch.ts';
import { startWatch, workflows } from '../publish/workflows.ts';
import { publish } from './publish.ts';
import { pathInRepository } from './remind.ts';

/** What is watched: the content, and where it is published. */
type Place = {
  readonly host: Host;
  /** The repository of the content. */
  readonly git: Git;
  /** Where a commit has the content. */
  readonly folders: readonly string[];
  /** The commit of the content. */
  readonly commit: () => Promise<string | null>;
  /** Gets the newest content. Returns why it couldn't, or null. */
  readonly pull: () => Promise<string | null>;
  /** The address where the site is served; null when it isn't looked at. */
  readonly url: string | null;
  readonly stopFile: () => ReturnType<typeof readStopFile>;
  /** Publishes, or starts a run that does. Returns the exit code. */
  readonly publish: (again: boolean) => Promise<number>;
  /** When publishing a commit was tried. */
  readonly tried: (commit: string | null) => Promise<readonly Instant[]>;
  readonly reminders: ReminderPlaces;
  readonly restart: string;
};

type Now = { readonly tree: ContentTree; readonly content: string; readonly now: Instant };

/** Whether the page isn't what it should be. `publish` is null when it is, or when that has to stay. Throws UserError. */
async function pageDue(
  place: Place,
  { tree, content, now }: Now,
  context: Context,
): Promise<{ readonly line: string; readonly publish: 'normally' | 'again' | null }> {
  const { host, git } = place;
  const stop = findStop({ content, files: tree.files, env: context.env, beside: await place.stopFile() });
  if (stop !== null) return { line: stopLine(stop), publish: null };
  const parsed = await checkContent(tree, now);
  // Its author got a comment on the commit. Repeating it here helps nobody.
  if ('problems' in parsed)
    return {
      line: `${content} has problems, so nothing is published. See: npx halfpast check --content ${shellWord(content)}`,
      publish: null,
    };
  const commit = await place.commit();
  const log = await host.log();
  const served = await host.served(log);
  const source = { content: contentHash(tree), commit, version: context.version };
  const rolledBack = await rolledBackRelease(log, source, served, git);
  if (rolledBack?.rolledBack != null) {
    const { by, reason } = rolledBack.rolledBack;
    if (by === 'person' || now < retryAt(log, source))
      return { line: `not published: this was rolled back (${reason})`, publish: null };
    return { line: 'publishing again what failed verification', publish: 'again' };
  }
  const live = await readRelease(host.live(served)).catch((error: unknown) => {
    if (!(error instanceof NoAnswer)) throw error;
    throw new UserError(`${host.name} ${error.message}. Open it in a browser. To publish again, ${place.restart}`);
  });
  if (live === null) return { line: 'no Halfpast site is live yet. Publish it first', publish: null };
  const isNewer =
    commit !== null && live.commit !== null && !['same', 'older'].includes(await git.ancestry(commit, live.commit));
  const due = await duePublish(parsed.site, live, isNewer ? commit : null, () => place.tried(commit));
  return { line: due.line, publish: due.publish ? 'normally' : null };
}

/** How long a second look is due. Later, it isn't about what was published. */
const lookFor: Duration = 10 * minute;
const looks = 3;

/** Looks again at what was published a few minutes ago, and rolls it back when it isn't what it was. Null when not due. */
async function lookAgain(
  { host, url }: Place,
  live: LoggedRelease | null,
  now: Instant,
  context: Context,
): Promise<{ readonly line: string; readonly code: number } | null> {
  const at = secondLookAt(live);
  if (live === null || url === null || at === null || now < at || now >= at + lookFor) return null;
  let problems: string[] = [];
  for (let look = 1; look <= looks; look += 1) {
    if (look > 1) await context.sleep(look * 10 * second);
    problems = await secondLook(httpReader(url, context), live);
    if (problems.length === 0) return { line: `${url} still serves ${live.id}`, code: 0 };
  }
  const print = (line: string): void => context.stderr(`${line}\n`);
  const back = await rollBackFailed(host, live, context.clock(), print);
  const then =
    back === null
      ? 'It stays live, because no earlier release was verified'
      : `${back.id} ${back.how === 'served' ? 'is served again' : 'is being restored'}`;
  return { line: `${problems.join('\n')}\n${live.id} failed its second verification. ${then}`, code: 1 };
}

/** How often to try again to send a reminder, a minute apart. */
const mostRetries = 3;

const codes =
  'A problem in the newest content silences no reminder: the newest content without one is used, and the reminder says so.';

export const watch = defineCommand({
  name: 'watch',
  summary: 'Send reminders on time, and publish when time has changed the page',
  details: `Waits for whatever is due next: a promised update, a check-in, the beginning or end of maintenance, a second look at what was published. Then it gets the newest content, and sends the reminder or publishes. With --github, it ends when nothing is due within the hour, and starts a new run of watch.yml when one run isn't enough. With --to, it runs until you stop it, and publishes new commits, too. ${codes}`,
  args: [],
  options: {
    github: { value: 'OWNER/REPO', help: 'the repository that publishes; its token is taken from GITHUB_TOKEN' },
    to: { value: 'DIR', help: 'the folder with the releases, as for publish' },
    once: { help: 'do what is due now, and end' },
    url: { value: 'URL', help: 'where the site is served (with --github, default: url in site.yml)' },
    tries: { value: 'N', help: 'with --to: how often to try to verify (default: 5)' },
    keep: { value: 'N', help: 'with --to: how many releases to keep (default: 10)' },
    'commit-id': { value: 'ID', help: 'with --to: the commit or branch of the content (default: what is checked out)' },
    repository: { value: 'DIR', help: 'with --to: the repository with that commit (default: the content folder)' },
  },
  examples: [
    { line: 'npx halfpast watch --github example/status', says: 'on GitHub, in watch.yml' },
    { line: 'npx halfpast watch --to /srv/status --url https://status.example.com', says: 'as a service on a server' },
    { line: 'npx halfpast watch --once --to /srv/status', says: 'from a timer of your own' },
  ],
  run: async (call, context) => {
    const { github, to, once, url, tries, keep, repository } = call.options;
    if ((to === undefined) === (github === undefined))
      throw new UsageError('choose one: --to /srv/status, or --github example/status');
    // A service must not start with values that only its first publish would refuse.
    readCount(tries, '--tries', 5);
    readCount(keep, '--keep', 10);
    const address = url === undefined ? null : readSiteUrl(url);
    const content = resolve(context.cwd, call.content);
    const { env, clock, sleep, disk } = context;
    const here = gitIn(content, context);
    const port = github === undefined ? null : await openGitHub(readGitHub(github), context);

    const onGitHub = async (name: string, gitHub: NonNullable<typeof port>): Promise<Place> => {
      const served = address ?? (await readAddress(undefined, call.content, context));
      const host = await openPages({ name, url: served, work: { site: '', cache: '' }, artifact: null }, context);
      return {
        host,
        git: here,
        folders: [(await here.prefix()) ?? ''],
        commit: here.head,
        pull: () => here.pull(env['GITHUB_TOKEN'] ?? null),
        url: served,
        stopFile: () => Promise.resolve(null),
        publish: async (again) => {
          await gitHub.startWorkflow(workflows.publish, again ? { again: 'true' } : {});
          return 0;
        },
        tried: (commit) => (commit === null ? Promise.resolve([]) : gitHub.runsOf(workflows.publish, commit)),
        reminders: {
          env,
          clock,
          store: gitHubStore(gitHub, 'reminders.json', 'Reminders'),
          github: { port: gitHub, content: pathInRepository(call.content, context) },
        },
        restart: 'go to Actions, Publish, and select Run workflow',
      };
    };

    const inFolder = async (shown: string): Promise<Place> => {
      const folder = resolve(context.cwd, shown);
      const tools = { storage: fileStorage, processes: realProcesses, clock, sleep };
      await requireFolder(folder, shown, tools);
      await requireReleaseFolder(folder, shown, tools);
      const git = repository === undefined ? here : gitIn(resolve(context.cwd, repository), context);
      const tried: { readonly commit: string | null; readonly at: Instant }[] = [];
      const commit = (): Promise<string | null> => {
        const id = call.options['commit-id'];
        return id === undefined ? git.head() : git.idOf(id);
      };
      const wanted = call.options['commit-id'];
      if (wanted !== undefined && (await commit()) === null)
        throw new UserError(
          `--commit-id: ${quote(wanted)} is not a commit or branch of ${repository ?? call.content}. Correct it, or --repository`,
        );
      return {
        host: folderHost(folder, shown, tools, disk),
        git,
        // A bare repository doesn't know the folder of a checkout elsewhere, except by its name.
        folders: repository === undefined ? [(await here.prefix()) ?? ''] : [basename(content), ''],
        commit,
        pull: () => here.pull(null),
        url: address,
        stopFile: () => readStopFile(folder, fileStorage),
        publish: async (again) => {
          tried.push({ commit: await commit(), at: clock() });
          const options = { to: shown, url, tries, keep, repository, again, 'commit-id': call.options['commit-id'] };
          return publish.run({ ...call, options }, context);
        },
        tried: (id) => Promise.resolve(tried.flatMap((one) => (one.commit === id ? [one.at] : []))),
        reminders: {
          env,
          clock,
          store: fileStore(join(folder, remindersFile), join(shown, remindersFile), disk),
          github: null,
        },
        restart: 'run publish',
      };
    };

    const place = port === null ? await inFolder(to ?? '') : await onGitHub(readGitHub(github), port);
    let before: ContentTree | null = null;
    let worst = 0;
    /** How often in a row a reminder couldn't be sent. */
    let failed = 0;
    let [said, saidBefore] = [new Set<string>(), new Set<string>()];
    /** A service that prints the same each minute would hide what matters. */
    const print = (line: string, code = 0): void => {
      worst = Math.max(worst, code);
      if (!saidBefore.has(line)) (code === 0 ? context.stdout : context.stderr)(`${line}\n`);
      said.add(line);
    };
    /** Each part matters, whatever happens to the others. */
    const attempt = async (work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        print(error.message, 1);
      }
    };

    const act = async (sends: boolean): Promise<Instant | null> => {
      [said, saidBefore] = [new Set(), said];
      const unpulled = await place.pull();
      if (unpulled !== null) print(`the newest content could not be fetched: ${unpulled}`);
      const tree = await readContentTree(call.content, context);
      const now = call.now();
      let site: Site | null = null;
      let live: LoggedRelease | null = null;
      await attempt(async () => {
        const { folders, git } = place;
        const good = await readLastGood(tree, { folders, shown: call.content, now, git, before });
        site = good.site;
        before = good.tree;
        if (!sends) return;
        if (port === null && good.site.settings.remind === null)
          print('no reminders are sent: say where they go, under remind: in site.yml');
        const { done, failures } = await sendReminders(good, place.reminders);
        for (const line of done) print(line);
        for (const line of failures) print(line, 1);
        failed = failures.length === 0 ? 0 : failed + 1;
      });
      await attempt(async () => {
        const log = await place.host.log();
        live = findRelease(log, await place.host.served(log));
        const looked = await lookAgain(place, live, now, context);
        if (looked !== null) print(looked.line, looked.code);
      });
      await attempt(async () => {
        const due = await pageDue(place, { tree, content: call.content, now }, context);
        print(due.line);
        if (due.publish !== null) worst = Math.max(worst, await place.publish(due.publish === 'again'));
      });
      const next = site === null ? null : nextDue(site, live);
      // What failed may go through a minute later. After that, it waits for what is due next.
      return failed > 0 && failed <= mostRetries ? Math.min(next ?? Infinity, now + minute) : next;
    };

    if (port === null) {
      if (once) await act(true);
      else await watchForever({ clock, sleep, act: () => act(true) });
      return worst;
    }
    if (once) {
      // A watch that runs sends them. Two at once could open two issues for one reminder.
      const isWatched = await port.isRunning(workflows.watch);
      const next = await act(!isWatched);
      if (!isWatched && next !== null) print(await startWatch(port));
      return worst;
    }
    const ended = await watchForAnHour({ clock, sleep, act: () => act(true) });
    print(ended === 'quiet' ? 'nothing is due within the hour' : await startWatch(port));
    return worst;
  },
});
