import { quote, readable } from './text.ts';

const bare = /^[^\s<>",;@]+@[^\s<>",;@]+$/;

/** One address, alone or with a name before it: `Example Status <status@example.com>`. */
export const mailAddress = (example: string) =>
  readable(example, (given) => {
    const named = /^([^<>"\r\n]*)<([^<>]+)>$/.exec(given);
    if (bare.test(given) || (named !== null && bare.test(named[2] ?? ''))) return { value: given };
    return { wrong: `${quote(given)} is not one e-mail address. Type ${example}` };
  });
