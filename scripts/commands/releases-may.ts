import { resolve } from 'node:path';
import { command } from '../cli/command.ts';
import { UserError } from '../cli/errors.ts';
import { oneLine } from '../cli/one-line.ts';
import { gitHubOf } from '../github/github-of.ts';
import { mayPublish, mayPutBack } from '../publish/record/may-publish.ts';
import { gitHubOption, readGitHub } from '../publish/record/options.ts';
import { readRecord } from '../publish/record/store.ts';
import { olderThanLive } from '../publish/guard/compare-age.ts';
import { readRelease } from '../publish/guard/read-snapshot.ts';
import { repositoryAt } from '../publish/guard/repository.ts';
import { folderReader, httpReader, NoAnswer } from '../publish/guard/site-reader.ts';
import { readSiteUrl } from '../publish/site-address.ts';

export const releasesMay = command({
  name: 'releases may',
  summary: 'Say whether a built site may still be deployed through GitHub',
  details:
    'Exit code 0: it may. 3: it may not, and nothing is wrong: it was taken back, or a newer one is live by now.',
  args: [],
  options: {
    ...gitHubOption,
    site: { kind: 'text', value: 'DIR', help: 'the built site (default: dist)' },
    url: { kind: 'text', value: 'URL', help: 'where the site is served (default: url in site.yml)' },
    'put-back': {
      kind: 'switch',
      help: 'ask for an older release, chosen with releases back: whether it is still to be put back',
    },
    repository: { kind: 'text', value: 'DIR', help: 'where git knows the commits (default: here)' },
  },
  examples: [
    {
      line: 'npx halfpast releases may --github example/status --site dist',
      says: 'as the last question before a deployment',
    },
  ],
  run: async (call, world) => {
    const { github, site = 'dist', url, repository = '.' } = call.options;
    const name = readGitHub(github);
    const address = url === undefined ? null : readSiteUrl(url);
    const built = await readRelease(folderReader(resolve(world.cwd, site), site));
    if (built === null) throw new UserError(`${site} has no site built by this version of Halfpast`);
    const port = await gitHubOf(name, world);
    const git = repositoryAt(resolve(world.cwd, repository), world.runProgram);
    const record = await readRecord(port);
    const live = await readRelease(httpReader(address ?? built.url, { fetch, unique: String(world.clock()) })).catch(
      (error: unknown) => {
        // The guard has told it already.
        if (error instanceof NoAnswer) return null;
        throw error;
      },
    );
    const say = (why: string | null): number => {
      world.stdout(`${oneLine(why ?? 'nothing speaks against it')}\n`);
      return why === null ? 0 : 3;
    };
    if (call.options['put-back']) return say(await mayPutBack(record, built, live?.commit ?? null, git));
    const ancestry =
      live?.commit == null || built.commit === null ? 'unknown' : await git.ancestry(built.commit, live.commit);
    const older = live === null ? null : olderThanLive(built, live, ancestry);
    return say((await mayPublish(record, built.commit, git)) ?? (older === null ? null : `not deployed: ${older}`));
  },
});
