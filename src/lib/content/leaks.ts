import { quote } from '../schema/text.ts';
import { fileProblem, placeOf, type Problem } from './problem.ts';
import { readYaml } from './yaml.ts';

/** A piece of a text and its position. */
type Span = { readonly text: string; readonly start: number };

/** Returns all matches of a pattern, which must be global. */
function spansOf(pattern: RegExp, text: string): Span[] {
  return [...text.matchAll(pattern)].map((match) => ({ text: match[0], start: match.index }));
}

const address = /(?<![\w.+%-])[\w.+%-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,10}[a-z]{2,63}(?![\w-])/gi;

/** Example domains (RFC 2606), whose mail nobody reads, and the user that Git connects as. */
const nobodys = /^git@|@(?:.*\.)?(?:example(?:\.(?:com|net|org))?|invalid|test)$/i;

/** In a URL, the part before @ may be a password, which must never be repeated. */
function isInWebAddress(text: string, start: number): boolean {
  return /:\/\/[^\s/]*$/.test(text.slice(Math.max(0, start - 300), start));
}

/** Finds email addresses of people and teams. */
export function mailAddresses(text: string): Span[] {
  if (!text.includes('@')) return [];
  return spansOf(address, text).filter((span) => !nobodys.test(span.text) && !isInWebAddress(text, span.start));
}

/** Finds user names and passwords in URLs, including those too short or too simple to count as a credential. */
function passwordsInUrls(text: string): Span[] {
  if (!text.includes('@')) return [];
  return spansOf(/(?<![\w+.-])[a-z][a-z\d+.-]{0,20}:\/\/[^\s/:@]{1,100}:[^\s/?#@]{1,100}@/gi, text);
}

/** What `site.yml` says about text that should or shouldn't be public. */
export type PrivacyRules = {
  /** Suffixes of internal host names. */
  readonly internal: readonly string[];
  /** Text that is public on purpose, and file paths, in lowercase. */
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
 * Reads the rules from the text of `site.yml`, as far as possible. Other modules report its problems. Doesn't use
 * `readSettings`, which returns nothing if any field is invalid: a single typo in `site.yml` would cause warnings
 * about everything it allows. Email addresses in `site.yml` are the site's own, so they're public.
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

/** Whether a text is part of an allowed text. */
export function isAllowed(text: string, { allow }: PrivacyRules): boolean {
  const wanted = text.toLowerCase();
  return allow.some((item) => item.includes(wanted));
}

/** Suffixes that no public name has (RFC 6762, RFC 8375, ICANN's .internal), or that customers shouldn't see. */
const usual = ['internal', 'intranet', 'local', 'localdomain', 'lan', 'corp', 'home.arpa'];

// Limited in length, because files may be huge.
const label = '(?:[a-z0-9_-]{1,63}\\.)';

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/**
 * Finds names of hosts that only the team can reach: names that end in `.internal`, `.local` and so on, `localhost`,
 * and names in `listed`. There, `corp.example` and `.corp.example` both match that name and all its subdomains.
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
  // Quickly skips most texts, which contain nothing similar.
  const hint = new RegExp(`\\.(?:${below})|${whole}`, 'i');
  return (text) => (hint.test(text) ? spansOf(pattern, text) : []);
}

// Not within a longer number, version or name.
const dotted = /(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\d)/g;
const coloned =
  /(?<![\w.:-])(?:::1|[Ff](?:[CcDd][0-9A-Fa-f]{2}|[Ee][89ABab][0-9A-Fa-f]):[0-9A-Fa-f:]{0,40})(?![\w:-])/g;

// Quickly skips most texts, which contain nothing similar.
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
 * Finds addresses that only work within a network: IPv4 as above, IPv6 loopback, fc00::/7 (RFC 4193) and fe80::/10.
 */
export function privateAddresses(text: string): Span[] {
  if (!hint.test(text)) return [];
  return [
    ...spansOf(dotted, text).filter((span) => isPrivate4(span.text)),
    ...spansOf(coloned, text).filter((span) => URL.canParse(`http://[${span.text}]`)),
  ];
}

// How lines of a stack trace start. Repetitions are limited, because files may be huge.
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
// Lines may be quoted or indented.
const lines = new RegExp(`^[ \\t>]*(?:${forms.join('|')})`, 'm');

/** Finds the start of a stack trace. One is enough for a warning. */
function stackTraces(text: string): Span[] {
  const match = lines.exec(text);
  return match === null ? [] : [{ text: match[0], start: match.index }];
}

type Kind = { readonly find: (text: string) => Span[]; readonly words: (text: string) => string };

const orAllow = (text: string): string => `Remove it, or add ${quote(text)} to "allow:" in site.yml`;

/** Warns about parts of a file's text that probably shouldn't be public, once per file for each. */
export function leakWarnings(rules: PrivacyRules): (path: string, text: string) => Problem[] {
  const kinds: readonly Kind[] = [
    {
      find: privateAddresses,
      words: (text) => `has the private address ${text}, which customers cannot reach. ${orAllow(text)}`,
    },
    { find: internalHosts(rules.internal), words: (text) => `has the internal host name ${text}. ${orAllow(text)}` },
    { find: mailAddresses, words: (text) => `has the email address ${text}. ${orAllow(text)}` },
    {
      find: passwordsInUrls,
      // Never repeats the password.
      words: () =>
        'has a user name and password in a URL. Remove them, or add the URL to "allow:" in site.yml if they are public',
    },
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

/** This many consecutive characters are part of a credential. Fewer may be a coincidence. */
const part = 8;

/** Whether a problem, which quotes what's wrong, doesn't repeat any part of these credentials. */
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
    // Depends on the length of the line, not of the credentials.
    for (let at = 0; at < shown.length; at += 1) if (parts.has(shown.slice(at, at + part))) return false;
    return true;
  };
}
