import { z } from 'zod';
import { languages } from '../words/words.ts';
import { advise, didYouMean, quote, type Read, readable, suggestFix, Unquoted } from './text.ts';

/**
 * A mapping that only allows these fields. `wrongKind` says what to type if the value isn't a mapping. The advice for
 * unknown fields has one entry per key in the issue's `keys`, in order. `ofOriginal` are fields that a translation
 * takes from its original.
 */
export function fields<T extends z.core.$ZodLooseShape>(
  shape: T,
  wrongKind: string,
  ofOriginal: readonly string[] = [],
) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return `${quote(issue.input)} ${wrongKind}`;
      const adviceFor = (key: string) =>
        ofOriginal.includes(key)
          ? { message: 'is the same in every language, and comes from the original. Delete this line', fix: null }
          : { message: `is not a known field. ${didYouMean(key, known)}`, fix: suggestFix(key, known) };
      return advise(issue, ...issue.keys.map(adviceFor));
    },
  });
}

/** `true` or `false`, including YAML's `True`, `TRUE`, `False` and `FALSE`. */
export const yesOrNo = z.preprocess(
  (given) => {
    const word = given instanceof Unquoted ? given.written.toLowerCase() : '';
    return word === 'true' || word === 'false' ? word === 'true' : given;
  },
  z.boolean({ error: ({ input }) => `${quote(input)} is neither true nor false. Use true or false` }),
);

/** A YAML list of `item`. `example` shows what to type. */
export function list<T extends z.ZodType>(item: T, example: string) {
  return z.array(item, {
    error: ({ input }) =>
      input === undefined
        ? `is missing. Add a list below it, like "  - ${example}"`
        : `${quote(input)} is not a list. Put each item on its own line, like "  - ${example}"`,
  });
}

/**
 * Names and texts in other languages: maps a language, such as `de`, to some of the sibling fields. `example` shows
 * what to type. Which languages the site has is checked elsewhere.
 */
export function translations<T extends z.core.$ZodLooseShape>(texts: T, example: string) {
  const wrongKind = `is not a translation. Write "${example}" below it`;
  return z
    .record(z.string(), fields(texts, wrongKind), {
      error: ({ input }) =>
        `${quote(input)} is not a list of translations. Below "translations:", write a language such as "de:", and "${example}" below that`,
    })
    .meta({ propertyNames: { enum: languages } })
    .optional();
}

/** A single `item` or a list of them. `validate` reports the problems of whichever was meant. */
export function oneOrMore<T extends z.ZodType>(item: T) {
  return z.union([z.array(item).min(1, { error: 'is an empty list. Add an item, or delete it' }), item]);
}

/** A word from a fixed list. `what` describes it, such as `a status`. */
export function oneOf<const T extends readonly [string, ...string[]]>(values: T, what: string) {
  return z.enum(values, {
    error: (issue) => {
      const { input } = issue;
      if (input === undefined) return `is missing. Use one of: ${values.join(', ')}.`;
      const given = typeof input === 'string' ? input : String(input);
      const message = `${quote(input)} is not ${what}. ${didYouMean(given, values)}`;
      return advise(issue, { message, fix: suggestFix(given, values) });
    },
  });
}

/**
 * Caches a schema per time zone, because zod compiles schemas on first use, which takes longer than validating a file.
 */
export function perZone<T>(make: (timeZone: string) => T): (timeZone: string) => T {
  const made = new Map<string, { readonly schema: T }>();
  return (timeZone) => {
    const found = made.get(timeZone) ?? { schema: make(timeZone) };
    made.set(timeZone, found);
    return found.schema;
  };
}

function readWebAddress(given: string): Read<string> {
  const wrong = `${quote(given)} is not a web address. Use a full one, such as https://status.example.com`;
  if (!URL.canParse(given)) return { wrong };
  const { protocol, username, password } = new URL(given);
  if (protocol !== 'https:' && protocol !== 'http:') return { wrong };
  if (username + password !== '')
    return { wrong: `${quote(given)} has a user name or password. Remove it: the page is public` };
  return { value: given };
}

/** An http or https URL. */
export const webAddress = (example: string) => readable(example, readWebAddress);

function readSiteAddress(given: string): Read<string> {
  const result = readWebAddress(given);
  if ('wrong' in result) return result;
  const { origin, pathname, search, hash } = new URL(result.value);
  if (search + hash !== '') {
    return { wrong: `${quote(given)} has a query or fragment. Use ${origin}${pathname.replace(/\/+$/, '')}` };
  }
  return { value: `${origin}${pathname.replace(/\/+$/, '')}` };
}

/** The site's URL. The result has no trailing slash. */
export const siteAddress = readable('url: https://status.example.com', readSiteAddress);

const bare = /^[^\s<>",;@]+@[^\s<>",;@]+$/;

/** An email address, optionally with a name: `Example Status <status@example.com>`. */
export const mailAddress = (example: string) =>
  readable(example, (given) => {
    const named = /^([^<>"\r\n]*)<([^<>]+)>$/.exec(given);
    if (bare.test(given) || (named !== null && bare.test(named[2] ?? ''))) return { value: given };
    return { wrong: `${quote(given)} is not a single email address. Write it like ${example}` };
  });

/** The name of an environment variable that contains a secret. The secret itself must not be in the content. */
export const environmentName = (example: string) =>
  readable(example, (given) => {
    if (/^[A-Z_][A-Z0-9_]*$/.test(given)) return { value: given };
    // It may be the secret itself, so don't show it: errors end up in logs.
    const looksSecret = /[:/]/.test(given) || given.length > 40;
    return {
      wrong: looksSecret
        ? `looks like the secret itself, which must not be in the content. Store it in an environment variable and use its name here, like ${example}`
        : `${quote(given)} is not a valid environment variable name. Use capital letters, digits and _, like ${example}`,
    };
  });
