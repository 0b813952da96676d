import { describe, expect, it } from 'vitest';
import { apiPage } from '../../../src/lib/api/page.ts';
import { announcementsFile, announcementsSchema } from '../../../src/lib/api/announcements.ts';
import { v2Files } from '../../../src/lib/api/v2-files.ts';
import { type Announcement, boundariesBetween, type Site } from '../../../src/lib/domain/site.ts';
import { feedItems } from '../../../src/lib/feeds/feed-items.ts';
import { announcementPaths, runningAnnouncements } from '../../../src/lib/views/announcement-page.ts';
import { historyPage } from '../../../src/lib/views/history-page.ts';
import { indexPage } from '../../../src/lib/views/index-page.ts';
import { sitemap } from '../../../src/lib/views/sitemap.ts';
import { at, incident, update } from '../domain/make.ts';
import { smallSite } from './small-site.ts';

const holidays: Announcement = {
  slug: 'holidays',
  title: 'Support is closed over the holidays',
  from: at('2026-11-22T14:00Z'),
  until: at('2026-11-24T08:00Z'),
  pinned: false,
  body: 'We answer **on Monday**. See [history](/history/).',
};
const incidents = [incident(update('2026-11-22T13:00Z', { title: 'Slow', components: { checkout: 'major_outage' } }))];
const site = (announcements: readonly Announcement[], now = '2026-11-22T15:00Z'): Site =>
  smallSite({ announcements, incidents, now: at(now) });

describe('an announcement', () => {
  it.each([
    ['2026-11-22T13:59Z', [], []],
    ['2026-11-22T14:00Z', ['holidays'], ['holidays']],
    ['2026-11-24T07:59Z', ['holidays'], ['holidays']],
    ['2026-11-24T08:00Z', [], ['holidays']],
  ])('at %s: on the index %j, with a page, in the feed and in the API %j', (now, shown, published) => {
    const one = site([holidays], now);
    expect(runningAnnouncements(one).others.map(({ slug }) => slug)).toEqual(shown);
    expect(announcementPaths(one).map(({ params }) => params.slug)).toEqual(published);
    expect(announcementsSchema.parse(announcementsFile(one)).announcements.map(({ id }) => id)).toEqual(published);
    const links = feedItems(one).map(({ id }) => id);
    expect(links.includes('https://status.example.com/announcements/holidays/')).toBe(published.length > 0);
    expect(JSON.stringify(sitemap(one)).includes('/announcements/holidays/')).toBe(published.length > 0);
  });

  it('is described in whole words', () => {
    const body = `${'We are closed. '.repeat(10)}Unanswerable questions wait until Monday.`;
    const [page] = announcementPaths(site([{ ...holidays, body }]));
    expect(page?.props.view.frame.description).toBe(`${'We are closed. '.repeat(10).trim()}…`);
  });

  it('that’s pinned is separate, so that it can be above open incidents', () => {
    const view = indexPage(
      site([
        { ...holidays, pinned: true },
        { ...holidays, slug: 'other' },
      ]),
    );
    expect(view.announcements.pinned.map(({ href }) => href)).toEqual(['/announcements/holidays/']);
    expect(view.announcements.others.map(({ href }) => href)).toEqual(['/announcements/other/']);
  });

  it('is one new item of the main feeds, and changes no other', () => {
    const [with_, without] = [feedItems(site([holidays])), feedItems(site([]))];
    expect(with_.slice(1)).toEqual(without);
    expect(with_[0]).toMatchObject({
      id: 'https://status.example.com/announcements/holidays/',
      title: 'Announcement: Support is closed over the holidays (22 Nov 2026, 14:00 UTC)',
      at: holidays.from,
    });
    expect(with_[0]?.html).toContain('href="https://status.example.com/history/"');
    const component = { kind: 'component', id: 'checkout' } as const;
    expect(feedItems(site([holidays]), component)).toEqual(feedItems(site([]), component));
  });

  it('is never an incident: not in Statuspage’s API, the history, uptime or the headline', () => {
    const [with_, without] = [site([holidays]), site([])];
    expect(v2Files(with_)).toEqual(v2Files(without));
    expect(apiPage(with_)).toEqual(apiPage(without));
    expect(historyPage(with_)).toEqual(historyPage(without));
    const { announcements: _, ...index } = indexPage(with_);
    const { announcements: __, ...plain } = indexPage(without);
    expect(index).toEqual(plain);
  });

  it('begins and ends on the minute, when the page is rebuilt', () => {
    expect(
      boundariesBetween(site([holidays]), at('2026-11-22T13:59Z'), at('2026-11-24T08:00Z')).map(({ kind }) => kind),
    ).toEqual(['announcement begins', 'new day', 'announcement ends']);
  });
});
