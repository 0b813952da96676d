import { quote } from '../schema/text.ts';
import { fileProblem, placeOf, type Problem } from './problem.ts';
import { readYaml } from './yaml.ts';

/** A piece of a text and where it begins. */
type Span = { readonly text: string; readonly start: number };

/** All that a pattern, which must be global, finds. */
function spansOf(pattern: RegExp, text: string): Span[] {
  return [...text.matchAll(pattern)].map((match) => ({ text: match[0], start: match.index }));
}

const address = /(?<![\w.+%-])[\w.+%-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,10}[a-z]{2,63}(?![\w-])/gi;

/** Example domains (RFC 2606), where nobody reads mail, and the user that git connects as. */
const nobodys = /^git@|@(?:.*\.)?(?:example(?:\.(?:com|net|org))?|invalid|test)$/i;

/** What comes before @ in an address of the web may be a password, which nothing may repeat. */
function isInWebAddress(text: string, start: number): boolean {
  return /:\/\/[^\s/]*$/.test(text.slice(Math.max(0, start - 300), start));
}

/** E-mail addresses of people and teams. */
export function mailAddresses(text: string): Span[] {
  if (!text.includes('@')) return [];
  return spansOf(address, text).filter((span) => !nobodys.test(span.text) && !isInWebAddress(text, span.start));
}

/** What `site.yml` says about texts that should not be public, or may be. */
export type PrivacyRules = {
  /** Ends of internal host names. */
  readonly internal: readonly string[];
  /** Texts that are public on purpose, and paths of files; in lower case. */
  readonly allow: readonly string[];
};

function texts(data: unknown, field: string): string[] {
  const given =
    typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>)[field] : undefined;
  return Array.isArray(given)
    ? given
        .filter((item) => typeof item === 'string')
        .map((item) => item.trim())
        .filter((item) => item !== '')
    : [];
}

/**
 * Reads the rules from the text of `site.yml`, as far as it can be read. Other modules report its problems.
 * Not through `readSettings`, which gives nothing if any field is wrong: one typo in `site.yml` would then bring a
 * warning for everything that it allows. E-mail addresses that it names are the site's own, and public.
 */
export function readPrivacyRules(siteText: string): PrivacyRules {
  const yaml = readYaml(siteText, '');
  const data = Array.isArray(yaml) ? null : yaml.data;
  const own = mailAddresses(siteText).map((span) => span.text);
  return {
    internal: texts(data, 'internal'),
    allow: [...texts(data, 'allow'), ...own].map((item) => item.toLowerCase()),
  };
}

/** Whether a text is within one that is allowed. */
export function isAllowed(text: string, { allow }: PrivacyRules): boolean {
  const wanted = text.toLowerCase();
  return allow.some((item) => item.includes(wanted));
}

/** Ends of names that no public name has (RFC 6762, RFC 8375, ICANN's .internal), or none that customers should see. */
const usual = ['internal', 'intranet', 'local', 'localdomain', 'lan', 'corp', 'home.arpa'];

// With a bound, since files may be huge.
const label = '(?:[a-z0-9_-]{1,63}\\.)';

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/**
 * Finds names of machines that only the team can reach: those that end in `.internal`, `.local` and the
 * like, `localhost`, and those of `listed`: `corp.example` is that name and all below it, `.corp.example` the same.
 */
export function internalHosts(listed: readonly string[]): (text: string) => Span[] {
  const below = usual.map(escaped).join('|');
  const whole = ['localhost', ...listed.map((name) => name.replace(/^\.+/, '')).filter((name) => name !== '')]
    .map(escaped)
    .join('|');
  const pattern = new RegExp(
    `(?<![\\w.@-])(?:${label}{1,10}(?:${below})|${label}{0,10}(?:${whole}))(?![\\w@-]|\\.\\w)`,
    'gi',
  );
  // Most texts have nothing like it, and that is seen quickly.
  const hint = new RegExp(`\\.(?:${below})|${whole}`, 'i');
  return (text) => (hint.test(text) ? spansOf(pattern, text) : []);
}

// Not in a longer number, version or name.
const dotted = /(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\d)/g;
const coloned =
  /(?<![\w.:-])(?:::1|[Ff](?:[CcDd][0-9A-Fa-f]{2}|[Ee][89ABab][0-9A-Fa-f]):[0-9A-Fa-f:]{0,40})(?![\w:-])/g;

// Most texts have nothing like it, and that is seen quickly.
const hint = /\d\.\d{1,3}\.\d|:[0-9A-Fa-f]{0,4}:/;

/** Private, loopback and link-local IPv4 (RFC 1918, RFC 1122 and RFC 3927). */
function isPrivate4(address: string): boolean {
  const parts = address.split('.').map(Number);
  const [a = 0, b = 0] = parts;
  if (parts.some((part) => part > 255)) return false;
  return (
    a === 10 || a === 127 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 169 && b === 254)
  );
}

/**
 * Addresses that mean something inside a network only: IPv4 as above; IPv6 loopback, fc00::/7 (RFC 4193) and fe80::/10.
 */
export function privateAddresses(text: string): Span[] {
  if (!hint.test(text)) return [];
  return [
    ...spansOf(dotted, text).filter((span) => isPrivate4(span.text)),
    ...spansOf(coloned, text).filter((span) => URL.canParse(`http://[${span.text}]`)),
  ];
}

// Lines as they begin in a trace; what is repeated has a bound, for files may be huge.
const forms = [
  // JavaScript, Java, C#.
  'at .{0,200}[/\\\\.>].{0,200}:\\d+:\\d+\\)?$',
  'at [\\w.$<>/]{1,300}\\((?:[\\w.-]+:\\d+|Native Method|Unknown Source)\\)',
  'at .{1,300} in .{1,300}:line \\d+',
  'Exception in thread "',
  'Caused by: [\\w.$]{1,300}(?:Exception|Error)\\b',
  // Python.
  'Traceback \\(most recent call last\\)',
  'File ".{1,300}", line \\d+',
  // Go, Rust, Ruby, PHP.
  'goroutine \\d+ \\[',
  "thread '.{1,100}' panicked at ",
  '(?:from )?\\S{1,300}\\.rb:\\d+:in ',
  '#\\d+ \\S{1,300}\\(\\d+\\): ',
];
// Texts quote and indent.
const lines = new RegExp(`^[ \\t>]*(?:${forms.join('|')})`, 'm');

/** The beginning of a stack trace; one is enough to look at the text again. */
function stackTraces(text: string): Span[] {
  const match = lines.exec(text);
  return match === null ? [] : [{ text: match[0], start: match.index }];
}

type Kind = { readonly find: (text: string) => Span[]; readonly words: (text: string) => string };

const orAllow = (text: string): string => `Remove it, or add ${quote(text)} to "allow:" in site.yml`;

/** Finds what should hardly be public in the text of a file, and says so: the same thing once a file. */
export function leakWarnings(rules: PrivacyRules): (path: string, text: string) => Problem[] {
  const kinds: readonly Kind[] = [
    {
      find: privateAddresses,
      words: (text) => `has the private address ${text}, which customers cannot reach. ${orAllow(text)}`,
    },
    { find: internalHosts(rules.internal), words: (text) => `has the internal host name ${text}. ${orAllow(text)}` },
    { find: mailAddresses, words: (text) => `has the email address ${text}. ${orAllow(text)}` },
    {
      find: stackTraces,
      words: () => 'has a stack trace. Describe what happened in words, or add this file to "allow:" in site.yml',
    },
  ];
  return (path, text) => {
    if (rules.allow.includes(path.toLowerCase())) return [];
    return kinds.flatMap(({ find, words }) => {
      const seen = new Set<string>();
      return find(text).flatMap((span) => {
        const known = span.text.toLowerCase();
        if (seen.has(known) || isAllowed(known, rules)) return [];
        seen.add(known);
        return fileProblem(path, words(span.text), placeOf(text, span.start));
      });
    });
  };
}

/** So many characters in a row are a part of a credential, and fewer a chance. */
const part = 8;

/** Whether a problem repeats no part of any of these credentials: problems quote what is wrong. */
export function repeatsNone(secrets: readonly string[]): (problem: Problem) => boolean {
  const parts = new Set(
    secrets.flatMap((secret) =>
      Array.from({ length: Math.max(1, secret.length - part + 1) }, (_, at) =>
        secret.slice(at, at + part).toLowerCase(),
      ),
    ),
  );
  return ({ file, field, message, fix }) => {
    const shown = [file, field, message, fix?.given, fix?.type].join('\n').toLowerCase();
    // As many pieces as the line has, however long the credential is.
    for (let at = 0; at < shown.length; at += 1) if (parts.has(shown.slice(at, at + part))) return false;
    return true;
  };
}
