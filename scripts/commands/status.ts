import { checkContent } from '../../src/content/check-content.ts';
import { problemLine } from '../../src/content/problem.ts';
import { command } from '../cli/command.ts';
import { UserError } from '../cli/errors.ts';
import { shellWord } from '../cli/shell-word.ts';
import { findHold, holdLine } from '../publish/releases/hold.ts';
import { situation } from '../status/situation.ts';
import { situationJson } from '../status/situation-json.ts';
import { situationText } from '../status/situation-text.ts';
import { readContentTree } from '../writing/desk.ts';
import { count } from '../../src/views/words.ts';

export const status = command({
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
  run: async (call, world) => {
    const tree = await readContentTree(call.content, world);
    const parsed = await checkContent(tree, call.now());
    if ('problems' in parsed) {
      const [first] = parsed.problems;
      const told = first === undefined ? '' : problemLine(first, call.content);
      throw new UserError(
        `${count(parsed.problems.length, 'problem')} in ${call.content}, the first: ${told}. For all of them: npx halfpast check --content ${shellWord(call.content)}`,
      );
    }
    const now = situation(parsed.site);
    const hold = findHold({ content: call.content, files: tree.files, flag: undefined, env: world.env, beside: null });
    const held = hold === null ? '' : `\n${holdLine(hold)}\n`;
    world.stdout(
      call.json
        ? `${JSON.stringify({ ...situationJson(now), hold })}\n`
        : `${situationText(now, { columns: world.columns, content: call.content })}${held}`,
    );
    return 0;
  },
});
