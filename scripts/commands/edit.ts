import { withBody } from '../../src/lib/content/write-content.ts';
import { defineCommand } from '../cli/command.ts';
import { openContent } from '../cli/content.ts';
import { chooseUpdate, editDraft, editText } from '../write/edit.ts';
import { publishingOptions, readMessage } from '../write/options.ts';
import { writeFile } from '../write/write-file.ts';

export const edit = defineCommand({
  name: 'edit',
  summary: 'Correct the text of a published update',
  details:
    "Opens the update in your editor (VISUAL or EDITOR) and marks it as edited, so that customers see when it was edited. Name an update, such as checkout-errors/2026-11-22T1405Z, or an incident, for its newest update. If exactly one incident is open, you can leave both out. Feed items keep their guid and date, and channels aren't notified again. For news, post an update instead.",
  args: ['update'],
  options: {
    message: { value: 'TEXT', help: 'the whole corrected text, in Markdown; - reads it from standard input' },
    ...publishingOptions,
  },
  examples: [
    {
      line: 'npx halfpast edit --message "Some card payments are failing. We are looking into it."',
      says: 'the newest update of the only open incident; without --message, in your editor',
    },
    {
      line: 'npx halfpast edit checkout-errors --message "Some card payments are failing in Europe. We know why."',
      says: 'the newest update of an incident, by part of its name',
    },
  ],
  run: async (call, context) => {
    const content = await openContent(call.content, call.now(), context);
    const chosen = await chooseUpdate(call.args[0], content, context);
    const message = await readMessage(call.options.message, context);
    const asked = message === null;
    const text = asked ? await editText(chosen, context) : withBody(chosen.text, message);
    return writeFile(editDraft(chosen, text, call, content, asked), call, content, context);
  },
});
