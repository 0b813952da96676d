import { z } from 'zod';
import { mayHoldCredential } from './credential-starts.ts';

/** A number as YAML writes it; JSON has no word for .inf and .nan. */
function writtenNumber(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  return Number.isFinite(value) ? String(value) : `${value < 0 ? '-' : ''}.inf`;
}

/** A value as a person would recognise it in an error: one line, in quotes if it is text. What may be a credential is not repeated. */
export function quote(value: unknown): string {
  const text = typeof value === 'number' ? writtenNumber(value) : (JSON.stringify(value) ?? String(value));
  if (mayHoldCredential(text)) return '"…"';
  return text.length > 80 ? `${text.slice(0, 79).toWellFormed()}…` : text;
}

/** `Lesson: test it` as it was typed, where YAML made a field of it; null for anything else. */
function onlyField(input: unknown): string | null {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return null;
  const [entry, ...more] = Object.entries(input);
  if (entry === undefined || more.length > 0 || typeof entry[1] === 'object') return null;
  return entry.join(': ');
}

/** What is wrong with a value that should be text. `example` is a line to type. */
export function notText(input: unknown, example: string): string {
  if (input === undefined) return `is missing. Type ${example}`;
  if (typeof input === 'number' || typeof input === 'boolean') {
    return `${quote(input)} is not text for YAML. Put it in quotes: "${quote(input)}"`;
  }
  const field = onlyField(input);
  if (field !== null) return `is a field to YAML, for its ": ". Put it in quotes: ${quote(field)}`;
  return `${quote(input)} is not text. Type ${example}`;
}

/** One line of text that is not blank. `example` is a line to type. */
export function text(example: string) {
  return z
    .string({ error: ({ input }) => notText(input, example) })
    .trim()
    .min(1, { error: `is blank. Type ${example}` })
    .regex(/^[^\n\r]*$/, { error: 'has more than one line. Put it on one line' });
}

/** What a reader of text makes of it: a value, or a message that says what to type instead. */
export type Read<T> = { readonly value: T } | { readonly wrong: string };

/** Text with a meaning of its own, such as a time: read by `read`, shown to users by `example`. */
export function readable<T>(example: string, read: (given: string) => Read<T>) {
  return z
    .string({
      error: ({ input }) => {
        // Quotes around a number help only where its text would be right: `next_update: 30` lacks an m.
        const result = typeof input === 'number' || typeof input === 'boolean' ? read(String(input)) : null;
        return result !== null && 'wrong' in result ? result.wrong : notText(input, example);
      },
    })
    .transform((given, context): T => {
      const result = read(given.trim());
      if ('value' in result) return result.value;
      context.issues.push({ code: 'custom', message: result.wrong, input: given });
      return z.NEVER;
    });
}
