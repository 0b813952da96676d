import { expect, it } from 'vitest';
import { apiIncident } from '../../../src/lib/api/incidents.ts';
import { updateRecords } from '../../../src/lib/api/history.ts';
import { isoTime, minute } from '../../../src/lib/domain/calendar.ts';
import { foldIncident, type IncidentUpdateRecord } from '../../../src/lib/domain/incident.ts';
import { feedItems, feedLength, feedSources } from '../../../src/lib/feeds/feed-items.ts';
import { historyFeedItems } from '../../../src/lib/feeds/site-feeds.ts';
import { at, cadence, update } from '../domain/make.ts';
import { smallSite } from '../views/small-site.ts';

const busy = foldIncident(
  'busy',
  [
    update('2026-11-20T10:00Z', { title: 'Busy', components: { checkout: 'partial_outage' } }),
    ...Array.from({ length: feedLength }, (_, index) => update(isoTime(at('2026-11-20T11:00Z') + index * minute))),
  ],
  cadence,
);

function siteWith(posted: Partial<IncidentUpdateRecord>) {
  const told = update('2026-09-01T01:00Z', {
    title: 'Night',
    status: 'resolved',
    started: at('2026-08-31T22:00Z'),
    ended: at('2026-09-01T00:30Z'),
    components: { checkout: 'major_outage' },
    ...posted,
  });
  return smallSite({ incidents: [busy, foldIncident('night', [told], cadence)] });
}

const posted = at('2026-11-21T09:00Z');

it('an update that was posted weeks late is the newest in all feeds, with its own time', () => {
  const link = 'https://status.example.com/incidents/night/#2026-09-01T01:00:00.000Z';
  for (const scope of [{ kind: 'all' }, { kind: 'component', id: 'checkout' }] as const) {
    expect(feedItems(siteWith({}), scope).map(({ id }) => id)).not.toContain(link);
    expect(feedItems(siteWith({ posted }), scope)[0]).toMatchObject({
      id: link,
      title: 'Resolved: Night (1 Sep 2026, 01:00 UTC)',
      at: posted,
      updated: posted,
    });
  }
  expect(historyFeedItems(siteWith({ posted })).map(({ title, at: time }) => [title, time === posted])).toEqual([
    ['Night', true],
    ['Busy', false],
  ]);
});

it('an open incident never leaves the feeds, no matter how many updates follow', () => {
  const long = foldIncident(
    'long',
    [
      update('2026-09-01T01:00Z', { title: 'Long', components: { checkout: 'partial_outage' } }),
      update('2026-09-02T01:00Z'),
    ],
    cadence,
  );
  const many = Array.from({ length: feedLength }, (_, index) =>
    foldIncident(
      `night-${index}`,
      [
        update(isoTime(at('2026-10-20T11:00Z') + index * minute), {
          title: 'Night',
          status: 'resolved',
          components: { checkout: 'partial_outage' },
          started: at('2026-10-20T08:00Z'),
          ended: at('2026-10-20T09:00Z'),
        }),
      ],
      cadence,
    ),
  );
  const newest = 'https://status.example.com/incidents/long/#2026-09-02T01:00:00.000Z';
  for (const others of [[busy], many]) {
    const site = smallSite({ incidents: [...others, long] });
    const without = smallSite({ incidents: others });
    for (const scope of [{ kind: 'all' }, { kind: 'component', id: 'checkout' }] as const) {
      const items = feedItems(site, scope);
      expect(items.slice(0, -1)).toEqual(feedItems(without, scope));
      expect(items.at(-1)).toMatchObject({ id: newest, title: 'Investigating: Long (2 Sep 2026, 01:00 UTC)' });
      expect(feedSources(site, scope)).toContain(long);
    }
    expect(feedItems(site, { kind: 'maintenance' })).toEqual(feedItems(without, { kind: 'maintenance' }));
    expect(historyFeedItems(site).map(({ title }) => title)).toEqual([
      ...historyFeedItems(without).map(({ title }) => title),
      'Long',
    ]);
  }
  const over = foldIncident(
    'long',
    [long.updates[0].record, update('2026-09-02T01:00Z', { status: 'resolved' })],
    cadence,
  );
  const items = feedItems(smallSite({ incidents: [busy, over] }));
  expect(items.map(({ id }) => id)).not.toContain(newest);
});

it('a later edit is the time of the last change', () => {
  const [item] = feedItems(siteWith({ posted, edited: posted + minute }));
  expect(item).toMatchObject({ at: posted, updated: posted + minute });
});

it('a stated end is in the item, and in the API with the affected components', () => {
  const site = siteWith({ posted });
  expect(feedItems(site)[0]?.html).toBe('<p>Text.</p>\n<p>From 31 Aug 2026, 22:00 UTC to 1 Sep 2026, 00:30 UTC.</p>');
  const later = smallSite({
    incidents: [
      foldIncident(
        'x',
        [busy.updates[0].record, update('2026-11-21T10:00Z', { status: 'resolved', ended: posted })],
        cadence,
      ),
    ],
  });
  expect(feedItems(later)[0]?.html).toBe('<p>Text.</p>\n<p>Ended 21 Nov 2026, 09:00 UTC.</p>');
  expect(apiIncident(site, site.incidents[1] ?? busy)).toMatchObject({
    created_at: isoTime(posted),
    started_at: '2026-08-31T22:00:00.000Z',
    resolved_at: '2026-09-01T00:30:00.000Z',
    impact: 'major',
    components: [{ name: 'Checkout', status: 'partial_outage' }],
    incident_updates: [
      {
        created_at: isoTime(posted),
        display_at: '2026-09-01T01:00:00.000Z',
        affected_components: [{ old_status: 'major_outage', new_status: 'operational' }],
      },
    ],
  });
});

it('both change the hash that the guard uses to find rewritten updates', () => {
  const hashes = [{}, { posted }, { ended: at('2026-09-01T00:10Z') }].map(
    (given) => updateRecords(siteWith(given)).find(({ slug }) => slug === 'night')?.hash,
  );
  expect(new Set(hashes).size).toBe(3);
});
