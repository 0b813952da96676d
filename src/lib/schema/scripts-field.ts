import { z } from 'zod';
import { fields, list } from './fields.ts';
import { line, quote, type Read, readable } from './text.ts';

const exampleSource = 'src: https://analytics.example/script.js';

function readSource(given: string): Read<string> {
  const url = URL.parse(given);
  if (url?.protocol === 'https:' && url.username + url.password === '') return { value: url.href };
  if (/^\/(?!\/)[^\s?#;,]*\.m?js$/.test(given)) return { value: given };
  return {
    wrong: `${quote(given)} is not the address of a script. Use one with https:, or the path of a file in public/, such as /chat.js`,
  };
}

const host = /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*(?::\d{1,5})?$/;

function readHost(given: string): Read<string> {
  const name = given.toLowerCase().replace(/^https:\/\/|\/$/g, '');
  if (host.test(name)) return { value: name };
  const inside = URL.parse(given.includes('://') ? given : `https://${given}`)?.host ?? '';
  const example = host.test(inside) ? inside : 'analytics.example or *.analytics.example';
  return { wrong: `${quote(given)} is not a host. Use only its name, such as ${example}` };
}

const dataName = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** Attributes of a script element, by name without `data-`. */
const data = z
  .record(z.string(), line('website-id: "1234"'), {
    error: ({ input }) =>
      `${quote(input)} is not a list of attributes. Below "data:", write one line per attribute without data-, like "      website-id: abc"`,
  })
  .superRefine((given, context) => {
    for (const name of Object.keys(given))
      if (!dataName.test(name))
        context.addIssue({
          code: 'custom',
          path: [name],
          message: `is not the name of an attribute. Use lowercase letters, digits and hyphens, without data-`,
        });
  });

/** Scripts to add to all pages, for example for analytics or a chat, and the hosts that they can connect to. */
export const scripts = list(
  fields(
    {
      src: readable(exampleSource, readSource),
      hosts: list(readable('- analytics.example', readHost), 'analytics.example').optional(),
      data: data.optional(),
    },
    `is not a script. Write "- ${exampleSource}" and "  hosts: [analytics.example]" below it`,
  ),
  exampleSource,
);
