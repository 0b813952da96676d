import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Cancelled } from '../../../scripts/cli/errors.ts';
import type { Ask } from '../../../scripts/cli/context.ts';
import { filesBelow, hashes } from '../../support/folders.ts';
import { put, smallSite } from '../site.ts';
import { type Answer, callWithoutGit as call } from '../call.ts';

const read = (folder: string, path: string): string => readFileSync(join(folder, 'content', path), 'utf8');

/** The same as a part of Halfpast, which init replaces. */
function smallExample(): string {
  const folder = smallSite();
  put(folder, 'site.yml', `${read(folder, 'site.yml')}example: true\n`);
  return folder;
}

/** A person who presses Enter at every question, and notes which choice that was. */
function enterAlone(asked: Record<string, string | undefined>, marks: Record<string, readonly string[]> = {}): Ask {
  return {
    text: () => Promise.resolve(''),
    paragraphs: () => Promise.resolve('x'),
    choose: async (question, choices) => {
      asked[question] = choices[0]?.value;
      return choices[0]?.value ?? Promise.reject(new Error(`nothing to choose: ${question}`));
    },
    pick: async (question, _, marked = []) => (marks[question] = marked),
    confirm: () => Promise.resolve(true),
    line: () => Promise.resolve(''),
    say: () => undefined,
    show: () => undefined,
  };
}

describe('in a terminal', () => {
  it('open asks for what’s missing, and writes the file after confirmation', async () => {
    const folder = smallSite();
    const answers: Answer[] = [
      'Checkout is slow',
      'investigating',
      ['checkout', 'api'],
      'partial_outage',
      'degraded_performance',
      '',
      'under_review',
      'Dana',
      '',
      'We look into it.',
      'write',
    ];
    expect((await call('open', folder, { answers })).code).toBe(0);
    expect(read(folder, 'incidents/2026-11-22-checkout-is-slow/2026-11-22T1500Z.md')).toBe(
      '---\ntitle: Checkout is slow\nstatus: investigating\ncomponents:\n  checkout: partial_outage\n  api: degraded_performance\ncustomer_data: under_review\nlead: Dana\n---\nWe look into it.\n',
    );
  });

  it('open asks how bad it is if no component is selected', async () => {
    const folder = smallSite();
    const answers: Answer[] = ['investigating', [], 'minor', '', '', '', 'write'];
    expect((await call('open --title Odd --message x', folder, { answers })).code).toBe(0);
    expect(read(folder, 'incidents/2026-11-22-odd/2026-11-22T1500Z.md')).toBe(
      '---\ntitle: Odd\nstatus: investigating\nimpact: minor\n---\nx\n',
    );
  });

  it('nothing is asked when nothing is missing', async () => {
    expect((await call('open --title Odd --impact minor --message x', smallSite(), { answers: [] })).code).toBe(0);
  });

  it.each([
    ['Ctrl-C at the first question', ['ctrl-c']],
    ['Ctrl-C at the last question', ['x', 'investigating', [], '', 'minor', '', '', '', 'text', 'ctrl-c']],
    ['no at the last question', ['x', 'investigating', [], '', 'minor', '', '', '', 'text', 'stop']],
  ] satisfies [string, Answer[]][])('%s leaves nothing behind', async (_, answers) => {
    const folder = smallSite();
    const before = hashes(folder);
    expect(await call('open', folder, { answers })).toMatchObject({
      code: 130,
      stderr: 'halfpast: canceled. Nothing was written\n',
    });
    expect(hashes(folder)).toEqual(before);
  });

  it('update asks for the status and the text', async () => {
    const folder = smallSite();
    expect(
      (await call('update', folder, { answers: ['monitoring', '', 'same', '', 'It works again.', 'write'] })).code,
    ).toBe(0);
    expect(read(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md')).toBe(
      '---\nstatus: monitoring\n---\nIt works again.\n',
    );
  });

  it('update asks what’s affected now, and only writes what changed', async () => {
    const folder = smallSite();
    await call('update --component api=degraded_performance --message x', folder, {
      now: '2026-11-22T14:40Z',
    });
    const answers: Answer[] = [
      'identified',
      '',
      'other',
      ['api', 'website'],
      'major_outage',
      'partial_outage',
      'unaffected',
      'We know why.',
      'write',
    ];
    expect((await call('update', folder, { answers })).code).toBe(0);
    expect(read(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md')).toBe(
      '---\nstatus: identified\ncomponents:\n  website: major_outage\n  api: partial_outage\n  checkout: operational\ncustomer_data: unaffected\n---\nWe know why.\n',
    );
  });

  it('shows what customers will see before it asks whether to write, including what works again', async () => {
    const folder = smallSite();
    const shown: string[] = [];
    const answers: Answer[] = ['monitoring', '', 'other', [], 'unaffected', 'Payments *work* again.', 'stop'];
    await call('update', folder, { answers, shown });
    expect(shown).toEqual([
      'Checkout errors in Europe\nMonitoring · Minor impact\nCustomer data is not affected.\nCheckout: Operational\n\nMonitoring, 22 Nov 2026, 16:00 CET\nPayments work again.\n\nNext update by 22 Nov 2026, 16:30 CET',
    ]);
  });

  it('lets you change the text after showing it', async () => {
    const folder = smallSite();
    const answers: Answer[] = ['monitoring', '', 'same', '', 'It wroks.', 'rewrite', 'It works.', 'write'];
    expect((await call('update', folder, { answers })).code).toBe(0);
    expect(read(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md')).toBe(
      '---\nstatus: monitoring\n---\nIt works.\n',
    );
  });

  it('only asks for the text again if check would reject it, and says why', async () => {
    const folder = smallSite();
    const shown: string[] = [];
    const answers: Answer[] = ['monitoring', '', 'same', '', 'See {{where}}.', 'See our forum.', 'write'];
    const { code, stdout } = await call('update', folder, { answers, shown });
    expect(code).toBe(0);
    expect(shown[0], 'what was typed stays in sight').toContain('See {{where}}.');
    expect(stdout).toContain(
      'It would not pass check: the text still has the template placeholder "{{where}}". Fill it in or delete it',
    );
    expect(read(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md')).toBe(
      '---\nstatus: monitoring\n---\nSee our forum.\n',
    );
  });

  it('shows a draft with a problem outside the text, and then refuses it', async () => {
    const shown: string[] = [];
    const { code, stderr } = await call('open --title "Down at {{where}}" --impact major', smallSite(), {
      answers: ['investigating', '', '', '', '', 'We look.'],
      shown,
    });
    expect({ code, shown: shown.join('') }).toMatchObject({
      code: 1,
      shown: expect.stringContaining('We look.') as string,
    });
    expect(stderr).toMatch(/^halfpast: nothing was written, since it would not pass check:\n/);
  });

  it('asks for the blanks of a template, and uses its suggestions', async () => {
    const folder = smallSite();
    const template = 'identified';
    put(
      folder,
      'templates/identified.md',
      '---\nlabel: One bank\nstatus: identified\ncustomer_data: unaffected\n---\n{{components}} fail for {{whom}}, {{why}}.\n',
    );
    const answers: Answer[] = [
      'identified',
      template,
      'same',
      'some',
      '',
      'Checkout fails for some, for no reason.',
      'write',
    ];
    const shown: string[] = [];
    expect((await call('update', folder, { answers, shown })).code).toBe(0);
    expect(shown[0]).toBe('Checkout fail for {{whom}}, {{why}}.');
    expect(read(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md')).toBe(
      '---\nstatus: identified\ncustomer_data: unaffected\n---\nCheckout fails for some, for no reason.\n',
    );
  });

  it('open says that a title is already open before you type more', async () => {
    const { code, stderr } = await call('open', smallSite(), { answers: ['Checkout errors'] }).catch(
      (error: unknown) => ({ code: -1, stderr: String(error) }),
    );
    expect({ code, stderr }).toEqual({
      code: -1,
      stderr: expect.stringContaining('refused: 2026-11-22-checkout-errors is already open. To update it') as string,
    });
  });

  it.each(['resolved', 'identified'])(
    'Ctrl-C at any question of an update that says %s leaves nothing behind',
    async (status) => {
      const folder = smallSite();
      await call('update --customer-data under_review --message x', folder, { now: '2026-11-22T14:50Z' });
      const all: Answer[] =
        status === 'resolved'
          ? [status, '', '', 'affected', 'x', 'stop']
          : [status, '', 'other', ['checkout'], 'major_outage', '', 'x', 'stop'];
      const before = hashes(folder);
      for (let answered = 0; answered < all.length; answered += 1) {
        expect(await call('update', folder, { answers: [...all.slice(0, answered), 'ctrl-c'] })).toMatchObject({
          code: 130,
          stderr: 'halfpast: canceled. Nothing was written\n',
        });
      }
      expect(hashes(folder)).toEqual(before);
    },
  );

  it('update and resolve first say what they’re about', async () => {
    const folder = smallSite();
    expect(
      (await call('update', folder, { answers: ['monitoring', '', 'same', '', 'It works again.', 'write'] })).stdout,
    ).toMatch(/^Checkout errors in Europe: investigating, minor impact, open for 55 minutes\n/);
    expect((await call('resolve', folder, { answers: ['', '', 'All is well.', 'write'] })).stdout).toMatch(
      /^Checkout errors in Europe: monitoring, minor impact, open for 55 minutes\n/,
    );
  });

  it('update asks what to do with a resolved incident', async () => {
    const folder = smallSite();
    const { stdout } = await call('update slow-search --message "It is back."', folder, {
      answers: ['identified', 'write'],
    });
    expect(stdout).toMatch(/^Search is slow: minor impact, resolved 2 days 5 hours 10 minutes ago\n/);
    expect(stdout).toContain('This reopens 2026-11-20-slow-search');
  });

  it('resolve asks how the check of customer data ended', async () => {
    const folder = smallSite();
    await call('update --customer-data under_review --message x', folder, { now: '2026-11-22T14:50Z' });
    expect((await call('resolve --message "All is well."', folder, { answers: ['affected', 'write'] })).code).toBe(0);
    expect(read(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md')).toContain(
      'customer_data: affected\n',
    );
  });

  describe('a serious incident isn’t resolved without a verdict on customer data', () => {
    const open = 'open --title Odd --impact major --lead Dana --comms Kim --message x';
    const updates = (folder: string): string => filesBelow(join(folder, 'content/incidents/2026-11-22-odd')).join();

    it.each([
      ['resolve odd --message x'],
      ['update odd --status resolved --message x'],
      ['update checkout --status resolved --impact critical --message x'],
      [
        'open --title Over --status resolved --component api=major_outage --started 2026-11-22T13:00Z --ended 2026-11-22T14:00Z --message x',
      ],
    ])('%s', async (line) => {
      const folder = smallSite();
      await call(open, folder, { now: '2026-11-22T14:50Z' });
      const refused = await call(line, folder);
      expect(refused).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/--customer-data is missing.*or under_review if you don't know yet/) as string,
      });
      expect(updates(folder)).toBe('2026-11-22T1450Z.md');
      expect((await call(`${line} --customer-data under_review`, folder)).code).toBe(0);
    });

    it('by a form, by a program, or when the impact is only known with the text', async () => {
      const folder = smallSite();
      await call(open, folder, { now: '2026-11-22T14:50Z' });
      const form = { incident: 'odd', status: 'resolved', customer_data: 'nothing new', message: 'x' };
      expect((await call('post', folder, { piped: JSON.stringify(form) })).stderr).toContain(
        'customer_data is missing',
      );
      const past =
        'update checkout --status resolved --ended 2026-11-22T14:40Z --component api=major_outage --message x';
      expect(await call(past, folder)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('customer_data: is missing, and the incident is major') as string,
      });
      expect((await call(`${past} --customer-data unaffected`, folder)).code).toBe(0);
    });

    it('and a terminal asks for it, without a way to leave it out', async () => {
      const folder = smallSite();
      await call(open, folder, { now: '2026-11-22T14:50Z' });
      expect((await call('resolve odd', folder, { answers: ['', 'under_review', 'All is well.', 'write'] })).code).toBe(
        0,
      );
      const asked: Record<string, string | undefined> = {};
      const over =
        'open --title Over --status resolved --impact major --started 2026-11-22T13:00Z --ended 2026-11-22T14:00Z';
      await call(over, folder, { answers: [], context: { ask: enterAlone(asked) } });
      expect(asked['Is customer data safe?']).toBe('under_review');
    });
  });

  it.each([
    [['open', '--title', 'Odd', '--message', 'x'], 'Is customer data safe?', ''],
    [['open', '--title', 'Odd', '--message', 'x'], 'How bad is it for customers?', 'minor'],
    [['postmortem', 'odd'], 'Was customer data affected?', 'under_review'],
    [['postmortem', 'odd'], 'What kind of cause was it?', 'later'],
  ])('Enter never claims anything unverified: %j, %s', async (args, question, first) => {
    const folder = smallSite();
    await call('open --title Odd --slug was-odd --impact minor --status resolved --lead Dana --message x', folder);
    const asked: Record<string, string | undefined> = {};
    await call(args, folder, { answers: [], context: { ask: enterAlone(asked) } });
    expect(asked[question]).toBe(first);
  });

  it.each([
    ['open --title Odd --component api=major_outage', 'under_review'],
    ['open --title Odd --impact critical', 'under_review'],
    ['open --title Odd --component api=degraded_performance', ''],
    ['update', ''],
    ['update --impact major', 'under_review'],
  ])('Enter only says nothing about customer data if the incident isn’t serious: %s', async (line, first) => {
    const asked: Record<string, string | undefined> = {};
    await call(line, smallSite(), { answers: [], context: { ask: enterAlone(asked) } });
    expect(asked['Is customer data safe?']).toBe(first);
  });

  it.each([
    ['open --title "Checkout errors"', ['checkout']],
    ['open --title "The API and the website are slow"', ['website', 'api']],
    ['open --title "Checkouts fail"', []],
    ['open --title "決済:Checkoutでエラー"', ['checkout']],
  ])('components that a title names are preselected: %s', async (line, expected) => {
    const marks: Record<string, readonly string[]> = {};
    await call(line, smallSite(), { answers: [], context: { ask: enterAlone({}, marks) } });
    expect(marks['What is affected?']).toEqual(expected);
  });

  it('so is the only component, what’s affected now, and what was affected before', async () => {
    const folder = smallSite();
    const marks: Record<string, readonly string[]> = {};
    const other: Ask = {
      ...enterAlone({}, marks),
      choose: async (_, choices) => (choices.find(({ value }) => value === 'other') ?? choices[0])?.value as never,
    };
    await call('update', folder, { answers: [], context: { ask: other } });
    await call('resolve --message x', folder, { now: '2026-11-22T15:10Z' });
    await call('update checkout --status investigating', folder, {
      now: '2026-11-22T15:20Z',
      context: { ask: enterAlone({}, marks) },
    });
    const one = smallSite();
    for (const path of ['incidents', 'maintenance', 'postmortems'])
      rmSync(join(one, 'content', path), { recursive: true });
    put(one, 'components.yml', 'components:\n  - id: shop\n    name: Shop\n');
    await call('open --title Odd', one, { context: { ask: enterAlone({}, marks) } });
    expect(marks).toEqual({
      'Select everything that is affected now': ['checkout'],
      'What is affected again?': ['checkout'],
      'What is affected?': ['shop'],
    });
  });

  it('with --template, the status stays, so that only the text is asked for', async () => {
    const folder = smallSite();
    const answers: Answer[] = ['Payments', 'Search', 'looking', 'Nothing new.', 'write'];
    expect((await call('update --template no-news', folder, { answers })).code).toBe(0);
    expect(read(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md')).toBe(
      '---\nstatus: investigating\n---\nNothing new.\n',
    );
  });

  it('a blank can only be left out if it’s a whole sentence', async () => {
    const folder = smallSite();
    put(folder, 'templates/gaps.md', '---\nlabel: Gaps\n---\nIt fails for {{whom}}. {{what works}}\n');
    const asked: unknown[] = [];
    const ask: Ask = {
      ...enterAlone({}),
      text: async ({ message, optional }) => (asked.push([message, optional]), optional === true ? '' : 'all'),
      paragraphs: async (_, { initial = '' } = {}) => initial,
    };
    await call('update --template gaps', folder, { answers: [], context: { ask } });
    expect(asked).toEqual([
      ['Fill in: whom', false],
      ['Fill in: what works (Enter to leave it out)', true],
    ]);
    expect(read(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md')).toContain('\nIt fails for all.\n');
  });

  it.each([
    ['open', ['Odd', 'investigating', [], '', 'minor', '', 'me']],
    ['open --title Odd --lead "I think Dana should do it"', []],
    ['update --comms nobody', []],
    ['resolve --lead "whoever is on call" --message x', []],
    ['postmortem was-odd', ['not sure']],
  ] satisfies [string, Answer[]][])('%s: a name is a name', async (line, answers) => {
    const folder = smallSite();
    await call('open --title Odd --slug was-odd --impact minor --status resolved --message x', folder, {
      now: '2026-11-22T14:40Z',
    });
    const said = await call(line, folder, { answers }).then(({ stderr }) => stderr, String);
    expect(said).toContain('is not a name. Type only the name, such as Dana');
  });

  it('update asks which incident when more than one is open', async () => {
    const folder = smallSite();
    await call('open --title Down --impact major --message x', folder);
    const { stdout } = await call('update --message x --json', folder, { answers: ['2026-11-22-down'] });
    expect(JSON.parse(stdout)).toMatchObject({ incident: '2026-11-22-down' });
  });

  it('offers the newest incident first, with what it’s about', async () => {
    const folder = smallSite();
    await call('open --title Down --impact major --message x', folder);
    let offered: unknown;
    const choose: Ask['choose'] = async (_, choices) => {
      offered = choices;
      return Promise.reject(new Cancelled());
    };
    await call('update', folder, { context: { ask: { ...enterAlone({}), choose } }, now: '2026-11-22T15:10Z' });
    expect(offered).toEqual([
      { value: '2026-11-22-down', label: 'Down', hint: 'investigating, major impact, open for 10 minutes' },
      {
        value: '2026-11-22-checkout-errors',
        label: 'Checkout errors in Europe',
        hint: 'investigating, minor impact, open for 1 hour 5 minutes',
      },
    ]);
  });

  it('asks how bad it is, starting with the mildest', async () => {
    const asked: Record<string, string | undefined> = {};
    await call('open --title Odd', smallSite(), {
      context: {
        ask: { ...enterAlone(asked), pick: async (_, [first]) => (first === undefined ? [] : [first.value]) },
      },
    });
    expect(asked).toMatchObject({ 'Website: how bad is it?': 'degraded_performance' });
  });

  it('resolve and schedule ask for what is missing', async () => {
    const folder = smallSite();
    expect((await call('resolve', folder, { answers: ['', '', 'All is well.', 'write'] })).code).toBe(0);
    expect(
      (
        await call('schedule', folder, {
          answers: ['New servers', '2026-12-05T22:00Z', '2026-12-05T23:00Z', ['checkout'], '', 'We move.', 'write'],
        })
      ).code,
    ).toBe(0);
    expect((await call('check', folder)).code).toBe(0);
  });

  it('halfpast alone asks what to do', async () => {
    const { code, stdout } = await call([], smallSite(), { answers: ['check'] });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: '2 incidents, 1 maintenance window, 1 postmortem: no problems\n',
    });
  });

  it('init asks for name, address, time zone and components', async () => {
    const folder = smallExample();
    const answers: Answer[] = [
      'Acme',
      'https://status.acme.example',
      'America/New_York',
      'Website, api=Partner API',
      true,
    ];
    expect((await call('init', folder, { answers })).code).toBe(0);
    expect(read(folder, 'site.yml')).toContain(
      'name: Acme\nurl: https://status.acme.example\ntime_zone: America/New_York\n',
    );
    expect(read(folder, 'components.yml')).toContain(
      '- id: website\n    name: Website\n    since: 2026-11-22\n  - id: api\n    name: Partner API\n',
    );
  });

  it('init suggests the time zone of the machine, and nothing else that you’d have to delete', async () => {
    const offered: Record<string, string | undefined> = {};
    const text: Ask['text'] = async ({ message, initial, placeholder }) => {
      offered[message] = initial ?? placeholder;
      return message.includes('address') ? 'https://x.example' : (initial ?? 'API');
    };
    await call('init', smallExample(), { context: { ask: { ...enterAlone({}), text } } });
    expect(offered).toEqual({
      'What is the name of your service?': undefined,
      'What will the address of the page be? (such as https://status.acme.com)': undefined,
      'Which time zone are most readers in?': 'Europe/Vienna',
      'Which parts of the service do customers use? (such as Website, Checkout, API)': undefined,
    });
  });

  it('postmortem asks who writes it, for the verdict and for the kind of cause', async () => {
    const folder = smallSite();
    await call('open --title Odd --impact minor --status resolved --message x', folder);
    expect((await call('postmortem odd', folder, { answers: ['Priya', 'unaffected', 'capacity'] })).code).toBe(0);
    expect(read(folder, 'postmortems/2026-11-22-odd.md')).toContain('authors:\n  - Priya\n');
    expect(read(folder, 'postmortems/2026-11-22-odd.md')).toContain('customer_data: unaffected\ncause: capacity\n');
  });
});

describe('before open writes, in a terminal', () => {
  const earlier = (folder: string, day: string, component: string): void => {
    put(
      folder,
      `incidents/${day}-old/${day}T1000Z.md`,
      `---\ntitle: Old of ${day}\nstatus: investigating\ncomponents: { ${component}: partial_outage }\n---\nx\n`,
    );
    put(
      folder,
      `incidents/${day}-old/${day}T1100Z.md`,
      '---\nstatus: resolved\ncustomer_data: unaffected\n---\nWe **restarted** it.\n',
    );
  };
  const said = async (folder: string): Promise<string> => {
    const args = ['open', '--title', 'Down', '--component', 'api=partial_outage', '--message', 'x', '--dry-run'];
    const { stdout, stderr } = await call(args, folder, { answers: [] });
    return stdout + stderr;
  };

  it.each([
    ['', 'How we rolled back, or why we couldn’t'],
    [', from a draft before 1.0.0', 'What let us go back, or why we couldn’t'],
  ])(
    'it shows the last three incidents of the component, with the cause, what helped and the lessons%s',
    async (_, heading) => {
      const folder = smallSite();
      for (const day of ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01']) earlier(folder, day, 'api');
      earlier(folder, '2026-05-01', 'checkout');
      put(
        folder,
        'postmortems/2026-04-01-old.md',
        `---\ntitle: Why\npublished: 2026-04-03T10:00Z\nauthors: [Dana]\nsummary: S.\ncustomer_data: unaffected\ncause: capacity\nlessons: [Look at the queue first.]\n---\n## What happened\n\nIt broke.\n\n## ${heading}\n\nA bigger *queue*.\n`,
      );
      const shown = await said(folder);
      const order = [
        'Old of 2026-04-01',
        'https://status.example.com/postmortems/2026-04-01-old/',
        'Cause: ',
        'What helped: A bigger queue.',
        'Lesson: Look at the queue first.',
        'Old of 2026-03-01',
        'At the end: We restarted it.',
        'Old of 2026-02-01',
      ].map((text) => shown.indexOf(text));
      expect(order, shown).toEqual(order.toSorted((a, b) => a - b));
      expect(order).not.toContain(-1);
      expect(shown).not.toContain('2026-01-01');
      expect(shown).not.toContain('2026-05-01');
    },
  );

  it('shows nothing for other components, or without earlier incidents', async () => {
    const folder = smallSite();
    earlier(folder, '2026-05-01', 'checkout');
    expect(await said(folder)).not.toContain('Seen before');
  });
});
