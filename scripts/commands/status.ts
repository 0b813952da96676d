import { checkContent } from '../../src/lib/content/check-content.ts';
import { problemLine } from '../../src/lib/content/problem.ts';
import { count } from '../../src/lib/words/en.ts';
import { defineCommand } from '../cli/command.ts';
import { readContentTree } from '../cli/content.ts';
import { UserError } from '../cli/errors.ts';
import { findStop, stopLine } from '../cli/stop-switch.ts';
import { shellWord } from '../cli/text.ts';
import { openGitHub } from '../github/github.ts';
import { readGitHub } from '../publish/options.ts';
import { timerOff } from '../publish/workflows.ts';
import { situationText } from '../write/status-text.ts';
import { situation, situationJson } from '../write/status.ts';

export const status = defineCommand({
  name: 'status',
  summary: 'Show open incidents, who leads them and what is due',
  details:
    'A run sheet for the lead: the priorities, and for each open incident whether customer data is safe, the latest update, the next promised update and check-in, anything overdue, the lead and the communications lead. Times are in the time zone of the page, with their offset.',
  args: [],
  options: {
    github: {
      value: 'OWNER/REPO',
      help: 'also ask GitHub whether the timer is on; its token is taken from GITHUB_TOKEN',
    },
  },
  examples: [
    { line: 'npx halfpast status', says: 'the current state' },
    { line: 'npx halfpast status --json', says: 'for a bot or a dashboard' },
  ],
  run: async (call, context) => {
    const tree = await readContentTree(call.content, context);
    const parsed = await checkContent(tree, call.now());
    if ('problems' in parsed) {
      const [first] = parsed.problems;
      const told = first === undefined ? '' : problemLine(first, call.content);
      throw new UserError(
        `${count(parsed.problems.length, 'problem')} in ${call.content}, the first: ${told}. For all of them: npx halfpast check --content ${shellWord(call.content)}`,
      );
    }
    const now = situation(parsed.site);
    const hold = findStop({
      content: call.content,
      files: tree.files,
      env: context.env,
    });
    const { github } = call.options;
    const timer = github === undefined ? null : await timerOff(await openGitHub(readGitHub(github), context));
    const held = [...(hold === null ? [] : [stopLine(hold)]), ...(timer === null ? [] : [timer])]
      .map((line) => `\n${line}\n`)
      .join('');
    context.stdout(
      call.json
        ? `${JSON.stringify({ ...situationJson(now), hold, ...(github === undefined ? {} : { timer }) })}\n`
        : `${situationText(now, { columns: context.columns, content: call.content })}${held}`,
    );
    return 0;
  },
});
