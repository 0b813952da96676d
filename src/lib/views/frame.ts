import { isoTime } from '../domain/calendar.ts';
import { accentColors, colorTokens } from '../domain/colors.ts';
import type { Logo, Settings } from '../domain/settings.ts';
import type { Site } from '../domain/site.ts';
import { updateHtml } from '../markdown.ts';
import { excerpt } from '../plain-text.ts';
import { wordsFor } from '../words/words.ts';
import { htmlOnce, withLocalLinks } from './lookup.ts';
import { absolute, identity, inFirstLanguage, isPerLanguage, local, paths } from './paths.ts';
import { viewedPath } from './static-paths.ts';
import { type Tone, toneShapes } from './tone.ts';

/** In CSS pixels: about as tall as the site's name. */
const logoHeight = 28;

/**
 * Returns a logo as a data URL, which needs no request. Images can't run scripts or load anything, whatever the file
 * contains (SVG 2, secure static mode).
 */
export function logoView({ svg, ratio }: Logo) {
  const text = svg
    .replaceAll(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  // Only escape what URLs and attributes can't contain.
  const escaped = text.replaceAll(
    /[^\u0021\u0024\u0026-\u003b\u003d\u0040-\u005b\u005d\u005f\u0061-\u007a]/gu,
    encodeURIComponent,
  );
  return { src: `data:image/svg+xml,${escaped}`, width: Math.round(logoHeight * ratio), height: logoHeight };
}

export type LinkView = { readonly label: string; readonly href: string };

/** A feed or calendar for autodiscovery. `type` is its media type. */
type FeedLinkView = LinkView & { readonly type: string };

/** The page in another language, or in this one. `label` is the language's name for itself. */
type LanguageLinkView = LinkView & {
  readonly lang: string;
  readonly current: boolean;
};

type FrameOptions = {
  /** The document's title starts with this. */
  readonly title: string;
  /** The state of the page's subject, for the favicon. Without it, the favicon shows no state. */
  readonly tone?: Tone;
  readonly description: string;
  readonly path: string;
  /** In addition to the site's feeds. */
  readonly feeds?: readonly FeedLinkView[];
  /** The path of a preview image for links to the page. */
  readonly image?: string | null;
  /** schema.org */
  readonly structuredData?: Readonly<Record<string, unknown>>;
};

export const feedTypes = {
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
  calendar: 'text/calendar',
} as const;

const sections = [
  { name: 'status', path: paths.home },
  { name: 'history', path: paths.history },
  { name: 'postmortems', path: paths.postmortems },
] as const;

/** Returns the menu: the sections of the page about updates, by their anchors, and that page. */
function waysToFollow(settings: Settings): LinkView[] {
  const { frame: words } = wordsFor(settings);
  const page = local(settings, paths.subscribe);
  return [
    ...(settings.emailJoin === null ? [] : [{ label: words.subscribeEmail, href: `${page}#email` }]),
    { label: words.subscribeFeed, href: `${page}#feed` },
    { label: words.subscribeSlack, href: `${page}#slack` },
    { label: words.subscribeCalendar, href: `${page}#calendar` },
    { label: words.subscribeMore, href: page },
  ];
}

/**
 * Returns the page in each language, starting with the first one; empty for sites with one language. Pages that all
 * languages share link to the index in the other languages.
 */
function languageLinks(settings: Settings, path: string): LanguageLinkView[] {
  const { languages } = settings;
  if (languages.length === 1) return [];
  const page = isPerLanguage(path) ? path : paths.home;
  return languages.map(({ locale, language, folder }) => {
    const { frame: words } = wordsFor({ locale });
    const [label, href] = [words.language, local({ ...settings, folder }, page)];
    return { label, href, lang: language, current: locale === settings.locale && page === path };
  });
}

/**
 * Returns URLs for search engines, by language tag; empty for sites with one language. See
 * https://developers.google.com/search/docs/specialty/international/localized-versions
 */
function alternates(settings: Settings, path: string): (readonly [language: string, address: string])[] {
  const { languages } = settings;
  if (languages.length === 1 || !isPerLanguage(path)) return [];
  return [
    ...languages.map(({ language, folder }) => [language, absolute({ ...settings, folder }, path)] as const),
    ['x-default', identity(settings, path)],
  ];
}

/** Returns the feeds for the whole site, which all pages link to. */
function siteFeeds({ settings }: Site): FeedLinkView[] {
  const words = wordsFor(settings).frame;
  const feeds = [
    [words.rss, paths.rss, feedTypes.rss],
    [words.atom, paths.atom, feedTypes.atom],
    [words.jsonFeed, paths.jsonFeed, feedTypes.json],
    [words.postmortemsRss, paths.postmortemsRss, feedTypes.rss],
    [words.calendar, paths.calendar, feedTypes.calendar],
  ] as const;
  return feeds.map(([label, path, type]) => ({ label: label(settings.name), href: absolute(settings, path), type }));
}

/** Search results and browser tabs truncate longer titles. */
const longestTitle = 70;

/** Returns the titles of the page and the site, or only the start of the page's title if they don't both fit. */
function documentTitle(title: string, { name, locale }: Settings): string {
  const whole = wordsFor({ locale }).frame.pageTitle(title, name);
  return whole.length <= longestTitle ? whole : excerpt(title, longestTitle - 1);
}

const siteLinks = ({ links }: Settings, header: boolean): LinkView[] =>
  links.filter((link) => link.header === header).map(({ label, url }) => ({ label, href: url }));

function footerHtml(site: Site, footer: string): string {
  const { settings } = site;
  const html = htmlOnce(site, settings, () =>
    updateHtml(footer, absolute(settings, paths.home), undefined, wordsFor(settings).direction),
  );
  return withLocalLinks(settings, html);
}

export type FrameView = ReturnType<typeof frame>;

/** Metadata, navigation and footer of a page. */
export function frame(site: Site, options: FrameOptions) {
  const { settings } = site;
  const { title, description, path, tone } = options;
  const own = site.pages.filter(({ navigation }) => navigation !== null);
  const shown = sections.filter(({ name }) => name !== 'postmortems' || site.postmortems.length > 0);
  const { frame: words, direction } = wordsFor(settings);
  return {
    lang: settings.locale,
    /** Null if the page has the default direction. */
    dir: direction === 'rtl' ? direction : null,
    title: documentTitle(title, settings),
    description,
    canonical: absolute(settings, path),
    image: options.image == null ? null : absolute(settings, options.image),
    /** The color of the browser's UI. */
    themeColor: settings.theme?.surface ?? colorTokens.surface,
    siteName: settings.name,
    home: local(settings, paths.home),
    /** A CSS color. */
    accent: settings.accent === null ? null : `light-dark(${accentColors(settings.accent).join(',')})`,
    logo: settings.logo === null ? null : logoView(settings.logo),
    /** CSS. */
    theme: settings.theme?.css ?? null,
    timeZone: settings.timeZone,
    /** For the included example, the time from which ages on the page are counted; null to use the reader's clock. */
    clock: settings.example ? isoTime(site.now) : null,
    nav: [
      ...shown.map((section) => ({ label: words[section.name], path: section.path })),
      ...own.map((page) => ({ label: page.title, path: paths.ownPage(page.slug) })),
    ].map(({ label, path: at }) => ({
      label,
      href: local(settings, at),
      current: at === paths.home ? path === paths.home : path.startsWith(at),
    })),
    /** Links to other sites, after the navigation. */
    headerLinks: siteLinks(settings, true),
    support: settings.support === null ? null : { label: words.support, href: settings.support },
    languages: languageLinks(settings, path),
    alternates: alternates(settings, path),
    subscribe: waysToFollow(settings),
    /** The path of the favicon. */
    icon: local(settings, paths.icon(tone ?? 'site')),
    /** Links in the footer. */
    links: siteLinks(settings, false),
    /** Sanitized HTML. */
    footer: settings.footer === null ? null : footerHtml(site, settings.footer),
    scripts: settings.scripts.map(({ src, data }) => ({
      src: src.startsWith('/') ? local(inFirstLanguage(settings), src) : src,
      data: Object.fromEntries(Object.entries(data).map(([name, value]) => [`data-${name}`, value])),
    })),
    feeds: [...siteFeeds(site), ...(options.feeds ?? [])],
    structuredData: options.structuredData ?? null,
  };
}

/** The favicons: one per state, and one in the site's accent color for pages without a state. */
export function iconPaths({ settings }: Site) {
  const icon = ([light, dark]: readonly string[], shape: string): string =>
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><style>path{fill:${light}}@media (prefers-color-scheme:dark){path{fill:${dark}}}</style><path fill-rule="evenodd" d="${shape}"/></svg>\n`;
  const accent = settings.accent === null ? colorTokens.link : accentColors(settings.accent);
  const square = 'M6 1h8a5 5 0 0 1 5 5v8a5 5 0 0 1-5 5H6a5 5 0 0 1-5-5V6a5 5 0 0 1 5-5z';
  const states = (Object.keys(toneShapes) as Tone[]).map(
    (tone) => [tone, icon(colorTokens[tone], toneShapes[tone])] as const,
  );
  return [['site', icon(accent, square)] as const, ...states].map(([name, view]) => viewedPath({ name }, view));
}

export function notFoundPage(site: Site) {
  const { settings } = site;
  const { notFound: words } = wordsFor(settings);
  return {
    frame: frame(site, { title: words.title, description: words.description, path: '/404.html' }),
    links: [
      { label: words.status, href: local(settings, paths.home) },
      { label: words.history, href: local(settings, paths.history) },
    ],
  };
}

/** Folders without a page, which people reach by shortening URLs, and where to redirect them. */
export function folderPaths(site: Site) {
  const { settings } = site;
  const { frame: pages, notFound, developers } = wordsFor(settings);
  const folders = [
    { folder: 'incidents', path: paths.history, anchor: '', label: notFound.history },
    { folder: 'maintenance', path: paths.history, anchor: '', label: notFound.history },
    { folder: 'components', path: paths.home, anchor: '#components', label: pages.status },
    { folder: 'api', path: paths.developers, anchor: '#api', label: developers.api },
  ];
  return folders.map(({ folder, path, anchor, label }) => {
    const link = { label, href: `${local(settings, path)}${anchor}` };
    return viewedPath({ folder }, { frame: frame(site, { title: label, description: label, path }), link });
  });
}
