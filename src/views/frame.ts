import type { Site } from '../domain/site.ts';
import { accentCss } from './accent.ts';
import { absolute, local, paths } from './links.ts';
import { type LogoView, logoView } from './logo.ts';

export type LinkView = { readonly label: string; readonly href: string };

/** A feed or calendar of the page, for programs that look for one. `type` is its media type. */
export type FeedLinkView = LinkView & { readonly type: string };

/** What surrounds every page: metadata, navigation and footer. */
export type FrameView = {
  readonly lang: string;
  readonly title: string;
  readonly description: string;
  readonly canonical: string;
  readonly siteName: string;
  readonly home: string;
  /** A CSS colour that can be read in both themes. */
  readonly accent: string | null;
  readonly logo: LogoView | null;
  readonly timeZone: string;
  readonly nav: readonly (LinkView & { readonly current: boolean })[];
  readonly links: readonly LinkView[];
  readonly feeds: readonly FeedLinkView[];
  /** Structured data (schema.org), or null. */
  readonly structuredData: Readonly<Record<string, unknown>> | null;
};

export type FrameOptions = {
  /** Null for the index, which bears the site's own name. */
  readonly title: string | null;
  readonly description: string;
  readonly path: string;
  /** Feeds of this page alone, beside those of the site. */
  readonly feeds?: readonly FeedLinkView[];
  readonly structuredData?: Readonly<Record<string, unknown>>;
};

/** The media types by which programs know a feed. */
export const feedTypes = {
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
  calendar: 'text/calendar',
} as const;

const sections = [
  { label: 'Status', path: paths.home },
  { label: 'History', path: paths.history },
  { label: 'Postmortems', path: paths.postmortems },
  { label: 'Subscribe', path: paths.subscribe },
] as const;

/** The ways to follow the whole site that programs can find on every page. */
function siteFeeds({ settings }: Site): FeedLinkView[] {
  const { name } = settings;
  const ways = [
    [`${name} status updates`, paths.rss, feedTypes.rss],
    [`${name} status updates (Atom)`, paths.atom, feedTypes.atom],
    [`${name} status updates (JSON Feed)`, paths.jsonFeed, feedTypes.json],
    [`${name} postmortems`, paths.postmortemsRss, feedTypes.rss],
    [`${name} maintenance calendar`, paths.calendar, feedTypes.calendar],
  ] as const;
  return ways.map(([label, path, type]) => ({ label, href: absolute(settings, path), type }));
}

export function frame(site: Site, options: FrameOptions): FrameView {
  const { settings } = site;
  const { title, description, path } = options;
  return {
    lang: settings.locale,
    title: title === null ? `${settings.name} Status` : `${title} · ${settings.name} Status`,
    description,
    canonical: absolute(settings, path),
    siteName: settings.name,
    home: local(settings, paths.home),
    accent: settings.accent === null ? null : accentCss(settings.accent),
    logo: settings.logo === null ? null : logoView(settings.logo),
    timeZone: settings.timeZone,
    nav: sections.map((section) => ({
      label: section.label,
      href: local(settings, section.path),
      current: section.path === paths.home ? path === paths.home : path.startsWith(section.path),
    })),
    links: settings.links.map(({ label, url }) => ({ label, href: url })),
    feeds: [...siteFeeds(site), ...(options.feeds ?? [])],
    structuredData: options.structuredData ?? null,
  };
}
