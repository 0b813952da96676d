import leven from 'leven';
import { z } from 'zod';

/**
 * Characters that nobody sees. Some make a terminal act or show text in another order than it is
 * stored; XML, and so feeds, take none of the control characters; all can make two names look alike.
 */
const suspects = /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}\p{NChar}]--[\t\n]]/gv;
const hasSuspect = new RegExp(suspects, 'v');

/** Visible although Unicode counts them with these: signs that stand below or before Arabic and Syriac digits. */
const visible = /[\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}\u{13430}-\u{1345F}]/v;

/** Letters of scripts that write and break words without spaces or joiners; there a joiner has nothing to do. */
const plainLetter = /[\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}]/v;
const joinedLetter = /[[\p{L}\p{M}]--[\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}]]/v;
const emoji = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F\u20E3]/v;
const rightToLeft =
  /[[\p{scx=Hebr}\p{scx=Arab}\p{scx=Syrc}\p{scx=Thaa}\p{scx=Nkoo}\p{scx=Adlm}]--[\p{scx=Latin}\p{P}\p{N}\p{Cf}]]/v;

type Around = { readonly before: string; readonly after: string; readonly isRightToLeft: () => boolean };

/** The whole character that ends or begins a text. */
const last = (text: string): string => /.$/su.exec(text.slice(-2))?.[0] ?? '';
const first = (text: string): string => /^./su.exec(text.slice(0, 2))?.[0] ?? '';

/** What legitimate text needs, and where alone it needs it. */
const uses: readonly (readonly [characters: RegExp, isUse: (around: Around) => boolean])[] = [
  // Zero-width joiner: families and flags of emoji are made with it.
  [
    /\u200D/,
    ({ before, after }) =>
      (emoji.test(last(before)) && /\p{Extended_Pictographic}/u.test(first(after))) || joinedLetter.test(last(before)),
  ],
  // Zero-width non-joiner and space: Persian and the scripts of India write words with the one, Thai and Khmer break lines at the other.
  [/[\u200B\u200C]/, ({ before, after }) => joinedLetter.test(last(before)) && joinedLetter.test(first(after))],
  // Marks of direction have no scope and move no letters: they put a full stop on the right side of a Hebrew or Arabic word.
  [/[\u200E\u200F\u061C]/, ({ isRightToLeft }) => isRightToLeft()],
  // Variation selectors choose between two looks of the sign before, one at a time.
  [/[\uFE00-\uFE0F]/, ({ before }) => /[^\s\p{DI}]$/u.test(before) && !plainLetter.test(last(before))],
  [/[\u{E0100}-\u{E01EF}]/u, ({ before }) => /\p{Script=Han}$/u.test(before)],
  [/[\u180B-\u180F]/, ({ before }) => /[\p{Script=Mongolian}]$/u.test(before)],
  // The flags of England, Scotland and Wales are a black flag and letters in tags.
  [/[\u{E0020}-\u{E007F}]/u, ({ before }) => /\u{1F3F4}[\u{E0020}-\u{E007E}]*$/u.test(before.slice(-30))],
  // A soft hyphen is seen where the line ends.
  [/\u00AD/, ({ before, after }) => /\p{L}$/u.test(before.slice(-2)) && /^\p{L}/u.test(after.slice(0, 2))],
];

/** Whether an invisible character has a use at its place in a line. */
function hasUse(character: string, line: string, index: number, isRightToLeft: () => boolean): boolean {
  if (visible.test(character)) return true;
  const rule = uses.find(([characters]) => characters.test(character));
  const end = index + character.length;
  return (
    rule?.[1]({ before: line.slice(Math.max(0, index - 30), index), after: line.slice(end, end + 2), isRightToLeft }) ??
    false
  );
}

/** Asked once for a line, which may be long and hold many marks. */
function onceFor(line: string): () => boolean {
  let known: boolean | null = null;
  return () => (known ??= rightToLeft.test(line));
}

/** An invisible character without a use at its place. */
type Hidden = { readonly index: number; readonly character: string };

/** The hidden characters of a text, one after the other. Line ends and tabs are none. */
export function* hiddenIn(text: string): Generator<Hidden> {
  if (!hasSuspect.test(text)) return;
  let start = 0;
  for (const line of text.split('\n')) {
    const isRightToLeft = onceFor(line);
    for (const { 0: character, index } of line.matchAll(suspects)) {
      if (!hasUse(character, line, index, isRightToLeft)) yield { index: start + index, character };
    }
    start += line.length + 1;
  }
}

/** The first hidden character of a text, or null. */
export function firstHidden(text: string): Hidden | null {
  return hiddenIn(text).next().value ?? null;
}

/** The text with something else in place of each hidden character. */
export function replaceHidden(text: string, replace: (character: string) => string): string {
  if (!hasSuspect.test(text)) return text;
  const clean = (line: string): string => {
    const isRightToLeft = onceFor(line);
    return line.replaceAll(suspects, (character, index: number) =>
      hasUse(character, line, index, isRightToLeft) ? character : replace(character),
    );
  };
  return text.split('\n').map(clean).join('\n');
}

/** The text without its hidden characters. */
export function withoutHidden(text: string): string {
  const once = replaceHidden(text, () => '');
  // What stood between two of them may have lost its use.
  return firstHidden(once) === null ? once : withoutHidden(once);
}

const names: Readonly<Record<string, string>> = {
  '\u001B': 'ESC',
  '\u007F': 'DEL',
  '\u00AD': 'soft hyphen',
  '\u061C': 'Arabic letter mark',
  '\u200B': 'zero-width space',
  '\u200C': 'zero-width non-joiner',
  '\u200D': 'zero-width joiner',
  '\u200E': 'left-to-right mark',
  '\u200F': 'right-to-left mark',
  '\u2028': 'line separator',
  '\u2029': 'paragraph separator',
  '\u202A': 'left-to-right embedding',
  '\u202B': 'right-to-left embedding',
  '\u202C': 'end of an embedding',
  '\u202D': 'left-to-right override',
  '\u202E': 'right-to-left override',
  '\u2060': 'word joiner',
  '\u2066': 'left-to-right isolate',
  '\u2067': 'right-to-left isolate',
  '\u2068': 'first strong isolate',
  '\u2069': 'end of an isolate',
  '\uFEFF': 'byte order mark',
};

/** A hidden character by its number, and its name where people may know it: `U+200B (zero-width space)`. */
export function nameOfHidden(character: string): string {
  const number = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const name = names[character] ?? (/\p{Cc}/u.test(character) ? 'control character' : undefined);
  return name === undefined ? number : `${number} (${name})`;
}

/** Any text as one line in which nothing is hidden: such characters, with or without a use, become U+FFFD; but emoji stay whole. */
export function shownLine(text: string): string {
  return text
    .replaceAll(/[\t\n\u00AD\u061C\u200B\u200C\u200E\u200F]/g, '\uFFFD')
    .replaceAll(suspects, (character, index: number) =>
      hasUse(character, text, index, () => false) ? character : '\uFFFD',
    );
}

/**
 * What every credential that the rules know holds, as its first letters or a word of it. Nearly no file
 * of a status page has any of this, so the rules, which are slow, are seldom asked and seldom loaded.
 * It may find too much and must not miss: a test holds it against the patterns of the rules themselves.
 */
const starts = new RegExp(
  [
    // AWS: key ids, and the name before a secret key.
    'A3T|A(?:KIA|GPA|IDA|ROA|IPA|NPA|NVA|SIA)|[Aa](?:CCESS|ccess)_?[Kk](?:EY|ey)',
    // Names and passwords in addresses, those of databases included.
    '://[^\\s/]*@',
    'PRIVATE KEY',
    // Of this one the rules take capitals, too.
    '[Hh][Oo][Oo][Kk][Ss]\\.[Ss]',
    'x(?:ox[bpaor]|app)-|gh[pousr]_|github_pat_|glpat-|gl(?:c|sa)_|npm_|dckr_pat_',
    'sk-(?:proj|svcacct|admin|ant)-|T3BlbkFJ|gsk_|hf_|dapi|figd_|lin_api_|ntn_|ops_ey',
    'SG\\.|shp(?:pa|ca|at|ss)_|hv[sbr]\\.|vc[piark]_',
  ].join('|'),
);

/** Whether the rules are worth asking about a text. */
export function mayHoldCredential(text: string): boolean {
  return starts.test(text);
}

/**
 * A number or boolean in YAML, as it is written in the file: no field is a number, and a component named 3.10 must not
 * become 3.1. Only `true` and `false` are booleans.
 */
export class Unquoted {
  readonly written: string;
  constructor(written: string) {
    this.written = written;
  }
  toString(): string {
    return this.written;
  }
}

/** A value as a person would recognise it in an error: one line, in quotes if it is text. What may be a credential is not repeated. */
export function quote(value: unknown): string {
  const shown = (_: string, inner: unknown): unknown => (inner instanceof Unquoted ? inner.written : inner);
  const text = value instanceof Unquoted ? value.written : (JSON.stringify(value, shown) ?? String(value));
  if (mayHoldCredential(text)) return '"…"';
  return text.length > 80 ? `${text.slice(0, 79).toWellFormed()}…` : text;
}

/** `Lesson: test it` as it was typed, where YAML made a field of it; null for anything else. */
function onlyField(input: unknown): string | null {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return null;
  const [entry, ...more] = Object.entries(input);
  if (entry === undefined || more.length > 0) return null;
  if (typeof entry[1] === 'object' && !(entry[1] instanceof Unquoted)) return null;
  return entry.join(': ');
}

/** What was typed in a line, and what to type in its place. */
export type Fix = { readonly given: string; readonly type: string };

/** What is wrong with a value. `fix` is for when only one thing can have been meant. */
export type Advice = { readonly message: string; readonly fix: Fix | null };

/** The message of a zod issue, which keeps the advice itself for `adviceOf`. */
export function advise(issue: z.core.$ZodRawIssue, ...advice: readonly Advice[]): string {
  Object.assign(issue, { params: { advice } });
  return advice.map(({ message }) => message).join('; ');
}

/** What a zod issue advises: one piece, or one for each unknown field. */
export function adviceOf(issue: z.core.$ZodIssue): readonly Advice[] {
  const params = 'params' in issue ? (issue.params as { readonly advice?: readonly Advice[] }) : {};
  return params.advice ?? [{ message: issue.message, fix: null }];
}

/** What is wrong with a value that should be text. `example` is a line to type. */
export function notText(input: unknown, example: string): Advice {
  if (input === undefined) return { message: `is missing. Add ${example}`, fix: null };
  if (input instanceof Unquoted || typeof input === 'boolean') {
    const [given, type] = [quote(input), `"${quote(input)}"`];
    return { message: `${given} is not text in YAML. Put it in quotes: ${type}`, fix: { given, type } };
  }
  const field = onlyField(input);
  if (field === null) return { message: `${quote(input)} is not text. Write it like ${example}`, fix: null };
  const type = quote(field);
  return {
    message: `is read as a field because of its ": ". Put it in quotes: ${type}`,
    fix: type === JSON.stringify(field) ? { given: field, type } : null,
  };
}

/** One line that is not blank. `example` is a line to type. */
export function line(example: string) {
  return z
    .string({ error: (issue) => advise(issue, notText(issue.input, example)) })
    .trim()
    .min(1, { error: `is blank. Write it like ${example}` })
    .regex(/^[^\n\r]*$/, { error: 'has more than one line. Put it on one line' });
}

const freeTexts = z.registry<Record<string, never>>();

/** One line that people read, in which a `#` can be part of the text. */
export function text(example: string) {
  return line(example).register(freeTexts, {});
}

/** Whether the value at `path` of what fits `schema` is such a text. */
export function isFreeText(schema: unknown, path: readonly PropertyKey[]): boolean {
  if (schema instanceof z.ZodOptional) return isFreeText(schema.unwrap(), path);
  if (schema instanceof z.ZodUnion) return schema.options.some((option) => isFreeText(option, path));
  const [key, ...below] = path;
  if (key === undefined) return schema instanceof z.ZodString && freeTexts.has(schema);
  if (schema instanceof z.ZodObject) return isFreeText(schema.shape[String(key)], below);
  if (schema instanceof z.ZodArray) return isFreeText(schema.element, below);
  return schema instanceof z.ZodRecord && isFreeText(schema.valueType, below);
}

/** What a reader of text makes of it: a value, or a message that says what to type instead. */
export type Read<T> = { readonly value: T } | { readonly wrong: string; readonly fix?: Fix | null };

const adviceOn = ({ wrong, fix = null }: { readonly wrong: string; readonly fix?: Fix | null }): Advice => ({
  message: wrong,
  fix,
});

/** Text with a meaning of its own, such as a time: read by `read`, shown to users by `example`. */
export function readable<T>(example: string, read: (given: string) => Read<T>) {
  return z
    .string({
      error: (issue) => {
        const { input } = issue;
        // Quotes around a number help only where its text would be right: `next_update: 30` lacks an m.
        const result = input instanceof Unquoted || typeof input === 'boolean' ? read(String(input)) : null;
        return advise(issue, result !== null && 'wrong' in result ? adviceOn(result) : notText(input, example));
      },
    })
    .transform((given, context): T => {
      const result = read(given.trim());
      if ('value' in result) return result.value;
      const advice = adviceOn(result);
      context.issues.push({ code: 'custom', message: advice.message, params: { advice: [advice] }, input: given });
      return z.NEVER;
    });
}

const letters = (word: string): string => [...word].sort().join('');

/** The candidate that was probably meant, or null when none is near. */
export function suggest(given: string, candidates: readonly string[]): string | null {
  const typed = given.toLowerCase().replaceAll(/[\s_-]+/g, '_');
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    const distance = leven(typed, candidate.toLowerCase().replaceAll('-', '_'), { maxDistance: 6 });
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  // Two letters that changed places count as one slip.
  const swapped = bestDistance === 2 && best !== null && letters(best.toLowerCase()) === letters(typed);
  if (swapped || bestDistance <= Math.min(4, Math.max(1, Math.floor(typed.length / 3)))) return best;
  // `partial` for `partial_outage`, `Berlin` for `Europe/Berlin`: if only one can be meant.
  const [whole, ...more] = candidates.filter((candidate) => candidate.toLowerCase().split(/[_/-]/).includes(typed));
  return more.length === 0 ? (whole ?? null) : null;
}

/** The candidate that was probably meant, as a fix. */
export function suggestFix(given: string, candidates: readonly string[]): Fix | null {
  const type = suggest(given, candidates);
  return type === null ? null : { given, type };
}

/** Longer lists than this are shown only in part. */
const mostListed = 25;

/** `Did you mean "x"?`, or else all that is possible, or the nearest of very many, as a sentence. */
export function didYouMean(given: string, candidates: readonly string[]): string {
  const near = suggest(given, candidates);
  if (near !== null) return `Did you mean "${near}"?`;
  if (candidates.length <= mostListed) return candidates.length === 0 ? '' : `Use one of: ${candidates.join(', ')}.`;
  const typed = given.toLowerCase();
  // One that shares its beginning or a word is nearer than any that only has similar letters.
  const distance = (one: string): number => {
    const shared = one
      .toLowerCase()
      .split(/[_-]/)
      .some((word) => word.length > 2 && typed.includes(word));
    return leven(typed, one.toLowerCase()) - (shared ? 1000 : 0);
  };
  const nearest = candidates.map((one) => [distance(one), one] as const).toSorted(([a], [b]) => a - b);
  const listed = nearest.slice(0, 5).map(([, one]) => one);
  return `Use one of the ${candidates.length}, such as ${listed.join(', ')}.`;
}
