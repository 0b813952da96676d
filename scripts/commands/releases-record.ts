import { resolve } from 'node:path';
import { isoTime } from '../../src/domain/instant.ts';
import { quote } from '../../src/schema/text.ts';
import { command } from '../cli/command.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import { gitHubOf } from '../github/github-of.ts';
import { readRelease } from '../publish/guard/read-snapshot.ts';
import { folderReader } from '../publish/guard/site-reader.ts';
import { gitHubOption, readCommit, readGitHub } from '../publish/record/options.ts';
import { withRelease } from '../publish/record/record.ts';
import { changeRecord } from '../publish/record/store.ts';

export const releasesRecord = command({
  name: 'releases record',
  summary: 'Note that a release was verified, so that it can be gone back to',
  details: 'Writes releases.json on the branch halfpast-state. A release that was taken back meanwhile is not noted.',
  args: [],
  options: {
    ...gitHubOption,
    site: { kind: 'text', value: 'DIR', help: 'the built site, with the commit in its release.json (default: dist)' },
    'look-again': {
      kind: 'text',
      value: 'RUN',
      help: 'start verify-again.yml with the site that this run of a workflow has as an artifact',
    },
  },
  examples: [{ line: 'npx halfpast releases record --github example/status --site dist', says: 'after verify' }],
  run: async (call, world) => {
    const { github, site = 'dist', 'look-again': run } = call.options;
    const name = readGitHub(github);
    if (run !== undefined && !/^\d{1,20}$/.test(run))
      throw new UsageError(
        `--look-again: ${quote(run)} is not the number of a run. Type it as --look-again $GITHUB_RUN_ID`,
      );
    const release = await readRelease(folderReader(resolve(world.cwd, site), site));
    if (release === null) throw new UserError(`${site} has no site built by this version of Halfpast`);
    if (release.commit === null)
      throw new UserError(`${site} does not say which commit it was built from. Build it with --commit-id`);
    const { now, content, newestUpdate } = release;
    const commit = readCommit(release.commit, 'release.json');
    const verified = { commit, now, content, newestUpdate, verifiedAt: isoTime(call.now()) };
    const port = await gitHubOf(name, world);
    const record = await changeRecord(port, `Verified: ${commit.slice(0, 7)}`, (before) =>
      withRelease(before, verified),
    );
    const noted = record.releases[0]?.commit === commit;
    world.stdout(
      noted
        ? `${commit.slice(0, 7)} of ${now} can be gone back to\n`
        : `${commit.slice(0, 7)} was taken back meanwhile, and is not noted\n`,
    );
    if (noted && run !== undefined) await port.startWorkflow('verify-again.yml', { run });
    return 0;
  },
});
