import { quote, readable } from './text.ts';

/** The name of an environment variable that holds a secret; the secret itself must not be in the content. */
export const environmentName = (example: string) =>
  readable(example, (given) => {
    if (/^[A-Z_][A-Z0-9_]*$/.test(given)) return { value: given };
    // Shown only in part: it may be the secret, and errors end up in logs.
    const looksSecret = /[:/]/.test(given) || given.length > 40;
    return {
      wrong: looksSecret
        ? `is no name but perhaps the secret itself, which must not be in the content. Put it into an environment variable and type that name, as ${example}`
        : `${quote(given)} is not the name of an environment variable. Type capital letters, as ${example}`,
    };
  });
