import type { Context } from '../../cli/context.ts';

/** The environment variables. */
export type Env = Context['env'];

/** A secret, or an error that says how to set it. */
export type Secret = { readonly value: string } | { readonly problem: string };

/**
 * All secrets of a site in one variable, one per line, so that a workflow only has to pass this one, whatever the
 * secrets are called.
 */
const together = 'HALFPAST_SECRETS';

/** The lines of `HALFPAST_SECRETS`: `NAME=value`, blank, or a comment. */
function readTogether(text: string): {
  readonly values: ReadonlyMap<string, string>;
  readonly wrongLine: number | null;
} {
  const values = new Map<string, string>();
  let wrongLine: number | null = null;
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const [, name, value = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=(.*)$/.exec(line) ?? [];
    if (name === undefined) wrongLine ??= index + 1;
    else if (value.trim() !== '') values.set(name, value.trim().replace(/^(["'])(.*)\1$/, '$2'));
  }
  return { values, wrongLine };
}

/** The value of a variable, or of its line in `HALFPAST_SECRETS`. */
export function secretOf(name: string, env: Env): Secret {
  const { values, wrongLine } = readTogether(env[together] ?? '');
  const value = env[name]?.trim() || values.get(name) || '';
  if (value !== '') return { value };
  // Don't show the line itself, which may contain a secret.
  const wrong = wrongLine === null ? '' : `, and line ${wrongLine} of ${together} isn't NAME=value`;
  return {
    problem: `${name} is not set${wrong}. Export it where publish or notify runs; on GitHub, add it to the secret ${together}, as a line ${name}=…`,
  };
}

/** The protocols that messages can be posted to. */
export const web = ['https:', 'http:'] as const;

/** An address with one of these protocols. */
export function addressOf(name: string, env: Env, protocols: readonly string[]): Secret {
  const secret = secretOf(name, env);
  if ('problem' in secret || protocols.includes(URL.parse(secret.value)?.protocol ?? '')) return secret;
  // Don't show the value: it's a secret, even if it's wrong.
  return {
    problem: `${name} has no address that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}. Set it again`,
  };
}
