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
    "Reads the configuration (config.yml, .yaml or .toml) and the issues (content/issues/*.md). Each paragraph with a track becomes an update, systems become components, and categories become groups. It lists everything that it couldn't import unchanged, with its file and line. You can run it again to add new updates. It never changes existing ones.",
  args: ['DIR'],
  options: {
    'time-zone': {
      value: 'ZONE',
      help: 'the time zone of times without an offset, such as Europe/Berlin (default: UTC)',
    },
  },
  examples: [
    {
      line: 'npx halfpast import cstate old-status --content my-content',
      says: 'import everything into a new folder',
    },
    {
      line: 'npx halfpast import cstate old-status --time-zone Europe/Berlin --content my-content',
      says: 'if the files have local times',
    },
    { line: 'npx halfpast check --content my-content', says: 'then check the result' },
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
