import { beforeEach, describe, expect, it } from 'vitest';
import { put } from '../../site.ts';
import { type Receiver, receiver } from './receivers.ts';
import { type Town, town } from './town.ts';

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

const texts = ['one', 'two', 'three', 'four'];
/** The updates that a Slack channel got, by their texts. */
const got = ({ accepted }: Receiver): string[] =>
  accepted.flatMap(({ body }) => texts.filter((text) => body.includes(`Text ${text}.`)));

const minutes = ['14:20', '14:21', '14:22', '14:23'];

/** Posts updates with these fields to a new incident, one by one, and runs `notify` after each. */
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

const website = 'components: { website: partial_outage }';
const open = 'status: investigating';
const minor = 'impact: minor';

describe('a channel for some components or impacts', () => {
  it('gets an incident from the first update that is severe enough', async () => {
    configure('      impact: major\n');
    await at.notify('2026-11-22T14:10Z');
    await post(`${open}\n${minor}`, `${open}\nimpact: major`, 'status: resolved');
    expect([got(team), got(at.slack)]).toEqual([
      ['two', 'three'],
      ['one', 'two', 'three'],
    ]);
  });

  it('gets no old updates when its scope is widened', async () => {
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
