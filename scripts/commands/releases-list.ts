import { command } from '../cli/command.ts';
import { oneLine } from '../cli/one-line.ts';
import { gitHubOf } from '../github/github-of.ts';
import { readRecord } from '../publish/record/store.ts';
import { gitHubOption, readGitHub } from '../publish/record/options.ts';

export const releasesList = command({
  name: 'releases list',
  summary: 'List the releases that were verified on GitHub, newest first',
  details:
    'Any of them can be published again, to the byte: see releases back, and rollback.yml. For releases in a folder see rollback.',
  args: [],
  options: gitHubOption,
  examples: [
    { line: 'npx halfpast releases list --github example/status', says: 'with GITHUB_TOKEN in the environment' },
  ],
  run: async (call, world) => {
    const record = await readRecord(await gitHubOf(readGitHub(call.options.github), world));
    if (call.json) return (world.stdout(`${JSON.stringify(record)}\n`), 0);
    const { hold, releases } = record;
    const held =
      hold === null
        ? []
        : [
            `on hold: ${hold.from.slice(0, 7)} was taken back at ${hold.at} (${oneLine(hold.reason)}); a newer commit goes live again`,
          ];
    const lines = releases.map(
      ({ commit, now, newestUpdate }) => `${commit.slice(0, 7)}  ${now}  ${newestUpdate ?? 'no update'}`,
    );
    world.stdout(`${[...held, ...(lines.length === 0 ? ['no release was verified yet'] : lines)].join('\n')}\n`);
    return 0;
  },
});
