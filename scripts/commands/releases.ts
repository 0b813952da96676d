import { resolve } from 'node:path';
import { isoTime } from '../../src/lib/domain/calendar.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { defineCommand } from '../cli/command.ts';
import { oneLine, UsageError, UserError } from '../cli/errors.ts';
import type { Context } from '../cli/context.ts';
import { gitIn } from '../github/git.ts';
import { openGitHub } from '../github/github.ts';
import { folderReader, httpReader, NoAnswer } from '../live/site-reader.ts';
import { readRelease, requireRelease } from '../live/snapshot.ts';
import { olderThanLive } from '../publish/commits.ts';
import { gitHubOption, readCommit, readGitHub, readMoment, readSiteUrl, siteAddress } from '../publish/options.ts';
import {
  changeRecord,
  goBack,
  type GoingBack,
  mayPublish,
  mayPutBack,
  readRecord,
  type VerifiedRelease,
  withRelease,
} from '../publish/release-record.ts';

export const releasesList = defineCommand({
  name: 'releases list',
  summary: 'List verified releases on GitHub, newest first',
  details:
    'Any of them can be published again, byte for byte: see releases back and rollback.yml. For releases in a folder, see rollback.',
  args: [],
  options: gitHubOption,
  examples: [
    { line: 'npx halfpast releases list --github example/status', says: 'with GITHUB_TOKEN in the environment' },
  ],
  run: async (call, context) => {
    const record = await readRecord(await openGitHub(readGitHub(call.options.github), context));
    if (call.json) return (context.stdout(`${JSON.stringify(record)}\n`), 0);
    const { hold, releases } = record;
    const held =
      hold === null
        ? []
        : [
            `on hold: ${hold.from.slice(0, 7)} was rolled back at ${hold.at} (${oneLine(hold.reason)}); a newer commit goes live again`,
          ];
    const lines = releases.map(
      ({ commit, now, newestUpdate }) => `${commit.slice(0, 7)}  ${now}  ${newestUpdate ?? 'no update'}`,
    );
    context.stdout(`${[...held, ...(lines.length === 0 ? ['no verified releases yet'] : lines)].join('\n')}\n`);
    return 0;
  },
});

export const releasesRecord = defineCommand({
  name: 'releases record',
  summary: 'Record a verified release, so that you can go back to it',
  details:
    'Writes releases.json on the branch halfpast-state. A release that was rolled back in the meantime is not recorded.',
  args: [],
  options: {
    ...gitHubOption,
    site: { value: 'DIR', help: 'the built site, with the commit in its release.json (default: dist)' },
    'look-again': {
      value: 'RUN',
      help: 'start verify-again.yml for the site in the artifact of this workflow run',
    },
  },
  examples: [
    { line: 'npx halfpast releases record --github example/status --site dist', says: 'after verify succeeded' },
  ],
  run: async (call, context) => {
    const { github, site = 'dist', 'look-again': run } = call.options;
    const name = readGitHub(github);
    if (run !== undefined && !/^\d{1,20}$/.test(run))
      throw new UsageError(`--look-again: ${quote(run)} is not a workflow run id. Use --look-again $GITHUB_RUN_ID`);
    const release = await requireRelease(folderReader(resolve(context.cwd, site), site));
    if (release.commit === null)
      throw new UserError(`${site} doesn't name the commit it was built from. Build it with --commit-id`);
    const { now, content, newestUpdate } = release;
    const commit = readCommit(release.commit, 'release.json');
    const verified = { commit, now, content, newestUpdate, verifiedAt: isoTime(call.now()) };
    const port = await openGitHub(name, context);
    const record = await changeRecord(port, `Verified: ${commit.slice(0, 7)}`, (before) =>
      withRelease(before, verified),
    );
    const [newest] = record.releases;
    // An earlier build of a commit can be the newest one after its later build was rolled back.
    const noted = newest?.commit === commit && newest.now === now;
    context.stdout(
      noted
        ? `${commit.slice(0, 7)} of ${now} is recorded\n`
        : `${commit.slice(0, 7)} was rolled back in the meantime, so it was not recorded\n`,
    );
    if (noted && run !== undefined) await port.startWorkflow('verify-again.yml', { run });
    return 0;
  },
});

export const releasesMay = defineCommand({
  name: 'releases may',
  summary: 'Check whether a built site can still be deployed through GitHub',
  details: "Exit code 0: it can. 3: it can't, because it was rolled back or a newer site is live.",
  args: [],
  options: {
    ...gitHubOption,
    site: { value: 'DIR', help: 'the built site (default: dist)' },
    url: { value: 'URL', help: 'the address of the live site (default: url in site.yml)' },
    'put-back': {
      help: 'check an older release, chosen with releases back',
    },
    repository: { value: 'DIR', help: 'the git repository (default: the working folder)' },
  },
  examples: [
    {
      line: 'npx halfpast releases may --github example/status --site dist',
      says: 'as the last step before a deployment',
    },
  ],
  run: async (call, context) => {
    const { github, site = 'dist', url, repository = '.' } = call.options;
    const name = readGitHub(github);
    const address = url === undefined ? null : readSiteUrl(url);
    const built = await requireRelease(folderReader(resolve(context.cwd, site), site));
    const port = await openGitHub(name, context);
    const git = gitIn(resolve(context.cwd, repository), context);
    const record = await readRecord(port);
    const live = await readRelease(httpReader(address ?? built.url, context)).catch((error: unknown) => {
      // The guard has told it already.
      if (error instanceof NoAnswer) return null;
      throw error;
    });
    const say = (why: string | null): number => {
      context.stdout(`${oneLine(why ?? 'it can be deployed')}\n`);
      return why === null ? 0 : 3;
    };
    if (call.options['put-back']) return say(await mayPutBack(record, built, live?.commit ?? null, git));
    const ancestry =
      live?.commit == null || built.commit === null ? 'unknown' : await git.ancestry(built.commit, live.commit);
    const older = live === null ? null : olderThanLive(built, live, ancestry);
    return say((await mayPublish(record, built.commit, git)) ?? (older === null ? null : `not deployed: ${older}`));
  },
});

/** What is live; null when it does not say. */
async function readLive(url: string | null, context: Context): Promise<GoingBack['live']> {
  if (url === null) return null;
  try {
    return await readRelease(httpReader(url, context));
  } catch (error) {
    if (error instanceof NoAnswer) return null;
    throw error;
  }
}

const blankIsNone = (given: string | undefined): string | null =>
  given === undefined || given.trim() === '' ? null : given.trim();

export const releasesBack = defineCommand({
  name: 'releases back',
  summary: 'Choose the release to go back to on GitHub, and hold the live one',
  details:
    'Prints the commit and the time to build for, as commit=… and now=…; rollback.yml builds and deploys that. The live release is not published again until there is a newer commit.',
  args: [],
  options: {
    ...gitHubOption,
    of: {
      value: 'COMMIT',
      help: 'the release to roll back (default: the live one, or the newest)',
    },
    built: { value: 'TIME', help: 'only roll back its build for this time, as in release.json' },
    to: { value: 'COMMIT', help: 'the release to go back to (default: the previous verified one)' },
    url: { value: 'URL', help: 'the address of the live site (default: url in site.yml)' },
    reason: { value: 'TEXT', help: 'the reason, for the record' },
  },
  examples: [
    { line: 'npx halfpast releases back --github example/status', says: 'go back to the previous release' },
    {
      line: 'npx halfpast releases back --github example/status --to 1234567 --reason "wrong component"',
      says: 'go back to a given release; see releases list',
    },
  ],
  run: async (call, context) => {
    const { options } = call;
    const github = readGitHub(options.github);
    const given = blankIsNone(options.of);
    const of = given === null ? null : readCommit(given, '--of');
    const built = blankIsNone(options.built);
    if (built !== null) readMoment(built, '--built');
    const to = blankIsNone(options.to)?.toLowerCase() ?? null;
    if (to !== null && !/^[0-9a-f]{7,40}$/.test(to))
      throw new UsageError(
        `--to: ${quote(to)} is not the id of a commit. Type seven of its characters or more; for all: npx halfpast releases list`,
      );
    const url = options.url === undefined ? await siteAddress(call.content, context) : readSiteUrl(options.url);
    const port = await openGitHub(github, context);
    const live = await readLive(url, context);
    const going: GoingBack = {
      of: of ?? live?.commit ?? null,
      built,
      live,
      to,
      at: isoTime(call.now()),
      reason: oneLine(blankIsNone(options.reason) ?? 'by hand').slice(0, 500),
    };
    // The last try is the one that was written.
    let chosen: VerifiedRelease | null = null;
    await changeRecord(port, 'Going back', (record) => {
      const gone = goBack(record, going);
      chosen = gone.to;
      return gone.record;
    });
    const { commit, now } = chosen as unknown as VerifiedRelease;
    context.stdout(call.json ? `${JSON.stringify(chosen)}\n` : `commit=${commit}\nnow=${now}\n`);
    return 0;
  },
});
