import { readYaml } from '../yaml-source.ts';
import { mailAddresses } from './mail-addresses.ts';

/** What `site.yml` says about texts that should not be public, or may be. */
export type PrivacyRules = {
  /** Ends of internal host names. */
  readonly internal: readonly string[];
  /** Texts that are public on purpose, and paths of files; in lower case. */
  readonly allow: readonly string[];
};

function texts(data: unknown, field: string): string[] {
  const given = typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>)[field] : undefined;
  return Array.isArray(given) ? given.filter((item) => typeof item === 'string').map((item) => item.trim()).filter((item) => item !== '') : [];
}

/**
 * Reads the rules from the text of `site.yml`, as far as it can be read: its own problems are told by others.
 * Not through `readSettings`, which gives nothing if any field is wrong: one typo in `site.yml` would then bring a
 * warning for everything that it allows. E-mail addresses that it names are the site's own, and public.
 */
export function readPrivacyRules(siteText: string): PrivacyRules {
  const yaml = readYaml(siteText, '');
  const data = Array.isArray(yaml) ? null : yaml.data;
  const own = mailAddresses(siteText).map((span) => span.text);
  return { internal: texts(data, 'internal'), allow: [...texts(data, 'allow'), ...own].map((item) => item.toLowerCase()) };
}

/** Whether a text is within one that is allowed. */
export function isAllowed(text: string, { allow }: PrivacyRules): boolean {
  const wanted = text.toLowerCase();
  return allow.some((item) => item.includes(wanted));
}
