import { resolve } from 'node:path';
import { defineCommand } from '../cli/command.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import { keepComment } from '../github/comments.ts';
import { openGitHub } from '../github/github.ts';
import { gitHubOption, readCommit, readGitHub, required } from '../publish/options.ts';

/** A comment of GitHub holds 65536 characters, the marker included. */
const longest = 65_000;

export const previewPost = defineCommand({
  name: 'preview post',
  summary: 'Post or update the preview comment of a pull request',
  details:
    'Posts only if the pull request is open and its newest commit is the given one, because its number may come from an untrusted source.',
  args: [],
  options: {
    ...gitHubOption,
    number: { value: 'NUMBER', help: 'the pull request' },
    head: { value: 'COMMIT', help: 'the commit of the preview, with all 40 characters' },
    comment: { value: 'FILE', help: 'the Markdown file from preview' },
  },
  examples: [
    {
      line: 'npx halfpast preview post --github example/status --number 7 --head 0123456789012345678901234567890123456789 --comment preview.md',
      says: 'post what preview wrote',
    },
  ],
  run: async (call, context) => {
    const { options } = call;
    const name = readGitHub(options.github);
    const given = required(options.number, '--number', '7');
    if (!/^[1-9]\d{0,8}$/.test(given))
      throw new UsageError('--number is not a pull request number. Add it, such as --number 7');
    const head = readCommit(required(options.head, '--head', '$HEAD'), '--head');
    const file = required(options.comment, '--comment', 'preview.md');
    const text = await context.disk.read(resolve(context.cwd, file));
    if (text === null || text.length > longest)
      throw new UserError(`${file} ${text === null ? "doesn't exist" : 'is too long for a comment'}`);
    const port = await openGitHub(name, context);
    const pull = await port.pullRequest(Number(given));
    if (pull?.head !== head)
      throw new UserError(
        `pull request #${given} doesn't end with ${head.slice(0, 7)}, so nothing was posted. If it has newer commits, their run will post`,
      );
    if (!pull.open) return (context.stdout(`#${given} is closed\n`), 0);
    await keepComment(port, pull.number, 'preview', text);
    context.stdout(`posted on #${given}\n`);
    return 0;
  },
});
