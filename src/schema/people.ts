import { z } from 'zod';
import { quote, readable } from './text.ts';

const login = readable('Priya: priya-k', (given) => {
  const found = /^@?([A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38})$/.exec(given)?.[1];
  if (found !== undefined) return { value: found };
  return { wrong: `${quote(given)} is not a GitHub login. Type it as Priya: priya-k` };
});

/** GitHub logins by the names that `lead` and `comms` use. */
export const people = z.record(z.string(), login, {
  error: ({ input }) => `${quote(input)} names nobody. Type a line for each below "people:", as "  Priya: priya-k"`,
});
