import { describe, expect, it } from 'vitest';
import type { ChannelResult } from '../../../../scripts/publish/notify/deliver.ts';
import type { ChannelRecord, Delivery } from '../../../../scripts/publish/notify/deliveries.ts';
import { hashesById } from '../../../../scripts/publish/notify/notice.ts';
import { failureLines, pendingText, planNotify, resultText } from '../../../../scripts/publish/notify/notify.ts';
import type { Site } from '../../../../src/lib/domain/site.ts';
import { siteOf } from '../guard/snapshot-of.ts';

const now = '2026-11-22T15:00:00.000Z';

function siteWith(scope: string, files: Readonly<Record<string, string>>, time = now): Site {
  const site = siteOf(
    new Map([
      [
        'site.yml',
        `name: Example\nurl: https://status.example.com\ntime_zone: UTC\nnotify:\n  slack:\n    url_env: A\n${scope}`,
      ],
      ['components.yml', 'components:\n  - id: api\n    name: API\n  - id: web\n    name: Web\n'],
      ...Object.entries(files),
    ]),
    Date.parse(time),
  );
  if (site === null) throw new Error('not faultless');
  return site;
}

const idOf = (slug: string, time: string): string => `incidents/2026-11-22-${slug}/2026-11-22T${time}Z`;

const update = (
  slug: string,
  time: string,
  text: string,
  fields = 'title: T\nimpact: minor\n',
): Record<string, string> => ({
  [`${idOf(slug, time)}.md`]: `---\nstatus: monitoring\n${fields}---\n${text}\n`,
});

const sent: Delivery = { state: 'sent', at: '2026-11-22T14:31:00.000Z' };
const known: Delivery = { state: 'known', at: now };

const saidIn = (files: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  hashesById(siteWith('', files));

/** What the record of a channel is at the beginning of a run, and what is still to be sent. */
function plan(
  files: Readonly<Record<string, string>>,
  record: ChannelRecord | null,
  scope = '',
  options = { since: null as number | null, mark: false },
  time = now,
) {
  const found = { form: 1, channels: record === null ? {} : { slack: record } } as const;
  const { begin, begun, pendingOn } = planNotify(siteWith(scope, files, time), found, options);
  const after = begin(found);
  return { record: after.channels['slack'], begun, pending: pendingOn('slack', after).map(({ id }) => id) };
}

describe('a folder that was renamed', () => {
  const before = update('a', '1400', 'It fails.');
  const [was, is] = [idOf('a', '1400'), idOf('b', '1400')];
  const said = saidIn(before).get(was) ?? '';
  const delivered = { [was]: { ...sent, said } };

  it('keeps what was sent under the new name', () => {
    const after = update('b', '1400', 'It fails.');
    expect(plan(after, delivered)).toEqual({ record: { [is]: { ...sent, said } }, begun: [], pending: [] });
  });

  it.each<[string, Readonly<Record<string, string>>, ChannelRecord, readonly string[]]>([
    ['says something else', update('b', '1400', 'It works.'), delivered, [is]],
    ['is of another time', update('b', '1401', 'It fails.'), delivered, [idOf('b', '1401')]],
    ['is a copy', { ...before, ...update('b', '1400', 'It fails.') }, delivered, [is]],
    ['is known without what it said', update('b', '1400', 'It fails.'), { [was]: sent }, [is]],
    [
      'is there twice, of which one was sent',
      { ...update('b', '1400', 'It fails.'), ...update('c', '1400', 'It fails.') },
      delivered,
      [idOf('c', '1400')],
    ],
    [
      'was sent under both names',
      update('b', '1400', 'It fails.'),
      { ...delivered, [is]: { ...sent, said, at: '2026-11-22T14:40:00.000Z' } },
      [],
    ],
  ])('is a different incident when it %s', (_, files, record, pending) => {
    expect(plan(files, record).pending).toEqual(pending);
  });

  it('doesn’t change what was sent under its own name', () => {
    const own = { ...sent, said, at: '2026-11-22T14:40:00.000Z' };
    expect(plan(update('b', '1400', 'It fails.'), { ...delivered, [is]: own }).record).toEqual({
      ...delivered,
      [is]: own,
    });
  });

  it('remembers the text of an allowed edit, and nothing about removed updates', () => {
    const edited = update('a', '1400', 'It failed.');
    const gone = { [idOf('z', '1300')]: { ...sent, said: 'old' } };
    expect(plan(edited, { ...delivered, ...gone }).record).toEqual({
      [was]: { ...sent, said: saidIn(edited).get(was) },
      ...gone,
    });
  });
});

describe('a channel', () => {
  const files = { ...update('a', '1400', 'One.'), ...update('a', '1430', 'Two.', '') };
  const ids = [idOf('a', '1400'), idOf('a', '1430')];

  it.each<[string, ChannelRecord | null, Parameters<typeof plan>[3], readonly string[], readonly string[]]>([
    ['without a record knows what is there', null, undefined, ['slack'], []],
    ['with one gets what is not in it', {}, undefined, [], ids],
    [
      'without one gets what was made since a time',
      null,
      { since: Date.parse('2026-11-22T14:30Z'), mark: false },
      ['slack'],
      ids.slice(1),
    ],
    [
      'with one gets what is not in it, whatever the time',
      {},
      { since: Date.parse('2026-11-22T14:30Z'), mark: false },
      [],
      ids,
    ],
    ['gets nothing where all is marked as sent', {}, { since: null, mark: true }, [], []],
  ])('%s', (_, record, options, begun, pending) => {
    expect(plan(files, record, '', options)).toMatchObject({ begun, pending });
  });

  const parts = (components: string, impact: string): Record<string, string> =>
    update('a', '1400', 'One.', `title: T\nimpact: ${impact}\ncomponents: { ${components}: partial_outage }\n`);

  it.each<[string, Readonly<Record<string, string>>, ChannelRecord, boolean]>([
    ['    components: [api]\n', parts('api', 'none'), {}, true],
    ['    components: [web, api]\n', parts('api', 'none'), {}, true],
    ['    components: [web]\n', parts('api', 'critical'), {}, false],
    ['    impact: major\n', parts('api', 'major'), {}, true],
    ['    impact: major\n', parts('api', 'critical'), {}, true],
    ['    impact: major\n', parts('api', 'minor'), {}, false],
    ['    components: [web]\n    impact: major\n', parts('web', 'minor'), {}, false],
    ['    components: [web]\n    impact: major\n', parts('api', 'major'), {}, false],
  ])('with the scope %j gets what is in it, and marks the rest as known: %#', (scope, one, record, isFor) => {
    expect(plan(one, record, scope)).toEqual({
      record: isFor ? {} : { [idOf('a', '1400')]: known },
      begun: [],
      pending: isFor ? [idOf('a', '1400')] : [],
    });
  });

  const maintenance = {
    'maintenance/2026-12-02-cables/2026-11-22T1400Z.md':
      '---\ntitle: Cables\nstatus: scheduled\nscheduled_for: 2026-12-02T20:00Z\nscheduled_until: 2026-12-02T21:00Z\ncomponents: { api: under_maintenance }\n---\nOne.\n',
  };
  const postmortem = {
    ...parts('api', 'major'),
    'postmortems/2026-11-22-a.md':
      '---\ntitle: Why\npublished: 2026-11-22T14:30Z\nnotify: true\nauthors: [Dana]\nsummary: One.\ncustomer_data: unaffected\n---\nTwo.\n',
  };

  it.each<[string, Readonly<Record<string, string>>, string, boolean]>([
    ['the maintenance of its components', maintenance, 'components: [api]', true],
    ['the maintenance of other components', maintenance, 'components: [web]', false],
    ['maintenance, which has no impact', maintenance, 'impact: minor', false],
    ['the postmortem of an incident in its scope', postmortem, 'components: [api]', true],
    ['the postmortem of another incident', postmortem, 'components: [web]', false],
  ])('with a scope and %s: %#', (_, of, scope, isFor) => {
    const ids = plan(of, {}).pending;
    expect(ids).toHaveLength(Object.keys(of).length);
    expect(plan(of, {}, `    ${scope}\n`).pending).toEqual(isFor ? ids : []);
  });

  it.each<[string, ChannelRecord, readonly string[]]>([
    ['that got one', { [ids[0] ?? '']: sent }, ids.slice(1)],
    ['that is being sent one', { [ids[0] ?? '']: { ...sent, state: 'sending' } }, ids],
    ['that knows one', { [ids[0] ?? '']: known }, []],
    ['that got none', {}, []],
  ])('%s gets later updates, although they aren’t in its scope: %#', (_, record, pending) => {
    expect(plan(files, record, '    components: [api]\n').pending.slice(-1)).toEqual(pending.slice(-1));
  });

  const later = { ...files, 'incidents/2026-11-22-a/2026-12-09T1400Z.md': '---\nstatus: resolved\n---\nThree.\n' };

  it.each<[string, Readonly<Record<string, string>>, string, readonly string[]]>([
    ['the last update of a long incident', later, '2026-12-09T14:01Z', ['incidents/2026-11-22-a/2026-12-09T1400Z']],
    ['nothing again after its clock was ahead', files, now, []],
  ])('whose scope was narrowed gets %s', (_, next, time, pending) => {
    const scope = '    components: [api]\n';
    const record = plan(files, { [ids[0] ?? '']: sent, [ids[1] ?? '']: known }, scope, undefined, '2026-12-08T00:01Z');
    expect(plan(next, record.record ?? {}, scope, undefined, time).pending).toEqual(pending);
  });
});

describe('what notify prints', () => {
  const result = (change: Partial<ChannelResult> = {}): ChannelResult => ({
    channel: 'slack',
    sent: [],
    again: [],
    failures: [],
    ...change,
  });
  const none = 'No channels: site.yml has none under notify:\n';
  const usual = { since: null, mark: false };
  const begun = (names: string, whose: string): string =>
    `New channels, notified from now on: ${names}. To send earlier updates too, delete ${whose} part of the record, and run: npx halfpast notify --state s.json --since 2026-11-22T14:00Z\n`;

  it.each<
    [string, readonly ChannelResult[], readonly string[], typeof usual | { since: number; mark: boolean }, string]
  >([
    ['no channels', [], [], usual, none],
    ['nothing new', [result()], [], usual, 'slack: nothing new\n'],
    ['one update', [result({ sent: ['a'] })], [], usual, 'slack: 1 update sent\n'],
    [
      'repeats',
      [result({ sent: ['a', 'b'], again: ['b'] })],
      [],
      usual,
      'slack: 2 updates sent, 1 of them possibly for the second time, with the same id\n',
    ],
    ['only failures', [result({ failures: ['is down'] })], [], usual, ''],
    ['a new channel', [result()], ['slack'], usual, `${begun('slack', 'its')}slack: nothing new\n`],
    ['new channels', [result()], ['slack', 'email'], usual, `${begun('slack, email', 'their')}slack: nothing new\n`],
    ['a new channel that begins earlier', [result()], ['slack'], { since: 1, mark: false }, 'slack: nothing new\n'],
    [
      'marks',
      [],
      ['slack'],
      { since: null, mark: true },
      'All existing updates are marked as sent. Nothing was sent.\n',
    ],
  ])('%s', (_, results, names, options, text) => {
    expect(resultText(results, names, options, 'npx halfpast notify --state s.json')).toBe(text);
  });

  it('a line for each failure', () => {
    expect(failureLines([result(), result({ failures: ['is\ndown', 'refused'] })])).toEqual([
      'slack: is down',
      'slack: refused',
    ]);
  });

  it.each([
    [[], none],
    [
      [
        { channel: 'slack', pending: [] },
        { channel: 'email', pending: ['a', 'b'] },
      ],
      'slack: nothing new\nemail: 2 updates to send\n  a\n  b\n',
    ],
  ])('before a run: %j', (waiting, text) => {
    expect(pendingText(waiting)).toBe(text);
  });
});
