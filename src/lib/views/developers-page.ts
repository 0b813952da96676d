import type { Site } from '../domain/site.ts';
import { escapeHtml } from '../markdown.ts';
import { wordsFor } from '../words/words.ts';
import { frame, type FrameView } from './frame.ts';
import { absolute, local, paths } from './lookup.ts';

/** Code to copy, and what it's for. */
type SnippetView = { readonly name: string; readonly text: string };

type DevelopersView = {
  readonly frame: FrameView;
  /** The URL of the current status as JSON. */
  readonly api: string;
  /** The URL of the feed to poll. */
  readonly feed: string;
  readonly badge: { readonly image: string; readonly alt: string; readonly snippets: readonly SnippetView[] };
  readonly embed: { readonly page: string; readonly snippets: readonly SnippetView[] };
  /** The newest incident as plain text; null without incidents. */
  readonly text: string | null;
};

/** Escapes text for the square brackets of a Markdown link. */
const inBrackets = (text: string): string => text.replaceAll(/[\\[\]]/g, '\\$&');

function badge({ settings }: Site): DevelopersView['badge'] {
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

function embed({ settings }: Site): DevelopersView['embed'] {
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

export function developersPage(site: Site): DevelopersView {
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
    text: newest === undefined ? null : absolute(settings, paths.incidentText(newest.slug)),
  };
}
