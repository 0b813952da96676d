import type { Option } from '@clack/prompts';
import { Cancelled } from './errors.ts';
import { oneLine } from './one-line.ts';
import type { Ask, Choice } from './world.ts';
import { wrapText } from './wrap.ts';

// Loaded when the first question is asked: commands that ask nothing start faster without it.
const load = () => import('@clack/prompts');

function answered<T>(answer: T | symbol): T {
  if (typeof answer === 'symbol') throw new Cancelled();
  return answer;
}

function toOptions<T extends string>(choices: readonly Choice<T>[]): Option<T>[] {
  return choices.map(
    ({ value, label, hint }) => ({ value, label, ...(hint === undefined ? {} : { hint }) }) as Option<T>,
  );
}

const nothingTyped = 'Type something, or stop with Ctrl-C';

/** Questions on this terminal; `columns` is how wide it is. */
export function terminalAsk(write: (text: string) => void, columns: () => number): Ask {
  const wrapped = (text: string, indent: string): string =>
    `${indent}${wrapText(text, columns() - indent.length).replaceAll('\n', `\n${indent}`)}`;
  return {
    text: async ({ message, placeholder, initial, optional = false, check }) => {
      const { text } = await load();
      const validate = (given: string | undefined): string | undefined => {
        const answer = (given ?? '').trim();
        if (answer === '') return optional ? undefined : nothingTyped;
        return check?.(answer) ?? undefined;
      };
      const shown = {
        ...(placeholder === undefined ? {} : { placeholder }),
        ...(initial === undefined ? {} : { initialValue: initial }),
      };
      return (answered<string | undefined>(await text({ message, validate, ...shown })) ?? '').trim();
    },
    paragraphs: async (message, { initial, check } = {}) => {
      const { multiline } = await load();
      const validate = (given: string | undefined): string | undefined => {
        const answer = (given ?? '').trim();
        return answer === '' ? nothingTyped : (check?.(answer) ?? undefined);
      };
      // With a button to press at the end, empty lines can be typed.
      const asked = multiline({
        message: `${message} (Tab, then Enter, when done)`,
        validate,
        showSubmit: true,
        ...(initial === undefined ? {} : { initialValue: initial }),
      });
      return answered<string>(await asked).trim();
    },
    choose: async (message, choices) => {
      const { select } = await load();
      return answered<(typeof choices)[number]['value']>(await select({ message, options: toOptions(choices) }));
    },
    pick: async (message, choices, marked = []) => {
      const { multiselect } = await load();
      return answered<(typeof choices)[number]['value'][]>(
        await multiselect({ message, options: toOptions(choices), initialValues: marked, required: false }),
      );
    },
    confirm: async (message, enter = true) => {
      const { confirm } = await load();
      return answered<boolean>(await confirm({ message, initialValue: enter }));
    },
    say: (line) => write(`\n${wrapText(oneLine(line), columns())}\n`),
    show: (text, title) => write(`\n${title}:\n\n${wrapped(text, '  ')}\n\n`),
  };
}
