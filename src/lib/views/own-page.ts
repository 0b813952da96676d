import type { OwnPage, Site } from '../domain/site.ts';
import { textLanguage } from '../domain/translation.ts';
import { articleHtml } from '../markdown.ts';
import { excerpt, plainText } from '../plain-text.ts';
import { wordsFor } from '../words/words.ts';
import { frame } from './frame.ts';
import { bodyHtml, withLocalImages, withLocalLinks } from './lookup.ts';
import { paths } from './paths.ts';
import { withAnchors } from './postmortem-page.ts';
import { viewedPath } from './static-paths.ts';

/** In characters. About what search results show. */
const longestDescription = 155;

export function ownPage(site: Site, page: OwnPage) {
  const { settings } = site;
  const { slug, title } = page;
  const path = paths.ownPage(slug);
  const words = wordsFor(settings);
  const html = bodyHtml(site, path, page, articleHtml);
  const shown = withLocalLinks(settings, withLocalImages(settings, html));
  return {
    frame: frame(site, { title, description: excerpt(plainText(html), longestDescription), path }),
    title,
    lang: textLanguage(page, settings),
    /** Sanitized. */
    html: withAnchors(shown, words),
  };
}

export function ownPagePaths(site: Site) {
  return site.pages.map((page) => viewedPath({ page: page.slug }, ownPage(site, page)));
}
