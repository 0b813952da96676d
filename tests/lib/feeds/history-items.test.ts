import { describe, expect, it } from 'vitest';
import { minute } from '../../../src/lib/domain/calendar.ts';
import { foldIncident } from '../../../src/lib/domain/incident.ts';
import { historyFeedItems, historyLength } from '../../../src/lib/feeds/site-feeds.ts';
import { at, cadence, update } from '../domain/make.ts';
import { smallSite } from '../views/small-site.ts';
import { checkout, checkoutSite, database } from './one-incident.ts';

const [incident, maintenance] = historyFeedItems(checkoutSite());

describe('an entry of the history', () => {
  it('has all updates of its incident, newest first, each with time, status and text', () => {
    expect(incident?.html).toBe(
      [
        '<p><small>Nov 22, 14:30 UTC</small><br><strong>Resolved</strong> - A list was missing:</p>\n<ul>\n<li>prices</li>\n</ul>',
        '<p><strong>Customer data is not affected.</strong></p>',
        '<p>Orders are not &lt;charged&gt;.</p>',
        '<p>Edited 22 Nov 2026, 14:40 UTC.</p>',
        '<p><small>Nov 22, 14:05 UTC</small><br><strong>Investigating</strong> - Some <strong>card</strong> payments fail.</p>\n<p>We look into it.</p>',
        '<p><strong>We are checking whether customer data is affected.</strong></p>',
      ].join('\n'),
    );
  });

  it('has the address of its incident, a tag URI, and the times of its newest update and last change', () => {
    expect(incident).toMatchObject({
      id: 'tag:status.example.com,2026:Incident/checkout',
      link: 'https://status.example.com/incidents/checkout/',
      title: 'Checkout "fails" & ]]> 🛒',
      at: at('2026-11-22T14:30Z'),
      updated: at('2026-11-22T14:40Z'),
    });
  });

  it('of maintenance begins with its window, and doesn’t share an id with an incident of the same name', () => {
    expect(maintenance).toMatchObject({
      id: 'tag:status.example.com,2026:Maintenance/checkout',
      html: '<p><strong>THIS IS A SCHEDULED EVENT Dec 1, 22:00 - 23:30 UTC</strong></p>\n<p><small>Nov 20, 09:00 UTC</small><br><strong>Scheduled</strong> - Short breaks.</p>',
    });
    const overnight = { ...database, window: { from: at('2026-12-01T22:00Z'), to: at('2026-12-02T01:00Z') } };
    expect(historyFeedItems(smallSite({ maintenances: [overnight] }))[0]?.html).toContain(
      'EVENT Dec 1, 22:00 - Dec 2, 01:00 UTC<',
    );
  });

  it('keeps its id after later updates, and includes the folder of a site that shares its host', () => {
    const before = foldIncident('checkout', [checkout.updates[0].record], cadence);
    expect(historyFeedItems(smallSite({ incidents: [before] }))[0]?.id).toBe(incident?.id);
    const shared = historyFeedItems(checkoutSite({ url: 'https://example.github.io/status' }));
    expect(shared.map(({ id }) => id)).toEqual([
      'tag:example.github.io,2026:status/Incident/checkout',
      'tag:example.github.io,2026:status/Maintenance/checkout',
    ]);
  });

  it('gives text that doesn’t start with a paragraph its own line', () => {
    const list = foldIncident('list', [update('2026-11-22T14:05Z', { title: 'List', body: '- one' })], cadence);
    expect(historyFeedItems(smallSite({ incidents: [list] }))[0]?.html).toBe(
      '<p><small>Nov 22, 14:05 UTC</small><br><strong>Investigating</strong></p>\n<ul>\n<li>one</li>\n</ul>',
    );
  });
});

describe('the history', () => {
  const short = (index: number) =>
    foldIncident(
      `short-${index}`,
      [
        update(new Date(at('2026-11-01T00:00Z') + index * minute).toISOString(), {
          title: 'Short',
          status: 'resolved',
        }),
      ],
      cadence,
    );
  const many = Array.from({ length: historyLength + 10 }, (_, index) => short(index));

  it('is bounded, newest first by creation', () => {
    const items = historyFeedItems(smallSite({ incidents: many }));
    expect(items.map(({ link }) => link)).toEqual(
      many
        .toReversed()
        .slice(0, historyLength)
        .map(({ slug }) => `https://status.example.com/incidents/${slug}/`),
    );
  });

  it('has the end of an incident that outlasted fifty others, in its own place', () => {
    const long = foldIncident(
      'long',
      [update('2026-10-01T00:00Z', { title: 'Long' }), update('2026-11-02T00:00Z', { status: 'resolved' })],
      cadence,
    );
    const items = historyFeedItems(smallSite({ incidents: [...many, long] }));
    expect(items).toHaveLength(historyLength);
    expect(items.at(-1)).toMatchObject({ title: 'Long', at: at('2026-11-02T00:00Z') });
    expect(items.at(-1)?.html).toContain('<strong>Resolved</strong>');
  });
});
