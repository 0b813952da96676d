import { basename, isAbsolute, relative, resolve } from 'node:path';
import { day, type Duration, type Instant, secondOf, wallTime } from '../../src/lib/domain/calendar.ts';
import { parseDuration, readInstant } from '../../src/lib/schema/time-fields.ts';
import { quote, suggest } from '../../src/lib/schema/text.ts';
import { UsageError } from '../cli/errors.ts';

/** A parsed line from the prompt of a drill. */
export type TypedLine =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'end' }
  | { readonly kind: 'help' }
  /** Null waits for the next event. */
  | { readonly kind: 'wait'; readonly until: Instant | null }
  | { readonly kind: 'halfpast'; readonly words: readonly string[] }
  /** A file in the drill's folder, by its absolute path. */
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'program'; readonly file: string; readonly args: readonly string[] };

/** The context for parsing a line. */
type Place = {
  /** The drill's folder. */
  readonly folder: string;
  readonly now: Instant;
  readonly timeZone: string;
  /** The names of Halfpast's commands that work in a drill. */
  readonly commands: readonly string[];
};

const programs = ['git', 'ls', 'cat'];

/** Splits a line into words, as a shell does. Throws UsageError for an unclosed quote. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  let [word, open]: [string | null, string] = [null, ''];
  for (let index = 0; index < line.length; index += 1) {
    const character = line[index] ?? '';
    // A comment, as on the run card.
    if (open === '' && word === null && character === '#') break;
    if (open === '' && /\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (open === '' && (character === '"' || character === "'")) {
      [open, word] = [character, word ?? ''];
    } else if (character === open) {
      open = '';
    } else if (character === '\\' && open !== "'" && index + 1 < line.length) {
      index += 1;
      word = `${word ?? ''}${line[index] ?? ''}`;
    } else {
      word = `${word ?? ''}${character}`;
    }
  }
  if (open !== '') throw new UsageError(`a quote isn't closed. Add ${open} where the text ends`);
  return word === null ? words : [...words, word];
}

/** Resolves a path in the drill's folder. Throws UsageError if it's outside. */
function inside(given: string, { folder }: Place): string {
  const path = resolve(folder, given);
  const way = relative(folder, path);
  if (way !== '..' && !way.startsWith('../') && !way.startsWith('..\\') && !isAbsolute(way)) return path;
  throw new UsageError(
    `${given} is not in the folder of this drill, so nothing was done. Your real page isn't touched here: use published/ and content/`,
  );
}

/** Options that name a folder, or lead to another machine. */
const folderFlags = ['--to', '--content', '--repository'];
const remoteFlags = ['--github', '--propose', '--key'];

/** Throws UsageError for a call that would leave the drill's folder. */
function requireInside(words: readonly string[], place: Place): void {
  for (const [index, word] of words.entries()) {
    const [flag = '', joined] = word.split('=', 2);
    const value = joined ?? words[index + 1] ?? '';
    if (remoteFlags.includes(flag)) throw new UsageError(`${flag} would leave this machine. In a drill, leave it out`);
    if (flag === '--url' && !value.startsWith('http://127.0.0.1:'))
      throw new UsageError('--url would leave this machine. In a drill, use the address of the copy, or leave it out');
    if (folderFlags.includes(flag)) inside(value, place);
  }
}

/** `10m`, `10` for minutes, `21:30` in the time zone of the page, or `20:30Z`. Throws UsageError. */
function readUntil(given: string, { now, timeZone }: Place): Instant {
  const wait: Duration | null = parseDuration(/^\d+$/.test(given) ? `${given}m` : given);
  if (wait !== null) return now + wait;
  const read = readInstant(given.includes('T') ? given : '', timeZone);
  if ('value' in read) return read.value;
  const [, hours, minutes, utc] = /^(\d\d?):(\d\d)(Z?)$/.exec(given) ?? [];
  if (hours !== undefined && minutes !== undefined && Number(hours) < 24 && Number(minutes) < 60) {
    const ahead = utc === 'Z' ? 0 : Date.parse(`${wallTime(now, timeZone)}Z`) - secondOf(now);
    const today = new Date(now + ahead).setUTCHours(Number(hours), Number(minutes), 0, 0) - ahead;
    return today > now ? today : today + day;
  }
  throw new UsageError(
    `wait: ${quote(given)} is not a time. Use minutes or a time of day, such as wait 10m or wait 21:30`,
  );
}

/** Removes the program's name, such as `npx halfpast`, from a line of the run card. */
function withoutProgram(words: readonly string[]): readonly string[] {
  if (words[0] === 'npx') return withoutProgram(words.slice(words[1] === '--no' ? 2 : 1));
  return /(?:^|\/)halfpast(?:\.js)?$/.test(words[0] ?? '') ? words.slice(1) : words;
}

/** Parses a line from the prompt. Throws UsageError for anything that can't be done in a drill. */
export function readTypedLine(line: string, place: Place): TypedLine {
  const words = withoutProgram(wordsOf(line.replace(/^\s*\$\s+/, '')));
  const [first, second] = words;
  if (first === undefined) return { kind: 'nothing' };
  if (first === 'end' || first === 'exit' || first === 'quit') return { kind: 'end' };
  if (first === 'help' || first === '?' || first === '--help') return { kind: 'help' };
  if (first === 'wait') return { kind: 'wait', until: second === undefined ? null : readUntil(second, place) };
  if (place.commands.includes(first)) {
    requireInside(words, place);
    const needsFolder = !words.some((word) => /^(?:--to\b|--help$|-h$)/.test(word));
    if (['publish', 'rollback'].includes(first) && needsFolder)
      throw new UsageError(`--to is missing: which folder? In a drill: ${first} --to published`);
    // The drill also plays the server's part, so these two commands get the releases folder.
    const isServer = ['status', 'card'].includes(first);
    const folder = isServer && needsFolder ? ['--to', resolve(place.folder, 'published')] : [];
    return { kind: 'halfpast', words: [...words, ...folder] };
  }
  const [arrow = -1, target] = [words.findIndex((word) => word.startsWith('>')), words.at(-1)];
  if (first === 'echo' && arrow > 0 && target !== undefined) {
    const path = inside(target.replace(/^>+/, ''), place);
    if (basename(path) === 'STOP' && path !== resolve(place.folder, 'published/STOP'))
      throw new UsageError(`STOP only stops publishing beside the releases: echo "why" > published/STOP`);
    return { kind: 'write', path, text: `${words.slice(1, arrow).join(' ')}\n` };
  }
  if (first === 'touch' && target !== undefined && second !== undefined)
    return { kind: 'write', path: inside(target, place), text: '' };
  if (first === 'rm' && second !== undefined)
    return { kind: 'remove', path: inside(words.findLast((word) => !word.startsWith('-')) ?? '', place) };
  if (first === 'cat' && second === undefined) throw new UsageError('cat: which file? Such as cat content/site.yml');
  if (programs.includes(first)) {
    const paths = words.slice(1).filter((word) => !word.startsWith('-') && /^[./~]|\//.test(word));
    if (first === 'git' && words.some((word) => word === '-C' || word.startsWith('--git-dir')))
      throw new UsageError('git works in the folder of the drill. Leave out -C and --git-dir');
    if (first !== 'git' || words[1] !== 'commit') paths.forEach((path) => inside(path, place));
    return { kind: 'program', file: first, args: words.slice(1) };
  }
  const near = suggest(first, [...place.commands, ...programs, 'help', 'wait', 'end', 'echo', 'rm']);
  const meant = near === null ? '' : `Did you mean "${near}"? `;
  throw new UsageError(`${quote(first)} can't be played here. ${meant}Type help for the list`);
}
