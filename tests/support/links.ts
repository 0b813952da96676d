import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from './folders.ts';

const unescape = (text: string): string => text.replaceAll('&amp;', '&').replaceAll('&#38;', '&');

/** All links and sources in a page. */
function targets(html: string): string[] {
  return [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].map((match) => unescape(match[1] ?? ''));
}

/** Broken links in a built site, including anchors. `address` is where the site is served. */
export function brokenLinks(site: string, address: string): string[] {
  const { origin, pathname } = new URL(address);
  const base = pathname.replace(/\/$/, '');
  const files = new Set(filesBelow(site));
  const anchors = new Map<string, Set<string>>();
  const pages = [...files].filter((path) => path.endsWith('.html'));
  const html = new Map(pages.map((path) => [path, readFileSync(join(site, path), 'utf8')]));
  for (const [path, text] of html) {
    anchors.set(path, new Set([...text.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1] ?? '')));
  }
  const fileOf = (path: string): string =>
    path.startsWith(`${base}/`) ? pageOf(path.slice(base.length)) : `outside of the site: ${path}`;
  const pageOf = (path: string): string =>
    decodeURIComponent(path)
      .replace(/^\//, '')
      .replace(/(^|\/)$/, '$1index.html');
  return pages.flatMap((page) =>
    targets(html.get(page) ?? '').flatMap((target) => {
      const link = new URL(target, `${origin}${base}/${page}`);
      if (link.origin !== origin) return [];
      const file = fileOf(link.pathname);
      const anchor = decodeURIComponent(link.hash.slice(1));
      const good = files.has(file) && (anchor === '' || anchors.get(file)?.has(anchor) === true);
      return good ? [] : [`${page}: ${target}`];
    }),
  );
}
