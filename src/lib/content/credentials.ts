import { mayHoldCredential } from '../schema/text.ts';
import { isAllowed, type PrivacyRules } from './leaks.ts';
import { fileProblem, type Place, placeOf, type Problem } from './problem.ts';

/** The kind and position of a credential in a text, without the credential itself. */
type Credential = { readonly kind: string; readonly start: number; readonly end: number };

type Lint = (text: string) => Promise<readonly Credential[]>;
let loaded: Promise<Lint> | null = null;

/**
 * Rules that don't suit prose: one is for other file types, and the other lets a comment in the text
 * disable all rules.
 */
const left = /-(?:gcp|filter-comments)$/;

/** Returns a name such as `AWS Access Key ID`, from the rule's message `found …: VALUE` without its value. */
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
      // Account numbers don't grant access, and look like many other numbers.
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
 * Returns the credentials in a text, in order: what secretlint's recommended rules find, and AWS key IDs. Loads the
 * rules when a text first looks like it contains one.
 */
export async function credentialsIn(text: string): Promise<readonly Credential[]> {
  if (!mayHoldCredential(text)) return [];
  const lint = await (loaded ??= load());
  return lint(text);
}

/** The text of a content file. */
type FileText = { readonly path: string; readonly text: string };

/**
 * A file that contains a credential in its text or name, and the problems to report. None of them
 * repeats the credential.
 */
export type Exposed = {
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
 * Returns a text as readers see it: without the backslashes of Markdown and YAML, and with HTML references decoded.
 * Text pasted from a chat often has a backslash before each `_`. Line numbers stay the same.
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
  return [{ secrets: [...inName, ...inText, ...escaped].map(({ secret }) => secret), problems }];
}

/** Returns the files that contain a credential that `site.yml` doesn't allow. */
export async function exposedFiles(files: readonly FileText[], rules: PrivacyRules): Promise<readonly Exposed[]> {
  const suspects = files.filter(
    ({ path, text }) => mayHoldCredential(text) || mayHoldCredential(path) || mayHoldCredential(asShown(text)),
  );
  return (await Promise.all(suspects.map((file) => exposedIn(file, rules)))).flat();
}
