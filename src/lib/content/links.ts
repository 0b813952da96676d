import { lexer } from 'marked';
import type { Incident } from '../domain/incident.ts';
import type { Maintenance } from '../domain/maintenance.ts';
import { allComponents, type Site } from '../domain/site.ts';
import { quote } from '../schema/text.ts';
import { type ContentTree, isImage, translationName } from './content-tree.ts';
import { bodyOf } from './front-matter.ts';
import { placedTokens } from './markdown-guard.ts';
import { fileProblem, placesIn, type Problem, textOf } from './problem.ts';
import { completed, contentPath, type Reference, referencesIn } from './references.ts';

/** The pages and files that the content publishes in its folders, by path, with the anchors of their updates. */
type Published = ReadonlyMap<string, ReadonlySet<string>>;

const none: ReadonlySet<string> = new Set();

function publishedPaths(site: Site): Published {
  const idsOf = ({ updates }: Incident | Maintenance): Set<string> => new Set(updates.map(({ record }) => record.id));
  const withText = (folder: string, ids: ReadonlySet<string>) =>
    [
      [`/${folder}/`, ids],
      [`/${folder}.txt`, none],
    ] as const;
  return new Map<string, ReadonlySet<string>>([
    ...site.incidents.flatMap((incident) => withText(`incidents/${incident.slug}`, idsOf(incident))),
    ...site.maintenances.flatMap((maintenance) => withText(`maintenance/${maintenance.slug}`, idsOf(maintenance))),
    ...site.postmortems.map(({ slug }) => [`/postmortems/${slug}/`, none] as const),
    ...site.announcements.map(({ slug }) => [`/announcements/${slug}/`, none] as const),
    ...allComponents(site).flatMap(({ id }) =>
      ['', 'rss.xml', 'badge.svg'].map((name) => [`/components/${id}/${name}`, none] as const),
    ),
    ...site.pages.map(({ slug }) => [`/${slug}/`, none] as const),
    ...['/maintenance/rss.xml', '/postmortems/', '/postmortems/rss.xml'].map((path) => [path, none] as const),
  ]);
}

/** Where a text is published. */
type Place = {
  /** The URL of the site, without a trailing slash. */
  readonly site: string;
  /** The path of the text's page, such as `/incidents/2026-11-22-checkout/`. */
  readonly page: string;
  readonly published: Published;
};

const linkable = /^(?:https?|mailto|tel|sms):/i;
const scheme = /^[a-z][a-z0-9+.-]*:/i;

/** `../b/2026-11-22T1405Z.md`, which works on GitHub as a link to an update, becomes `../b/#2026-11-22T1405Z`. */
function updateInstead(address: string, page: string, { site, published }: Place): string | null {
  const [, folder = '', update = ''] = /^(.*?)([^/]+)\.md$/.exec(address) ?? [];
  const meant = URL.parse(folder, `${site}${page}`)?.href.slice(site.length);
  return published.get(meant ?? '')?.has(update) === true ? `${folder}#${update}` : null;
}

const fullAddress = 'Use a full address, https://…, or a path from the root of the site, such as /history/';

/** Says what's wrong with a path or anchor on this site. */
function pageAdvice(address: string, resolved: URL, place: Place): string | null {
  const { site, page, published } = place;
  const base = new URL(site).pathname.replace(/\/$/, '');
  if (resolved.origin !== new URL(site).origin) return null;
  const isInRoom = (path: string): boolean =>
    /^\/(?:incidents|maintenance|postmortems|announcements|components)\//.test(path);
  const withSlash = (path: string): string =>
    /[/.][^/.]*$/.exec(path)?.[0].startsWith('.') ? path : path.replace(/\/?$/, '/');
  if (!resolved.pathname.startsWith(`${base}/`)) {
    const below = withSlash(resolved.pathname);
    return published.has(below) || below === '/history/'
      ? `is outside this site, which is in ${base}/. Write ${base}${below}${resolved.hash}`
      : null;
  }
  const path = withSlash(resolved.pathname.slice(base.length).replace(/index\.html$/, ''));
  // A draft isn't published yet, but may link to its own headings.
  const anchors = published.get(path) ?? (path === page ? none : undefined);
  const anchor = resolved.hash.slice(1);
  if (anchors === undefined) {
    // Other pages may be the project's own.
    if (!isInRoom(path)) return null;
    const update = updateInstead(address, page, place);
    return update === null
      ? `leads to a page that doesn't exist. ${fullAddress}`
      : `is not published under this name. Write ${update}`;
  }
  if (anchor === '' && address !== '#') return null;
  // These pages have anchors for headings.
  if (/^\/(?:postmortems\/|[^/]+\/$)/.test(path))
    // The ids of headings start like this.
    return anchor.startsWith('text-')
      ? null
      : `leads to a heading that doesn't exist. Write #text-${anchor || '…'}, as next to the heading on the page`;
  if (anchors.has(anchor) || path.endsWith('.txt')) return null;
  const [example = '2026-11-22T1405Z'] = anchors;
  return `leads to an update that doesn't exist. Use the name of an update, such as #${example}`;
}

/** Says what's wrong with a link's address and what to write instead; null if nothing is. */
function linkAdvice({ address, text }: Reference, place: Place): string | null {
  if (address === '') return 'has no address. Add it in the parentheses, or delete the brackets';
  if (/^(?:mailto|tel|sms):/i.test(address)) return null;
  const complete = completed(address);
  if (complete !== null && !/^https?:\/\//i.test(address)) return `is read as a path on this site. Write ${complete}`;
  if (scheme.test(address) && !linkable.test(address)) {
    // Readers still see a bare address.
    return address === text ? null : 'is removed from the page. Use https, mailto, tel or sms';
  }
  const resolved = URL.parse(address, `${place.site}${place.page}`);
  return resolved === null ? `is not an address. ${fullAddress}` : pageAdvice(address, resolved, place);
}

type Found = { readonly message: string; readonly at: number };

const footnote = /\[(\^[^\s[\]]+)\]/;

/** Finds brackets that Markdown doesn't interpret as intended: footnotes, and references without a definition. */
function bracketsIn(body: string): Found[] {
  if (!/\[\^|\]\[|^ {0,3}\[[^\]]+\]:/m.test(body)) return [];
  const tokens = [...placedTokens(lexer(body), body)];
  const used = new Set(
    tokens.flatMap(({ token }) =>
      token.type === 'link' || token.type === 'image'
        ? [...token.raw.matchAll(/\[([^[\]]*)\]/g)].map(([, label = '']) => label.toLowerCase().replaceAll(/\s+/g, ' '))
        : [],
    ),
  );
  const footnotes = new Set<string>();
  return tokens.flatMap(({ token, offset }): Found[] => {
    const isText = token.type === 'text' && !('tokens' in token);
    const note = isText || token.type === 'link' || token.type === 'def' ? footnote.exec(token.raw) : null;
    if (note !== null) {
      const [written] = note;
      if (footnotes.has(written)) return [];
      footnotes.add(written);
      const message = `has the footnote ${quote(written)}, which pages don't show. Write the note in parentheses instead`;
      return [{ message, at: offset + note.index }];
    }
    if (token.type === 'def' && !used.has(String(token['tag']))) {
      const [line = ''] = token.raw.trim().split('\n');
      return [
        {
          message: `has the line ${quote(line)}, which Markdown reads as a link definition, so readers don't see it. Put a backslash before "["`,
          at: offset,
        },
      ];
    }
    const missing = isText ? /(?<![\w\]])\[([^[\]\n]+)\]\[([^[\]\n]+)\]/.exec(token.raw) : null;
    if (missing === null) return [];
    const [written, text, label] = missing;
    const message = `has ${quote(written)}, but no line defines [${label}]. Write [${text}](https://…); if it is text, put it in backticks`;
    return [{ message, at: offset + missing.index }];
  });
}

/**
 * Reports what's wrong with an image that pages show. Images next to the text need a description, or the
 * content isn't published.
 */
function imageFault({ kind, address, text, at }: Reference): Found[] {
  if (kind !== 'image' || text.trim() !== '' || !/^https:/i.test(address)) return [];
  const message = `the image ${quote(address)} has no description, which plain text and screen readers need. Write ![what it shows](address)`;
  return [{ message, at }];
}

/** Finds a text's broken links and images without a description. The text must have no other problems. */
function linkProblems(body: string, isImageFile: (link: Reference) => boolean, place: Place): Found[] {
  const references = referencesIn(body);
  const links = references
    .filter((reference) => reference.kind === 'link' && !reference.text.startsWith('^') && !isImageFile(reference))
    .flatMap((reference): Found[] => {
      const advice = linkAdvice(reference, place);
      const shown = reference.address === '' ? `[${reference.text}]()` : reference.address;
      return advice === null ? [] : [{ message: `the link ${quote(shown)} ${advice}`, at: reference.at }];
    });
  return [...links, ...references.flatMap(imageFault), ...bracketsIn(body)];
}

/**
 * Warns about broken links and images without a description in all texts of valid content. These are only warnings:
 * the page shows what was written, and text that's already live must not block the next update.
 */
export function linkWarnings({ files }: ContentTree, site: Site): Problem[] {
  const published = publishedPaths(site);
  const images = new Set(files.map(({ path }) => path).filter(isImage));
  return files.flatMap(({ path, bytes }) => {
    const [, folder] =
      /^((?:incidents|maintenance)\/[^/]+|(?:postmortems|announcements|pages)\/[^/]+(?=\.md))(?:\/[^/]+)?\.md$/.exec(
        translationName(path)?.original ?? path,
      ) ?? [];
    const text = textOf(bytes);
    const split = folder === undefined ? null : bodyOf(text);
    if (split === null) return [];
    const { body, bodyLine } = split;
    const placeAt = placesIn(body);
    const page = `/${folder?.replace(/^pages\//, '')}/`;
    const isImageFile = ({ address }: Reference): boolean => images.has(contentPath(path, address) ?? '');
    return linkProblems(body, isImageFile, {
      site: site.settings.url,
      page,
      published,
    }).map(({ message, at }) => {
      const { line, column } = placeAt(at);
      return fileProblem(path, message, { line: bodyLine + line - 1, column });
    });
  });
}
