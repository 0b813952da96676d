import { beforeAll, describe, expect, it } from 'vitest';
import { type Answers, readAnswers, withOffset } from '../../../src/components/compose/answers.ts';
import { draftUpdate } from '../../../src/components/compose/draft.ts';
import { shortUtc } from '../../../src/lib/schema/time-fields.ts';
import { composeData, type ComposeData } from '../../../src/lib/views/compose-page.ts';
import { goodSite } from '../../lib/content/fixture.ts';
import { put, smallSite } from '../../scripts/site.ts';
import { call } from '../../scripts/call.ts';
import { loadContent } from '../../support/load-content.ts';

const now = '2026-11-22T15:00:30Z';
let data: ComposeData;

/** The form, empty except for the given fields. */
function answers(given: Partial<Answers>): Answers {
  const blank = {
    incident: '',
    title: '',
    status: 'investigating',
    impact: '',
    components: {},
    customer_data: '',
    next_update: '',
    lead: '',
    comms: '',
    remedy: '',
    claim: '',
    claim_until: '',
    remedied: '',
    started: '',
    ended: '',
    message: '',
  };
  return { ...blank, ...given };
}

async function dataOf(path: string): Promise<ComposeData> {
  const parsed = await loadContent(path, Date.parse(now));
  if (!('site' in parsed)) throw new Error('the content has problems');
  const { site } = parsed;
  const found = composeData({
    ...site,
    settings: {
      ...site.settings,
      repository: { name: 'example/status', branch: 'main', folder: 'content' },
      compose: true,
    },
  });
  if (found === null) throw new Error('no form');
  return found;
}

const lines = (given: Partial<Answers>, at = now): string[] =>
  draftUpdate(answers(given), data, Date.parse(at), 'UTC').troubles.map(({ message }) => message);

beforeAll(async () => {
  data = await dataOf(goodSite);
});

describe('the form creates the same file as the commands', () => {
  it.each<[string, Partial<Answers>, readonly string[]]>([
    [
      'a new incident',
      {
        title: 'Checkout: “errors” in Ümläut & co',
        components: { checkout: 'partial_outage', api: 'degraded_performance' },
        customer_data: 'under_review',
        next_update: '30m',
        lead: 'Dana',
        comms: 'Priya',
        remedy: 'No: nothing is charged.',
        claim: 'Write to support@example.com.',
        claim_until: '2026-12-31',
        message: 'It fails.\r\n\r\n- one\n- two  ',
      },
      [
        'open',
        '--title',
        'Checkout: “errors” in Ümläut & co',
        '--components',
        'checkout=partial_outage,api=degraded_performance',
        '--customer-data',
        'under_review',
        '--next-update',
        '30m',
        '--lead',
        'Dana',
        '--comms',
        'Priya',
        '--remedy',
        'No: nothing is charged.',
        ...['--claim', 'Write to support@example.com.', '--claim-until', '2026-12-31'],
        '--message',
        'It fails.\r\n\r\n- one\n- two  ',
      ],
    ],
    [
      'one whose title has no letter for an address',
      { title: '障害', impact: 'minor', message: 'It fails.' },
      ['open', '--title', '障害', '--impact', 'minor', '--message', 'It fails.'],
    ],
    [
      'an update',
      {
        incident: '2026-11-22-checkout-errors',
        status: 'identified',
        components: { checkout: 'degraded_performance' },
        message: 'We know why.',
      },
      [
        'update',
        '2026-11-22-checkout-errors',
        '--status',
        'identified',
        '--component',
        'checkout=degraded_performance',
        '--message',
        'We know why.',
      ],
    ],
    [
      'the end',
      {
        incident: '2026-11-22-checkout-errors',
        status: 'resolved',
        customer_data: 'unaffected',
        message: 'All is well.',
      },
      ['resolve', '2026-11-22-checkout-errors', '--customer-data', 'unaffected', '--message', 'All is well.'],
    ],
    [
      'the end, some time ago, of more than was known',
      {
        incident: '2026-11-22-checkout-errors',
        status: 'resolved',
        components: { api: 'major_outage' },
        customer_data: 'unaffected',
        ended: '2026-11-22T14:40Z',
        message: 'All is well.',
      },
      [
        ...['resolve', '--component', 'api=major_outage', '--customer-data', 'unaffected'],
        ...['--ended', '2026-11-22T14:40Z', '--message', 'All is well.'],
      ],
    ],
    [
      'an incident that is over',
      {
        title: 'Night',
        status: 'resolved',
        components: { checkout: 'major_outage' },
        customer_data: 'under_review',
        started: '2026-11-21T01:00Z',
        ended: '2026-11-21T04:00Z',
        message: 'It was down.',
      },
      [
        ...['open', '--title', 'Night', '--status', 'resolved', '--component', 'checkout=major_outage'],
        ...['--customer-data', 'under_review', '--started', '2026-11-21T01:00Z', '--ended', '2026-11-21T04:00Z'],
        ...['--message', 'It was down.'],
      ],
    ],
  ])('%s', async (_, given, args) => {
    const { path, text, troubles, incident } = draftUpdate(answers(given), data, Date.parse(now), 'UTC');
    // On GitHub, too, others may publish in the same minute.
    const { code, stdout } = await call([...args, '--github=a/b', '--dry-run', '--json'], smallSite(), { now });
    expect(code).toBe(0);
    const written = JSON.parse(stdout) as { file: string; text: string };
    expect({ path, text, troubles }).toEqual({ path: written.file, text: written.text, troubles: [] });
    expect(incident?.updates.at(-1)?.record.body).toContain(String(given.message).split('\n')[0]?.trim());
  });

  it("with an unused name: with seconds, if it's the same minute as the newest update", () => {
    const path = (at: string) =>
      draftUpdate(answers({ incident: '2026-11-22-checkout-errors', message: 'x' }), data, Date.parse(at), 'UTC').path;
    expect(path('2026-11-22T14:05:20Z')).toBe('content/incidents/2026-11-22-checkout-errors/2026-11-22T140520Z.md');
  });
});

describe("the form rejects what check rejects, in the reader's language and time zone", () => {
  const known = { incident: '2026-11-22-checkout-errors', message: 'x' };
  const ends = { ...known, status: 'resolved', customer_data: 'unaffected' };
  const anew = { title: 'It fails', impact: 'minor', message: 'x' };
  const over = { ...anew, status: 'resolved' };
  const outage = { title: 'It fails', customer_data: 'affected', components: { checkout: 'partial_outage' } } as const;

  it.each<[string, Partial<Answers>, string | readonly string[]]>([
    [
      'no title',
      { impact: 'minor', message: 'x' },
      'Write what customers notice, such as “Checkout errors in Europe”.',
    ],
    [
      'no impact and no component',
      { title: 'It fails', message: 'x' },
      'Choose how bad it is, or add the components that are affected.',
    ],
    ['no text', { ...anew, message: '' }, 'Write what customers should know.'],
    [
      'a promise in words',
      { ...anew, next_update: 'soon' },
      '“soon” isn’t a time or a duration. Use a time such as 10:30, a duration such as 30m, or none.',
    ],
    [
      'a promise that no clock shows',
      { ...known, next_update: '25:30' },
      '“25:30” isn’t a time or a duration. Use a time such as 10:30, a duration such as 30m, or none.',
    ],
    [
      'a promise that is over',
      { ...known, next_update: '2026-11-22T14:30Z' },
      '22 Nov 2026, 09:30 GMT-5 is not after this update. Use a later time, or a duration such as 30m.',
    ],
    [
      'a blank that is left',
      { ...anew, message: 'At 2026-11-22T14:30Z, {{what}} failed.' },
      'This still has the template placeholder "{{what}}". Fill it in or delete it; if you mean the braces, put them in backticks.',
    ],
    [
      'a blank with a time',
      { ...anew, remedy: 'A refund on {{2026-11-22T14:30Z}}.' },
      'This still has the template placeholder "{{2026-11-22T14:30Z}}". Fill it in or delete it; if you mean the braces, put them in backticks.',
    ],
    [
      'an image that nobody sees',
      { ...anew, message: '![a](b.png)' },
      'This has an image at "b.png", which readers cannot load. Use its full address, https://….',
    ],
    [
      'a component that is gone',
      { ...outage, components: { chekout: 'partial_outage' }, message: 'x' },
      'This is not in components.yml. Did you mean "checkout"?',
    ],
    [
      'resolved with an outage',
      { ...ends, components: { checkout: 'partial_outage' } },
      'This is partial_outage, but the incident is resolved. Add when it was over, such as 22 Nov 2026, 10:00 GMT-5, delete the line, or use monitoring.',
    ],
    [
      'over with an outage, but since when?',
      { ...outage, status: 'resolved', message: 'x' },
      'This is partial_outage, but the incident is resolved. Add when it began and when it was over, such as 22 Nov 2026, 09:00 GMT-5 and 22 Nov 2026, 10:00 GMT-5.',
    ],
    [
      'an end of what is open',
      { ...anew, ended: '2026-11-22T14:00Z' },
      'This belongs on an update with resolved. Delete the line, or use that status.',
    ],
    [
      'a beginning after now',
      { ...anew, started: '2026-11-22T15:10Z' },
      '22 Nov 2026, 10:10 GMT-5 is after this first update. Enter when customers were first affected, 22 Nov 2026, 10:00 GMT-5 or earlier.',
    ],
    ['a year of three digits', { ...anew, started: '0202-11-22T13:05Z' }, 'The year must be between 2000 and 2099.'],
    [
      'an end at the beginning',
      { ...over, started: '2026-11-22T14:00Z', ended: '2026-11-22T14:00Z' },
      '22 Nov 2026, 09:00 GMT-5 is the same as started. Enter an earlier start or a later end.',
    ],
    [
      'an end before the beginning',
      { ...over, started: '2026-11-22T14:00Z', ended: '2026-11-22T13:00Z' },
      '22 Nov 2026, 08:00 GMT-5 is before started (22 Nov 2026, 09:00 GMT-5). If they are swapped, use 22 Nov 2026, 08:00 GMT-5 and 22 Nov 2026, 09:00 GMT-5.',
    ],
    [
      'an end without a beginning',
      { ...over, ended: '2026-11-22T14:00Z' },
      '22 Nov 2026, 09:00 GMT-5 is not after the incident began (22 Nov 2026, 10:00 GMT-5). Add when customers were first affected, such as 22 Nov 2026, 08:00 GMT-5.',
    ],
    [
      'an end before it was reported',
      { ...ends, ended: '2026-11-22T14:04Z' },
      '22 Nov 2026, 09:04 GMT-5 is not after the incident began (22 Nov 2026, 09:05 GMT-5). Enter a later end, such as 22 Nov 2026, 10:00 GMT-5.',
    ],
    [
      'an end in the future',
      { ...ends, ended: '2026-11-22T15:30Z' },
      '22 Nov 2026, 10:30 GMT-5 is in the future. Until the incident is over, use monitoring without ended:.',
    ],
    [
      'an end after now',
      { ...over, ended: '2026-11-22T15:03Z' },
      '22 Nov 2026, 10:03 GMT-5 is after this update. Enter when the incident was over, 22 Nov 2026, 10:00 GMT-5 or earlier, and add when it began, such as 22 Nov 2026, 09:00 GMT-5.',
    ],
    [
      'a claim without a remedy',
      { ...anew, claim: 'Write to us.' },
      'This needs a remedy. Add what customers get, such as Everyone is refunded.',
    ],
    [
      'two at once',
      { title: 'It fails', message: '', next_update: '30' },
      [
        'Choose how bad it is, or add the components that are affected.',
        '“30” isn’t a time or a duration. Use a time such as 10:30, a duration such as 30m, or none.',
        'Write what customers should know.',
      ],
    ],
  ])('%s', async (_, given, expected) => {
    const { path, text, troubles, incident } = draftUpdate(answers(given), data, Date.parse(now), 'America/New_York');
    expect(troubles.map(({ message }) => message)).toEqual([expected].flat());
    expect(incident).toBeNull();
    const copy = smallSite();
    put(copy, path.replace(/^content\//, ''), text);
    const { code, stdout } = await call(['check', '--json'], copy, { now });
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as { problems: unknown[] }).problems).toHaveLength(troubles.length);
  });

  it('and refers to an earlier update by its time', async () => {
    const folder = smallSite();
    const path = (time: string): string => `incidents/2026-11-22-sign-in/2026-11-22T${time}Z.md`;
    put(folder, path('1400'), '---\ntitle: Sign-in\nstatus: investigating\nimpact: minor\n---\nText.\n');
    put(folder, path('1430'), '---\nstatus: identified\ncomponents: { api: major_outage }\n---\nText.\n');
    const given = answers({ ...ends, incident: '2026-11-22-sign-in', ended: '2026-11-22T14:20Z' });
    const { troubles } = draftUpdate(given, await dataOf(`${folder}/content`), Date.parse(now), 'America/New_York');
    expect(troubles.map(({ message }) => message)).toEqual([
      '22 Nov 2026, 09:20 GMT-5 is before 22 Nov 2026, 09:30 GMT-5, which reports api as affected. Enter a later end, or correct that update.',
    ]);
  });

  it('and marks the field', () => {
    const fields = (given: Partial<Answers>) =>
      draftUpdate(answers(given), data, Date.parse(now), 'UTC').troubles.map(({ field }) => field);
    expect(fields({ title: 'It fails', impact: 'minor', message: 'For {{whom}}.', next_update: 'soon' })).toEqual([
      'next_update',
      'message',
    ]);
    expect(fields({ title: 'It fails', impact: 'minor' })).toEqual(['message']);
  });
});

describe('the form also rejects what the commands reject', () => {
  it('a second incident with the same name while the first is open', () => {
    expect(lines({ title: 'Checkout errors', impact: 'minor', message: 'x' })).toEqual([
      '“Checkout errors” is already open. To update it, select it here. If this is a different incident, change the title.',
    ]);
  });

  it('resolving while customer data is under review', async () => {
    const folder = smallSite();
    put(
      folder,
      'incidents/2026-11-22-sign-in/2026-11-22T1400Z.md',
      '---\ntitle: Sign-in\nstatus: investigating\nimpact: minor\ncustomer_data: under_review\n---\nText.\n',
    );
    const checked = await dataOf(`${folder}/content`);
    const told = (customer_data: string) =>
      draftUpdate(
        answers({ incident: '2026-11-22-sign-in', status: 'resolved', customer_data, message: 'x' }),
        checked,
        Date.parse(now),
        'UTC',
      ).troubles.map(({ message }) => message);
    expect(told('')).toEqual([
      'The incident says that customer data is under review, and would keep saying so. Choose how the review ended, or that it continues.',
    ]);
    expect(told('unaffected')).toEqual([]);
  });

  it('resolving a serious incident without a verdict on customer data', async () => {
    const folder = smallSite();
    const path = (time: string): string => `incidents/2026-11-22-sign-in/2026-11-22T${time}Z.md`;
    const told = async (customer_data: string, incident = '2026-11-22-sign-in') => {
      const checked = await dataOf(`${folder}/content`);
      const given = { status: 'resolved', customer_data, message: 'x' };
      const over = {
        title: 'It is over',
        started: '2026-11-22T14:00Z',
        ended: '2026-11-22T14:30Z',
        impact: 'critical',
      };
      const filled = incident === '' ? answers({ ...over, ...given }) : answers({ incident, ...given });
      return draftUpdate(filled, checked, Date.parse(now), 'UTC').troubles;
    };
    const missing = {
      field: 'customer_data',
      message: expect.stringContaining('major or critical incident') as string,
    };
    put(folder, path('1400'), '---\ntitle: Sign-in\nstatus: investigating\nimpact: major\n---\nText.\n');
    expect(await told('')).toEqual([missing]);
    expect(await told('', '')).toEqual([missing]);
    for (const verdict of ['under_review', 'unaffected']) expect(await told(verdict)).toEqual([]);
    put(folder, path('1410'), '---\nstatus: identified\ncustomer_data: unaffected\n---\nText.\n');
    expect(await told('')).toEqual([]);
    put(
      folder,
      path('1400'),
      '---\ntitle: Sign-in\nstatus: investigating\ncomponents: { checkout: major_outage }\n---\nText.\n',
    );
    put(folder, path('1410'), '---\nstatus: identified\ncomponents: { checkout: operational }\n---\nText.\n');
    expect(await told('')).toEqual([missing]);
  });

  it('a promise in an update that resolves the incident', () => {
    const told = (next_update: string, status = 'resolved') =>
      draftUpdate(
        answers({
          incident: '2026-11-22-checkout-errors',
          status,
          customer_data: 'unaffected',
          next_update,
          message: 'x',
        }),
        data,
        Date.parse(now),
        'UTC',
      ).troubles;
    expect(told('1h')).toEqual([
      {
        field: 'next_update',
        message: 'After “Resolved”, there’s no next update. Leave this blank, or choose another status.',
      },
    ]);
    for (const fine of ['', 'none']) expect(told(fine)).toEqual([]);
    expect(told('1h', 'monitoring')).toEqual([]);
  });

  it('a clock that is behind the page', () => {
    const given = [
      { title: 'It fails', impact: 'minor', message: 'x' },
      { incident: '2026-11-22-checkout-errors', message: 'x' },
    ];
    for (const one of given)
      expect(lines(one, '2026-11-22T14:00Z')).toEqual([
        'The clock on this device shows 22 Nov 2026, 14:00 UTC, but the newest update on this page is from 22 Nov 2026, 15:00 UTC. Correct the clock and reload the page.',
      ]);
  });
});

it('warns about a possible credential, which only check can identify', () => {
  const caution = (message: string) =>
    draftUpdate(answers({ title: 'It fails', impact: 'minor', message }), data, Date.parse(now), 'UTC').caution;
  expect(caution('The token is ghp_ and more.')).toContain('looks like the beginning of a key');
  expect(caution('Checkout works again.')).toBeNull();
});

it('previews an update on top of the current state', () => {
  const { incident } = draftUpdate(
    answers({
      incident: '2026-11-22-checkout-errors',
      status: 'monitoring',
      components: { checkout: 'operational' },
      message: 'x',
    }),
    data,
    Date.parse(now),
    'UTC',
  );
  expect(incident).toMatchObject({
    title: 'Checkout errors in Europe',
    status: 'monitoring',
    components: { checkout: 'operational' },
  });
});

it('continues from the current state and the worst state so far', () => {
  const [first, ...others] = data.open;
  const better = {
    ...data,
    open: [
      {
        ...first!,
        worst: { checkout: 'major_outage', api: 'partial_outage' },
        components: { checkout: 'degraded_performance' },
      },
      ...others,
    ],
  } as const;
  const { incident } = draftUpdate(
    answers({ incident: '2026-11-22-checkout-errors', status: 'monitoring', message: 'x' }),
    better,
    Date.parse(now),
    'UTC',
  );
  expect([incident?.components, incident?.impact]).toEqual([{ checkout: 'degraded_performance' }, 'major']);
});

describe('a resolved incident with an open remedy', () => {
  const slug = '2026-11-20-double-charges';
  const at = (name: string): string => `incidents/${slug}/${name}.md`;
  const given = { incident: slug, status: 'resolved', message: 'All refunds are on their way.' };
  const withOwing = async () => {
    const folder = smallSite();
    put(
      folder,
      at('2026-11-20T0900Z'),
      '---\ntitle: Charged twice\nstatus: investigating\ncomponents: { checkout: major_outage }\n---\nText.\n',
    );
    put(
      folder,
      at('2026-11-20T1000Z'),
      '---\nstatus: resolved\ncustomer_data: unaffected\nremedy: A refund.\nclaim: Write to us.\nremedied: pending\n---\nText.\n',
    );
    return { folder, owing: await dataOf(`${folder}/content`) };
  };

  it('gets the same update as from the command, and the preview shows that the remedy was delivered', async () => {
    const { folder, owing } = await withOwing();
    const filled = answers({ ...given, remedied: '2026-11-22' });
    const { text, troubles, incident } = draftUpdate(filled, owing, Date.parse(now), 'UTC');
    const args = ['update', slug, '--status', 'resolved', '--remedied', '2026-11-22', '--message', given.message];
    const { stdout } = await call([...args, '--github=a/b', '--dry-run', '--json'], folder, { now });
    expect({ text, troubles }).toEqual({ text: (JSON.parse(stdout) as { text: string }).text, troubles: [] });
    expect(incident).toMatchObject({ status: 'resolved', impact: 'major', components: {}, remedied: '2026-11-22' });
    expect(incident).toMatchObject({ remedy: 'A refund.', claim: 'Write to us.' });
  });

  it('doesn’t accept a day in the future', async () => {
    const { owing } = await withOwing();
    const { troubles } = draftUpdate(answers({ ...given, remedied: '2026-11-23' }), owing, Date.parse(now), 'UTC');
    expect(troubles).toEqual([
      {
        field: 'remedied',
        message: 'This day is in the future. Leave it blank until customers have the remedy.',
      },
    ]);
  });
});

it('publishes nothing about the team', () => {
  expect(JSON.stringify(data)).not.toMatch(/Dana|Priya|"lead"|"comms"|"notify"|"people"/);
});

it('reads the form', () => {
  const form = new FormData();
  for (const [name, value] of [
    ['title', ' It fails '],
    ['status', 'identified'],
    ['component.checkout', 'major_outage'],
    ['component.api', ''],
    ['started', '2026-11-22T09:00'],
    ['message', 'Text.'],
  ])
    form.set(name ?? '', value ?? '');
  expect(readAnswers(form, ['checkout', 'api', 'website'], 'UTC', Date.parse(now))).toEqual(
    answers({
      title: 'It fails',
      status: 'identified',
      components: { checkout: 'major_outage' },
      started: shortUtc(new Date('2026-11-22T09:00').getTime()),
      message: 'Text.',
    }),
  );
});

it.each([
  ['10:30', 'Europe/Berlin', '2026-11-22T09:00Z', '10:30+01:00'],
  ['9:05', 'America/New_York', '2026-11-22T09:00Z', '09:05-05:00'],
  ['10.30', 'Asia/Kolkata', '2026-11-22T09:00Z', '10:30+05:30'],
  ['10:30', 'UTC', '2026-11-22T09:00Z', '10:30Z'],
  // Clocks go back overnight: 10:30 tomorrow has a different offset than now.
  ['10:30', 'Europe/Berlin', '2026-10-24T10:00Z', '10:30+01:00'],
  ['02:30', 'Europe/Berlin', '2026-10-24T23:00Z', '02:30+02:00'],
  // Clocks skip this time tonight.
  ['02:30', 'Europe/Berlin', '2026-03-28T23:30Z', '02:30+02:00'],
  ['2026-11-23 9:05', 'America/New_York', '2026-11-22T09:00Z', '2026-11-23T14:05Z'],
  ['2026-11-23T10:30', 'Europe/Berlin', '2026-11-22T09:00Z', '2026-11-23T09:30Z'],
  // Clocks show this time twice: the first one that is still to come.
  ['2026-10-25 02:30', 'Europe/Berlin', '2026-10-24T23:00Z', '2026-10-25T00:30Z'],
  ['2026-10-25 02:30', 'Europe/Berlin', '2026-10-25T00:45Z', '2026-10-25T01:30Z'],
  ['2026-10-25 02:30', 'Europe/Berlin', '2026-10-26T00:00Z', '2026-10-25T00:30Z'],
  ['2026-02-30 10:30', 'UTC', '2026-01-22T09:00Z', '2026-02-30 10:30'],
  ['30m', 'Europe/Berlin', '2026-11-22T09:00Z', '30m'],
  ['14:30Z', 'Europe/Berlin', '2026-11-22T09:00Z', '14:30Z'],
  ['25:00', 'Europe/Berlin', '2026-11-22T09:00Z', '25:00'],
  ['none', 'Europe/Berlin', '2026-11-22T09:00Z', 'none'],
])('%s typed in %s at %s is %s', (typed, zone, at, written) => {
  expect(withOffset(typed, zone, Date.parse(at))).toBe(written);
});
