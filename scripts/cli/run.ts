import { dirname, join, relative } from 'node:path';
import { CommanderError } from 'commander';
import { NoContentFolder } from '../../src/lib/content/disk.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import { replaceHidden } from '../../src/lib/schema/text.ts';
import { readInstant } from '../../src/lib/schema/time-fields.ts';
import { type CommandDefinition, createProgram } from './command.ts';
import { fileErrorMessage, safeLines, UsageError, UserError } from './errors.ts';
import { type Ask, type Disk, noProgress, type Context } from './context.ts';

/** A context that keeps what is printed, and what it was. */
type Kept = { readonly context: Context; readonly text: () => string };

/** Keeps what a command prints, so that it can be made one JSON value however the command ends. */
function keepOutput(context: Context): Kept {
  let text = '';
  return { context: { ...context, stdout: (said) => void (text += said) }, text: () => text };
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

/** The same JSON with hidden characters escaped: it may be printed in a terminal, which must not act on a file's name. */
function escapeHidden(json: string): string {
  return replaceHidden(json, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** What programs get of a command that came to its end. */
function endedJson(text: string, code: number): string {
  const said = read(text);
  return escapeHidden('json' in said ? text : `${JSON.stringify({ ok: code === 0, ...said })}\n`);
}

/** What programs get of a command that failed with this line: that, and what it had done before. */
function failedJson(text: string, error: string): string {
  const said = read(text);
  const done = 'lines' in said ? (said.lines.length === 0 ? {} : said) : { ...(said.json as object) };
  return escapeHidden(`${JSON.stringify({ ...done, ok: false, error })}\n`);
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
export function reportFailure(
  error: unknown,
  { stdout, stderr }: Pick<Context, 'stdout' | 'stderr'>,
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

/** What people run themselves. The other commands are for servers and workflows. */
const offeredCommands = ['open', 'update', 'resolve', 'status', 'schedule', 'postmortem', 'check', 'start', 'init'];

async function chooseCommand(commands: readonly CommandDefinition[], ask: Ask): Promise<string> {
  const offered = offeredCommands.flatMap((name) => commands.find((command) => command.name === name) ?? []);
  const choices = offered.map(({ name, summary }) => ({
    value: name,
    label: `${name}: ${summary.slice(0, 1).toLowerCase()}${summary.slice(1)}`,
  }));
  return ask.choose('What do you want to do? (for all commands: halfpast --help)', choices);
}

function readNow(now: unknown, clock: () => Instant): () => Instant {
  if (typeof now !== 'string') return clock;
  const read = readInstant(now, 'UTC');
  if ('wrong' in read) throw new UsageError(`--now: ${read.wrong}`);
  return () => read.value;
}

async function dispatch(
  argv: readonly string[],
  commands: readonly CommandDefinition[],
  context: Context,
): Promise<number> {
  const words = argv.length > 0 || context.ask === null ? argv : [await chooseCommand(commands, context.ask)];
  let code = 0;
  const program = createProgram(commands, words, context, async (command, { options, args }) => {
    const { content, now, json } = options;
    const call = {
      options,
      args,
      content: typeof content === 'string' ? content : await findContent(context.cwd, context.disk),
      now: readNow(now, context.clock),
      json: json === true,
    };
    code = await command.run(call, context);
  });
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    // Help or the version was shown.
    if (!(error instanceof CommanderError)) throw error;
  }
  return code;
}

/**
 * Runs a command line and gives the exit code: 0 done, 1 something to put right, 2 a wrong call.
 * What a person can put right is told in one line on stderr; anything else is a bug and is thrown.
 * With --json, stdout gets one JSON value, whatever happens: for an error, an object with `ok: false` and `error`.
 */
export async function run(
  argv: readonly string[],
  commands: readonly CommandDefinition[],
  outside: Context,
): Promise<number> {
  const json = argv.includes('--json');
  const context = json || argv.includes('--quiet') ? { ...outside, progress: noProgress } : outside;
  const kept = keepOutput(context);
  try {
    const code = await dispatch(argv, commands, json ? kept.context : context);
    if (json) context.stdout(endedJson(kept.text(), code));
    return code;
  } catch (error) {
    return reportFailure(error, context, json, kept.text());
  }
}
