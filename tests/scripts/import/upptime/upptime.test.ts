import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, hashes, temporaryFolder } from '../../../support/folders.ts';
import { root } from '../../../support/halfpast.ts';
import { call, type Outcome } from '../../call.ts';

const now = '2025-03-01T00:00:00Z';
const all = ['--issues', 'issues.json', '--comments', 'comments.json', '--config', '.upptimerc.yml'];

function withIssues(): string {
  const folder = temporaryFolder();
  cpSync(join(root, 'tests/fixtures/upptime-sample'), folder, { recursive: true });
  return folder;
}

const take = (folder: string, args: readonly string[] = all): Promise<Outcome> =>
  call(['import', 'upptime', ...args, '--content', 'c'], folder, { now });
const read = (folder: string, path: string): string => readFileSync(join(folder, 'c', path), 'utf8');

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any JSON, as a test picks from it
type Json = { [key: string]: any }[];

function edit(folder: string, file: string, change: (json: Json) => void): void {
  const json = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Json;
  change(json);
  writeFileSync(join(folder, file), JSON.stringify(json));
}

/** Each update as its path and status, with the first line of its text. */
function updates(folder: string): string[] {
  return filesBelow(join(folder, 'c'))
    .filter((path) => path.endsWith('.md'))
    .map((path) => {
      const text = read(folder, path);
      return `${path.replace(/\.md$/, '')} ${/^status: (.*)$/m.exec(text)?.[1] ?? ''}: ${text.split('\n---\n')[1]?.split('\n')[0] ?? ''}`;
    });
}

describe('import upptime', () => {
  it('turns issues into incidents and windows, and comments and closings into updates', async () => {
    const folder = withIssues();
    const { code, stdout } = await take(folder);
    expect(code).toBe(0);
    expect(stdout).toContain(
      '4 incidents with 10 updates, 2 maintenance windows with 4 updates\n16 files written to c, 0 unchanged, 0 kept\n',
    );
    expect(updates(folder)).toEqual([
      'incidents/2025-02-01-payments-fail-for-some/2025-02-01T1000Z investigating: Investigating.',
      'incidents/2025-02-01-payments-fail-for-some/2025-02-01T1030Z identified: A wrong key.',
      'incidents/2025-02-01-payments-fail-for-some/2025-02-01T115959Z resolved: The key is right again.',
      'incidents/2025-02-01-payments-fail-for-some/2025-02-02T0800Z resolved: Thanks to all.',
      'incidents/2025-02-02-old-thing-is-down/2025-02-02T1000Z investigating: It was **down**.',
      'incidents/2025-02-02-old-thing-is-down/2025-02-02T1100Z resolved: Resolved.',
      'incidents/2025-02-03-github-mirror-has-degraded-performance/2025-02-03T1000Z investigating: In `def5678`, GitHub Mirror (https://git.acme.example) experienced **degraded performance**:',
      'incidents/2025-02-03-github-mirror-has-degraded-performance/2025-02-03T1030Z resolved: GitHub Mirror performance has improved in [`aaa1111`](https://github.com/acme/upptime/commit/aaa1111) after 30 minutes.',
      'incidents/2025-02-18-shop-checkout-is-down/2025-02-18T1000Z investigating: In [`abc1234`](https://github.com/acme/upptime/commit/abc1234), Shop & Checkout (https://shop.acme.example) was **down**:',
      'incidents/2025-02-18-shop-checkout-is-down/2025-02-18T1005Z investigating: We look into it.',
      'maintenance/2025-02-05-new-disks/2025-02-05T1000Z scheduled: New disks.',
      'maintenance/2025-02-05-new-disks/2025-02-06T0900Z completed: Cancelled.',
      'maintenance/2025-02-09-moving-the-mirror/2025-02-09T1000Z scheduled: We move it to other machines.',
      'maintenance/2025-02-09-moving-the-mirror/2025-02-10T1330Z in_progress: It takes a while.',
    ]);
    expect(await call(['check', '--content', 'c'], folder, { now })).toEqual({
      code: 0,
      stdout: '4 incidents, 2 maintenance windows, 0 postmortems: no problems\n',
      stderr: '',
    });
  });

  it('has everything that the first update can have, and what is known about the sites', async () => {
    const folder = withIssues();
    await take(folder);
    expect(read(folder, 'incidents/2025-02-18-shop-checkout-is-down/2025-02-18T1000Z.md')).toMatch(
      /^---\ntitle: Shop & Checkout is down\nstatus: investigating\nimpact: major\ncomponents:\n {2}shop-checkout: major_outage\nnext_update: none\nsource: upptime:7\n---\n/,
    );
    expect(read(folder, 'incidents/2025-02-03-github-mirror-has-degraded-performance/2025-02-03T1000Z.md')).toContain(
      'impact: minor\ncomponents:\n  mirror: degraded_performance\n',
    );
    expect(read(folder, 'maintenance/2025-02-09-moving-the-mirror/2025-02-09T1000Z.md')).toContain(
      'scheduled_for: 2025-02-10T13:00:00.220Z\nscheduled_until: 2025-02-10T14:00:00.220Z\ncomponents:\n  mirror: under_maintenance\n  shop-checkout: under_maintenance\nsource: upptime:6\n',
    );
    expect(read(folder, 'components.yml')).toBe(
      'components:\n  - id: shop-checkout\n    name: Shop & Checkout\n  - id: mirror\n    name: GitHub Mirror\n  - id: old-thing\n    name: Old thing\n    retired: true\n',
    );
    expect(read(folder, 'site.yml')).toMatch(
      /^name: Acme Status\nurl: https:\/\/status\.acme\.example\ntime_zone: UTC\n/,
    );
  });

  it('lists what was changed in the import, with its index and number', async () => {
    const { stdout } = await take(withIssues());
    expect(stdout.split('Not imported unchanged:\n')[1]?.trimEnd().split('\n')).toEqual([
      '  comments.json: comment 99 is about #40, which issues.json does not have, and was not imported',
      '  issues.json: 2 (#7): has 1 comment that was not given. Save https://api.github.com/repos/OWNER/NAME/issues/comments and pass it with --comments',
      '  .upptimerc.yml:1: what Upptime checks and how, who is notified, and the design of the page was not imported; Halfpast does not monitor sites',
      '  issues.json: 5 (#4): is maintenance that has no HTML comment that says when, and was not imported',
      '  issues.json: 1 (#8): is a pull request, and was not imported',
      '  issues.json: 0 (#9): has neither the label status nor maintenance, but bug, and was not imported',
      '  "Old thing" is no longer a site in the configuration, and became a retired component',
      '  issues.json: 8 (#1): its title does not say how bad it was; its sites were imported as down, as in Upptime',
      '  issues.json: 7 (#2): was closed without saying that it is resolved; an update that does was added at 2025-02-02T11:00Z',
      '  issues.json: 4 (#5): was closed before its window began; an update that says so was added at 2025-02-06T09:00Z',
      '  issues.json: 8 (#1): had no text, and got its status as text',
    ]);
  });

  it('changes nothing when run again, and only adds what’s new', async () => {
    const folder = withIssues();
    await take(folder);
    const before = hashes(join(folder, 'c'));
    expect((await take(folder)).stdout).toContain('0 files written to c, 16 unchanged, 0 kept\n');
    expect(hashes(join(folder, 'c'))).toEqual(before);
    edit(folder, 'comments.json', (json) =>
      json.push({
        id: 72,
        issue_url: 'https://api.github.com/repos/acme/upptime/issues/7',
        body: '**Resolved:** Back up.',
        created_at: '2025-02-18T11:00:00Z',
      }),
    );
    edit(folder, 'issues.json', (json) =>
      Object.assign(json[2] ?? {}, { state: 'closed', closed_at: '2025-02-18T11:00:01Z' }),
    );
    expect((await take(folder)).stdout).toContain('1 file written to c, 16 unchanged, 0 kept\n');
    expect(read(folder, 'incidents/2025-02-18-shop-checkout-is-down/2025-02-18T1100Z.md')).toBe(
      '---\nstatus: resolved\n---\nBack up.\n',
    );
  });

  it('lists what it had to add because the comments weren’t given at first', async () => {
    const folder = withIssues();
    await take(folder, ['--issues', 'issues.json', '--config', '.upptimerc.yml']);
    const invented = updates(folder)
      .filter((line) => line.startsWith('incidents/2025-02-01-'))
      .find((line) => line.endsWith(' resolved: Resolved.'))
      ?.split(' ')[0];
    const { code, stdout } = await take(folder);
    expect({
      code,
      told: stdout.split('\n').filter((line) => line.startsWith('Not in ') && line.includes('2025-02-01-')),
    }).toEqual({
      code: 0,
      told: [`Not in the issues: c/${invented ?? ''}.md; delete it if an imported file replaces it`],
    });
    expect((await take(folder)).stdout).not.toContain('Not in the issues');
  });

  it('goes by the issue, not a comment, to decide that it is over', async () => {
    const folder = withIssues();
    edit(folder, 'comments.json', (json) =>
      json.push({
        id: 72,
        issue_url: 'https://api.github.com/repos/acme/upptime/issues/7',
        body: '**Resolved:** Back up.',
        created_at: '2025-02-18T11:00:00Z',
      }),
    );
    expect((await take(folder)).stdout).toContain(
      'issues.json: 2 (#7) comment 72: says that it is resolved, but the issue is open, so it became monitoring',
    );
    expect(read(folder, 'incidents/2025-02-18-shop-checkout-is-down/2025-02-18T1100Z.md')).toContain(
      'status: monitoring\n',
    );
  });

  it('recognizes sites by labels and titles without a configuration', async () => {
    const folder = withIssues();
    await call(
      [
        'init',
        '--name',
        'Mine',
        '--url',
        'https://mine.example',
        '--time-zone',
        'UTC',
        '--component',
        'mirror=Mirror',
        '--content',
        'c',
      ],
      folder,
      { now },
    );
    const { code, stderr } = await take(folder, ['--issues', 'issues.json', '--comments', 'comments.json']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'halfpast: c/components.yml lacks components that the history names. Add these below "components:", and import again\n- id: shop-and-checkout\n  name: Shop & Checkout\n- id: old-thing\n  name: Old thing\n',
    });
  });

  it.each([
    ['Prüfungen & Äpfel', 'pruefungen-and-aepfel'],
    ['Größe', 'groesse'],
    ['ÖffentlicheAPI', 'oeffentliche-api'],
    ['Łódź Straße', 'lodz-strasse'],
  ])('recognizes the site %s by the label that Upptime makes from its name', async (name, label) => {
    const issue = {
      number: 1,
      title: `🛑 ${name} is down`,
      body: 'Down.',
      state: 'open',
      created_at: '2025-02-01T10:00:00Z',
    };
    const issues = JSON.stringify([{ ...issue, labels: ['status', label, 'team-a'] }]);
    for (const config of [[], ['--config', 'config.yml']]) {
      const folder = temporaryFolder();
      writeFileSync(join(folder, 'issues.json'), issues);
      writeFileSync(
        join(folder, 'config.yml'),
        `owner: a\nrepo: b\nsites:\n  - name: ${name}\n    url: https://a.example\n`,
      );
      if (config.length === 0) {
        mkdirSync(join(folder, 'c'));
        writeFileSync(join(folder, 'c/site.yml'), 'name: A\nurl: https://a.example\ntime_zone: UTC\n');
      }
      const { stderr } = await take(folder, ['--issues', 'issues.json', ...config]);
      expect(stderr).toBe('');
      expect(read(folder, 'components.yml').match(/name: .*|retired.*/g)).toEqual([`name: ${name}`]);
      expect(filesBelow(join(folder, 'c')).filter((path) => path.endsWith('.md'))).toHaveLength(1);
    }
  });

  it('takes comments from a folder of files, and pages within a list', async () => {
    const folder = withIssues();
    mkdirSync(join(folder, 'said'));
    // GitHub describes the author of each comment, so a page of comments can have hundreds of kilobytes.
    edit(folder, 'comments.json', (json) => (json[0]!['user'] = { login: 'x'.repeat(200_000) }));
    renameSync(join(folder, 'comments.json'), join(folder, 'said/1.json'));
    writeFileSync(join(folder, 'issues.json'), `[${readFileSync(join(folder, 'issues.json'), 'utf8')}]`);
    const { stdout } = await take(folder, [
      '--issues',
      'issues.json',
      '--comments',
      'said',
      '--config',
      '.upptimerc.yml',
    ]);
    expect(stdout).toContain('4 incidents with 10 updates, 2 maintenance windows with 4 updates\n');
  });

  it.each<[string, (json: Json) => void, string]>([
    [
      'a state that is none',
      (json) => (json[0]!['state'] = 'shut'),
      'issues.json: 0.state: "shut" is neither open nor closed. Nothing was written',
    ],
    [
      'a time that is none',
      (json) => (json[1]!['created_at'] = 'soon'),
      'issues.json: 1.created_at: "soon" is not a time such as 2024-12-20T16:18:14.793Z. Nothing was written',
    ],
    [
      'an issue twice',
      (json) => json.push(json[0]!),
      "issues.json: 9.number: #9 is listed twice. Save GitHub's response again",
    ],
    [
      'a closed issue that does not say when',
      (json) => (json[3]!['closed_at'] = null),
      'issues.json: 3.closed_at: has no time, although the issue is closed. Nothing was written',
    ],
    ['no title', (json) => delete json[0]!['title'], 'issues.json: 0.title: is missing. Nothing was written'],
  ])('is refused with %s, and nothing is written', async (_, change, line) => {
    const folder = withIssues();
    edit(folder, 'issues.json', change);
    const before = hashes(folder);
    expect(await take(folder)).toEqual({ code: 1, stdout: '', stderr: `halfpast: ${line}\n` });
    expect(hashes(folder)).toEqual(before);
  });

  it.each([
    [[], 2, 'there is nothing to import. Add --repo OWNER/NAME or --issues FILE'],
    [
      ['--repo', 'a/b', '--issues', 'issues.json'],
      2,
      "--repo can't be combined with --issues and --comments. Leave out one of them",
    ],
    [['--repo', 'status'], 2, '--repo: "status" is not a repository. Enter its owner and name, such as example/status'],
    [['--issues', 'nothing.json'], 1, '--issues: nothing.json does not exist. Check the path'],
    [['--issues', '.upptimerc.yml'], 1, '.upptimerc.yml is not JSON'],
    [
      ['--issues', 'issues.json', '--config', 'issues.json'],
      1,
      'issues.json:1 has no "sites:". Pass Upptime\'s .upptimerc.yml',
    ],
    [
      ['--issues', 'none.json'],
      1,
      "the list of issues is empty. Save https://api.github.com/repos/OWNER/NAME/issues?state=all&per_page=100 again, or pass Upptime's configuration",
    ],
    [
      ['--issues', 'object.json'],
      1,
      'object.json has no list of issues. Save https://api.github.com/repos/OWNER/NAME/issues?state=all&per_page=100',
    ],
    [
      ['--issues', 'issues.json', '--comments', 'object.json'],
      1,
      'object.json has no list of comments. Save https://api.github.com/repos/OWNER/NAME/issues/comments?per_page=100',
    ],
    [['--issues', 'issues.json', '--config', 'broken.yml'], 1, 'broken.yml:1 is not YAML: Flow sequence'],
    [
      ['--issues', 'issues.json', '--config', 'odd.yml'],
      1,
      'odd.yml:1 has no "sites:". Pass Upptime\'s .upptimerc.yml',
    ],
    [['--issues', 'comments.json'], 1, 'comments.json has comments, not issues. Pass it as --comments'],
    [
      ['--issues', 'issues.json', '--comments', 'issues.json'],
      1,
      'issues.json has issues, not comments. Pass it as --issues',
    ],
    [
      ['--issues', 'issues.json'],
      1,
      "issues alone do not say whose page it is, and there is no site.yml yet. Pass Upptime's configuration with --config .upptimerc.yml, or first run: npx halfpast init",
    ],
  ])('%j is reported in one line', async (args, exit, line) => {
    const folder = withIssues();
    writeFileSync(join(folder, 'none.json'), '[]');
    writeFileSync(join(folder, 'object.json'), '{}');
    writeFileSync(join(folder, 'broken.yml'), 'sites: [');
    writeFileSync(join(folder, 'odd.yml'), 'sites: Shop');
    const { code, stderr } = await take(folder, args);
    expect({ code, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: exit, lines: 1 });
    expect(stderr).toContain(`halfpast: ${line}`);
  });
});
