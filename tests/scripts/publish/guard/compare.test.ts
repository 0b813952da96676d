import { describe, expect, it } from 'vitest';
import type { LiveFeedItem, LiveUpdate, Snapshot } from '../../../../scripts/live/snapshot.ts';
import { compare, lateNotes } from '../../../../scripts/publish/guard/compare.ts';
import { feedLength } from '../../../../src/lib/feeds/feed-items.ts';

const url = 'https://status.example.com';

/** A site with nothing to compare. */
const bare: Snapshot = {
  release: { commit: null, now: '2026-11-22T15:00:00.000Z', newestAt: null, url, components: [], retired: [] },
  updates: [],
  items: [],
  pages: {},
  postmortems: {},
  translations: {},
  onIndex: [],
};

type Change = Partial<Omit<Snapshot, 'release'>> & { readonly release?: Partial<Snapshot['release']> };

const site = ({ release, ...rest }: Change): Snapshot => ({
  ...bare,
  ...rest,
  release: { ...bare.release, ...release },
});

/** What the guard finds, each with its file and what would allow it. */
const found = (live: Change, built: Change): string[] =>
  compare(site(built), site(live)).map(
    ({ file, what, allow }) => `${file ?? 'no file'}: ${what} (${allow?.what ?? 'nothing'} ${allow?.id ?? ''})`,
  );

const update = (slug: string, name = '2026-11-22T1405Z'): LiveUpdate => ({
  id: `/incidents/${slug}/#${name}`,
  kind: 'incident',
  slug,
  update: name,
  at: '2026-11-22T14:05:00.000Z',
  status: 'investigating',
  title: 'Slow',
  hash: 'h',
  edited: null,
});

const item = (path: string, data = 'x', at = 1): LiveFeedItem => ({
  guid: `${url}${path}`,
  title: 'T',
  at,
  html: '',
  data,
});

describe('a page that is live, but missing', () => {
  it.each<[string, string, string]>([
    ['/', 'no file', '/'],
    ['/history/', 'no file', '/history/'],
    ['/subscribe/', 'no file', '/subscribe/'],
    ['/postmortems/', 'no file', '/postmortems/'],
    ['/postmortems/slow/', 'postmortems/slow.md', '/postmortems/slow/'],
  ])('%s is refused', (path, file, id) => {
    expect(found({ pages: { [path]: 9 } }, {})).toEqual([
      `${file}: the page ${path} is live, but missing from the build (shrink ${id})`,
    ]);
  });

  it('is refused if its text is still in the feed', () => {
    const postmortems = { '/postmortems/slow/': 100 };
    expect(found({ pages: { '/postmortems/slow/': 9 }, postmortems }, { postmortems })).toEqual([
      'postmortems/slow.md: the page /postmortems/slow/ is live, but missing from the build (shrink /postmortems/slow/)',
    ]);
  });

  it('of a language is refused, once', () => {
    const pages = { '/de/': 9, '/de/history/': 9, '/de/postmortems/slow/': 9 };
    expect(found({ pages }, {})).toEqual([
      'site.yml: /de/ is live, but the language is missing from locales: in site.yml (shrink /de/)',
    ]);
  });

  it.each(['/incidents/slow/', '/components/api/', '/postmortems/slow/more/', '/team/history/', '/history/2025/'])(
    '%s is left to other checks, or may disappear',
    (path) => {
      expect(found({ pages: { [path]: 9 } }, {})).toEqual([]);
    },
  );
});

describe('a page that shrank', () => {
  it.each(['/history/', '/incidents/slow/', '/maintenance/slow/', '/postmortems/slow/'])(
    'by more than half is refused: %s',
    (path) => {
      const file = path.startsWith('/postmortems') ? 'postmortems/slow.md' : 'no file';
      expect(found({ pages: { [path]: 100 } }, { pages: { [path]: 49 } })).toEqual([
        `${file}: the page ${path} has 49 bytes, down from 100 on the live site (shrink ${path})`,
      ]);
      expect(found({ pages: { [path]: 100 } }, { pages: { [path]: 50 } })).toEqual([]);
    },
  );

  it.each([
    '/components/api/',
    '/subscribe/',
    '/incidents/',
    '/incidents/slow/more/',
    '/de/history/',
    '/x/incidents/a/',
  ])('may do so: %s', (path) => {
    expect(found({ pages: { [path]: 100 } }, { pages: { [path]: 1 } })).toEqual([]);
  });

  it.each<[string, Snapshot['onIndex'], Snapshot['onIndex'], boolean]>([
    ['it has the same links', ['/incidents/a/'], ['/incidents/a/'], true],
    ['it has more links', ['/incidents/a/'], ['/incidents/b/', '/incidents/a/'], true],
    ['one link is gone', ['/incidents/a/', '/incidents/b/'], ['/incidents/a/'], false],
    ['the live one could not be read', null, [], false],
    ['the built one could not be read', [], null, false],
  ])('is refused if it is the index and %s: %s, %s', (_, live, built, refused) => {
    const shrunk = found({ pages: { '/': 100 }, onIndex: live }, { pages: { '/': 1 }, onIndex: built });
    expect(shrunk).toEqual(
      refused ? ['no file: the page / has 1 bytes, down from 100 on the live site (shrink /)'] : [],
    );
  });

  const path = '/postmortems/slow/';
  it.each<[string, Snapshot['postmortems'], Snapshot['postmortems'], readonly string[]]>([
    ['lost text', { [path]: 100 }, { [path]: 49 }, ['49 characters, down from 100']],
    ['has the same text', { [path]: 100 }, { [path]: 100 }, []],
    ['has text that is not known live', {}, { [path]: 100 }, ['1 bytes, down from 1000']],
    ['has text that is not known here', { [path]: 100 }, {}, ['1 bytes, down from 1000']],
    ['has text that is known nowhere', null, null, ['1 bytes, down from 1000']],
  ])('is measured by its text if it is a postmortem that %s', (_, live, built, sizes) => {
    expect(found({ pages: { [path]: 1000 }, postmortems: live }, { pages: { [path]: 1 }, postmortems: built })).toEqual(
      sizes.map((size) => `postmortems/slow.md: the page ${path} has ${size} on the live site (shrink ${path})`),
    );
  });

  it('is refused if it is the translation of a postmortem', () => {
    const translations = { 'postmortems/slow': { 'pt-BR': 'h' } };
    const shrunk = (pages: readonly string[], known: Snapshot['translations']): string[] =>
      found(
        { pages: Object.fromEntries(pages.map((page) => [page, 100])), translations: known },
        { pages: Object.fromEntries(pages.map((page) => [page, 1])), translations: known },
      );
    expect(shrunk(['/pt-br/postmortems/slow/'], translations)).toEqual([
      'postmortems/slow.md: the page /pt-br/postmortems/slow/ has 1 bytes, down from 100 on the live site (shrink /pt-br/postmortems/slow/)',
    ]);
    const others = ['/de/postmortems/slow/', '/pt-br/postmortems/other/', '/x/pt-br/postmortems/slow/', '/pt-br/'];
    expect(shrunk(others, translations)).toEqual([]);
    expect(shrunk(['/pt-br/postmortems/slow/'], null)).toEqual([]);
  });

  it('is explained by the findings about its updates', () => {
    const pages = (size: number) => ({ '/history/': size, '/incidents/a/': size, '/incidents/b/': size });
    const updates = [update('a'), update('b')];
    const lost = 'incidents/a: the incident "Slow" is live, but is missing from the content (remove a)';
    const other = 'no file: the page /incidents/b/ has 1 bytes, down from 100 on the live site (shrink /incidents/b/)';
    expect(
      found(
        { pages: pages(100), updates, items: [item('/incidents/a/#2026-11-22T1405Z')] },
        { pages: pages(1), updates: [update('b')] },
      ),
    ).toEqual([lost, other]);
  });

  it('isn’t compared without the sizes of pages', () => {
    expect(found({ pages: null }, { pages: { '/': 1 } })).toEqual([]);
    expect(found({ pages: { '/': 9 } }, { pages: null })).toEqual([]);
  });
});

describe('an item of the feeds', () => {
  const [a, b] = ['/incidents/a/#2026-11-22T1405Z', '/maintenance/b/#2026-11-22T1405Z'];
  const differ = (changes: string, first: string): string =>
    `no file: old items of rss.xml differ from the live ones (${changes}, the first ${url}${first}), although their updates are unchanged: feed readers would show them again (feed )`;

  it.each<[string, readonly LiveFeedItem[], readonly LiveFeedItem[], readonly string[]]>([
    ['is the same', [item(a)], [item(a)], []],
    ['is new', [], [item(a)], []],
    ['changed', [item(a)], [item(a, 'y')], [differ('1 changed', a)]],
    ['is gone', [item(a)], [], [differ('1 gone', a)]],
    ['changed, and another is gone', [item(b), item(a)], [item(a, 'y')], [differ('1 changed and 1 gone', a)]],
  ])('that %s', (_, live, built, expected) => {
    expect(found({ items: live }, { items: built })).toEqual(expected);
  });

  it('may leave a full feed if it is older than all others', () => {
    const items = Array.from({ length: feedLength }, (_, index) => item(`/incidents/${index}/#u`, 'x', 1000 - index));
    const oldest = items.at(-1)?.at ?? 0;
    expect(found({ items: [item(a, 'x', oldest)] }, { items })).toEqual([]);
    expect(found({ items: [item(a, 'x', oldest + 1)] }, { items })).toEqual([differ('1 gone', a)]);
    const open = item('/incidents/open/#u', 'x', 1);
    expect(found({ items: [item(a, 'x', oldest), open] }, { items: [...items, open] }), 'an open one stays').toEqual(
      [],
    );
    const short = items.slice(1);
    expect(found({ items: [item(a, 'x', 1)] }, { items: short })).toEqual([differ('1 gone', a)]);
  });

  it.each<[string, string, Change, Change, readonly string[]]>([
    [
      'a postmortem that changed',
      '/postmortems/slow/',
      {},
      { items: [item('/postmortems/slow/', 'y')] },
      [
        'postmortems/slow.md: is live, and its item in the feeds would change: feed readers would show it again (edit postmortems/slow)',
      ],
    ],
    [
      'a postmortem that is no longer announced',
      '/postmortems/slow/',
      { pages: { '/postmortems/slow/': 9 } },
      { pages: { '/postmortems/slow/': 9 } },
      ['postmortems/slow.md: is an item in the live feeds, but not in the built ones (remove postmortems/slow)'],
    ],
    [
      'a postmortem that is gone, which its page says',
      '/postmortems/slow/',
      { pages: { '/postmortems/slow/': 9 } },
      { pages: { '/': 9 } },
      [
        'postmortems/slow.md: the page /postmortems/slow/ is live, but missing from the build (shrink /postmortems/slow/)',
      ],
    ],
    [
      'a postmortem that is gone, where pages are unknown',
      '/postmortems/slow/',
      {},
      { pages: null },
      ['postmortems/slow.md: is an item in the live feeds, but not in the built ones (remove postmortems/slow)'],
    ],
    [
      'an announcement that changed',
      '/announcements/holidays/',
      {},
      { items: [item('/announcements/holidays/', 'y')] },
      [
        'announcements/holidays.md: is live, and its item in the feeds would change: feed readers would show it again (edit announcements/holidays)',
      ],
    ],
    [
      'an announcement that is gone',
      '/announcements/holidays/',
      {},
      {},
      ['announcements/holidays.md: is live, but is missing from the content (remove announcements/holidays)'],
    ],
  ])('that is %s', (_, path, live, built, expected) => {
    expect(found({ items: [item(path)], ...live }, built)).toEqual(expected);
  });

  it('isn’t compared if a feed can’t be read, or the address changes', () => {
    expect(found({ items: [item(a)] }, { items: null })).toEqual([]);
    expect(found({ items: null }, { items: [item(a)] })).toEqual([]);
    expect(found({ items: [item(a)] }, { release: { url: 'https://example.com' } })).toEqual([
      `site.yml: the site's address changes from ${url} to https://example.com: feed readers would show every update again (feed )`,
    ]);
  });
});

describe('a translation of an announcement or a postmortem', () => {
  const items = [item('/announcements/holidays/'), item('/postmortems/slow/')];
  const other = item('/announcements/other/');
  const pages = { '/de/': 9 };
  const translated = (hash: string): Change => ({
    items,
    pages,
    translations: { 'announcements/holidays': { de: hash }, 'postmortems/slow': { de: hash } },
  });
  const again = 'is live with different text in de: feed readers in that language would show it again';

  it('that changed is refused', () => {
    expect(found(translated('a'), translated('b'))).toEqual([
      `announcements/holidays.de.md: ${again} (edit announcements/holidays)`,
      `postmortems/slow.de.md: ${again} (edit postmortems/slow)`,
    ]);
    expect(compare(site(translated('b')), site(translated('a'))).map(({ advice }) => advice)).toEqual([
      'Restore its title and text',
      'Restore its title, summary and remedy. Its text can change at any time',
    ]);
  });

  it.each<[string, Change, Change]>([
    ['it is the same', translated('a'), translated('a')],
    ['its original is gone, which is found elsewhere', translated('a'), { ...translated('b'), translations: {} }],
    [
      'its original is no item',
      { ...translated('a'), items: [other] },
      { ...translated('b'), items: [...items, other] },
    ],
    ['items are not known', { ...translated('a'), items: null }, translated('b')],
    ['the language is not built', { ...translated('a'), pages: {} }, { ...translated('b'), pages: {} }],
    ['the live site has one language', { ...translated('a'), translations: null }, translated('b')],
  ])('is nothing to refuse if %s', (_, live, built) => {
    expect(found(live, built)).toEqual([]);
  });

  it('is compared even if pages are unknown', () => {
    expect(found(translated('a'), { ...translated('b'), pages: null })).toHaveLength(2);
  });
});

describe('a component that is no longer shown', () => {
  it('is refused, unless it is retired', () => {
    const live = { release: { components: ['api', 'web'] } };
    expect(found(live, { release: { components: ['web'] } })).toEqual([
      'components.yml: the component api is live, but no longer shown (remove-component api)',
    ]);
    expect(found(live, { release: { components: ['web'], retired: ['api'] } })).toEqual([]);
  });

  it('is refused if it was retired, because its feed would disappear', () => {
    const live = { release: { retired: ['old'] } };
    expect(found(live, {})).toEqual([
      'components.yml: the component old is retired, but missing from the content: the address of its feed would disappear (remove-component old)',
    ]);
    expect(found(live, live)).toEqual([]);
    expect(found(live, { release: { components: ['old'] } }), 'shown again').toEqual([]);
  });
});

it('each finding has advice, and none needs a mark', () => {
  const [page, gone, changed] = ['/postmortems/a/', '/postmortems/b/', '/postmortems/c/'];
  const findings = compare(
    site({
      release: { url: `${url}/x` },
      pages: { '/history/': 1 },
    }),
    site({ pages: { '/history/': 9, '/de/': 9, [page]: 9 }, release: { components: ['api'] } }),
  );
  const inFeeds = compare(
    site({ pages: { [gone]: 9 }, items: [item(changed, 'y'), item('/announcements/a/', 'y')] }),
    site({
      items: [
        item(gone),
        item(changed),
        item('/announcements/a/'),
        item('/announcements/b/'),
        item('/incidents/a/#2026-11-22T1405Z'),
      ],
    }),
  );
  expect([...findings, ...inFeeds].map(({ advice, lacks }) => `${advice ?? 'none'}, ${lacks ?? 'no mark'}`)).toEqual([
    'Restore it, with "retired: true" to hide it, no mark',
    `Restore it: url: ${url}, no mark`,
    'Check what was lost, no mark',
    'Add it again, no mark',
    'Restore its source, no mark',
    'Restore its title, summary, remedy, customer_data and published. Its text can change at any time, no mark',
    'Restore the line: notify: true, no mark',
    'Restore its title, text and from. Its until and pinned can change at any time, no mark',
    'Restore the file. To end it early, change its until, no mark',
    'Look for the cause in settings or code, no mark',
  ]);
});

it('says which new postmortem or announcement Slack leaves out, because readers already have a later item', () => {
  const time = (minute: number): number => Date.parse('2026-11-22T14:00Z') + minute * 60_000;
  const items = [item('/announcements/old/', 'x', time(1)), item('/incidents/a/#2026-11-22T1405Z', 'x', time(5))];
  const built = [
    ...items,
    item('/postmortems/a/', 'x', time(4)),
    item('/announcements/b/', 'x', time(5)),
    item('/announcements/c/', 'x', time(6)),
    item('/incidents/a/#2026-11-22T1403Z', 'x', time(3)),
  ];
  expect(lateNotes(site({ items: built }), site({ items })).map((note) => note.split(',')[0])).toEqual([
    'postmortems/a.md is dated 2026-11-22T14:04Z',
    'announcements/b.md is dated 2026-11-22T14:05Z',
  ]);
  expect(lateNotes(site({ items: built }), site({ items: null }))).toEqual([]);
});
