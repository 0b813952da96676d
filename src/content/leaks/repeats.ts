import type { Problem } from '../problem.ts';

/** So many characters in a row are a part of a credential, and fewer a chance. */
const part = 8;

/** Whether a problem repeats no part of any of these credentials: problems quote what is wrong. */
export function repeatsNone(secrets: readonly string[]): (problem: Problem) => boolean {
  const parts = new Set(secrets.flatMap((secret) => Array.from({ length: Math.max(1, secret.length - part + 1) }, (_, at) => secret.slice(at, at + part).toLowerCase())));
  return ({ file, field, message }) => {
    const said = `${file}\n${field ?? ''}\n${message}`.toLowerCase();
    // As many pieces as the line has, however long the credential is.
    for (let at = 0; at < said.length; at += 1) if (parts.has(said.slice(at, at + part))) return false;
    return true;
  };
}
