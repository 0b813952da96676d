import { beforeAll, describe, expect, it } from 'vitest';
import { type Answers, readAnswers, withOffset } from '../../../src/components/compose/answers.ts';
import { draftUpdate } from '../../../src/components/compose/draft.ts';
import { loadContent } from '../../../src/lib/content/check-content.ts';
import { problemLine } from '../../../src/lib/content/problem.ts';
import { shortUtc } from '../../../src/lib/schema/time-fields.ts';
import { composeData, type ComposeData } from '../../../src/lib/views/compose-page.ts';
import { goodSite } from '../../lib/content/fixture.ts';
import { put, smallSite } from '../../scripts/site.ts';
import { call } from '../../scripts/call.ts';

const now = '2026-11-22T15:00:30Z';
let data: ComposeData;

/** The form with nothing in it but what is given. */
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

describe('the form makes the same file as the commands', () => {
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

  it('with an unused name: with seconds in the minute of the newest update', () => {
    const path = (at: string) =>
      draftUpdate(answers({ incident: '2026-11-22-checkout-errors', message: 'x' }), data, Date.parse(at), 'UTC').path;
    expect(path('2026-11-22T14:05:20Z')).toBe('content/incidents/2026-11-22-checkout-errors/2026-11-22T140520Z.md');
  });
});

describe('the form refuses what check refuses, with the same messages', () => {
  it.each<[string, Partial<Answers>]>([
    ['no title', { impact: 'minor', message: 'x' }],
    ['no impact and no component', { title: 'It fails', message: 'x' }],
    ['no text', { title: 'It fails', impact: 'minor' }],
    ['a promise in words', { title: 'It fails', impact: 'minor', message: 'x', next_update: 'soon' }],
    ['a promise without an offset', { title: 'It fails', impact: 'minor', message: 'x', next_update: '16:30' }],
    [
      'a promise that is over',
      { incident: '2026-11-22-checkout-errors', message: 'x', next_update: '2026-11-22T14:30Z' },
    ],
    ['a blank that is left', { title: 'It fails', impact: 'minor', message: 'For {{whom}} it fails.' }],
    ['an image that nobody sees', { title: 'It fails', impact: 'minor', message: '![a](b.png)' }],
    [
      'resolved with an outage',
      {
        incident: '2026-11-22-checkout-errors',
        status: 'resolved',
        customer_data: 'affected',
        components: { checkout: 'partial_outage' },
        message: 'x',
      },
    ],
    [
      'an end before it was reported',
      { incident: '2026-11-22-checkout-errors', status: 'resolved', ended: '2026-11-22T14:00Z', message: 'x' },
    ],
    [
      'an end without a beginning',
      { title: 'It failed', impact: 'minor', status: 'resolved', ended: '2026-11-22T14:00Z', message: 'x' },
    ],
    ['a component that is gone', { title: 'It fails', components: { chekout: 'partial_outage' }, message: 'x' }],
    ['two at once', { title: 'It fails', message: '', next_update: '30' }],
  ])('%s', async (_, given) => {
    const { path, text, problems, troubles, incident } = draftUpdate(answers(given), data, Date.parse(now), 'UTC');
    const copy = smallSite();
    put(copy, path.replace(/^content\//, ''), text);
    const { code, stdout, stderr } = await call(['check'], copy, { now });
    expect(code).toBe(1);
    expect(problems.map((problem) => problemLine(problem, 'content'))).toEqual(
      `${stdout}${stderr}`.split('\n').filter((line) => line.startsWith('content/')),
    );
    // In words below the field: a sentence without a file, a line or the name of a key.
    expect(troubles).toHaveLength(problems.length);
    for (const { message } of troubles) expect(message).not.toMatch(/\b[a-z_]+: \S/);
    for (const { message } of troubles) expect(message).toMatch(/^(?!.*(?:content|incidents)\/)[\p{Lu}\d"“].*[.?!]$/u);
    // As the form asks for times: no UTC, and no name of a file.
    for (const { message } of troubles) expect(message).not.toMatch(/\d{2}:?\d{2}(?::?\d{2})?Z/);
    expect(troubles).not.toEqual([]);
    expect(incident).toBeNull();
  });

  it.each<[string, Partial<Answers>, string]>([
    [
      'a promise that it can’t read',
      { incident: '2026-11-22-checkout-errors', message: 'x', next_update: '25:30' },
      '“25:30” isn’t a time or a duration. Use a time such as 10:30, a duration such as 30m, or none.',
    ],
    [
      'a promise that is over',
      { incident: '2026-11-22-checkout-errors', message: 'x', next_update: '2026-11-22T14:30Z' },
      '22 Nov 2026, 09:30 GMT-5 is not after this update. Use a later time, or a duration such as 30m.',
    ],
    [
      'a beginning after now',
      { title: 'It fails', impact: 'minor', message: 'x', started: '2026-11-22T15:10Z' },
      '22 Nov 2026, 10:10 GMT-5 is after this first update. Enter when customers were first affected, 22 Nov 2026, 10:00 GMT-5 or earlier.',
    ],
    [
      'an end before what was reported',
      {
        incident: '2026-11-22-checkout-errors',
        status: 'resolved',
        customer_data: 'unaffected',
        ended: '2026-11-22T14:04Z',
        message: 'x',
      },
      '22 Nov 2026, 09:04 GMT-5 is not after the incident began (22 Nov 2026, 09:05 GMT-5). Enter a later end, such as 22 Nov 2026, 10:00 GMT-5.',
    ],
  ])('and names times in the zone of the device, as it asks for them: %s', (_, given, expected) => {
    const { troubles } = draftUpdate(answers(given), data, Date.parse(now), 'America/New_York');
    expect(troubles.map(({ message }) => message)).toEqual([expected]);
  });

  it('but leaves a time in the text as it was typed', () => {
    const given = { title: 'It fails', impact: 'minor', message: 'At 2026-11-22T14:30Z, {{what}} failed.' };
    const { troubles } = draftUpdate(answers(given), data, Date.parse(now), 'America/New_York');
    expect(troubles.map(({ message }) => message).join()).not.toContain('09:30');
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

describe('the form also refuses what the commands refuse', () => {
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

  it('a clock that is behind the page', () => {
    expect(lines({ title: 'It fails', impact: 'minor', message: 'x' }, '2026-11-22T14:00Z')).toEqual([
      'The clock on this device shows 22 Nov 2026, 14:00 UTC, but this page already knows of 22 Nov 2026, 15:00 UTC. Set the clock and reload the page.',
    ]);
  });
});

it('warns about a possible credential, which only check can recognize', () => {
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

describe('a resolved incident whose remedy is open', () => {
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

  it('gets the same update as from the command, and the preview shows that it was delivered', async () => {
    const { folder, owing } = await withOwing();
    const filled = answers({ ...given, remedied: '2026-11-22' });
    const { text, troubles, incident } = draftUpdate(filled, owing, Date.parse(now), 'UTC');
    const args = ['update', slug, '--status', 'resolved', '--remedied', '2026-11-22', '--message', given.message];
    const { stdout } = await call([...args, '--github=a/b', '--dry-run', '--json'], folder, { now });
    expect({ text, troubles }).toEqual({ text: (JSON.parse(stdout) as { text: string }).text, troubles: [] });
    expect(incident).toMatchObject({ status: 'resolved', impact: 'major', components: {}, remedied: '2026-11-22' });
    expect(incident).toMatchObject({ remedy: 'A refund.', claim: 'Write to us.' });
  });

  it('doesn’t get a day that is still to come', async () => {
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
  // Clocks go back in the night: tomorrow's 10:30 has another offset than now.
  ['10:30', 'Europe/Berlin', '2026-10-24T10:00Z', '10:30+01:00'],
  ['02:30', 'Europe/Berlin', '2026-10-24T23:00Z', '02:30+02:00'],
  // Clocks skip it tonight.
  ['02:30', 'Europe/Berlin', '2026-03-28T23:30Z', '02:30+02:00'],
  ['2026-11-23 9:05', 'America/New_York', '2026-11-22T09:00Z', '2026-11-23T14:05Z'],
  ['2026-11-23T10:30', 'Europe/Berlin', '2026-11-22T09:00Z', '2026-11-23T09:30Z'],
  ['2026-02-30 10:30', 'UTC', '2026-01-22T09:00Z', '2026-02-30 10:30'],
  ['30m', 'Europe/Berlin', '2026-11-22T09:00Z', '30m'],
  ['14:30Z', 'Europe/Berlin', '2026-11-22T09:00Z', '14:30Z'],
  ['25:00', 'Europe/Berlin', '2026-11-22T09:00Z', '25:00'],
  ['none', 'Europe/Berlin', '2026-11-22T09:00Z', 'none'],
])('%s typed in %s at %s is %s', (typed, zone, at, written) => {
  expect(withOffset(typed, zone, Date.parse(at))).toBe(written);
});
