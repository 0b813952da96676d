import type { OwnPage } from '../domain/page.ts';
import type { Site } from '../domain/site.ts';
import { articleHtml } from '../markdown.ts';
import { excerpt, plainText } from '../plain-text.ts';
import { wordsFor } from '../words/words.ts';
import { frame, type FrameView } from './frame.ts';
import { absolute, paths, publishedImages, withLocalImages, withLocalLinks } from './lookup.ts';
import { withAnchors } from './postmortem-page.ts';
import { type StaticPath, viewedPath } from './static-paths.ts';

/** `html` is sanitized, with an anchor next to each heading. */
type OwnPageView = { readonly frame: FrameView; readonly title: string; readonly html: string };

/** In characters: about what search results show. */
const longestDescription = 155;

export function ownPage(site: Site, { slug, title, body, images }: OwnPage): OwnPageView {
  const { settings } = site;
  const path = paths.ownPage(slug);
  const words = wordsFor(settings);
  const html = articleHtml(body, absolute(settings, path), publishedImages(settings, images), words.direction);
  const shown = withLocalLinks(settings, withLocalImages(settings, html));
  return {
    frame: frame(site, { title, description: excerpt(plainText(html), longestDescription), path }),
    title,
    html: withAnchors(shown, words),
  };
}

export function ownPagePaths(site: Site): StaticPath<{ page: string }, { view: OwnPageView }>[] {
  return site.pages.map((page) => viewedPath({ page: page.slug }, ownPage(site, page)));
}
