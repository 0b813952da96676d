import type { Site } from '../domain/site.ts';
import { escapeHtml } from '../markdown.ts';
import { wordsFor } from '../words/words.ts';
import { frame } from './frame.ts';
import { absolute, local, paths } from './paths.ts';

/** Escapes text for the square brackets of a Markdown link. */
const inBrackets = (text: string): string => text.replaceAll(/[\\[\]]/g, '\\$&');

/** The badge, and code to copy. */
function badge({ settings }: Site) {
  const [home, image, alt] = [
    absolute(settings, paths.home),
    absolute(settings, paths.badge),
    wordsFor(settings).badge.site(settings.name),
  ];
  return {
    image: local(settings, paths.badge),
    alt,
    snippets: [
      { name: 'Markdown', text: `[![${inBrackets(alt)}](${image})](${home})` },
      {
        name: 'HTML',
        text: `<a href="${escapeHtml(home)}"><img src="${escapeHtml(image)}" alt="${escapeHtml(alt)}" height="20"></a>`,
      },
    ],
  };
}

/** The page to embed, and code to copy. */
function embed({ settings }: Site) {
  const words = wordsFor(settings);
  const [page, script] = [absolute(settings, paths.embed), absolute(settings, paths.embedScript)];
  return {
    page,
    snippets: [
      {
        name: words.developers.frame,
        text: `<iframe src="${escapeHtml(page)}" title="${escapeHtml(words.badge.site(settings.name))}" width="320" height="160"></iframe>`,
      },
      {
        name: words.developers.banner,
        text: `<script src="${escapeHtml(script)}" async></script>`,
      },
    ],
  };
}

export function developersPage(site: Site) {
  const { settings } = site;
  const words = wordsFor(settings).developers;
  const [newest] = site.incidents;
  return {
    frame: frame(site, {
      title: words.title,
      description: words.description(settings.name),
      path: paths.developers,
    }),
    api: absolute(settings, paths.summary),
    feed: absolute(settings, paths.jsonFeed),
    badge: badge(site),
    embed: embed(site),
    /** The newest incident as plain text. */
    text: newest === undefined ? null : absolute(settings, paths.incidentText(newest.slug)),
  };
}
