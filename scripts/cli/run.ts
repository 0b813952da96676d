import { dirname, join, relative } from 'node:path';
import { NoContentFolder } from '../../src/lib/content/disk.ts';
import { didYouMean, quote } from '../../src/lib/schema/text.ts';
import { type Command, commandHelp, generalHelp, parseCall } from './command.ts';
import { fileErrorMessage, safeLines, UsageError, UserError } from './errors.ts';
import { type Disk, noProgress, type World } from './world.ts';

/** A world that keeps what is printed, and what it was. */
type Kept = { readonly world: World; readonly text: () => string };

/** Keeps what a command prints, so that it can be made one JSON value however the command ends. */
function keepOutput(world: World): Kept {
  let text = '';
  return { world: { ...world, stdout: (said) => void (text += said) }, text: () => text };
}

type Said = { readonly json: unknown } | { readonly lines: readonly string[] };

/** What a command printed: its own JSON, or lines, as of commands that have none. */
function read(text: string): Said {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return { lines: text.split('\n').filter((line) => line !== '') };
  }
}

/** What is printed may be looked at in a terminal, which must not act on the name of a file. */
const unseen = /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}]--[\t\n\r]]/gv;

/** JSON that says the same, with an escape for each character that nobody sees. Outside of strings it has none. */
function seen(json: string): string {
  return json.replaceAll(unseen, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** What programs get of a command that came to its end. */
function endedJson(text: string, code: number): string {
  const said = read(text);
  return seen('json' in said ? text : `${JSON.stringify({ ok: code === 0, ...said })}\n`);
}

/** What programs get of a command that failed with this line: that, and what it had done before. */
function failedJson(text: string, error: string): string {
  const said = read(text);
  const done = 'lines' in said ? (said.lines.length === 0 ? {} : said) : { ...(said.json as object) };
  return seen(`${JSON.stringify({ ...done, ok: false, error })}\n`);
}

/** What a person can put right, as text for them; null for a bug. Only a list of problems has more than one line. */
function lineOf(error: unknown): string | null {
  const told = error instanceof UserError || error instanceof NoContentFolder ? error.message : fileErrorMessage(error);
  return told === null ? null : safeLines(told);
}

/**
 * Tells why a call failed, in one line on stderr, and gives the exit code: 1 for something to put right,
 * 2 for a wrong call. With `json`, stdout gets an object that says so too, behind what was `printed`
 * before. Throws again what nobody but us can put right.
 */
export function tellFailure(
  error: unknown,
  { stdout, stderr }: Pick<World, 'stdout' | 'stderr'>,
  json: boolean,
  printed = '',
): number {
  const told = lineOf(error);
  if (told === null) throw error;
  if (json) stdout(failedJson(printed, told));
  stderr(`halfpast: ${told}\n`);
  return error instanceof UserError ? error.exitCode : 1;
}

/** Whether there is anything of that name. */
async function isThere(path: string, disk: Disk): Promise<boolean> {
  try {
    return (await disk.read(path)) !== null;
  } catch (error) {
    // A folder cannot be read as a file, and what may not be read is there too; below a file there is nothing.
    return !(error instanceof Error && 'code' in error && error.code === 'ENOTDIR');
  }
}

/**
 * The content folder for somebody who names none: that of the working folder, else of the nearest folder
 * above it that has one, within the repository. `content` when there is none.
 */
async function findContent(cwd: string, disk: Disk): Promise<string> {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (await isThere(join(folder, 'content/site.yml'), disk)) return relative(cwd, join(folder, 'content')) || '.';
    if (folder === dirname(folder) || (await isThere(join(folder, '.git'), disk))) return 'content';
  }
}

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
