import { dirname, join, relative, resolve } from 'node:path';
import { CommanderError } from 'commander';
import { NoContentFolder, readTree } from '../../src/lib/content/disk.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import { replaceHidden } from '../../src/lib/schema/hidden.ts';
import { readInstant } from '../../src/lib/schema/time-fields.ts';
import { type CommandDefinition, createProgram } from './command.ts';
import { fixableMessage, safeLines, UsageError, UserError } from './errors.ts';
import { type Ask, type Disk, noProgress, type Context } from './context.ts';
import { withContentFlag } from './text.ts';

type Output = { readonly json: unknown } | { readonly lines: readonly string[] };

/** Parses the output of a command: JSON, or lines from commands without JSON output. */
function readOutput(text: string): Output {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return { lines: text.split('\n').filter((line) => line !== '') };
  }
}

/** Escapes hidden characters in JSON: file names could contain terminal control sequences. */
function escapeHidden(json: string): string {
  return replaceHidden(json, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** The JSON output of a command that finished. */
function endedJson(text: string, code: number): string {
  const output = readOutput(text);
  return escapeHidden('json' in output ? text : `${JSON.stringify({ ok: code === 0, ...output })}\n`);
}

/** The JSON output of a command that failed, including what it printed before. */
function failedJson(text: string, error: string): string {
  const output = readOutput(text);
  const done = 'json' in output ? { ...(output.json as object) } : output.lines.length === 0 ? {} : output;
  return escapeHidden(`${JSON.stringify({ ...done, ok: false, error })}\n`);
}

/**
 * Reports an error in one line on stderr and returns the exit code: 1 for an error that users can fix, 2 for a usage
 * error. With `json`, also prints an object with the error and the output in `printed`. Rethrows bugs.
 */
export function reportFailure(
  error: unknown,
  { stdout, stderr }: Pick<Context, 'stdout' | 'stderr'>,
  json: boolean,
  printed = '',
): number {
  const fixable = error instanceof NoContentFolder ? error.message : fixableMessage(error);
  if (fixable === null) throw error;
  const message = safeLines(fixable);
  if (json) stdout(failedJson(printed, message));
  stderr(`halfpast: ${message}\n`);
  return error instanceof UserError ? error.exitCode : 1;
}

/** Whether a file or folder exists. */
async function exists(path: string, disk: Disk): Promise<boolean> {
  try {
    return (await disk.read(path)) !== null;
  } catch (error) {
    // A folder or unreadable file exists too, but a path below a file doesn't.
    return !(error instanceof Error && 'code' in error && error.code === 'ENOTDIR');
  }
}

/**
 * Finds the content folder in the working folder, or in the nearest parent folder within the repository. Returns
 * `content` when there isn't one.
 */
async function findContent(cwd: string, disk: Disk): Promise<string> {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (await exists(join(folder, 'content/site.yml'), disk)) return relative(cwd, join(folder, 'content')) || '.';
    if (folder === dirname(folder) || (await exists(join(folder, '.git'), disk))) return 'content';
  }
}

/** Commands that people run themselves. The others are for servers and workflows. */
const offeredCommands = [
  'open',
  'update',
  'checkin',
  'hand-over',
  'resolve',
  'status',
  'schedule',
  'postmortem',
  'check',
  'start',
  'init',
];

async function chooseCommand(commands: readonly CommandDefinition[], ask: Ask): Promise<string> {
  const offered = offeredCommands.flatMap((name) => commands.find((command) => command.name === name) ?? []);
  const choices = offered.map(({ name, summary }) => ({
    value: name,
    label: `${name}: ${summary.slice(0, 1).toLowerCase()}${summary.slice(1)}`,
  }));
  return ask.choose('What do you want to do? (for all commands: halfpast --help)', choices);
}

/** The time from `--now`, or else from HALFPAST_NOW; null if neither is set. Throws UsageError. */
function readNow(now: unknown, { env }: Pick<Context, 'env'>): Instant | null {
  const given = typeof now === 'string' ? now : (env['HALFPAST_NOW'] ?? '');
  if (typeof now !== 'string' && given === '') return null;
  const read = readInstant(given, 'UTC');
  if ('wrong' in read) throw new UsageError(`${typeof now === 'string' ? '--now' : 'HALFPAST_NOW'}: ${read.wrong}`);
  return read.value;
}

/**
 * The clock of a command. For the included example, it's the example's clock, which prints a line when it's first
 * read. For other content, only `site.yml` is read.
 */
async function clockFor(content: string, { cwd, disk, clock, stderr }: Context): Promise<() => Instant> {
  // The command reports unreadable files if it needs the content.
  const settings = await disk.read(resolve(cwd, content, 'site.yml')).catch(() => null);
  if (settings === null || !/^example:/m.test(settings)) return clock;
  const { exampleLine, exampleTime } = await import('../../src/lib/content/example.ts');
  const example = exampleTime(await readTree(resolve(cwd, content)));
  if (example === null) return clock;
  let isPrinted = false;
  return () => {
    if (!isPrinted) stderr(`${exampleLine(example)}\n`);
    isPrinted = true;
    return example;
  };
}

async function dispatch(
  argv: readonly string[],
  commands: readonly CommandDefinition[],
  context: Context,
  useContent: (content: string) => void,
): Promise<number> {
  const words = argv.length > 0 || context.ask === null ? argv : [await chooseCommand(commands, context.ask)];
  let code = 0;
  const program = createProgram(commands, words, context, async (command, { options, args }) => {
    const { now, json } = options;
    const given = typeof options.content === 'string' ? options.content : (context.env['HALFPAST_CONTENT'] ?? '');
    const content = given === '' ? await findContent(context.cwd, context.disk) : given;
    if (command.onCopy !== true) useContent(content);
    const fixed = readNow(now, context);
    const clock = fixed === null ? await clockFor(content, context) : () => fixed;
    const call = { options, args, content, now: clock, fixed, json: json === true };
    code = await command.run(call, context);
  });
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    // The help or the version was printed.
    if (!(error instanceof CommanderError)) throw error;
  }
  return code;
}

/**
 * Runs a command line and returns the exit code: 0 for success, 1 for an error that users can fix, 2 for a usage
 * error. Prints such errors in one line on stderr, and throws bugs. With --json, stdout always gets one JSON value:
 * for an error, an object with `ok: false` and `error`.
 */
export async function run(
  argv: readonly string[],
  commands: readonly CommandDefinition[],
  outside: Context,
): Promise<number> {
  const json = argv.includes('--json');
  let content = 'content';
  const named = (write: (text: string) => void, asJson = false) => {
    return (text: string): void => write(withContentFlag(text, content, asJson));
  };
  const context = {
    ...outside,
    stdout: named(outside.stdout, json),
    stderr: named(outside.stderr),
    ask: outside.ask === null ? null : { ...outside.ask, say: named(outside.ask.say) },
    ...(json || argv.includes('--quiet') ? { progress: noProgress } : {}),
  };
  // The output, so that a command always prints a single JSON value.
  let captured = '';
  const stdout = (text: string): void => void (captured += text);
  try {
    const code = await dispatch(argv, commands, json ? { ...context, stdout } : context, (folder) => {
      content = folder;
    });
    if (json) context.stdout(endedJson(captured, code));
    return code;
  } catch (error) {
    return reportFailure(error, context, json, captured);
  }
}
