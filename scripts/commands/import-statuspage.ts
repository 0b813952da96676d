import { siteAddress } from '../../src/lib/schema/fields.ts';
import { defineCommand } from '../cli/command.ts';
import { UsageError } from '../cli/errors.ts';
import { importTree, runImport } from '../import/apply.ts';
import { planImport } from '../import/statuspage-plan.ts';
import { fileFlags, pageReader, readFiles, readLive } from '../import/statuspage-read.ts';

function readUrl(given: string): string {
  const read = siteAddress.safeParse(given);
  if (!read.success) throw new UsageError(`--url: ${read.error.issues[0]?.message ?? ''}`);
  return read.data;
}

export const importStatuspage = defineCommand({
  name: 'import statuspage',
  summary: 'Import the history of an Atlassian Statuspage page',
  details:
    'With --url, reads the live page: what its public API lists, then the older history, one incident at a time. A page made by Halfpast is read by its years, without what its API does not have: copy its content folder instead. Else reads saved JSON of the API: https://YOUR-PAGE/api/v2/incidents.json, scheduled-maintenances.json and components.json, at least one of them, or summary.json. Run again later, it adds what is new; updates that are there are never changed. With the list of components, a components.yml that nothing uses yet gets what it lacks. What could not be carried over as it was is listed.',
  args: [],
  options: {
    url: { value: 'URL', help: 'the page itself, as https://status.example.com' },
    incidents: { value: 'FILE', help: 'incidents.json' },
    maintenances: { value: 'FILE', help: 'scheduled-maintenances.json' },
    components: { value: 'FILE', help: 'components.json' },
    summary: { value: 'FILE', help: 'summary.json, for those of the three that are not given' },
  },
  examples: [
    {
      line: 'npx halfpast import statuspage --incidents incidents.json --maintenances scheduled-maintenances.json --components components.json --content my-content',
      says: 'saved files, into a folder of its own',
    },
    {
      line: 'npx halfpast import statuspage --url https://status.example.com --content my-content',
      says: 'the live page with its whole history',
    },
    { line: 'npx halfpast check --content my-content', says: 'then look at it' },
  ],
  run: async (call, context) => {
    const { url, ...files } = call.options;
    const hasFile = fileFlags.some((flag) => files[flag] !== undefined);
    if (url === undefined && !hasFile)
      throw new UsageError(
        'there is nothing to import. Add --url with the address of the page, or at least one of --incidents, --maintenances and --components with a file',
      );
    if (url !== undefined && hasFile) throw new UsageError("--url and files can't be combined. Leave out one of them");
    const notes: string[] = [];
    const note = (text: string): void => void notes.push(text);
    const progress = (line: string): void => context.progress.show(`Reading ${line}`);
    const onWait = (seconds: number): void => progress(`again in ${seconds} seconds, as the page asks`);
    const base = url === undefined ? '' : readUrl(url);
    const saved = url === undefined ? await readFiles(files, context, note) : null;
    // Before the page is asked for hundreds of files.
    const tree = await importTree(call.content, context);
    const dump = saved ?? (await readLive(base, pageReader(base, context.sleep, onWait), note, progress));
    return runImport(
      call,
      context,
      url === undefined ? 'the dump' : 'the page',
      tree,
      planImport(dump, tree, call.content, notes),
    );
  },
});
