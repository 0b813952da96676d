import { createHash } from 'node:crypto';
import { decodeHTMLAttribute } from 'entities';
import type { Script } from '../domain/settings.ts';

/** Sources to add to the policy by directive, such as `{ 'script-src': ['https://analytics.example'] }`. */
export type AllowedSources = Readonly<Record<string, readonly string[]>>;

/** Returns what the scripts in `site.yml` add to the policy: their URLs, and all requests to their hosts. */
export function sourcesFor(scripts: readonly Script[]): AllowedSources {
  const hosts = [...new Set(scripts.flatMap((script) => script.hosts))].map((host) => `https://${host}`);
  // These characters would end the source or the directive.
  const escaped = (address: string): string => address.replaceAll(';', '%3B').replaceAll(',', '%2C');
  const own = scripts.map(({ src }) => (src.startsWith('/') ? "'self'" : escaped(src.replace(/[?#].*$/, ''))));
  if (hosts.length === 0) return own.length === 0 ? {} : { 'script-src': own };
  return {
    'script-src': [...own, ...hosts],
    'connect-src': [...hosts, ...hosts.map((host) => host.replace('https:', 'wss:'))],
    'style-src': hosts,
    'font-src': hosts,
    'media-src': hosts,
    'frame-src': hosts,
  };
}

/** Combines two policies. */
export function allOf(one: AllowedSources, other: AllowedSources): AllowedSources {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries(
    [...names].map((name) => [name, [...new Set([...(one[name] ?? []), ...(other[name] ?? [])])]]),
  );
}

/** Additions for Vite's client: its modules, WebSocket and worker, and the styles that it adds as you edit. */
type DevPolicy = { readonly nonce: string; readonly reportTo: string };

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

// Attribute values may contain `>`.
const attributes = String.raw`(?:"[^"]*"|'[^']*'|[^'">])*`;
const inlineElement = new RegExp(String.raw`<(script|style)\b(${attributes})>([\s\S]*?)</\1\s*>`, 'gi');
const styledTag = new RegExp(String.raw`<[a-z][^\s>]*\s(?:${attributes}\s)?style=(?:"([^"]*)"|'([^']*)')`, 'gi');
const source = /\ssrc=["']?([^"'\s>]+)/i;

const isOwn = (address: string): boolean => address.startsWith('/') && !address.startsWith('//');

/** Returns the scripts and styles of a page, as listed in its policy. */
function sourcesOf(html: string): {
  readonly scripts: ReadonlySet<string>;
  readonly styles: ReadonlySet<string>;
  readonly styleAttributes: ReadonlySet<string>;
} {
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const markup = html.replaceAll(inlineElement, (_, name: string, given: string, text: string) => {
    const from = source.exec(given)?.[1];
    if (name.toLowerCase() === 'style') styles.add(hash(text));
    else if (from === undefined) scripts.add(hash(text));
    // Scripts on this host are allowed by URL. Built-in pages have none, because a host may serve any file
    // as a script.
    else if (isOwn(from)) scripts.add("'self'");
    return '';
  });
  if (/<astro-island\b/.test(markup)) scripts.add("'self'");
  if (/<link\b[^>]*\srel="stylesheet"[^>]*\shref="\/(?!\/)/.test(markup)) styles.add("'self'");
  const values = [...markup.matchAll(styledTag)].map(([, double, single]) =>
    hash(decodeHTMLAttribute(double ?? single ?? '')),
  );
  return { scripts, styles, styleAttributes: new Set(values) };
}

/**
 * The Content-Security-Policy of a rendered page. Only the page's own inline scripts and styles run, by the hash of
 * their exact text. The page loads nothing but images, and can't send anything to other hosts. `allow` adds sources.
 *
 * Update texts can't add scripts or styles: `lib/markdown.ts` removes them.
 */
export function contentPolicy(html: string, allow: AllowedSources = {}, dev: DevPolicy | null = null): string {
  const { scripts, styles, styleAttributes } = sourcesOf(html);
  const base: Record<string, readonly string[]> = {
    'default-src': [],
    'script-src': dev === null ? [...scripts] : [...new Set([...scripts, "'self'"])],
    'style-src': dev === null ? [...styles] : [...styles, `'nonce-${dev.nonce}'`],
    ...(styleAttributes.size === 0 ? {} : { 'style-src-attr': ["'unsafe-hashes'", ...styleAttributes] }),
    // Images in texts, and the badge. The empty icon is a data URL.
    'img-src': ["'self'", 'https:', 'data:'],
    // Lighthouse fetches robots.txt from the page.
    'connect-src': dev === null ? ["'self'"] : ["'self'", 'ws:'],
    // For users' own pages.
    'font-src': ["'self'"],
    'media-src': ["'self'"],
    'base-uri': [],
    'form-action': [],
    ...(dev === null ? {} : { 'worker-src': ["'self'", 'blob:'], 'report-uri': [dev.reportTo] }),
  };
  return Object.entries(allOf(base, allow))
    .map(([name, sources]) => `${name} ${sources.length === 0 ? "'none'" : sources.join(' ')}`)
    .join('; ');
}

/** Adds the policy as a `meta` element, before everything that it applies to. */
export function withPolicy(rendered: string, allow: AllowedSources): string {
  // The W3C validator omits the line break at the end of bundled styles when it computes the hash.
  const html = rendered.replaceAll('\n</style>', '</style>');
  const meta = `<meta http-equiv="Content-Security-Policy" content="${contentPolicy(html, allow)}">`;
  // Browsers look for the character encoding in the first 1,024 bytes, so keep it first.
  const place = /<meta charset[^>]*>/i.exec(html) ?? /<head[^>]*>/i.exec(html) ?? /^<!doctype[^>]*>/i.exec(html);
  const at = place === null ? 0 : place.index + place[0].length;
  return html.slice(0, at) + meta + html.slice(at);
}
