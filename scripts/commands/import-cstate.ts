import { join, resolve } from 'node:path';
import { quote } from '../../src/lib/schema/text.ts';
import { isTimeZone } from '../../src/lib/schema/time-fields.ts';
import { defineCommand } from '../cli/command.ts';
import { UsageError } from '../cli/errors.ts';
import { importTree, runImport } from '../import/apply.ts';
import { planCstate } from '../import/cstate-plan.ts';
import { readSiteFolder } from '../import/cstate-read.ts';

export const importCstate = defineCommand({
  name: 'import cstate',
  summary: 'Import the history of a cState site',
  details:
    'Reads its configuration (config.yml, .yaml or .toml) and its issues (content/issues/*.md). Each paragraph with a track becomes an update of its own; systems become components, categories groups. What could not be carried over as it was is listed with its file and line. Run again, it adds what is new; updates that are there are never changed.',
  args: ['DIR'],
  options: {
    'time-zone': { value: 'ZONE', help: 'of times without an offset, as Europe/Berlin (default: UTC)' },
  },
  examples: [
    {
      line: 'npx halfpast import cstate old-status --content my-content',
      says: 'everything, into a folder of its own',
    },
    {
      line: 'npx halfpast import cstate old-status --time-zone Europe/Berlin --content my-content',
      says: 'when the times in its files are local ones',
    },
    { line: 'npx halfpast check --content my-content', says: 'then look at it' },
  ],
  run: async (call, context) => {
    const [folder] = call.args;
    const { 'time-zone': zone } = call.options;
    if (folder === undefined || folder.trim() === '')
      throw new UsageError(
        'the folder of the cState site is missing. Add it: npx halfpast import cstate ../old-status',
      );
    if (zone !== undefined && !isTimeZone(zone))
      throw new UsageError(
        `--time-zone: ${quote(zone)} is not a time zone. Use an IANA name, such as --time-zone Europe/Berlin`,
      );
    const into = resolve(context.cwd, call.content);
    if (into === join(resolve(context.cwd, folder), 'content') || into === resolve(context.cwd, folder)) {
      throw new UsageError(
        `--content: ${call.content} belongs to the cState site. Use a new folder, such as --content my-content`,
      );
    }
    const site = await readSiteFolder(folder, context.cwd);
    const tree = await importTree(call.content, context);
    return runImport(
      call,
      context,
      'the cState site',
      tree,
      planCstate(site, { zone: zone ?? null, now: call.now() }, tree, call.content),
    );
  },
});
