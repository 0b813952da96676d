import { mayHoldCredential } from '../schema/text.ts';
import { isAllowed, type PrivacyRules } from './leaks.ts';
import { fileProblem, type Place, placeOf, type Problem } from './problem.ts';

/** A credential in a text: what kind it is, never what it says, and where it stands. */
type Credential = { readonly kind: string; readonly start: number; readonly end: number };

type Lint = (text: string) => Promise<readonly Credential[]>;
let loaded: Promise<Lint> | null = null;

/**
 * Rules that are not for texts of people: one is about files of other kinds, the other lets a comment in the text
 * silence all.
 */
const left = /-(?:gcp|filter-comments)$/;

/** As `AWS Access Key ID`: the message of the rule `found …: VALUE`, made without its value. */
function kindOf(messages: object, id: string): string {
  const make = (messages as Readonly<Record<string, { readonly en?: (props: object) => string } | undefined>>)[id]?.en;
  const text = make?.(new Proxy({}, { get: () => '' })) ?? '';
  return /^found (.*?)(?:\(\))?[: ]*$/.exec(text)?.[1] || 'credential';
}

async function load(): Promise<Lint> {
  const [{ lintSource }, { rules }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ]);
  const used = rules.filter(({ meta }) => !left.test(meta.id));
  const messagesOf = new Map(used.map((rule) => [rule.meta.id, rule.messages]));
  const config = {
    rules: used.map((rule) => {
      // The number of an account opens nothing, and looks like many another number.
      const options = rule.meta.id.endsWith('-aws')
        ? { options: { enableIDScanRule: true }, allowMessageIds: ['AWSAccountID'] }
        : {};
      return { id: rule.meta.id, rule, ...options };
    }),
  };
  return async (text) => {
    const source = { filePath: 'update.md', ext: '.md', content: text, contentType: 'text' as const };
    const { messages } = await lintSource({ source, options: { config, noPhysicFilePath: true } });
    return messages.map(({ ruleId, messageId, range: [start, end] }) => ({
      kind: kindOf(messagesOf.get(ruleId) ?? {}, messageId),
      start,
      end,
    }));
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

/** The text of a content file. */
type FileText = { readonly path: string; readonly text: string };

/**
 * A file that holds a credential in its text or its name, and the problems to tell of it. None of them says the
 * credential.
 */
export type Exposed = {
  readonly path: string;
  readonly secrets: readonly string[];
  readonly problems: readonly Problem[];
};

function credentialProblem(path: string, kind: string, place?: Place): Problem {
  const message = `has what looks like a credential (${kind}). Remove it, and revoke it if it was ever pushed: git keeps its history. If it is meant to be public, add it to "allow:" in site.yml`;
  return { ...fileProblem(path, message, place), kind: 'credential' };
}

async function found(text: string, rules: PrivacyRules) {
  const credentials = (await credentialsIn(text)).map(({ kind, start, end }) => ({
    kind,
    start,
    secret: text.slice(start, end),
  }));
  return credentials.filter(({ secret }) => !isAllowed(secret, rules));
}

const escapes =
  /\\([!-/:-@[-`{-~])|\\x([\da-f]{2})|\\u([\da-f]{4})|&#x([\da-f]{1,6});|&#(\d{1,7});|&(lowbar|underbar|hyphen|period|sol|colon|commat|plus|equals);/gi;
const named: Readonly<Record<string, string>> = {
  lowbar: '_',
  underbar: '_',
  hyphen: '-',
  period: '.',
  sol: '/',
  colon: ':',
  commat: '@',
  plus: '+',
  equals: '=',
};

/**
 * A text as readers see it: without the backslashes of markdown and YAML, and with the characters that
 * HTML's references stand for. What is pasted from a chat often has a backslash before each `_`. Its lines are those of
 * the text.
 */
function asShown(text: string): string {
  return text.replaceAll(
    escapes,
    (written, sign?: string, x?: string, u?: string, hex?: string, decimal?: string, name = '') => {
      if (sign !== undefined) return sign;
      const code = decimal === undefined ? Number.parseInt(x ?? u ?? hex ?? '', 16) : Number(decimal);
      if (Number.isNaN(code)) return named[name.toLowerCase()] ?? written;
      return code > 32 && code < 127 ? String.fromCharCode(code) : written;
    },
  );
}

async function exposedIn({ path, text }: FileText, rules: PrivacyRules): Promise<Exposed[]> {
  const shownText = asShown(text);
  const [inName, inText, inShown] = await Promise.all([
    found(path, rules),
    found(text, rules),
    shownText === text ? [] : found(shownText, rules),
  ]);
  const lines = new Set(inText.map(({ start }) => placeOf(text, start).line));
  const escaped = inShown
    .map((one) => ({ ...one, line: placeOf(shownText, one.start).line }))
    .filter(({ line }) => !lines.has(line));
  if (inName.length + inText.length + escaped.length === 0) return [];
  const shown = inName.reduce((name, { secret }) => name.replaceAll(secret, '…'), path);
  const problems = [
    ...inName.map(({ kind }) => credentialProblem(shown, kind)),
    ...inText.map(({ kind, start }) => credentialProblem(shown, kind, placeOf(text, start))),
    ...escaped.map(({ kind, line }) => credentialProblem(shown, kind, { line, column: 1 })),
  ];
  return [{ path, secrets: [...inName, ...inText, ...escaped].map(({ secret }) => secret), problems }];
}

/** The files that hold a credential which `site.yml` does not allow. */
export async function exposedFiles(files: readonly FileText[], rules: PrivacyRules): Promise<readonly Exposed[]> {
  const suspects = files.filter(
    ({ path, text }) => mayHoldCredential(text) || mayHoldCredential(path) || mayHoldCredential(asShown(text)),
  );
  return (await Promise.all(suspects.map((file) => exposedIn(file, rules)))).flat();
}
