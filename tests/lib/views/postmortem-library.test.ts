import { describe, expect, it } from 'vitest';
import { postmortemsFile, postmortemsSchema } from '../../../src/lib/api/postmortems.ts';
import { hour, minute } from '../../../src/lib/domain/calendar.ts';
import { foldIncident } from '../../../src/lib/domain/incident.ts';
import type { Postmortem } from '../../../src/lib/domain/postmortem.ts';
import { plot, plotSize, postmortemsPage, readingList } from '../../../src/lib/views/postmortem-library.ts';
import { postmortemPage, postmortemPaths } from '../../../src/lib/views/postmortem-page.ts';
import { incidentUpdateViews } from '../../../src/lib/views/incident-page.ts';
import { en } from '../../../src/lib/words/en.ts';
import { at, cadence, postmortem as post, update } from '../domain/make.ts';
import { smallSite } from './small-site.ts';

const checkout = foldIncident(
  'checkout',
  [
    update('2026-11-01T10:10Z', {
      started: at('2026-11-01T10:00Z'),
      components: { checkout: 'major_outage' },
      body: 'It **fails**.',
    }),
    update('2026-11-01T10:30Z', { status: 'resolved', body: `All is well. ${'And well. '.repeat(30)}` }),
  ],
  cadence,
);
const other = foldIncident(
  'other',
  [update('2025-11-01T10:00Z'), update('2025-11-01T12:00Z', { status: 'resolved' })],
  cadence,
);

describe('the postmortem library', () => {
  const site = smallSite({
    incidents: [checkout, other],
    postmortems: [
      post('checkout', {
        cause: 'data',
        lessons: ['Look twice.'],
        actions: [
          { what: 'A', owner: 'Dana', due: '2026-11-12', done: '2026-11-14' },
          { what: 'B', owner: 'Dana', due: '2026-11-21', done: null },
        ],
      }),
      post('other', { actions: [{ what: 'C', owner: 'Mei', due: '2025-12-01', done: '2025-12-01' }] }),
    ],
  });
  const view = postmortemsPage(site);

  it('groups postmortems by component and by cause, including those without either', () => {
    const groups = (all: typeof view.byCause) => all.map(({ name, posts }) => [name, ...posts.map(({ href }) => href)]);
    expect(groups(view.byComponent)).toEqual([
      ['Checkout', '/postmortems/checkout/'],
      ['No component specified', '/postmortems/other/'],
    ]);
    expect(groups(view.byCause)).toEqual([
      ['Bad data', '/postmortems/checkout/'],
      ['Not specified', '/postmortems/other/'],
    ]);
    expect(view.posts.map(({ about }) => about)).toEqual([['Bad data', 'Checkout'], []]);
  });

  it('lists lessons by postmortem', () => {
    expect(view.lessons).toEqual([
      { from: { label: 'About checkout', href: '/postmortems/checkout/' }, lessons: ['Look twice.'] },
    ]);
  });

  it('counts actions by their state', () => {
    expect(view.actionCounts.map(({ text }) => text)).toEqual(['1 done on time', '1 done late', '1 overdue']);
    expect(view.openActions.map(({ action }) => action.what)).toEqual(['B']);
    expect(view.doneActions.map(({ action }) => `${action.what} ${action.late}`)).toEqual(['A true', 'C false']);
  });

  it('shows the totals for each year, newest first', () => {
    expect(view.response.years).toEqual([
      {
        year: '2026',
        isOver: false,
        incidents: '1 incident',
        toFirstUpdate: { text: '10 minutes', of: 'of 1' },
        toResolve: { text: '30 minutes', of: 'of 1' },
        promises: '1\u00a0kept, 0\u00a0late',
      },
      {
        year: '2025',
        isOver: true,
        incidents: '1 incident',
        toFirstUpdate: null,
        toResolve: { text: '2 hours', of: 'of 1' },
        promises: '0\u00a0kept, 1\u00a0late',
      },
    ]);
    expect(view.response.plots, 'two years are not worth a chart').toEqual([]);
    expect(view.response.counted.join(' ')).toContain('known for 1 of 2');
    expect(postmortemsPage(smallSite({ incidents: [other] })).response.counted.join(' ')).toContain(
      'no incident says when customers were first affected',
    );
  });

  it('explains what will be there while it is empty', () => {
    expect(postmortemsPage(smallSite())).toMatchObject({
      posts: [],
      lessons: [],
      actionCounts: [],
      byComponent: [],
      byCause: [],
      response: { years: [], plots: [], counted: [] },
    });
    expect(postmortemsPage(smallSite()).empty).toContain('There are no postmortems yet');
    expect(postmortemsPage(smallSite({ incidents: [other] }, { postmortemWithin: 168 * hour })).empty).toBe(
      'No postmortems have been published yet. They are due within 7 days after an incident ends.',
    );
    expect(view.empty).toBeNull();
  });
});

describe('a postmortem', () => {
  it('has excerpts of all updates, oldest first, each with a link', () => {
    const view = postmortemPage(
      smallSite({ incidents: [checkout], postmortems: [post('checkout')] }),
      post('checkout'),
    );
    expect(view.updates.map(({ href, status, text }) => [href, status, text.length <= 141, text.slice(0, 12)])).toEqual(
      [
        ['/incidents/checkout/#2026-11-01T10:10:00.000Z', 'Investigating', true, 'It fails.'],
        ['/incidents/checkout/#2026-11-01T10:30:00.000Z', 'Resolved', true, 'All is well.'],
      ],
    );
    expect(view.html).toContain('<h2 id="text-what-happened">');
    expect(view.updates.map(({ time, closes }) => [time.text, closes])).toEqual([
      ['1 Nov 2026, 11:10 CET', false],
      ['1 Nov 2026, 11:30 CET', true],
    ]);
    expect(view.incident).toMatchObject({
      href: '/incidents/checkout/',
      lasted: '30 minutes',
      postmortem: '/postmortems/checkout/',
    });
  });

  it('shows the remedy of its incident with its own terms, or else its own remedy', () => {
    const terms = { remedy: 'A refund.', claim: 'Write to us.' };
    const over = foldIncident('over', [update('2026-11-20T10:00Z', { title: 'Down', ...terms })], cadence);
    const remedyOf = (given: Partial<Postmortem>) => {
      const about = post(over.slug, given);
      return postmortemPage(smallSite({ incidents: [over], postmortems: [about] }), about).remedy;
    };
    expect(remedyOf({})).toEqual({ text: 'A refund.', terms: ['Write to us.'] });
    expect(remedyOf({ remedied: '2026-11-21' })?.terms).toEqual(['Write to us.', 'Delivered on 21 November 2026']);
    expect(remedyOf({ remedy: 'A month for free.' })?.text).toBe('A month for free.');
  });

  it('has its facts, and describes itself to search engines as a post', () => {
    const given = post('alone', {
      authors: ['Dana', 'Robin'],
      cause: 'data',
      remedy: 'A refund.',
      lessons: ['Look twice.'],
      actions: [{ what: 'A', owner: 'Dana', due: '2026-11-12', done: null }],
    });
    const site = smallSite({ postmortems: [given] });
    const view = postmortemPage(site, given);
    expect(view).toMatchObject({
      incident: null,
      updates: [],
      customerData: { text: 'Customer data is not affected', tone: 'good' },
      cause: 'Bad data',
      remedy: { text: 'A refund.', terms: [] },
      lessons: ['Look twice.'],
      actions: [{ what: 'A' }],
    });
    expect(view.frame.structuredData).toEqual({
      '@context': 'https://schema.org',
      '@type': 'BlogPosting',
      headline: 'About alone',
      description: 'It failed.',
      datePublished: '2026-11-10T10:00:00.000Z',
      author: [
        { '@type': 'Person', name: 'Dana' },
        { '@type': 'Person', name: 'Robin' },
      ],
      publisher: { '@type': 'Organization', name: 'Example' },
      mainEntityOfPage: 'https://status.example.com/postmortems/alone/',
      url: 'https://status.example.com/postmortems/alone/',
    });
    expect(postmortemPage(site, post('alone')).cause).toBeNull();
    expect(postmortemPaths(site).map(({ params, props }) => [params.slug, props.view])).toEqual([['alone', view]]);
  });
});

describe('an imported incident', () => {
  it('shows no promises that were never made', () => {
    const imported = foldIncident(
      'old',
      [update('2026-11-01T10:00Z', { source: 'statuspage:x' }), update('2026-11-01T12:00Z', { status: 'resolved' })],
      cadence,
    );
    expect(incidentUpdateViews(smallSite(), imported).map(({ promise }) => promise)).toEqual([null, null]);
    expect(incidentUpdateViews(smallSite(), other)[0]?.promise?.late).toBe('1 hour 30 minutes');
  });
});

describe('a chart', () => {
  it('starts at zero, has its highest value at the top, and has a gap for years without a value', () => {
    const drawn = plot(
      [
        { year: 2020, value: hour },
        { year: 2021, value: 0 },
        { year: 2022, value: null },
        { year: 2023, value: 30 * minute },
        { year: 2024, value: 0 },
        { year: 2025, value: hour },
      ],
      2026,
      en,
    );
    const { top, bottom } = plotSize.scale;
    expect(drawn?.top).toBe('1 hour');
    expect(drawn?.dots.map(({ y }) => y)).toEqual([top, bottom, (top + bottom) / 2, bottom, top]);
    expect(drawn?.line).toMatch(/^M\d+ \d+L\d+ \d+M\d+ \d+L\d+ \d+L\d+ \d+$/);
  });

  const years = (values: readonly (number | null)[]) => values.map((value, index) => ({ year: 2021 + index, value }));

  it('marks the current year', () => {
    const all = years([hour, hour, hour, hour, hour]);
    expect(plot(all, 2025, en)?.dots.map(({ isOver }) => isOver)).toEqual([true, true, true, true, false]);
    expect(plot(all, 2026, en)?.dots.every(({ isOver }) => isOver)).toBe(true);
  });

  it.each([
    ['none', []],
    ['one', [hour]],
    ['two', [hour, minute]],
    ['four', [hour, 0, minute, hour]],
    ['four in five years', [hour, 0, null, minute, hour]],
  ])('isn’t drawn for %s, which shows no trend', (_, values) => {
    expect(plot(years(values), 2026, en)).toBeNull();
  });

  it('works with zeros', () => {
    const { bottom } = plotSize.scale;
    expect(new Set(plot(years([0, 0, 0, 0, 0]), 2026, en)?.dots.map(({ y }) => y))).toEqual(new Set([bottom]));
  });

  it('stays within its bounds and labels the last year, however many there are', () => {
    for (let many = 5; many <= 40; many += 1) {
      const drawn = plot(
        Array.from({ length: many }, (_, index) => ({ year: 2000 + index, value: index * minute })),
        2026,
        en,
      );
      expect(
        drawn?.dots.every(
          ({ x, y }) => x >= 0 && x <= plotSize.width && y >= plotSize.scale.top && y <= plotSize.scale.bottom,
        ),
      ).toBe(true);
      expect(drawn?.years.length).toBeLessThanOrEqual(9);
      expect(drawn?.years.at(-1)?.text).toBe(String(1999 + many));
    }
  });
});

it('the reading list has one postmortem for each kind of cause, the one with the most lessons', () => {
  const about = (slug: string, cause: Postmortem['cause'], lessons: number): Postmortem =>
    post(slug, { cause, lessons: Array.from({ length: lessons }, (_, index) => `Lesson ${index}`) });
  const posts = [about('a', 'data', 1), about('b', 'data', 3), about('c', 'change', 2), about('d', 'defect', 0)];
  expect(readingList(posts).map(({ slug }) => slug)).toEqual(['b', 'c']);
  expect(readingList(posts.slice(0, 3)), 'with few, all are read').toEqual([]);
  const { postmortems } = postmortemsSchema.parse(postmortemsFile(smallSite({ postmortems: posts })));
  expect(postmortems.map(({ id, lessons }) => [id, lessons.length])).toEqual([
    ['a', 1],
    ['b', 3],
    ['c', 2],
    ['d', 0],
  ]);
});
