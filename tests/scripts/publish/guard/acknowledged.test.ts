import { describe, expect, it } from 'vitest';
import {
  type Acknowledgements,
  readAcknowledgements as read,
} from '../../../../scripts/publish/guard/acknowledgements.ts';
import { compare } from '../../../../scripts/publish/guard/compare.ts';
import type { GuardFinding } from '../../../../scripts/publish/guard/compare-updates.ts';
import { guardJson, guardLines, type GuardResult } from '../../../../scripts/publish/guard/guard.ts';
import { type Files, dice, history, start } from './pushes.ts';
import { siteOf, snapshotOf } from './snapshot-of.ts';

const before = history(dice(7));
const first = [...before.keys()].filter((path) => path.startsWith('incidents/')).sort()[0] ?? '';
const id = first.replace('incidents/', '').replace('.md', '');

const readAcknowledgements = (text: string, commit: string | null = null): Acknowledgements => read([{ commit, text }]);

async function findings(files: Files, live: Files = before) {
  const [built, old] = [siteOf(files, start), siteOf(live, start)];
  if (built === null || old === null) throw new Error('not faultless');
  return compare(await snapshotOf(built), await snapshotOf(old));
}

const edit = (files: Files, change: (text: string) => string): Files =>
  new Map([...files, [first, change(files.get(first) ?? '')]]);
const reworded = edit(before, (text) => text.replace(/\.\s*$/, ', perhaps.\n'));
const retimed = edit(before, (text) => text.replace('status:', 'started: 2025-01-01T00:00Z\nstatus:'));
const marked = (files: Files, time: string): Files =>
  edit(files, (text) => text.replace('status:', `edited: ${time}\nstatus:`));

describe('what a commit allows', () => {
  it.each([
    ['Halfpast-Allow: remove a/b', true],
    ['Fix a typo\n\nSigned-off-by: x\nhalfpast-allow:   remove   a/b  \n', true],
    ['Halfpast-Allow: remove c/d, a/b', true],
    ['Halfpast-Allow: remove content/incidents/a/b.md', true],
    ['Halfpast-Allow: remove a/b; and add a line "edited: " so that customers see it', true],
    ['Halfpast-Allow: remove `a/b.md`.', true],
    ['Halfpast-Allow: remove: a/b, because it was wrong', true],
    ['Halfpast-Allow: remove a', false],
    ['Halfpast-Allow: edit a/b', false],
    ['Halfpast-Allow: remove. a/b', true],
    ['Halfpast-Allow: re.move a/b', false],
    ['We talked of Halfpast-Allow: remove a/b', false],
    ['', false],
  ])('%j: %s', (messages, allowed) => {
    expect(readAcknowledgements(messages).allows({ what: 'remove', id: 'a/b' })).toBe(allowed);
  });

  it('of a page is by its path, and of the feed without a name', () => {
    expect(readAcknowledgements('Halfpast-Allow: shrink /').allows({ what: 'shrink', id: '/' })).toBe(true);
    expect(
      readAcknowledgements('Halfpast-Allow: shrink /incidents/a/').allows({ what: 'shrink', id: '/incidents/a/' }),
    ).toBe(true);
    expect(readAcknowledgements('Halfpast-Allow: feed').allows({ what: 'feed', id: '' })).toBe(true);
  });

  it('is reported if it’s not understood', () => {
    const notes = (text: string, commit: string | null = null): readonly string[] =>
      readAcknowledgements(`Halfpast-Allow: ${text}`, commit).notes;
    const known = 'Use one of: remove, edit, remove-component, shrink, feed, restore, uncompared.';
    expect(notes('delete a/b')).toEqual([`Halfpast-Allow: "delete" is not understood. ${known}`]);
    expect(notes('removed a/b')).toEqual(['Halfpast-Allow: "removed" is not understood. Did you mean "remove"?']);
    expect(notes('edit')).toEqual(['Halfpast-Allow: edit has no name. Add what it allows']);
    expect(notes('edit', 'abc1234'), 'and in which commit').toEqual([
      'commit abc1234: Halfpast-Allow: edit has no name. Add what it allows',
    ]);
    expect(readAcknowledgements('Halfpast-Allow: remove /').strays([], []), 'nor is the front page nameless').toEqual([
      'Halfpast-Allow: remove / matches no refusal',
    ]);
    for (const nameless of ['feed', 'uncompared']) expect(notes(nameless), 'needs no name').toEqual([]);
    expect(notes('edit a/b'), 'nor is a name missing that is there').toEqual([]);
  });
});

describe('a name that matches no refusal', () => {
  const refused = [
    { what: 'edit', id: '2026-11-22-checkout-errors/2026-11-22T1405Z' },
    { what: 'shrink', id: '/' },
    { what: 'remove', id: '2026-11-20-gift-cards/2026-11-20T1700Z' },
  ] as const;
  const strays = (text: string, found: readonly NonNullable<GuardFinding['allow']>[] = refused): readonly string[] =>
    readAcknowledgements(text, 'abc1234').strays(found, refused);

  it.each([
    [
      'edit 2026-11-22-chekout-errors/2026-11-22T1405Z',
      '. Did you mean Halfpast-Allow: edit 2026-11-22-checkout-errors/2026-11-22T1405Z',
    ],
    [
      'remove 2026-11-22-checkout-errors/2026-11-22T1405Z',
      '. Did you mean Halfpast-Allow: edit 2026-11-22-checkout-errors/2026-11-22T1405Z',
    ],
    ['edit something-else because of it', ''],
    ['shrink /incidents', ''],
    [
      'remove 2026-11-20-gfit-cards/2026-11-20T1700Z',
      '. Did you mean Halfpast-Allow: remove 2026-11-20-gift-cards/2026-11-20T1700Z',
    ],
  ])('is reported with a suggestion: %s', (said, meant) => {
    const [what, id] = said.split(' ');
    expect(strays(`Halfpast-Allow: ${said}`)).toEqual([
      `commit abc1234: Halfpast-Allow: ${what} ${id} matches no refusal${meant}`,
    ]);
  });

  it('isn’t reported for a match, for a note after the name, or for the feed', () => {
    expect(strays('Halfpast-Allow: edit 2026-11-22-checkout-errors/2026-11-22T1405Z; and add a line')).toEqual([]);
    expect(strays('Halfpast-Allow: shrink /\nHalfpast-Allow: feed')).toEqual([]);
    expect(
      strays('Halfpast-Allow: remove x/y', [...refused, { what: 'remove', id: 'x/y' }]),
      'of what was allowed',
    ).toEqual([]);
  });
});

type Refusal = GuardResult['refusals'][number];

const lineOf = (finding: GuardFinding | undefined): string | undefined =>
  finding &&
  guardLines(
    { outcome: 'refused', refusals: [{ ...finding, commit: null, allowed: false }], allowed: [], notes: [], news: [] },
    'content',
  )[0];

/** A finding with nothing to do about it. */
const bare: GuardFinding = { what: 'is gone', file: null, allow: null, advice: null, lacks: null };
const refusal = (change: Partial<Refusal>): Refusal => ({ ...bare, commit: null, allowed: false, ...change });
const page = { file: 'a/b.md', commit: 'abc1234', allow: { what: 'edit', id: 'a/b' } } as const;
const permit = 'allow it with this line in a commit message: Halfpast-Allow: edit a/b';

describe('a verdict', () => {
  it.each<[string, GuardResult['outcome'], readonly Refusal[], readonly string[]]>([
    ['nothing refused', 'passed', [], ['Nothing live is removed or rewritten']],
    ['a first publish', 'first', [], []],
    ['an older commit', 'older', [], []],
    ['a broken build', 'broken', [refusal({})], ['is gone', '1 problem: nothing can be published']],
    [
      'something to do',
      'refused',
      [
        refusal({ ...page, advice: 'Do this' }),
        refusal({ ...page, lacks: 'add a line' }),
        refusal({ ...page, lacks: 'add a line', allowed: true }),
      ],
      [
        `content/a/b.md  is gone (commit abc1234). Do this; or ${permit}`,
        `content/a/b.md  is gone (commit abc1234). add a line, so that customers see when it was edited, and ${permit}`,
        'content/a/b.md  is gone (commit abc1234). A commit allows it. Now add a line, so that customers see when it was edited',
        '3 refusals: the live site stays as it is',
      ],
    ],
    [
      'as many as are printed',
      'broken',
      Array.from({ length: 20 }, () => refusal({})),
      [...Array.from({ length: 20 }, () => 'is gone'), '20 problems: nothing can be published'],
    ],
    [
      'one more',
      'broken',
      Array.from({ length: 21 }, () => refusal({})),
      [...Array.from({ length: 20 }, () => 'is gone'), 'and 1 more', '21 problems: nothing can be published'],
    ],
  ])('in lines: %s', (_, outcome, refusals, expected) => {
    const verdict = { outcome, refusals, allowed: [], notes: [], news: [] };
    expect(guardLines(verdict, 'content//')).toEqual(expected);
    const [last] = expected.slice(-1);
    expect(guardLines({ ...verdict, notes: ['one\nnote'] }, 'content').slice(-2)).toEqual(
      last === undefined ? ['one note'] : ['one note', last],
    );
  });

  it.each<[GuardResult['outcome'], boolean]>([
    ['first', true],
    ['passed', true],
    ['refused', false],
    ['broken', false],
    ['older', false],
  ])('for programs: %s, ok: %s', (outcome, ok) => {
    const allowed: GuardFinding[] = [
      { ...bare, ...page },
      { ...bare, file: 'c.md', marked: true },
    ];
    const verdict = { outcome, refusals: [refusal(page), refusal({})], allowed, notes: ['a note'], news: [] };
    expect(guardJson(verdict, 'content')).toEqual({
      ok,
      outcome,
      refusals: [
        {
          line: `content/a/b.md  is gone (commit abc1234). ${permit}`,
          file: 'a/b.md',
          commit: 'abc1234',
          trailer: 'Halfpast-Allow: edit a/b',
          lacks: null,
        },
        { line: 'is gone', file: null, commit: null, trailer: null, lacks: null },
      ],
      allowed: [
        { what: 'is gone', file: 'a/b.md', trailer: 'Halfpast-Allow: edit a/b' },
        { what: 'is gone', file: 'c.md', trailer: null },
      ],
      notes: ['a note'],
    });
  });
});

describe('a refusal', () => {
  it('ends with the line to copy, and that line works', async () => {
    const [finding] = await findings(retimed);
    const line = lineOf(finding) ?? '';
    expect(line).toMatch(
      /^content\/.*; or add the line "edited: 2026-11-22T15:00Z" to its front matter, so that customers see when it was edited, and allow it with this line in a commit message: Halfpast-Allow: edit \S+$/,
    );
    expect(readAcknowledgements(/Halfpast-Allow:.*$/.exec(line)?.[0] ?? '').allows({ what: 'edit', id })).toBe(true);
  });
});

describe('what is gone', () => {
  const same = '---\ntitle: Trouble\nstatus: resolved\nimpact: minor\n---\nThis incident has been resolved.\n';
  const [one, two] = [
    'incidents/2026-11-01-one/2026-11-01T1000Z.md',
    'incidents/2026-11-02-two/2026-11-02T1000Z.md',
  ] as const;
  const live: Files = new Map([...before, [one, same], [two, same]]);

  it('doesn’t count as moved to a folder that was already live with the same text', async () => {
    const built = new Map([...live].filter(([path]) => path !== one));
    expect(await findings(built, live)).toMatchObject([
      { what: 'the incident "Trouble" is live, but is missing from the content', file: 'incidents/2026-11-01-one' },
    ]);
  });

  it('counts as moved when its updates are in a new folder, or in its own with a new time', async () => {
    const renamed = new Map([...live].map(([path, text]) => [path.replace('01-one', '01-uno'), text]));
    expect(await findings(renamed, live)).toMatchObject([
      {
        what: expect.stringContaining(
          'its folder is now 2026-11-01-uno: that breaks its address, and feed readers show its updates again',
        ) as string,
        advice: 'Rename the folder back to 2026-11-01-one',
      },
    ]);
    const retimed = new Map([...live].map(([path, text]) => [path.replace('01T1000Z', '01T1001Z'), text]));
    expect(await findings(retimed, live)).toMatchObject([{ what: 'is live, but its time is now 2026-11-01T1001Z' }]);
  });
});

describe('an edit', () => {
  it('of its text only needs its mark, which the refusal shows', async () => {
    const [finding] = await findings(reworded);
    expect(lineOf(finding)).toBe(
      `content/${first}  is live with different text. To correct its text, add the line "edited: 2026-11-22T15:00Z" to its front matter, so that customers see when it was edited; or restore the old text, and post a new update instead`,
    );
    expect(await findings(marked(reworded, '2026-11-22T14:30Z'))).toMatchObject([{ allow: null, marked: true }]);
  });

  it('of an already edited update needs a later `edited:` time', async () => {
    const live = marked(before, '2026-11-22T14:30Z');
    const again = edit(live, (text) => text.replace(/\.\s*$/, ', perhaps.\n'));
    expect(await findings(again, live)).toMatchObject([
      {
        advice: expect.stringContaining('later than 2026-11-22T14:30Z, such as "edited: 2026-11-22T15:00Z"') as string,
      },
    ]);
    expect(
      await findings(
        edit(again, (text) => text.replace('T14:30Z', 'T14:45Z')),
        live,
      ),
    ).toMatchObject([{ marked: true }]);
  });

  it('of its times or statuses needs its mark and a line in a commit message', async () => {
    const allow = { what: 'edit', id };
    expect(await findings(retimed)).toMatchObject([
      { allow, lacks: 'add the line "edited: 2026-11-22T15:00Z" to its front matter' },
    ]);
    const [finding] = await findings(marked(retimed, '2026-11-22T14:30Z'));
    expect(finding).toMatchObject({ what: 'is live with other times, statuses or impact', allow, lacks: null });
    expect(finding).not.toHaveProperty('marked');
  });

  it('needs the line if the live site doesn’t say what its times and statuses were', async () => {
    const [built, old] = [siteOf(marked(reworded, '2026-11-22T14:30Z'), start), siteOf(before, start)];
    if (built === null || old === null) throw new Error('not faultless');
    const live = await snapshotOf(old);
    const updates = live.updates.map(({ facts: _, ...update }) => update);
    expect(compare(await snapshotOf(built), { ...live, updates })).toMatchObject([{ allow: { what: 'edit', id } }]);
  });

  it('can’t lose its mark, whatever a commit says', async () => {
    const live = marked(before, '2026-11-22T14:30Z');
    expect(await findings(before, live)).toMatchObject([
      { allow: null, advice: 'Restore the line: edited: 2026-11-22T14:30Z' },
    ]);
  });

  it('is one finding, without one more for each feed item that it changes', async () => {
    expect(await findings(edit(before, (text) => text.replace('title: Trouble', 'title: Bother')))).toHaveLength(1);
  });
});

describe('what the feed and the pages say', () => {
  it('is compared as well, when the updates themselves are the same', async () => {
    const site = siteOf(before, start);
    if (site === null) throw new Error('not faultless');
    const live = await snapshotOf(site);
    const items = live.items?.map((item, index) => (index === 3 ? { ...item, data: `${item.data} ` } : item)) ?? [];
    expect(compare({ ...live, items }, live)).toMatchObject([
      { allow: { what: 'feed' }, what: expect.stringContaining('1 changed') as string },
    ]);
    expect(compare({ ...live, items: items.toSpliced(3, 1) }, live)).toMatchObject([
      { allow: { what: 'feed' }, what: expect.stringContaining('1 gone') as string },
    ]);
    const path = Object.keys(live.pages ?? {}).find((page) => page.startsWith('/incidents/')) ?? '';
    for (const page of ['/', '/history/', path]) {
      const pages = { ...live.pages, [page]: Math.floor((live.pages?.[page] ?? 0) / 2) - 1 };
      expect(compare({ ...live, pages }, live)).toMatchObject([{ allow: { what: 'shrink', id: page } }]);
      expect(compare({ ...live, pages: null }, live), 'what cannot be read is not compared').toEqual([]);
    }
  });
});

describe('a postmortem', () => {
  it('if short, is measured by its own text, not by the page around it', async () => {
    const path = [...before.keys()].find((one) => one.startsWith('postmortems/')) ?? '';
    const account = 'The price list was stored with a date that nobody had looked at for a year. '.repeat(3);
    const saying = (text: string): Files =>
      new Map([...before, [path, (before.get(path) ?? '').replace('A long account of what happened.', text)]]);
    expect(await findings(saying('Oops.'), saying(account))).toMatchObject([
      {
        file: path,
        what: expect.stringMatching(/ has 5 characters, down from 227 on the live site$/) as string,
        allow: { what: 'shrink' },
      },
    ]);
    expect(await findings(saying(account.slice(0, 150)), saying(account))).toEqual([]);
  });
});

describe('an announcement', () => {
  const path = 'announcements/holidays.md';
  const text = '---\ntitle: Closed\nfrom: 2026-11-22T14:00Z\nuntil: 2026-11-24T08:00Z\n---\nSee you on Monday.\n';
  const saying = (now: string): Files => new Map([...before, [path, now]]);

  it.each<[string, Files, GuardFinding['allow']]>([
    ['is removed', before, { what: 'remove', id: 'announcements/holidays' }],
    ['is reworded', saying(text.replace('Monday', 'Tuesday')), { what: 'edit', id: 'announcements/holidays' }],
    ['begins later', saying(text.replace('T14:00', 'T15:30')), { what: 'remove', id: 'announcements/holidays' }],
  ])('that %s needs a line in a commit message, which works', async (_, files, allow) => {
    const [finding, ...more] = await findings(files, saying(text));
    expect(finding).toMatchObject({ file: path, allow });
    expect(more).toEqual([]);
    const line = /Halfpast-Allow:.*$/.exec(lineOf(finding) ?? '')?.[0] ?? '';
    expect(allow !== null && readAcknowledgements(line).allows(allow)).toBe(true);
  });

  it.each([
    ['ends early', text.replace('2026-11-24', '2026-11-23')],
    ['is pinned', text.replace('until:', 'pinned: true\nuntil:')],
  ])('that %s needs no line', async (_, now) => {
    expect(await findings(saying(now), saying(text))).toEqual([]);
    expect(await findings(saying(text), before), 'nor a new one').toEqual([]);
  });
});

describe('the index', () => {
  it('may be much shorter once a long incident is over', async () => {
    const long = (number: number): [string, string] => [
      `incidents/2026-11-22-long/2026-11-22T${10 + Math.floor(number / 6)}${number % 6}0Z.md`,
      `---\nstatus: identified\n${number === 0 ? 'title: Long\nimpact: major\n' : ''}---\n${'Much was tried. '.repeat(80)}\n`,
    ];
    const live: Files = new Map([...before, ...Array.from({ length: 24 }, (_, number) => long(number))]);
    const over: Files = new Map([
      ...live,
      ['incidents/2026-11-22-long/2026-11-22T1455Z.md', '---\nstatus: resolved\n---\nOver.\n'],
    ]);
    const [old, built] = [siteOf(live, start), siteOf(over, start)];
    if (old === null || built === null) throw new Error('not faultless');
    const [from, to] = [await snapshotOf(old), await snapshotOf(built)];
    expect((to.pages?.['/'] ?? 0) * 2).toBeLessThan(from.pages?.['/'] ?? 0);
    expect(compare(to, from)).toEqual([]);
  });
});
