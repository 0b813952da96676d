import { parse, TomlError } from 'smol-toml';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { splitFrontMatter } from '../../src/lib/content/front-matter.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import { localInstant, localInstants, shortUtc } from '../../src/lib/schema/time-fields.ts';

/** Fields by lowercase name, and their lines. */
type Fields = {
  readonly data: Readonly<Record<string, unknown>>;
  /** With the original names. */
  readonly given: Readonly<Record<string, unknown>>;
  /** The line of a field or nested field, ignoring case. If it's missing, the first line. */
  readonly lineOf: (...path: readonly PropertyKey[]) => number;
};

export type HugoPage = Fields & {
  readonly body: string;
  /** The line of the body's first character. */ readonly bodyLine: number;
};

/** Why a file is unreadable, and the line. `isEmpty`: it's readable, but has no fields. */
type Unreadable = { readonly wrong: string; readonly line: number; readonly isEmpty?: true };

/** Lowercases names, as Hugo does, and converts TOML dates to text, so that all dates are read the same way. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.toLowerCase(), plain(inner)]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The line, from 1, of a YAML field's name; null if it's missing. */
function yamlLine(root: unknown, path: readonly PropertyKey[], counter: LineCounter): number | null {
  let node = root;
  let offset: number | undefined;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        ({ key }) => isScalar(key) && String(key.value).toLowerCase() === String(step).toLowerCase(),
      );
      if (pair === undefined) return null;
      offset = (pair.key as Node).range?.[0];
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      offset = (node as Node | undefined)?.range?.[0];
    } else return null;
  }
  return offset === undefined ? null : counter.linePos(offset).line;
}

/** The same for TOML, whose parser has no positions: the first line with its name, after its parent's line. */
function tomlLine(lines: readonly string[], path: readonly PropertyKey[]): number | null {
  let line = 0;
  for (const [index, step] of path.entries()) {
    if (typeof step === 'number') continue;
    const count = typeof path[index + 1] === 'number' ? Number(path[index + 1]) : 0;
    const field = `["']?${String(step)}["']?`;
    const name = new RegExp(String.raw`^\s*(?:\[{1,2}(?:[\w.-]+\.)?${field}\]{1,2}|${field}\s*=)`, 'i');
    const found = lines.flatMap((text, at) => (at >= line && name.test(text) ? [at] : []));
    const at = found[count] ?? found[0];
    if (at === undefined) return line === 0 ? null : line + 1;
    line = at;
  }
  return line + 1;
}

/** Parses YAML, without converting dates, or TOML. `firstLine` is the line of the file on which `text` begins. */
export function parseFields(text: string, form: 'yaml' | 'toml', firstLine: number): Fields | Unreadable {
  let data: unknown;
  let find: (path: readonly PropertyKey[]) => number | null = (path) => tomlLine(text.split('\n'), path);
  if (form === 'toml') {
    try {
      data = parse(text);
    } catch (error) {
      if (!(error instanceof TomlError)) throw error;
      return { wrong: `is not TOML: ${error.message.split('\n')[0] ?? ''}`, line: firstLine + error.line - 1 };
    }
  } else {
    const counter = new LineCounter();
    const document = parseDocument(text, { schema: 'core', version: '1.2', lineCounter: counter });
    find = (path) => yamlLine(document.contents, path, counter);
    const [error] = document.errors;
    if (error !== undefined)
      return {
        wrong: `is not YAML: ${error.message.replace(/ at line \d+[^]*$/, '')}`,
        line: firstLine + (error.linePos?.[0].line ?? 1) - 1,
      };
    data = document.toJS() ?? {};
  }
  if (!isRecord(data)) return { wrong: 'has no fields, such as title: API is down', line: firstLine, isEmpty: true };
  const lineOf = (...path: readonly PropertyKey[]): number => firstLine - 1 + (find(path) ?? 1);
  return { data: plain(data) as Record<string, unknown>, given: data, lineOf };
}

/** Splits a Hugo page into fields and text. Null without front matter, such as for a README. */
export function readPage(text: string): HugoPage | Unreadable | null {
  const page = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  const fence = page.split('\n', 1)[0]?.trimEnd();
  if (fence !== '---' && fence !== '+++') return null;
  const form = fence === '---' ? 'yaml' : 'toml';
  const split = splitFrontMatter(page, '', fence, (fields) => parseFields(fields, form, 2));
  if ('message' in split) return { wrong: split.message, line: split.line };
  const { fields, body, bodyLine } = split;
  return 'wrong' in fields ? fields : { ...fields, body, bodyLine };
}

/**
 * An instant, and whether it was written without an offset, so that it's in the site's zone. `again` is when clocks
 * there showed it a second time; null if they didn't.
 */
export type HugoTime = { readonly at: Instant; readonly isLocal: boolean; readonly again: Instant | null };

type NoTime = { readonly wrong: string; readonly advice: string };

const clock = String.raw`(?<hours>\d{1,2}):(?<minutes>\d{2})(?::(?<seconds>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?(?:\s*(?<half>[ap])\.?m\.?)?`;
const zone = String.raw`(?<zone>Z|UTC|GMT|(?:(?:UTC|GMT)\s*)?[+-]\d{2}(?::?\d{2})?(?:\s+\(?[A-Z]{1,5}\)?|\s+[+-]\d{4})?)`;
const named = String.raw`(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`;
const weekday = String.raw`(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?`;

/**
 * Hugo's formats, and those of cState's dateFormat: numbers, "02 Jan 2006", "January 2, 2006 at 3:04 PM", and the
 * output of Unix `date`.
 */
const forms = [
  String.raw`(?<year>\d{4})[-/](?<month>\d{1,2})[-/](?<day>\d{1,2})(?:(?:T|\s+)${clock})?\s*${zone}?`,
  String.raw`${weekday}(?<day>\d{1,2})(?:st|nd|rd|th)?[\s-]${named}\.?[\s-](?<year>\d{4}|\d{2}),?(?:\s+(?:at\s+)?${clock})?\s*${zone}?`,
  String.raw`${weekday}${named}\.?\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year>\d{4}),?(?:\s+(?:at\s+)?${clock})?\s*${zone}?`,
  String.raw`${weekday}${named}\s+(?<day>\d{1,2})\s+${clock}(?:\s+${zone})?\s+(?<year>\d{4})`,
].map((form) => new RegExp(`^${form}$`, 'i'));

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The number of a month, such as `4`, `Apr` or `April`. */
const monthOf = (name: string): number => Number(name) || months.indexOf(name.slice(0, 3).toLowerCase()) + 1;

/** Converts `3 PM` to 24 hours; NaN for 13 PM. */
function hoursOf(hours: number, half: string | undefined): number {
  if (half === undefined) return hours;
  if (hours < 1 || hours > 12) return NaN;
  return (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

const pad = (value: string | number): string => String(value).padStart(2, '0');

/** The first minute of a day in `timeZone`. There's no 00:00 if clocks go forward at midnight. */
function firstMinute(date: string, timeZone: string): Instant | null {
  for (let minutes = 0; minutes < 24 * 60; minutes += 1) {
    const at = localInstant(`${date}T${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}:00`, timeZone);
    if (at !== null) return at;
  }
  return null;
}

/**
 * Parses a time as people write it in cState's front matter and `track` shortcodes. Times without an offset are in
 * `timeZone`, and a day is its first minute. `wrong` says why there's no such time, and `advice` what to write.
 */
export function readHugoTime(text: string, timeZone: string): HugoTime | NoTime {
  const parts = forms.map((form) => form.exec(text.trim())).find((match) => match !== null)?.groups;
  const noTime: NoTime = { wrong: 'is not a time', advice: 'Write it like 2018-04-13T15:54:00Z' };
  if (parts === undefined) return noTime;
  const { year = '', month = '', day = '', hours, minutes = '00', seconds = '00', fraction = '', half } = parts;
  const date = `${year.length === 2 ? `20${year}` : year}-${pad(monthOf(month))}-${pad(day)}`;
  const local = `${date}T${pad(hoursOf(Number(hours ?? 0), half))}:${minutes}:${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}`;
  // A date or hour that doesn't exist, such as 31 April, would be moved to the next month.
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc) || new Date(asUtc).toISOString() !== `${local}Z`) return noTime;
  if (parts['zone'] === undefined) {
    const [at = null, again = null] =
      hours === undefined ? [firstMinute(date, timeZone)] : localInstants(local, timeZone);
    if (at !== null) return { at, isLocal: true, again };
    return {
      wrong: `was skipped in ${timeZone}, where clocks were put forward`,
      advice: 'Write it with an offset, like 2018-04-13T15:54:00Z',
    };
  }
  const [, sign, offsetHours = '0', offsetMinutes = '0'] = /([+-])(\d{2}):?(\d{2})?/.exec(parts['zone']) ?? [];
  const shift = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
  return { at: asUtc + (sign === '-' ? shift : -shift), isLocal: false, again: null };
}

/** The first instant of a time that isn't before `start`. Notes a time that clocks in `timeZone` showed twice. */
export function likelyInstant(
  { at, again }: HugoTime,
  { start, timeZone }: { readonly start: Instant; readonly timeZone: string },
  note: (text: string) => void,
): Instant {
  if (again === null) return at;
  const [likely, other] = at < start ? [again, at] : [at, again];
  note(
    `occurs twice in ${timeZone}, where clocks were put back, and was imported as ${shortUtc(likely)}, not ${shortUtc(other)}. If that's wrong, write it with an offset, and import into a new folder`,
  );
  return likely;
}

/** The instant of a time; null if there's no such time. */
export function hugoInstant(text: string, timeZone: string): Instant | null {
  const read = readHugoTime(text, timeZone);
  return 'wrong' in read ? null : read.at;
}
