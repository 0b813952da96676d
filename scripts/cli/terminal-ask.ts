import type { Option } from '@clack/prompts';
import { Cancelled } from './errors.ts';
import { oneLine } from './one-line.ts';
import type { Ask, Choice } from './world.ts';

// Loaded when the first question is asked: commands that ask nothing start faster without it.
const load = () => import('@clack/prompts');

function answered<T>(answer: T | symbol): T {
  if (typeof answer === 'symbol') throw new Cancelled();
  return answer;
}

function toOptions<T extends string>(choices: readonly Choice<T>[]): Option<T>[] {
  return choices.map(({ value, label, hint }) => ({ value, label, ...(hint === undefined ? {} : { hint }) }) as Option<T>);
}

/** Questions on this terminal. */
export function terminalAsk(write: (text: string) => void): Ask {
  return {
    text: async ({ message, placeholder, initial, optional = false, check }) => {
      const { text } = await load();
      const validate = (given: string | undefined): string | undefined => {
        const answer = (given ?? '').trim();
        if (answer === '') return optional ? undefined : 'Type something, or stop with Ctrl-C';
        return check?.(answer) ?? undefined;
      };
      const shown = { ...(placeholder === undefined ? {} : { placeholder }), ...(initial === undefined ? {} : { initialValue: initial }) };
      return answered<string>(await text({ message, validate, ...shown })).trim();
    },
    paragraphs: async (message) => {
      const { multiline } = await load();
      const validate = (given: string | undefined) => ((given ?? '').trim() === '' ? 'Type something, or stop with Ctrl-C' : undefined);
      // With a button to press at the end, empty lines can be typed.
      return answered<string>(await multiline({ message: `${message} (Enter begins a line; Tab, then Enter, ends it)`, validate, showSubmit: true })).trim();
    },
    choose: async (message, choices) => {
      const { select } = await load();
      return answered<(typeof choices)[number]['value']>(await select({ message, options: toOptions(choices) }));
    },
    pick: async (message, choices) => {
      const { multiselect } = await load();
      return answered<(typeof choices)[number]['value'][]>(await multiselect({ message, options: toOptions(choices), required: false }));
    },
    confirm: async (message) => {
      const { confirm } = await load();
      return answered<boolean>(await confirm({ message }));
    },
    say: (line) => write(`\n${oneLine(line)}\n`),
    show: (text, title) => write(`\n${title}\n\n${text}\n`),
  };
}
