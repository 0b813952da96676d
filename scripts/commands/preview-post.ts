import { resolve } from 'node:path';
import { defineCommand } from '../cli/command.ts';
import { UserError } from '../cli/errors.ts';
import { keepComment } from '../github/comments.ts';
import { openGitHub } from '../github/github.ts';
import { folderReader, httpReader } from '../live/site-reader.ts';
import { readRelease } from '../live/snapshot.ts';
import { gitHubOption, readAddress, readCommit, readGitHub, required } from '../publish/options.ts';
import { preparedSite, readPreview } from '../publish/prepared-folder.ts';
import { compareSites, composePreview } from '../publish/pull-request-preview.ts';

/** The maximum output of the previous job, in characters. */
const longest = 50_000;

export const previewPost = defineCommand({
  name: 'preview post',
  summary: 'Post or update the preview comment of a pull request',
  details:
    'Shows the output of publish prepare --pull-request. That output is untrusted, so it is never run, and is only posted if the pull request is open and the given commit is its newest.',
  args: [],
  options: {
    ...gitHubOption,
    prepared: { value: 'DIR', help: 'the folder from publish prepare (default: prepared)' },
    head: { value: 'COMMIT', help: 'the commit of the preview, with all 40 characters' },
    url: { value: 'URL', help: 'the live site (default: url in site.yml)' },
  },
  examples: [
    {
      line: 'npx halfpast preview post --github example/status --head 0123456789012345678901234567890123456789',
      says: 'post the output of publish prepare',
    },
  ],
  run: async (call, context) => {
    const { options } = call;
    const name = readGitHub(options.github);
    const head = readCommit(required(options.head, '--head', '$HEAD'), '--head');
    const shown = options.prepared ?? 'prepared';
    const folder = resolve(context.cwd, shown);
    const live = httpReader(await readAddress(options.url, call.content, context), context);
    const { pullRequest, lines } = await readPreview(folder, shown, context);
    const port = await openGitHub(name, context);
    const pull = await port.pullRequest(pullRequest);
    if (pull?.head !== head)
      throw new UserError(
        `pull request #${pullRequest} doesn't end with ${head.slice(0, 7)}, so nothing was posted. If it has newer commits, their run will post`,
      );
    if (!pull.open) return (context.stdout(`#${pullRequest} is closed\n`), 0);
    const built = folderReader(preparedSite(folder), shown);
    const output = lines.join('\n').slice(0, longest);
    const text =
      (await readRelease(built)) === null
        ? composePreview({ problems: output, guard: null, updates: [], first: null, pages: null })
        : composePreview({ problems: null, guard: output, ...(await compareSites(built, live)) });
    await keepComment(port, pull.number, 'preview', text);
    context.stdout(`posted on #${pullRequest}\n`);
    return 0;
  },
});
