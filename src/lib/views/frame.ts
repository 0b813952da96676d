import type { Logo, Settings } from '../domain/settings.ts';
import type { Site } from '../domain/site.ts';
import { updateHtml } from '../markdown.ts';
import { excerpt } from '../plain-text.ts';
import { wordsFor } from '../words/words.ts';
import { absolute, local, paths, withLocalLinks } from './lookup.ts';
import { type StaticPath, viewedPath } from './static-paths.ts';

type LogoView = { readonly src: string; readonly width: number; readonly height: number };

/** In CSS pixels: about as tall as the site's name. */
const logoHeight = 28;

/**
 * A logo as a data URL. It needs no request, and an image can't run scripts or load anything, whatever the file
 * contains (SVG 2, secure static mode).
 */
export function logoView({ svg, ratio }: Logo): LogoView {
  const text = svg
    .replaceAll(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  // Escape only what a URL or an attribute can't contain.
  const escaped = text.replaceAll(
    /[^\u0021\u0024\u0026-\u003b\u003d\u0040-\u005b\u005d\u005f\u0061-\u007a]/gu,
    encodeURIComponent,
  );
  return { src: `data:image/svg+xml,${escaped}`, width: Math.round(logoHeight * ratio), height: logoHeight };
}

/** The surface that a color must be readable on, and the end (black or white) to move it towards. */
type Theme = { readonly worst: string; readonly towards: number };

/**
 * The surface with the least contrast in each theme: the banner, in the tone that makes it darkest in the light
 * theme and brightest in the dark theme (styles/states.css, styles/tokens.css).
 */
const themes: readonly [light: Theme, dark: Theme] = [
  { worst: '#f9edee', towards: 0 },
  { worst: '#2d2d28', towards: 255 },
];

/** WCAG 2.2, success criterion 1.4.3: text of normal size. */
const minimumContrast = 4.5;

const channels = (color: string): number[] => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

/** WCAG 2.2: relative luminance of `#rrggbb`. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channels(color).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2: the contrast of two colors, each `#rrggbb`, from 1 to 21. */
export function contrast(a: string, b: string): number {
  const [bright = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (bright + 0.05) / (dark + 0.05);
}

function mixed(color: string, towards: number, share: number): string {
  const parts = channels(color).map((channel) => Math.round(channel + (towards - channel) * share));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** The color itself if it's readable in the theme, or else the nearest one that is. */
function readableIn({ worst, towards }: Theme, color: string): string {
  for (let percent = 0; percent < 100; percent += 1) {
    const candidate = mixed(color, towards, percent / 100);
    if (contrast(candidate, worst) >= minimumContrast) return candidate;
  }
  return mixed(color, towards, 1);
}

/** An accent, `#rrggbb`, as CSS: a readable link color for each theme. */
export function accentCss(accent: string): string {
  return `light-dark(${themes.map((theme) => readableIn(theme, accent)).join(',')})`;
}

/**
 * A note when the accent isn't readable in the light theme, for which people choose it; null if it is.
 * Hardly any color is readable in both themes, so the dark theme isn't worth a note.
 */
export function accentNote(accent: string): string | null {
  const [light] = themes;
  const shown = readableIn(light, accent);
  if (shown === accent) return null;
  const found = (Math.floor(contrast(accent, light.worst) * 10) / 10).toFixed(1);
  return `accent: ${accent} has a contrast of ${found} on a light page, and links need ${minimumContrast}; ${shown} is shown instead`;
}

export type LinkView = { readonly label: string; readonly href: string };

/** A feed or calendar for autodiscovery. `type` is its media type. */
type FeedLinkView = LinkView & { readonly type: string };

/** Metadata, navigation and footer of a page. */
export type FrameView = {
  readonly lang: string;
  readonly title: string;
  readonly description: string;
  readonly canonical: string;
  readonly siteName: string;
  readonly home: string;
  /** A CSS color. */
  readonly accent: string | null;
  readonly logo: LogoView | null;
  readonly timeZone: string;
  readonly nav: readonly (LinkView & { readonly current: boolean })[];
  /** Links to other sites, behind the navigation. */
  readonly headerLinks: readonly LinkView[];
  readonly support: LinkView | null;
  /** Links in the footer. */
  readonly links: readonly LinkView[];
  /** Sanitized HTML. */
  readonly footer: string | null;
  readonly feeds: readonly FeedLinkView[];
  /** Structured data (schema.org), or null. */
  readonly structuredData: Readonly<Record<string, unknown>> | null;
};

type FrameOptions = {
  /** Null for the index, whose title is the name of the site. */
  readonly title: string | null;
  readonly description: string;
  readonly path: string;
  /** In addition to those of the site. */
  readonly feeds?: readonly FeedLinkView[];
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
  { name: 'subscribe', path: paths.subscribe },
] as const;

/** The feeds of the whole site, which every page announces. */
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

/** Search results and tabs cut longer ones. */
const longestTitle = 70;

/** The page and the site, or only the beginning of the page's title if both don't fit. */
function documentTitle(title: string, { name, locale }: Settings): string {
  const whole = wordsFor({ locale }).frame.pageTitle(title, name);
  return whole.length <= longestTitle ? whole : excerpt(title, longestTitle - 1);
}

const siteLinks = ({ links }: Settings, header: boolean): LinkView[] =>
  links.filter((link) => link.header === header).map(({ label, url }) => ({ label, href: url }));

const footerHtml = (settings: Settings, footer: string): string =>
  withLocalLinks(settings, updateHtml(footer, absolute(settings, paths.home)));

export function frame(site: Site, options: FrameOptions): FrameView {
  const { settings } = site;
  const { title, description, path } = options;
  const words = wordsFor(settings).frame;
  return {
    lang: settings.locale,
    title: title === null ? words.siteName(settings.name) : documentTitle(title, settings),
    description,
    canonical: absolute(settings, path),
    siteName: settings.name,
    home: local(settings, paths.home),
    accent: settings.accent === null ? null : accentCss(settings.accent),
    logo: settings.logo === null ? null : logoView(settings.logo),
    timeZone: settings.timeZone,
    nav: sections.map((section) => ({
      label: words[section.name],
      href: local(settings, section.path),
      current: section.path === paths.home ? path === paths.home : path.startsWith(section.path),
    })),
    headerLinks: siteLinks(settings, true),
    support: settings.support === null ? null : { label: words.support, href: settings.support },
    links: siteLinks(settings, false),
    footer: settings.footer === null ? null : footerHtml(settings, settings.footer),
    feeds: [...siteFeeds(site), ...(options.feeds ?? [])],
    structuredData: options.structuredData ?? null,
  };
}

type NotFoundView = { readonly frame: FrameView; readonly links: readonly LinkView[] };

export function notFoundPage(site: Site): NotFoundView {
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

type FolderView = { readonly frame: FrameView; readonly link: LinkView };

/** Folders without a page of their own, which people reach by shortening an address, and where each leads. */
export function folderPaths(site: Site): StaticPath<{ folder: string }, { view: FolderView }>[] {
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
