import leven from 'leven';
import { z } from 'zod';
import { nameOfHidden } from './hidden.ts';

/**
 * What every known kind of credential contains: its first letters, or a word. Files of a status page rarely contain
 * any of this, so the rules, which are slow, are rarely loaded. False positives are fine, but it must not miss any: a
 * test compares it with the rules' patterns.
 */
const starts = new RegExp(
  [
    // AWS: key IDs, and the name before a secret key.
    'A3T|A(?:KIA|GPA|IDA|ROA|IPA|NPA|NVA|SIA)|[Aa](?:CCESS|ccess)_?[Kk](?:EY|ey)',
    // User names and passwords in URLs, including database URLs.
    '://[^\\s/]*@',
    'PRIVATE KEY',
    // For this one, the rules also accept capitals.
    '[Hh][Oo][Oo][Kk][Ss]\\.[Ss]',
    'x(?:ox[bpaor]|app)-|gh[pousr]_|github_pat_|glpat-|gl(?:c|sa)_|npm_|dckr_pat_',
    'sk-(?:proj|svcacct|admin|ant)-|T3BlbkFJ|gsk_|hf_|dapi|figd_|lin_api_|ntn_|ops_ey',
    'SG\\.|shp(?:pa|ca|at|ss)_|hv[sbr]\\.|vc[piark]_',
  ].join('|'),
);

/** Whether to check a text for credentials. */
export function mayHoldCredential(text: string): boolean {
  return starts.test(text);
}

/**
 * A number or boolean in YAML, as written in the file. No field is a number, and a component named 3.10 must not
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

/** Formats a value for an error message: on one line, in quotes if it's text. Never repeats a possible credential. */
export function quote(value: unknown): string {
  const asWritten = (_: string, inner: unknown): unknown => (inner instanceof Unquoted ? inner.written : inner);
  const text = value instanceof Unquoted ? value.written : (JSON.stringify(value, asWritten) ?? String(value));
  if (mayHoldCredential(text)) return '"…"';
  // Other spaces look like the usual one.
  const shown = text.replaceAll(/[^\S ]/g, (space) => `\\u${space.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return shown.length > 80 ? `${shown.slice(0, 79).toWellFormed()}…` : shown;
}

/** Returns `Lesson: test it` as typed if YAML read it as a field; null for anything else. */
function onlyField(input: unknown): string | null {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return null;
  const [entry, ...more] = Object.entries(input);
  if (entry === undefined || more.length > 0) return null;
  if (typeof entry[1] === 'object' && !(entry[1] instanceof Unquoted)) return null;
  return entry.join(': ');
}

/** What was typed in a line, and what to type instead. */
export type Fix = { readonly given: string; readonly type: string };

/** What's wrong with a value. `fix` is for cases where only one thing can have been meant. */
export type Advice = { readonly message: string; readonly fix: Fix | null };

/** Returns a message for a zod issue, and attaches the advice for `adviceOf`. */
export function advise(issue: z.core.$ZodRawIssue, ...advice: readonly Advice[]): string {
  Object.assign(issue, { params: { advice } });
  return advice.map(({ message }) => message).join('; ');
}

/** Returns the advice for a zod issue: one entry, or one per unknown field. */
export function adviceOf(issue: z.core.$ZodIssue): readonly Advice[] {
  const params = 'params' in issue ? (issue.params as { readonly advice?: readonly Advice[] }) : {};
  return params.advice ?? [{ message: issue.message, fix: null }];
}

/** Says what's wrong with a value that should be text. `example` shows what to type. */
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

/** A line that isn't blank. `example` shows what to type. */
export function line(example: string) {
  return z
    .string({ error: (issue) => advise(issue, notText(issue.input, example)) })
    .trim()
    .min(1, { error: `is blank. Write it like ${example}` })
    .regex(/^[^\n\r]*$/, { error: 'has more than one line. Put it on one line' });
}

const freeTexts = z.registry<Record<string, never>>();

/** A line that people read. Its text may contain `#`. */
export function text(example: string) {
  return line(example).register(freeTexts, {});
}

/** Whether `schema` has such a text at `path`. */
export function isFreeText(schema: unknown, path: readonly PropertyKey[]): boolean {
  if (schema instanceof z.ZodOptional) return isFreeText(schema.unwrap(), path);
  if (schema instanceof z.ZodUnion) return schema.options.some((option) => isFreeText(option, path));
  const [key, ...below] = path;
  if (key === undefined) return schema instanceof z.ZodString && freeTexts.has(schema);
  if (schema instanceof z.ZodObject) return isFreeText(schema.shape[String(key)], below);
  if (schema instanceof z.ZodArray) return isFreeText(schema.element, below);
  return schema instanceof z.ZodRecord && isFreeText(schema.valueType, below);
}

/** The value of a text, or a message that says what to type instead. */
export type Read<T> = { readonly value: T } | { readonly wrong: string; readonly fix?: Fix | null };

const adviceOn = ({ wrong, fix = null }: { readonly wrong: string; readonly fix?: Fix | null }): Advice => ({
  message: wrong,
  fix,
});

/** Text that `read` converts to a value, such as a time. `example` is shown to users. */
export function readable<T>(example: string, read: (given: string) => Read<T>) {
  return z
    .string({
      error: (issue) => {
        const { input } = issue;
        // Only suggest quotes around a number if it's then valid: `next_update: 30` lacks an m.
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

/** Returns the candidate that was probably meant; null if none is close. */
export function suggest(given: string, candidates: readonly string[]): string | null {
  const typed = given.toLowerCase().replaceAll(/[\s_-]+/g, '_');
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    const distance = leven(typed, candidate.toLowerCase().replaceAll('-', '_'), { maxDistance: 6 });
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  // Two swapped letters count as one typo.
  const swapped = bestDistance === 2 && best !== null && letters(best.toLowerCase()) === letters(typed);
  if (swapped || bestDistance <= Math.min(4, Math.max(1, Math.floor(typed.length / 3)))) return best;
  // Matches `partial` to `partial_outage` and `Berlin` to `Europe/Berlin`, if that's unambiguous.
  const [whole, ...more] = candidates.filter((candidate) => candidate.toLowerCase().split(/[_/-]/).includes(typed));
  return more.length === 0 ? (whole ?? null) : null;
}

/** Returns the candidate that was probably meant, as a fix. */
export function suggestFix(given: string, candidates: readonly string[]): Fix | null {
  const type = suggest(given, candidates);
  return type === null ? null : { given, type };
}

/** Longer lists are only shown in part. No file has more fields. */
const mostListed = 30;

/** Characters that may look like a space or like a letter from A to Z. */
const lookAlike = /[^\p{ASCII}\p{sc=Latin}]/u;

/** Returns a sentence: `Did you mean "x"?`, or all candidates, or the closest ones if there are very many. */
export function didYouMean(given: string, candidates: readonly string[]): string {
  const near = suggest(given, candidates);
  if (near !== null) {
    const odd = lookAlike.exec(given)?.[0];
    return `${odd === undefined ? '' : `It has the character ${nameOfHidden(odd)}. `}Did you mean "${near}"?`;
  }
  if (candidates.length <= mostListed) return candidates.length === 0 ? '' : `Use one of: ${candidates.join(', ')}.`;
  const typed = given.toLowerCase();
  // Candidates with a common start or word are closer than those that only have similar letters.
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
