import type { z } from 'zod';
import { type Duration, second } from '../../src/lib/domain/calendar.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { parseDuration } from '../../src/lib/schema/time-fields.ts';
import { UsageError } from './errors.ts';

/** Parses JSON with a schema; null when it doesn't match. */
export function parseJson<T extends z.ZodType>(schema: T, text: string | null): z.output<T> | null {
  if (text === null) return null;
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Quotes text as one word of a POSIX shell, if needed. */
export function shellWord(text: string): string {
  if (/^[\w./:@%+=,-]+$/.test(text)) return text;
  // These four are special even inside double quotes, and so is "!" in an interactive shell.
  if (!/["$`\\!]/.test(text)) return `"${text}"`;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The flag that names a content folder in a suggested command, with a space before it. The default needs none. */
export const contentFlag = (content: string): string =>
  content === 'content' ? '' : ` --content ${shellWord(content)}`;

/** The command that notifies channels. `state` is the record of deliveries, as given to `--state`. */
export const notifyCommand = (state: string): string => `npx halfpast notify --state ${shellWord(state)}`;

/** The start of a suggested command, not of one in a sentence or in text for customers. It may be wrapped. */
const suggested = String.raw`(?<=:\s+| {2}|"command":")npx\s+halfpast`;

/** Adds `--content` to the suggested commands in a text, or in JSON, unless they have it or it's the default. */
export function withContentFlag(text: string, content: string, json = false): string {
  const flag = json ? JSON.stringify(contentFlag(content)).slice(1, -1) : contentFlag(content);
  const command = new RegExp(String.raw`${suggested}\s+(?:import\s+)?(?!import\s)[a-z-]+(?![a-z-]|\s+--content)`, 'g');
  return text.replaceAll(command, (name) => `${name}${flag}`);
}

/** Replaces `npx halfpast` in suggested commands with how the program was called: npx may be what doesn't work. */
export function asCalled(text: string, program: string | null): string {
  return program === null
    ? text
    : text.replaceAll(new RegExp(String.raw`${suggested}(?=\s+[a-z[-])`, 'g'), () => program);
}

/**
 * Wraps one line at `columns` characters between words, with `indent` before all lines but the first. Longer
 * words aren't broken.
 */
export function wrapLine(line: string, columns: number, indent = ''): string {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(/(?<=\S)(?=\s)/)) {
    if (current.trim() !== '' && [...current, ...word].length > columns) {
      lines.push(current);
      current = `${indent}${word.trimStart()}`;
    } else {
      current += word;
    }
  }
  return [...lines, current].join('\n');
}

/** Wraps each line of a text. */
export function wrapText(text: string, columns: number, indent = ''): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, columns, indent))
    .join('\n');
}

/** Reads a wait, such as `10s`, `5m` or `0`; `otherwise` is the default. Throws UsageError. */
export function readWait(given: string | undefined, flag: string, otherwise: Duration): Duration {
  if (given === undefined) return otherwise;
  const text = given.trim();
  const seconds = /^(\d{1,5}(?:\.\d{1,3})?)s$/.exec(text)?.[1];
  const value = text === '0' ? 0 : seconds === undefined ? parseDuration(text) : Math.round(Number(seconds) * second);
  if (value !== null) return value;
  throw new UsageError(
    `${flag}: ${quote(given)} is not a duration. Use seconds, minutes or hours, such as 10s, 5m or 1h`,
  );
}

/** Reads a positive integer; `otherwise` is the default. Throws UsageError. */
export function readCount(given: string | undefined, flag: string, otherwise: number): number {
  if (given === undefined) return otherwise;
  if (/^[1-9]\d{0,3}$/.test(given.trim())) return Number(given);
  throw new UsageError(`${flag}: ${quote(given)} is not a count. Use a whole number, such as ${flag} 5`);
}

/** Reads `--port`, which defaults to 4321, as in Astro. Throws UsageError. */
export function readPort(given: string | undefined): number {
  if (given === undefined) return 4321;
  const port = Number(given);
  if (/^\d+$/.test(given) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--port: ${quote(given)} is not a port. Use a number up to 65535, such as --port 4321`);
}
