import { isoTime } from '../../src/domain/instant.ts';
import { quote } from '../../src/schema/text.ts';
import { command } from '../cli/command.ts';
import { UsageError } from '../cli/errors.ts';
import { oneLine } from '../cli/one-line.ts';
import { gitHubOf } from '../github/github-of.ts';
import { readRelease } from '../publish/guard/read-snapshot.ts';
import { httpReader, NoAnswer } from '../publish/guard/site-reader.ts';
import { goBack, type GoingBack } from '../publish/record/go-back.ts';
import { readSiteUrl, siteAddress } from '../publish/site-address.ts';
import { gitHubOption, readCommit, readGitHub, readMoment } from '../publish/record/options.ts';
import type { VerifiedRelease } from '../publish/record/record.ts';
import { changeRecord } from '../publish/record/store.ts';
import type { World } from '../cli/world.ts';

/** What is live; null when it does not say. */
async function readLive(url: string | null, world: World): Promise<GoingBack['live']> {
  if (url === null) return null;
  try {
    return await readRelease(httpReader(url, { fetch, unique: String(world.clock()) }));
  } catch (error) {
    if (error instanceof NoAnswer) return null;
    throw error;
  }
}

const blankIsNone = (given: string | undefined): string | null =>
  given === undefined || given.trim() === '' ? null : given.trim();

export const releasesBack = command({
  name: 'releases back',
  summary: 'Choose the release to go back to on GitHub, and hold what is live',
  details:
    'Prints the commit and the time to build for, as commit=… and now=…; rollback.yml builds and deploys that. What was live is not published again until a newer commit comes.',
  args: [],
  options: {
    ...gitHubOption,
    of: {
      kind: 'text',
      value: 'COMMIT',
      help: 'what to leave behind (default: what is live, else the newest release)',
    },
    built: { kind: 'text', value: 'TIME', help: 'only its build for this moment is bad, as release.json has it' },
    to: { kind: 'text', value: 'COMMIT', help: 'the release to go back to (default: the last one that verified)' },
    url: { kind: 'text', value: 'URL', help: 'where the site is served (default: url in site.yml)' },
    reason: { kind: 'text', value: 'TEXT', help: 'why, for those who look later' },
  },
  examples: [
    { line: 'npx halfpast releases back --github example/status', says: 'to the one before' },
    {
      line: 'npx halfpast releases back --github example/status --to 1234567 --reason "wrong component"',
      says: 'to a certain one, see releases list',
    },
  ],
  run: async (call, world) => {
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
    const url = options.url === undefined ? await siteAddress(call.content, world) : readSiteUrl(options.url);
    const port = await gitHubOf(github, world);
    const live = await readLive(url, world);
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
    world.stdout(call.json ? `${JSON.stringify(chosen)}\n` : `commit=${commit}\nnow=${now}\n`);
    return 0;
  },
});
