import { mayHoldCredential } from '../../schema/credential-starts.ts';

/** A credential in a text: what kind it is, never what it says, and where it stands. */
export type Credential = { readonly kind: string; readonly start: number; readonly end: number };

type Lint = (text: string) => Promise<readonly Credential[]>;
let loaded: Promise<Lint> | null = null;

/** Rules that are not for texts of people: one is about files of other kinds, the other lets a comment in the text silence all. */
const left = /-(?:gcp|filter-comments)$/;

/** As `AWS Access Key ID`: the message of the rule `found …: VALUE`, made without its value. */
function kindOf(messages: object, id: string): string {
  const make = (messages as Readonly<Record<string, { readonly en?: (props: object) => string } | undefined>>)[id]?.en;
  const said = make?.(new Proxy({}, { get: () => '' })) ?? '';
  return /^found (.*?)(?:\(\))?[: ]*$/.exec(said)?.[1] || 'credential';
}

async function load(): Promise<Lint> {
  const [{ lintSource }, { rules }] = await Promise.all([import('@secretlint/core'), import('@secretlint/secretlint-rule-preset-recommend')]);
  const used = rules.filter(({ meta }) => !left.test(meta.id));
  const messagesOf = new Map(used.map((rule) => [rule.meta.id, rule.messages]));
  const config = {
    rules: used.map((rule) => {
      // The number of an account opens nothing, and looks like many another number.
      const options = rule.meta.id.endsWith('-aws') ? { options: { enableIDScanRule: true }, allowMessageIds: ['AWSAccountID'] } : {};
      return { id: rule.meta.id, rule, ...options };
    }),
  };
  return async (text) => {
    const source = { filePath: 'update.md', ext: '.md', content: text, contentType: 'text' as const };
    const { messages } = await lintSource({ source, options: { config, noPhysicFilePath: true } });
    return messages.map(({ ruleId, messageId, range: [start, end] }) => ({ kind: kindOf(messagesOf.get(ruleId) ?? {}, messageId), start, end }));
  };
}

/**
 * The credentials in a text, in its order: what secretlint's recommended rules find, and AWS key ids.
 * The rules are loaded when a text first looks like holding one.
 */
export async function credentialsIn(text: string): Promise<readonly Credential[]> {
  if (!mayHoldCredential(text)) return [];
  const lint = await (loaded ??= load());
  return lint(text);
}
