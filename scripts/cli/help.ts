import type { Command, OptionTable } from './command.ts';
import { commonOptions } from './common-options.ts';

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd()).join('\n');
}

function optionRows(table: OptionTable): (readonly [string, string])[] {
  return Object.entries(table).map(([name, spec]) => {
    const flag = spec.kind === 'switch' ? `--${name}` : `--${name} ${spec.value}`;
    return [flag, spec.kind === 'list' ? `${spec.help}; may be repeated` : spec.help] as const;
  });
}

/** The flags of a table, a line each, with what they are for. */
export const flagLines = (table: OptionTable): string => columns(optionRows(table));

/** What `halfpast <command> --help` prints. */
export function commandHelp(command: Command): string {
  const args = command.args.map((name) => ` [${name}]`).join('');
  const parts = [
    `${command.summary}.`,
    ...(command.details === undefined ? [] : [command.details]),
    `Usage: npx halfpast ${command.name}${args} [flags]`,
    `Flags:\n${flagLines({ ...command.options, ...commonOptions })}`,
    `Examples:\n${command.examples.map(({ line, says }) => `  # ${says}\n  ${line}`).join('\n')}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

/** What `halfpast --help` prints. */
export function generalHelp(commands: readonly Command[]): string {
  const parts = [
    'Halfpast: a status page kept in git.',
    'Usage: npx halfpast <command> [flags]',
    `Commands:\n${columns(commands.map(({ name, summary }) => [name, summary]))}`,
    `Every command takes:\n${flagLines(commonOptions)}`,
    'Examples:\n' +
      '  # an incident, from the first word to the last\n' +
      '  npx halfpast open --title "Checkout errors" --component checkout=partial_outage --message "Some card payments fail. We are looking into it."\n' +
      '  npx halfpast update --status monitoring --message "Payments work again. We are watching."\n' +
      '  npx halfpast resolve --message "All payments have worked for an hour."\n' +
      '  # each command asks for what is missing when run in a terminal, and explains itself\n' +
      '  npx halfpast open --help',
  ];
  return `${parts.join('\n\n')}\n`;
}
