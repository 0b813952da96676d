import { resolve } from 'node:path';
import { defineCommand } from '../cli/command.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import type { Context } from '../cli/context.ts';
import { folderReader, httpReader } from '../live/site-reader.ts';
import { readAddress } from '../publish/options.ts';
import { compareSites, composePreview } from '../publish/pull-request-preview.ts';

/** The text of a file; null if it's blank. Throws UserError if the file is missing. */
async function readText(given: string | undefined, flag: string, context: Context): Promise<string | null> {
  if (given === undefined) return null;
  const text = await context.disk.read(resolve(context.cwd, given));
  if (text === null) throw new UserError(`${flag}: ${given} doesn't exist. Check the path`);
  return text.trim() === '' ? null : text;
}

export const preview = defineCommand({
  name: 'preview',
  summary: 'Describe in Markdown what a built site would publish',
  details:
    'Shows new updates as readers would get them, pages that change, and the result of guard, for a comment on a pull request. The built site is untrusted, so its content is only shown.',
  args: [],
  options: {
    site: { value: 'DIR', help: 'the built site (default: dist)' },
    url: { value: 'URL', help: 'the live site (default: url in site.yml, not that of the built site)' },
    live: { value: 'DIR', help: 'the folder of the live site' },
    guard: { value: 'FILE', help: 'the output of guard' },
    problems: { value: 'FILE', help: 'the output of check; if it has any, nothing is compared' },
    out: { value: 'FILE', help: 'the output file (default: standard output)' },
  },
  examples: [
    { line: 'npx halfpast preview --site dist --url https://status.example.com', says: 'compare with the live site' },
    {
      line: 'npx halfpast preview --site dist --live /srv/status/current --guard guard.txt --out preview.md',
      says: 'compare with a folder and write a file',
    },
  ],
  run: async (call, context) => {
    const { site = 'dist', url, live, out } = call.options;
    if (url !== undefined && live !== undefined)
      throw new UsageError("--url and --live can't be combined. Use one of them");
    const problems = await readText(call.options.problems, '--problems', context);
    const guard = await readText(call.options.guard, '--guard', context);
    const built = folderReader(resolve(context.cwd, site), site);
    const other =
      live === undefined
        ? httpReader(await readAddress(url, call.content, context), context)
        : folderReader(resolve(context.cwd, live), live);
    const compared = problems === null ? await compareSites(built, other) : { updates: [], first: null, pages: null };
    const text = `${composePreview({ problems, guard, ...compared })}\n`;
    if (out === undefined) context.stdout(text);
    else await context.disk.replace(resolve(context.cwd, out), text);
    return 0;
  },
});
