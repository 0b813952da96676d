import { describe, expect, it } from 'vitest';
import { apiIncident } from '../../../src/lib/api/incidents.ts';
import { v2Files, v2Schemas } from '../../../src/lib/api/v2-files.ts';
import { foldIncident } from '../../../src/lib/domain/incident.ts';
import { openRemedies } from '../../../src/lib/domain/owed.ts';
import type { Postmortem } from '../../../src/lib/domain/postmortem.ts';
import { feedItems } from '../../../src/lib/feeds/feed-items.ts';
import { componentFeedSource, historyFeedItems, postmortemsFeed } from '../../../src/lib/feeds/site-feeds.ts';
import { yearSource } from '../../../src/lib/views/static-paths.ts';
import { at, cadence, component, postmortem as makePostmortem, update } from '../domain/make.ts';
import { smallSite } from '../views/small-site.ts';

const postmortem = makePostmortem('shop', {
  title: 'Why the shop was closed',
  published: at('2026-11-20T10:00Z'),
  notify: true,
  summary: 'A price list was missing & nobody saw it.',
  remedy: 'Refunds were sent.',
});

const updates = [
  update('2026-11-18T10:00Z', { title: 'Shop closed', components: { checkout: 'major_outage' } }),
  update('2026-11-18T11:00Z', { status: 'resolved' }),
] as const;

function siteWith(given: Partial<Postmortem>, later: readonly ReturnType<typeof update>[] = []) {
  return smallSite({
    groups: [{ name: null, components: [component('checkout'), component('search')] }],
    incidents: [foldIncident('shop', [...updates, ...later], cadence)],
    postmortems: [{ ...postmortem, ...given }],
  });
}

const announced = siteWith({});
const older = [null, false].map((notify) => siteWith({ notify }));
const none = { ...announced, postmortems: [] };
const link = 'https://status.example.com/postmortems/shop/';
const checkout = { kind: 'component', id: 'checkout' } as const;

describe('an announced postmortem', () => {
  it('is an item in the feeds of the site and of its components', () => {
    const item = {
      ...{ id: link, guid: link, link },
      title: 'Postmortem: Why the shop was closed (20 Nov 2026, 10:00 UTC)',
      at: postmortem.published,
      updated: postmortem.published,
      html: `<p><strong>Customer data is not affected.</strong></p>\n<p>A price list was missing &amp; nobody saw it.</p>\n<p>Refunds were sent.</p>\n<p><a href="${link}">Read the postmortem</a></p>`,
    };
    expect(feedItems(announced)).toEqual([item, ...feedItems(none)]);
    expect(feedItems(announced, checkout)).toEqual([item, ...feedItems(none, checkout)]);
    expect(feedItems(announced, { kind: 'component', id: 'search' })).toEqual([]);
    expect(feedItems(announced, { kind: 'maintenance' })).toEqual([]);
    expect(postmortemsFeed(announced).items.map(({ id }) => id)).toEqual([link]);
  });

  it("is in its incident's entry in the history feeds", () => {
    const [before, after] = [historyFeedItems(none)[0], historyFeedItems(announced)[0]];
    expect(after).toMatchObject({ id: before?.id, at: postmortem.published, updated: postmortem.published });
    expect(after?.html).toBe(
      `<p><small>Nov 20, 10:00 UTC</small><br><strong>Postmortem</strong> - <strong>Customer data is not affected.</strong></p>\n<p>A price list was missing &amp; nobody saw it.</p>\n<p>Refunds were sent.</p>\n<p><a href="${link}">Read the postmortem</a></p>\n${before?.html ?? ''}`,
    );
  });

  it('keeps its items when its text, lessons and actions are edited', () => {
    const edited = siteWith({ body: 'Better.', lessons: ['Look.'], authors: ['Priya'], cause: 'change' });
    expect(feedItems(edited)).toEqual(feedItems(announced));
    expect(historyFeedItems(edited)).toEqual(historyFeedItems(announced));
  });

  it('keeps its items when an update says that customers got the remedy, which was pending', () => {
    const pending = siteWith({ remedied: 'pending' });
    const given = { status: 'resolved', remedy: 'Refunds were sent.', remedied: '2026-11-21' } as const;
    const later = siteWith({ remedied: 'pending' }, [update('2026-11-21T10:00Z', given)]);
    expect(feedItems(later).slice(1)).toEqual(feedItems(pending));
    expect(openRemedies(pending)).toHaveLength(1);
    expect(openRemedies(later)).toEqual([]);
  });

  it('changes the keys of the cached files it is in', () => {
    const [search] = [component('search')];
    expect(componentFeedSource(announced, component('checkout'))).not.toEqual(
      componentFeedSource(none, component('checkout')),
    );
    expect(componentFeedSource(announced, search)).toEqual(componentFeedSource(none, search));
    expect(yearSource(announced, '2026')).not.toEqual(yearSource(none, '2026'));
  });

  it('is the newest update of its incident in the API, and its status', () => {
    const { incidents } = v2Schemas.incidents.parse(v2Files(announced).incidents);
    expect(incidents[0]).toMatchObject({
      status: 'postmortem',
      resolved_at: '2026-11-18T11:00:00.000Z',
      updated_at: '2026-11-20T10:00:00.000Z',
      postmortem_body: '## What happened\n\nText.',
      postmortem_published_at: '2026-11-20T10:00:00.000Z',
      postmortem_notified_subscribers: true,
    });
    expect(incidents[0]?.incident_updates.map(({ status, body }) => [status, body])).toEqual([
      ['postmortem', '## What happened\n\nText.'],
      ['resolved', 'Text.'],
      ['investigating', 'Text.'],
    ]);
    const ids = incidents[0]?.incident_updates.map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(v2Files(announced).status.page.updated_at).toBe('2026-11-20T10:00:00.000Z');
  });

  it.each([
    ['open again', 'investigating', 'investigating'],
    ['noted', 'resolved', 'postmortem'],
  ] as const)('of an incident that is %s has its place among the updates', (_, status, expected) => {
    const site = siteWith({}, [update('2026-11-21T10:00Z', { status })]);
    const incident = apiIncident(site, site.incidents[0] as never);
    expect(incident.status).toBe(expected);
    expect(incident.incident_updates.map((one) => one.status)).toEqual([
      status,
      'postmortem',
      'resolved',
      'investigating',
    ]);
  });
});

describe('a postmortem without notify: true, like all those from before the field existed', () => {
  it.each(older.map((site) => [site.postmortems[0]?.notify, site] as const))(
    '(%s) changes no feed and no API file',
    (_, site) => {
      expect(feedItems(site)).toEqual(feedItems(none));
      expect(feedItems(site, checkout)).toEqual(feedItems(none, checkout));
      expect(historyFeedItems(site)).toEqual(historyFeedItems(none));
      expect(v2Files(site)).toEqual(v2Files(none));
      expect(postmortemsFeed(site)).toEqual(postmortemsFeed(announced));
    },
  );
});

it('a remedy is in its item with how to claim it and whether customers got it, and changes nothing without either', () => {
  const item = (given: Partial<Parameters<typeof update>[1]>): string => {
    const shop = foldIncident(
      'shop',
      [update('2026-11-18T10:00Z', { title: 'Shop', remedy: 'A refund.', ...given })],
      cadence,
    );
    return feedItems(smallSite({ incidents: [shop] }), { kind: 'all' })[0]?.html ?? '';
  };
  const plain = item({});
  expect(plain).toMatch(/<p>A refund\.<\/p>$/);
  expect(item({ remedied: 'pending' })).toBe(plain);
  expect(item({ claim: 'Write <us>.', claimUntil: '2026-12-31', remedied: '2026-12-05' })).toBe(
    `${plain}\n<p>Write &lt;us&gt;.</p>\n<p>Can be claimed until 2026-12-31</p>\n<p>Delivered on 2026-12-05</p>`,
  );
});
