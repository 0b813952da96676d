import { quote } from '../../src/schema/text.ts';
import { didYouMean } from '../../src/schema/suggest.ts';
import type { Command } from './command.ts';
import { findContent } from './find-content.ts';
import { UsageError } from './errors.ts';
import { tellFailure } from './failure.ts';
import { commandHelp, generalHelp } from './help.ts';
import { parseCall } from './parse.ts';
import { endedJson, keepOutput } from './one-json.ts';
import { noProgress } from './progress.ts';
import type { World } from './world.ts';

type Found = { readonly command: Command; readonly words: readonly string[] };

function unknownCommand(words: readonly string[], commands: readonly Command[]): UsageError {
  const [first = '', second] = words;
  const names = commands.map(({ name }) => name);
  const kinds = names.filter((name) => name.startsWith(`${first} `)).map((name) => name.slice(first.length + 1));
  if (kinds.length > 0) {
    const given = second === undefined || second.startsWith('-') ? '' : `${quote(second)} is not known. `;
    return new UsageError(`${first} what? ${given}Type: npx halfpast ${first} ${kinds.join('|')}`);
  }
  const firsts = [...new Set(names.map((name) => name.split(' ')[0] ?? name))];
  if (first.startsWith('-'))
    return new UsageError(
      `${quote(first)} comes before any command. Type the command first, one of: ${firsts.join(', ')}`,
    );
  return new UsageError(
    `${quote(first)} is not a command. ${didYouMean(first, firsts)} For all of them: npx halfpast --help`,
  );
}

/** Help for a word that several commands begin with, as `import`; null when it is not asked for. */
function kindsHelp([first, ...rest]: readonly string[], commands: readonly Command[]): string | null {
  const kinds = commands.filter(({ name }) => name.startsWith(`${first} `));
  const isWhole = commands.some(({ name }) => name === first || name === `${first} ${rest[0]}`);
  if (kinds.length === 0 || isWhole || !rest.every((word) => word === '--help' || word === '-h')) return null;
  return kinds.map(commandHelp).join('\n');
}

/** The command that the first one or two words name. */
function find(words: readonly string[], commands: readonly Command[]): Found {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const command = commands.find((candidate) => candidate.name === name);
    if (command !== undefined) return { command, words: words.slice(length) };
  }
  throw unknownCommand(words, commands);
}

/** What a person types by hand; the others are for servers and workflows, and in the help. */
const byHand = ['open', 'update', 'resolve', 'status', 'schedule', 'postmortem', 'check', 'start', 'init'];

async function chooseCommand(commands: readonly Command[], world: World): Promise<Found> {
  if (world.ask === null) {
    throw new UsageError(
      `which command? One of: ${commands.map(({ name }) => name).join(', ')}. For help: npx halfpast --help`,
    );
  }
  const offered = byHand.flatMap((name) => commands.find((command) => command.name === name) ?? []);
  const choices = offered.map(({ name, summary }) => ({
    value: name,
    label: `${name}: ${summary.slice(0, 1).toLowerCase()}${summary.slice(1)}`,
  }));
  const name = await world.ask.choose('What do you want to do? (for all commands: halfpast --help)', choices);
  return find(name.split(' '), commands);
}

async function dispatch(argv: readonly string[], commands: readonly Command[], world: World): Promise<number> {
  const [first, ...rest] = argv;
  if (first === '--version') return (world.stdout(`${world.version}\n`), 0);
  if (first === '--help' || first === '-h' || first === 'help') {
    world.stdout(
      rest.length === 0
        ? generalHelp(commands)
        : (kindsHelp(rest, commands) ?? commandHelp(find(rest, commands).command)),
    );
    return 0;
  }
  const ofKinds = rest.length > 0 ? kindsHelp(argv, commands) : null;
  if (ofKinds !== null) return (world.stdout(ofKinds), 0);
  const { command, words } = first === undefined ? await chooseCommand(commands, world) : find(argv, commands);
  const call = parseCall(command, words, world.clock, await findContent(world.cwd, world.disk));
  if (call === null) return (world.stdout(commandHelp(command)), 0);
  return await command.run(call, world);
}

/**
 * Runs a command line and gives the exit code: 0 done, 1 something to put right, 2 a wrong call.
 * What a person can put right is told in one line on stderr; anything else is a bug and is thrown.
 * With --json, stdout gets one JSON value, whatever happens: for an error, an object with `ok: false` and `error`.
 */
export async function run(argv: readonly string[], commands: readonly Command[], outside: World): Promise<number> {
  const json = argv.includes('--json');
  const world = json || argv.includes('--quiet') ? { ...outside, progress: noProgress } : outside;
  const kept = keepOutput(world);
  try {
    const code = await dispatch(argv, commands, json ? kept.world : world);
    if (json) world.stdout(endedJson(kept.text(), code));
    return code;
  } catch (error) {
    return tellFailure(error, world, json, kept.text());
  }
}
