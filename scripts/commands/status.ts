import { checkContent } from '../../src/lib/content/check-content.ts';
import { problemLine } from '../../src/lib/content/problem.ts';
import { count } from '../../src/lib/words/en.ts';
import { defineCommand } from '../cli/command.ts';
import { readContentTree } from '../cli/content.ts';
import { UserError } from '../cli/errors.ts';
import { findStop, stopLine } from '../cli/stop-switch.ts';
import { shellWord } from '../cli/text.ts';
import { situationText } from '../write/status-text.ts';
import { situation, situationJson } from '../write/status.ts';

export const status = defineCommand({
  name: 'status',
  summary: 'Show what is open, who leads, and what is due when',
  details:
    'A sheet for whoever leads: the goals in order, and of each open incident whether customer data is safe, what customers were told and promised and when, what is overdue, the next check-in, who leads and who tells customers. Times are those of the page, with their offset.',
  args: [],
  options: {},
  examples: [
    { line: 'npx halfpast status', says: 'now' },
    { line: 'npx halfpast status --json', says: 'for a bot or a screen on the wall' },
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
    const held = hold === null ? '' : `\n${stopLine(hold)}\n`;
    context.stdout(
      call.json
        ? `${JSON.stringify({ ...situationJson(now), hold })}\n`
        : `${situationText(now, { columns: context.columns, content: call.content })}${held}`,
    );
    return 0;
  },
});
