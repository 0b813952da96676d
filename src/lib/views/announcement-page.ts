import { type Announcement, publishedAnnouncements, type Site } from '../domain/site.ts';
import { textLanguage } from '../domain/translation.ts';
import { excerpt, plainText } from '../plain-text.ts';
import { frame } from './frame.ts';
import { bodyHtml, withLocalLinks } from './lookup.ts';
import { local, paths } from './paths.ts';
import { viewedPath } from './static-paths.ts';
import { endTime, time } from './time.ts';

/** Returns the sanitized HTML of its text, with absolute URLs. */
export const announcementHtml = (site: Site, announcement: Announcement): string =>
  bodyHtml(site, paths.announcement(announcement.slug), announcement);

export type AnnouncementView = ReturnType<typeof announcementView>;

function announcementView(site: Site, announcement: Announcement) {
  const { slug, title, from, until } = announcement;
  const { settings } = site;
  return {
    slug,
    title,
    lang: textLanguage(announcement, settings),
    href: local(settings, paths.announcement(slug)),
    from: time(from, settings),
    until: endTime(from, until, settings),
    /** Sanitized. */
    html: withLocalLinks(settings, announcementHtml(site, announcement)),
  };
}

/**
 * Returns the announcements that the index shows at `now`: pinned ones at the top, others above the
 * components. Newest first.
 */
export function runningAnnouncements(site: Site): Readonly<Record<'pinned' | 'others', readonly AnnouncementView[]>> {
  const running = publishedAnnouncements(site).filter(({ until }) => site.now < until);
  const views = (pinned: boolean) =>
    running.filter((one) => one.pinned === pinned).map((one) => announcementView(site, one));
  return { pinned: views(true), others: views(false) };
}

function announcementPage(site: Site, announcement: Announcement) {
  const view = announcementView(site, announcement);
  return {
    frame: frame(site, {
      title: announcement.title,
      description: excerpt(plainText(view.html)),
      path: paths.announcement(announcement.slug),
    }),
    announcement: view,
  };
}

/** The pages of all published announcements, which remain after the announcements end. */
export function announcementPaths(site: Site) {
  return publishedAnnouncements(site).map((one) => viewedPath({ slug: one.slug }, announcementPage(site, one)));
}
