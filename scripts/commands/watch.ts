import { basename, join, resolve } from 'node:path';
import { type Instant, minute } from '../../src/lib/domain/calendar.ts';
import { isExample } from '../../src/lib/content/example.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { defineCommand } from '../cli/command.ts';
import { readContentTree } from '../cli/content.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import { readStopFile } from '../cli/stop-switch.ts';
import { fileStorage } from '../cli/system.ts';
import { readCount } from '../cli/text.ts';
import { gitIn } from '../github/git.ts';
import { openGitHub, startWatch, workflows } from '../github/github.ts';
import { commentOnFailure } from '../publish/commit-comment.ts';
import { openFolder, remindersFile, requireFolder, requireReleaseFolder } from '../publish/hosts/folder.ts';
import { openPages } from '../publish/hosts/github-pages.ts';
import { lockBeside, lockToolsOf } from '../publish/hosts/lock.ts';
import { fileStore, gitHubStore } from '../publish/notify/deliveries.ts';
import { readAddress, readGitHub, readSiteUrl } from '../publish/options.ts';
import { noPageYet } from '../publish/outcome.ts';
import { watcher, watchForAnHour, watchForever, type WatchPlace } from '../publish/watch.ts';
import { publish } from './publish.ts';
import { folderInRepository } from './remind.ts';

const codes =
  'If the newest content has problems, reminders are based on the newest content without problems, and say so.';

export const watch = defineCommand({
  name: 'watch',
  summary: 'Send reminders on time, and publish when time changes the page',
  details: `Waits for whatever is due next: a promised update, a check-in, the beginning or end of maintenance, a second look at what was published. Then it gets the newest content and sends the reminder or publishes. With --github, it ends when nothing is due within the hour, and starts a new run of watch.yml when one run isn't enough. With --to, it runs until you stop it, and also publishes new commits. ${codes}`,
  args: [],
  options: {
    github: { value: 'OWNER/REPO', help: 'the repository that publishes; needs GITHUB_TOKEN' },
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
    { line: 'npx halfpast watch --once --to /srv/status', says: 'from your own timer' },
  ],
  run: async (call, context) => {
    const { github, to, once, url, tries, keep, repository } = call.options;
    if ((to === undefined) === (github === undefined))
      throw new UsageError('choose one: --to /srv/status, or --github example/status');
    // Fail at startup for values that the first publish would reject.
    readCount(tries, '--tries', 5);
    readCount(keep, '--keep', 10);
    const address = url === undefined ? null : readSiteUrl(url);
    const content = resolve(context.cwd, call.content);
    const { env, clock, sleep, disk } = context;
    const here = gitIn(content, context);
    const repositoryName = github === undefined ? null : readGitHub(github);
    if (isExample(await readContentTree(call.content, context))) return (context.stderr(`${noPageYet}\n`), 3);
    const port = repositoryName === null ? null : await openGitHub(repositoryName, context);

    const onGitHub = async (name: string, gitHub: NonNullable<typeof port>): Promise<WatchPlace> => {
      const served = address ?? (await readAddress(undefined, call.content, context));
      const host = await openPages({ name, url: served }, context);
      return {
        host,
        git: here,
        folders: [(await here.prefix()) ?? ''],
        commit: here.head,
        pull: () => here.pull(minute, env['GITHUB_TOKEN'] ?? null),
        url: served,
        stopFile: () => Promise.resolve(null),
        publish: async (again) => {
          await gitHub.startWorkflow(workflows.publish, again ? { again: 'true' } : {});
          return 0;
        },
        report: (failure) => {
          const branch = env['GITHUB_REF_NAME'] ?? 'main';
          return commentOnFailure(gitHub, failure, { repository: name, branch, content: call.content }, context);
        },
        tried: (commit) => (commit === null ? Promise.resolve([]) : gitHub.runsOf(workflows.publish, commit)),
        reminders: {
          env,
          clock,
          store: gitHubStore(gitHub, 'reminders.json', 'Reminders'),
          github: { port: gitHub, content: folderInRepository(call.content, context) },
        },
        restart: 'go to Actions, Publish, and select Run workflow',
      };
    };

    const inFolder = async (shown: string): Promise<WatchPlace> => {
      const folder = resolve(context.cwd, shown);
      const tools = lockToolsOf(context);
      const reminders = join(folder, remindersFile);
      await requireFolder(folder, shown, tools);
      await requireReleaseFolder(folder, shown, tools);
      const git = repository === undefined ? here : gitIn(resolve(context.cwd, repository), context);
      const tried: { readonly commit: string | null; readonly at: Instant; failed: boolean }[] = [];
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
        host: openFolder(folder, shown, context),
        git,
        // A bare repository only knows the checkout's folder by name.
        folders: repository === undefined ? [(await here.prefix()) ?? ''] : [basename(content), ''],
        commit,
        pull: () => here.pull(minute, null),
        url: address,
        stopFile: () => readStopFile(folder, fileStorage),
        publish: async (again) => {
          const attempt = { commit: await commit(), at: clock(), failed: true };
          tried.push(attempt);
          const options = { to: shown, url, tries, keep, repository, again, 'commit-id': call.options['commit-id'] };
          const code = await publish.run({ ...call, options }, context);
          attempt.failed = code !== 0 && code !== 3;
          return code;
        },
        report: null,
        tried: (id) => Promise.resolve(tried.filter((one) => one.commit === id)),
        reminders: {
          env,
          clock,
          store: fileStore(reminders, join(shown, remindersFile), disk, lockBeside(reminders, tools)),
          github: null,
        },
        restart: 'run publish',
      };
    };

    const place = port === null ? await inFolder(to ?? '') : await onGitHub(readGitHub(github), port);
    const { act, print, code } = watcher({ place, content: call.content, now: call.now }, context);
    if (port === null) {
      if (once) await act(true);
      else await watchForever({ clock, sleep, act: () => act(true) });
      return code();
    }
    if (once) {
      // A running watch sends them. Two at once could open two issues for one reminder.
      const isWatched = await port.isRunning(workflows.watch);
      const next = await act(!isWatched);
      if (!isWatched && next !== null) print(await startWatch(port));
      return code();
    }
    const ended = await watchForAnHour({ clock, sleep, act: () => act(true) });
    print(ended === 'quiet' ? 'nothing is due within the hour' : await startWatch(port));
    return code();
  },
});
