import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../src/lib/content/read-settings.ts';
import { filesBelow, hashes, sampleContent, temporaryFolder } from '../../support/folders.ts';
import { put, smallSite } from '../site.ts';
import { call as callWithGit, callWithoutGit as call } from '../call.ts';

const init = [
  'init',
  '--name',
  'Acme: "no"',
  '--url',
  'https://status.acme.example/',
  '--time-zone',
  'UTC',
  '--component',
  'Website',
  '--component',
  'pay=Checkout & payment',
];

describe('init', () => {
  it('removes the included content with its templates, and what’s left passes check', async () => {
    const folder = temporaryFolder();
    const content = sampleContent(folder, { isExample: true });
    put(
      folder,
      'announcements/holidays.md',
      '---\ntitle: Holidays\nfrom: 2026-11-20T09:00Z\nuntil: 2026-12-20T09:00Z\n---\nWe are away.\n',
    );
    const { code } = await call(init, folder);
    expect(code).toBe(0);
    expect(filesBelow(content)).toEqual(['.gitattributes', 'components.yml', 'site.yml']);
    expect(await call('check', folder)).toEqual({
      code: 0,
      stdout: '0 incidents, 0 maintenance windows, 0 postmortems: no problems\n',
      stderr: '',
    });
  });

  it('keeps templates that aren’t those of the example', async () => {
    const folder = temporaryFolder();
    put(folder, 'templates/ours.md', '---\nstatus: identified\n---\nText.\n');
    expect((await call(init, folder)).code).toBe(0);
    expect((await call([...init, '--force'], folder)).code).toBe(0);
    expect(filesBelow(join(folder, 'content'))).toContain('templates/ours.md');
  });

  it('creates a missing content folder', async () => {
    const folder = temporaryFolder();
    expect((await call([...init, '--content', 'status/content'], folder)).code).toBe(0);
    expect(readFileSync(join(folder, 'status/content/components.yml'), 'utf8')).toBe(
      'components:\n  - id: website\n    name: Website\n    since: 2026-11-22\n  - id: pay\n    name: Checkout & payment\n    since: 2026-11-22\n',
    );
    expect((await call('check --content status/content', folder)).code).toBe(0);
  });

  it('writes .gitattributes for clones on Windows, and keeps an existing one', async () => {
    const folder = temporaryFolder();
    const attributes = join(folder, 'c', '.gitattributes');
    await call([...init, '--content', 'c'], folder);
    expect(readFileSync(attributes, 'utf8')).toBe('* text=auto eol=lf\n');
    writeFileSync(attributes, '* -text\n');
    await call([...init, '--content', 'c', '--force'], folder);
    expect(readFileSync(attributes, 'utf8')).toBe('* -text\n');
  });

  it('claims no uptime from before it ran, by the day in its time zone', async () => {
    const folder = temporaryFolder();
    await call('init --name Acme --url https://acme.example --time-zone Pacific/Auckland --component API', folder, {
      now: '2026-11-22T15:00Z',
    });
    expect(readFileSync(join(folder, 'content/components.yml'), 'utf8')).toBe(
      'components:\n  - id: api\n    name: API\n    since: 2026-11-23\n',
    );
  });

  it.each([
    ['git@github.com:acme/our-status.git', '.', 'repository:\n  github: acme/our-status\n'],
    [
      'https://github.com/acme/our-status',
      'sites/acme',
      'repository:\n  github: acme/our-status\n  content: sites/acme/content\n',
    ],
    ['https://git.example.com/acme/our-status', '.', ''],
    ['https://github.com/acme/our-status', 'our site', ''],
  ])(
    'says where the content is if the remote is on GitHub, and what that enables: %s in %s',
    async (remote, below, written) => {
      const folder = temporaryFolder();
      execFileSync('sh', ['-c', `git init --quiet --template= && git remote add origin ${remote}`], { cwd: folder });
      expect((await callWithGit([...init, '--content', join(below, 'content')], folder)).code).toBe(0);
      const text = readFileSync(join(folder, below, 'content/site.yml'), 'utf8');
      expect(text.split('postmortem_within: 7d\n')[1]).toBe(
        written === ''
          ? ''
          : `# Turns on the form at /compose/, which shows this name and your templates to everyone. Delete it to turn it off.\n${written}`,
      );
      expect((await call(['check', '--content', join(below, 'content')], folder)).code).toBe(0);
    },
  );

  it('a folder with a space in its name is quoted in suggested commands, here and in the run sheet', async () => {
    const folder = temporaryFolder();
    const content = ['--content', 'our site/content'];
    expect((await call([...init, ...content], folder)).stdout).toContain(
      'npx halfpast open --content "our site/content"\n',
    );
    await call(['open', '--title', 'Down', '--component', 'pay=major_outage', '--message', 'x', ...content], folder);
    for (const command of [
      'status',
      'remind',
      'remind --json',
      'resolve --dry-run --customer-data unaffected --message y',
      'postmortem down',
    ]) {
      const { stdout, stderr } = await call([...command.split(' '), ...content], folder, { now: '2026-11-22T16:30Z' });
      const suggested = [...`${stdout}${stderr}`.matchAll(/(?::\s+| {2}|"command":")npx halfpast [a-z-]+(.*)/g)];
      expect(suggested, command).not.toEqual([]);
      for (const [, rest] of suggested) expect(rest?.replaceAll('\\', '')).toMatch(/^ --content "our site\/content"/);
    }
  });

  it('writes out the defaults of what the page promises', async () => {
    const folder = temporaryFolder();
    await call(init, folder);
    const text = readFileSync(join(folder, 'content/site.yml'), 'utf8');
    expect(text).toBe(
      [
        'name: "Acme: \\"no\\""',
        'url: https://status.acme.example/',
        'time_zone: UTC',
        '# What the page promises customers, and the team itself. Change it to what you can keep.',
        'cadence:',
        '  check_in: 15m',
        '  update: at :30',
        'priorities:',
        '  - Customer data is safe',
        '  - Customers are informed',
        '  - Service is restored',
        'postmortem_within: 7d',
        '',
      ]
        .join('\n')
        .replace('"Acme: \\"no\\""', `'Acme: "no"'`),
    );
    const bytes = (yaml: string) => new TextEncoder().encode(yaml);
    const read = (yaml: string) => readSettings({ path: 'site.yml', bytes: bytes(yaml) }).settings;
    expect(read(text)).toEqual(read(text.slice(0, text.indexOf('#'))));
  });

  it('writes the support link and the accent, and refuses what site.yml wouldn’t accept', async () => {
    const folder = temporaryFolder();
    const look = ['--support', 'https://acme.example/help', '--accent', '#123456'];
    await call([...init, ...look], folder);
    const text = readFileSync(join(folder, 'content/site.yml'), 'utf8');
    expect(text).toContain('\nsupport: https://acme.example/help\naccent: "#123456"\n');
    expect((await call('check', folder)).code).toBe(0);
    for (const [flag, value] of [
      ['--accent', 'greenish'],
      ['--support', 'help@acme'],
      ['--accent', ''],
    ] as const) {
      const { code, stderr } = await call([...init, '--force', flag, value], folder);
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(`halfpast: ${flag}: `) as string });
    }
    expect(readFileSync(join(folder, 'content/site.yml'), 'utf8')).toBe(text);
  });

  it('says what to do if it has run before', async () => {
    const folder = temporaryFolder();
    await call(init, folder);
    const before = hashes(folder);
    expect(await call(init, folder)).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'halfpast: content is already the page of "Acme: \\"no\\"". Edit content/site.yml and content/components.yml, or type --force to replace them\n',
    });
    expect(hashes(folder)).toEqual(before);
  });

  it('leaves content other than the sample alone, unless forced', async () => {
    const folder = smallSite();
    put(folder, 'site.yml', 'name: Acme\nurl: https://status.acme.example\ntime_zone: UTC\n');
    const before = hashes(folder);
    const { code, stderr } = await call(init, folder);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'halfpast: content is not the included sample, and init would remove its incidents. Name another folder with --content DIR, or type --force to remove them\n',
    });
    expect(hashes(folder)).toEqual(before);
    expect((await call([...init, '--force'], folder)).code).toBe(0);
    expect(filesBelow(join(folder, 'content')).some((path) => path.startsWith('incidents/'))).toBe(false);
  });

  it('leaves content with unreadable settings alone', async () => {
    const folder = smallSite();
    put(folder, 'site.yml', 'name: Example\nurl: https://status.example.com\n');
    expect((await call(init, folder)).code).toBe(1);
  });

  it('changes nothing on a dry run', async () => {
    const folder = temporaryFolder();
    sampleContent(folder, { isExample: true });
    const before = hashes(folder);
    expect((await call([...init, '--dry-run'], folder)).code).toBe(0);
    expect(hashes(folder)).toEqual(before);
  });
});
