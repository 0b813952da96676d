import { beforeEach, describe, expect, it } from 'vitest';
import { call } from '../../call.ts';
import { put } from '../../site.ts';
import { type Receiver, receiver } from './receivers.ts';
import { slug, type Town, town } from './town.ts';

let at: Town;
let team: Receiver;

const site = (scope: string): string => `name: Example
url: https://status.example.com
time_zone: Europe/Berlin
notify:
  slack:
    - name: team
      url_env: TEAM_URL
${scope}    - url_env: SLACK_URL
`;

const configure = (scope: string): void => put(at.folder, 'site.yml', site(scope));

/** The bodies of the incident's updates that each Slack channel got. */
const texts = ['one', 'two', 'three', 'four', 'Summary'];
const got = ({ accepted }: Receiver): string[] =>
  accepted.flatMap(({ body }) => texts.filter((text) => body.includes(`Text ${text}.`)));

const minutes = ['14:20', '14:21', '14:22', '14:23'];

/** Posts updates with these fields to a new incident, one by one, each with a run. */
async function post(...updates: readonly string[]): Promise<void> {
  for (const [index, fields] of updates.entries()) {
    const title = index === 0 ? 'title: New\n' : '';
    const name = `2026-11-22T${minutes[index]?.replace(':', '')}Z`;
    put(at.folder, `incidents/2026-11-22-new/${name}.md`, `---\n${title}${fields}\n---\nText ${texts[index]}.\n`);
    const { stderr } = await at.notify(`2026-11-22T${minutes[index]}:30Z`);
    expect(stderr).toBe('');
  }
}

beforeEach(async () => {
  at = await town();
  team = await receiver();
  at.env['TEAM_URL'] = `${team.url}/services/T0/B1/s3cret`;
});

const checkout = 'components: { checkout: partial_outage }';
const website = 'components: { website: partial_outage }';
const open = 'status: investigating';
const [minor, major, critical] = ['impact: minor', 'impact: major', 'impact: critical'];

describe('a channel for some components or impacts', () => {
  it.each<[string, string, readonly string[], readonly string[]]>([
    ['all', '', [`${open}\nimpact: none`], ['one']],
    ['a component that is named', 'components: [checkout]', [`${open}\n${checkout}`], ['one']],
    ['a component that is not', 'components: [checkout]', [`${open}\n${website}`], []],
    ['one of two', 'components: [checkout, website]', [`${open}\n${website}`], ['one']],
    [
      'a component that is named later',
      'components: [checkout]',
      [`${open}\n${website}`, `${open}\n${checkout}`],
      ['two'],
    ],
    ['what names none', 'components: [checkout]', [`${open}\n${critical}`], []],
    ['an impact that is reached', major, [`${open}\n${critical}`], ['one']],
    ['one that is not', major, [`${open}\n${minor}`], []],
    ['one that follows from the components', major, [`${open}\ncomponents: { checkout: major_outage }`], ['one']],
    ['one that rises', major, [`${open}\n${minor}`, `${open}\n${major}`, 'status: resolved'], ['two', 'three']],
    ['one that falls', major, [`${open}\n${major}`, `${open}\n${minor}`, 'status: resolved'], ['one', 'two', 'three']],
    [
      'both, reached one after the other',
      `components: [checkout]\n      ${major}`,
      [`${open}\n${minor}\n${checkout}`, `${open}\n${major}`],
      ['two'],
    ],
  ])('gets %s', async (_, scope, updates, expected) => {
    configure(scope === '' ? '' : `      ${scope}\n`);
    await at.notify('2026-11-22T14:10Z');
    await post(...updates);
    expect(got(team)).toEqual(expected);
    expect(got(at.slack)).toEqual(texts.slice(0, updates.length));
  });

  it('gets what follows an update that it got, even when its scope was narrowed since', async () => {
    configure('');
    await at.notify('2026-11-22T14:10Z');
    await post(`${open}\n${website}`);
    configure('      components: [checkout]\n');
    await post(`${open}\n${website}`, 'status: identified', 'status: resolved');
    expect(got(team)).toEqual(['one', 'two', 'three']);
  });

  it('gets both of two updates in one run, of which only the first is in its scope', async () => {
    configure(`      ${major}\n`);
    await at.notify('2026-11-22T14:10Z');
    const folder = 'incidents/2026-11-22-new';
    put(at.folder, `${folder}/2026-11-22T1420Z.md`, `---\ntitle: New\n${open}\n${major}\n---\nText one.\n`);
    put(at.folder, `${folder}/2026-11-22T1421Z.md`, `---\n${open}\n${minor}\n---\nText two.\n`);
    await at.notify('2026-11-22T14:22Z');
    expect(got(team)).toEqual(['one', 'two']);
  });

  it('gets nothing old when its scope is widened', async () => {
    configure('      components: [checkout]\n');
    await at.notify('2026-11-22T14:10Z');
    await post(`${open}\n${website}`);
    configure('');
    await at.notify('2026-11-22T14:30Z');
    expect(got(team)).toEqual([]);
    put(at.folder, 'incidents/2026-11-22-new/2026-11-22T1431Z.md', '---\nstatus: resolved\n---\nText four.\n');
    await at.notify('2026-11-22T14:32Z');
    expect(got(team)).toEqual(['four']);
  });

  it('gets maintenance by its components, and none from an impact upwards', async () => {
    const cables = (name: string, component: string, text: string): void =>
      put(
        at.folder,
        `maintenance/2026-12-02-${name}/2026-11-22T1420Z.md`,
        `---\ntitle: Cables\nstatus: scheduled\nscheduled_for: 2026-12-02T20:00Z\nscheduled_until: 2026-12-02T21:00Z\ncomponents:\n  ${component}: under_maintenance\n---\nText ${text}.\n`,
      );
    configure('      components: [checkout]\n');
    await at.notify('2026-11-22T14:10Z');
    cables('a', 'checkout', 'one');
    cables('b', 'website', 'two');
    await at.notify('2026-11-22T14:21Z');
    expect(got(team)).toEqual(['one']);
    configure(`      ${minor}\n`);
    cables('c', 'checkout', 'three');
    await at.notify('2026-11-22T14:22Z');
    expect([got(team), got(at.slack)]).toEqual([['one'], ['one', 'two', 'three']]);
  });

  it.each([
    ['checkout', ['Summary']],
    ['website', []],
  ])('gets the postmortem of an incident that named %s', async (component, expected) => {
    configure(`      components: [${component}]\n`);
    await at.notify('2026-11-22T14:10Z');
    put(
      at.folder,
      `postmortems/${slug}.md`,
      '---\ntitle: Why\npublished: 2026-11-22T14:20Z\nnotify: true\nauthors: [Dana]\nsummary: Text Summary.\ncustomer_data: unaffected\n---\nText.\n',
    );
    await at.notify('2026-11-22T14:21Z');
    expect([got(team), got(at.slack)]).toEqual([expected, ['Summary']]);
  });
});

it('the first channel of a kind keeps its record when another one is added, in any order', async () => {
  put(at.folder, 'site.yml', site('').replace(/ {4}- name: team\n.*\n {4}- /, '    '));
  await at.notify('2026-11-22T14:10Z');
  await post(`${open}\n${minor}`);
  expect(Object.keys(at.state().channels)).toEqual(['slack']);
  configure('');
  const { stdout } = await at.notify('2026-11-22T14:22Z');
  expect(stdout).toMatch(/^New channels, notified from now on: slack\/team\./);
  expect(stdout).toContain('slack: nothing new');
  await post(`${open}\n${minor}`, 'status: resolved');
  expect([got(team), got(at.slack)]).toEqual([['two'], ['one', 'two']]);
});

it.each([
  [
    '      components: [chekout]\n',
    'content/site.yml:8:20  notify.slack.1.components.1: "chekout" is not in components.yml. Did you mean "checkout"?',
  ],
  [
    '      impact: huge\n',
    'content/site.yml:8:15  notify.slack.1.impact: "huge" is not an impact to send from. Use one of: minor, major, critical.',
  ],
  [
    '      component: checkout\n',
    'content/site.yml:8:7  notify.slack.1.component: is not a known field. Did you mean "components"?',
  ],
  [
    '    - url_env: OTHER_URL\n',
    'content/site.yml:9:7  notify.slack.3: has no name, and only one channel of each kind can go without. Add one, such as name: checkout-team',
  ],
  [
    '      components: []\n',
    'content/site.yml:8:19  notify.slack.1.components: is an empty list. Add a component, or delete it',
  ],
  [
    '      components: [checkout, checkout]\n',
    'content/site.yml:8:30  notify.slack.1.components.2: appears twice. Delete this line',
  ],
])('%j is reported with its place', async (scope, problem) => {
  configure(scope);
  expect((await at.notify('2026-11-22T14:10Z')).stderr).toContain(problem);
});

it('a single channel is reported without a number', async () => {
  put(at.folder, 'site.yml', site('').replace(/ {4}- name: team\n.*\n {4}- url_env: .*/, '    url: x'));
  expect((await at.notify('2026-11-22T14:10Z')).stderr).toContain(
    'content/site.yml:6:5  notify.slack.url_env: is missing. Add url_env: HALFPAST_SLACK_URL.',
  );
});

it('problems of several channels and reminders are reported at once', async () => {
  put(
    at.folder,
    'site.yml',
    `${site('      components: [chekout]\n')}\nremind:\n  - for: lead\n  - issues: true\n  - issues: true\n`,
  );
  const { stderr } = await call('check', at.folder);
  expect(stderr).toMatch(
    / notify\.slack\.1\.components\.1: "chekout" is not in components\.yml\. Did you mean "checkout"\?$/m,
  );
  expect(stderr).toMatch(/ remind\.1: must name one place\. /);
  expect(stderr).toMatch(/ remind\.3: is the same place as an earlier item\. Delete one of them$/m);
});
