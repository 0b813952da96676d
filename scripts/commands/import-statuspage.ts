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
    "With --url, it reads the live page: first the incidents in its public API, then the older history, one incident at a time. If the page was made with Halfpast, copy its content folder instead, because the API lacks some fields. Without --url, it reads saved API files: incidents.json, scheduled-maintenances.json and components.json from https://YOUR-PAGE/api/v2/ (at least one of them), or summary.json. You can run it again later to add new updates. It never changes existing ones. Given a list of components, it completes a components.yml that isn't in use yet. It lists everything that it couldn't import unchanged.",
  args: [],
  options: {
    url: { value: 'URL', help: 'the live page, such as https://status.example.com' },
    incidents: { value: 'FILE', help: 'incidents.json' },
    maintenances: { value: 'FILE', help: 'scheduled-maintenances.json' },
    components: { value: 'FILE', help: 'components.json' },
    summary: { value: 'FILE', help: 'summary.json, in place of any of the other three' },
  },
  examples: [
    {
      line: 'npx halfpast import statuspage --incidents incidents.json --maintenances scheduled-maintenances.json --components components.json --content my-content',
      says: 'import saved files into a new folder',
    },
    {
      line: 'npx halfpast import statuspage --url https://status.example.com --content my-content',
      says: 'import the live page with its whole history',
    },
    { line: 'npx halfpast check --content my-content', says: 'then check the result' },
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
    // Fail before requesting hundreds of files.
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
