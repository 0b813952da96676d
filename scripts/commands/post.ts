import { z } from 'zod';
import { didYouMean, quote } from '../../src/lib/schema/text.ts';
import { type CommandDefinition, defineCommand, noValues } from '../cli/command.ts';
import { UsageError } from '../cli/errors.ts';
import { parseJson } from '../cli/text.ts';
import { publishingOptions, withFieldNames } from '../write/options.ts';
import { edit } from './edit.ts';
import { open } from './open.ts';
import { update } from './update.ts';

const formSchema = z.record(z.string(), z.string().nullable());

/** The form's defaults for fields that weren't changed. */
const unchanged = ['', 'as before', 'from the components', 'nothing new'];

/** The fields that were filled in. Throws UsageError. */
export function readForm(text: string): ReadonlyMap<string, string> {
  const data = parseJson(formSchema, text);
  if (data === null)
    throw new UsageError(
      'standard input is not a JSON object of strings. Pipe in one, such as {"message": "We are looking into it."}',
    );
  return new Map(
    Object.entries(data).flatMap(([name, value]) =>
      unchanged.includes(value?.trim() ?? '') ? [] : [[name, value ?? '']],
    ),
  );
}

/**
 * The command options from a form, without `message` and `incident`. Throws UsageError.
 */
function optionsFrom(form: Readonly<Record<string, string>>, { options }: CommandDefinition): Record<string, unknown> {
  const names = Object.entries(options).flatMap(([name, { value, repeatable }]) =>
    value === undefined || repeatable === true || Object.hasOwn(publishingOptions, name)
      ? []
      : [name.replaceAll('-', '_')],
  );
  const given = Object.entries(form).map(([name, value]): [string, string] => {
    if (!names.includes(name))
      throw new UsageError(
        `${quote(name)} is not a field of the form. ${didYouMean(name, [...names, 'message', 'incident', 'edit'])}`,
      );
    return [name.replaceAll('_', '-'), value];
  });
  return { ...noValues(options), ...Object.fromEntries(given) };
}

export const post = defineCommand({
  name: 'post',
  summary: 'Post an update from a form',
  details:
    'Reads a JSON object of strings from standard input, such as the inputs of the workflow Post an update: message, incident, and the names of flags with underscores. With a title but no incident, it opens an incident; with edit, the name of an update or incident, it corrects that text; otherwise it posts an update. Blank fields are left out.',
  args: [],
  options: publishingOptions,
  examples: [
    {
      line: 'npx halfpast post --github example/status',
      says: 'write what is piped in on GitHub, and publish',
    },
  ],
  run: async (call, context) => {
    const form = readForm(await context.input.readAll());
    const { message, incident, edit: edited, ...fields } = Object.fromEntries(form);
    if (edited !== undefined && incident !== undefined)
      throw new UsageError('edit names the update to correct, so leave incident blank');
    const command = edited !== undefined ? edit : incident === undefined && 'title' in fields ? open : update;
    const named = edited ?? incident;
    const args = named === undefined ? [] : [named];
    const hasText = message !== undefined;
    const input = { kind: hasText ? 'piped' : 'none', readAll: () => Promise.resolve(message ?? '') } as const;
    return withFieldNames(() => {
      const options = { ...optionsFrom(fields, command), ...call.options, message: hasText ? '-' : undefined };
      return command.run({ ...call, args, options }, { ...context, ask: null, input });
    });
  },
});
