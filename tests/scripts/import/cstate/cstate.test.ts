import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, hashes, temporaryFolder, write } from '../../../support/folders.ts';
import { call, type Outcome } from '../../call.ts';

const config =
  'title: Acme Status\nbaseURL: https://status.acme.example/\nparams:\n  categories:\n    - name: Core\n  systems:\n    - name: API\n      category: Core\n';
const now = '2025-03-01T00:00:00Z';

/** A cState site with these issues, by file name. */
function site(issues: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  write(folder, 'old/config.yml', config);
  for (const [name, text] of Object.entries(issues)) write(folder, `old/content/issues/${name}`, text);
  return folder;
}

const take = (folder: string, ...more: readonly string[]): Promise<Outcome> =>
  call(['import', 'cstate', 'old', '--content', 'c', ...more], folder, { now });

/** Each update as time, status and the first line of its text, in time. */
function updates(folder: string): string[] {
  return filesBelow(join(folder, 'c/incidents'))
    .map((path) => {
      const text = readFileSync(join(folder, 'c/incidents', path), 'utf8');
      const time = /T(\d{4})(\d{2}(?:\.\d{3})?)?Z\.md$/.exec(path);
      return `${time?.[1] ?? ''}${time?.[2] ?? '00'} ${/^status: (.*)$/m.exec(text)?.[1] ?? ''}: ${text.split('\n---\n')[1]?.split('\n')[0] ?? ''}`;
    })
    .sort();
}

const front = (fields: string): string =>
  `---\ntitle: API down\ndate: 2025-01-10 10:00:00\nseverity: down\naffected: [API]\nsection: issue\n${fields}---\n`;
const body = '*Investigating* - We look. {{< track "2025-01-10 10:00:00" >}}\n';

async function importOne(fields: string, text: string): Promise<{ folder: string; stdout: string }> {
  const folder = site({ 'one.md': `${front(fields)}${text}` });
  const { code, stdout, stderr } = await take(folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return { folder, stdout };
}

describe('an outage is over exactly when cState says so', () => {
  it.each([
    ['resolved: blank', 'resolved:\n'],
    ['resolved: null', 'resolved: null\n'],
    ['resolved left out', ''],
    ['resolved: false', 'resolved: false\n'],
    ['resolved: "false" as a text', 'resolved: "false"\n'],
    ['resolved: no', 'resolved: no\n'],
    ['a resolvedWhen that an editor filled in', 'resolved: false\nresolvedWhen: 2025-01-10 11:00:00\n'],
    ['a resolvedWhen alone', 'resolvedWhen: 2025-01-10 11:00:00\n'],
  ])('%s: goes on', async (_, fields) => {
    const { folder } = await importOne(fields, body);
    expect(updates(folder)).toEqual(['100000 investigating: We look.']);
    expect((await call(['status', '--content', 'c', '--json'], folder, { now })).stdout).toContain(
      '2025-01-10-api-down',
    );
  });

  it.each([
    [
      'with a time',
      'resolved: true\nresolvedWhen: 2025-01-10 11:00:00\n',
      ['100000 investigating: We look.', '110000 resolved: Resolved.'],
    ],
    [
      'with "yes"',
      'resolved: yes\nresolvedWhen: 2025-01-10T12:00:00+01:00\n',
      ['100000 investigating: We look.', '110000 resolved: Resolved.'],
    ],
    ['without a time', 'resolved: true\n', ['100000 investigating: We look.', '100000.001 resolved: Resolved.']],
    [
      'with a blank time',
      'resolved: true\nresolvedWhen:\n',
      ['100000 investigating: We look.', '100000.001 resolved: Resolved.'],
    ],
    [
      'before it began',
      'resolved: true\nresolvedWhen: 2025-01-09 11:00:00\n',
      ['100000 investigating: We look.', '100000.001 resolved: Resolved.'],
    ],
  ])('resolved %s: is over', async (_, fields, expected) => {
    const { folder, stdout } = await importOne(fields, body);
    expect(updates(folder)).toEqual(expected);
    expect(stdout).toMatch(/one\.md:\d+: is resolved/);
  });

  it('doesn’t go by a text that says it is over if the issue isn’t marked as resolved', async () => {
    const { folder, stdout } = await importOne(
      'resolved: false\n',
      `*Resolved* - Fine again. {{< track "2025-01-10 11:00:00" >}}\n\n${body}`,
    );
    expect(updates(folder)).toEqual(['100000 investigating: We look.', '110000 monitoring: *Resolved* - Fine again.']);
    expect(stdout).toContain('content/issues/one.md:9: sounds resolved, but the issue is not, so it became monitoring');
  });

  it('keeps a resolution that did not last', async () => {
    const { folder } = await importOne(
      'resolved: false\n',
      `*Identified* - Again. {{< track "2025-01-10 12:00:00" >}}\n\n*Resolved* - Fine. {{< track "2025-01-10 11:00:00" >}}\n\n${body}`,
    );
    expect(updates(folder)).toEqual([
      '100000 investigating: We look.',
      '110000 resolved: Fine.',
      '120000 identified: Again.',
    ]);
  });

  it('ends before a postmortem that came days later', async () => {
    const { folder } = await importOne(
      'resolved: true\nresolvedWhen: 2025-01-10 11:00:00\n',
      `**Post-Incident Report**\n\nA cable.\n\nMore of it. {{< track "2025-01-14 09:00:00" >}}\n\n---\n\n${body}`,
    );
    expect(updates(folder)).toEqual([
      '090000 resolved: **Post-Incident Report**',
      '100000 investigating: We look.',
      '110000 resolved: Resolved.',
    ]);
  });

  it('doesn’t let an informational post hide an outage', async () => {
    const { folder, stdout } = await importOne('informational: true\nresolved: false\n', body);
    expect(updates(folder)).toEqual(['100000 investigating: We look.']);
    expect(stdout).toContain(
      'is informational, but says resolved: false and severity: down; it was imported as ongoing',
    );
  });
});

describe('a body becomes its updates', () => {
  const over = 'resolved: true\nresolvedWhen: 2025-01-10 11:00:00\n';

  it('whatever the order of the file', async () => {
    const { folder } = await importOne(
      over,
      `${body}\n*Monitoring* - Better. {{< track "2025-01-10T10:30:00Z" >}}\n\n**Resolved:** All well. {{<track '2025-01-10 11:00'>}}\n`,
    );
    expect(updates(folder)).toEqual([
      '100000 investigating: We look.',
      '103000 monitoring: Better.',
      '110000 resolved: All well.',
    ]);
  });

  it('even in lists, headings, one block, and with a track before its text or on its own line', async () => {
    const { folder } = await importOne(
      over,
      '## Resolved\n\nAll well.\n\n{{% track "2025-01-10 11:00" %}}\n\n{{< track 2025-01-10 10:40 >}} Still better.\n\n*Monitoring* - Better. {{< track "2025-01-10 10:30" >}}\n*Identified* - A cable. {{< track "2025-01-10 10:20" >}}\n\n*Investigating* - We look.\n{{< track "2025-01-10 10:00" >}}\n',
    );
    expect(updates(folder)).toEqual([
      '100000 investigating: We look.',
      '102000 identified: A cable.',
      '103000 monitoring: Better.',
      '104000 monitoring: Still better.',
      '110000 resolved: ## Resolved',
    ]);
  });

  const track = (minute: string): string => `{{< track "2025-01-10 10:${minute}:00" >}}`;
  it.each([
    [
      'a paragraph between tracks',
      `*Investigating* - AAA. ${track('00')}\n\nBBB words\n\n*Resolved* - CCC. ${track('30')}\n`,
    ],
    [
      'a list between tracks',
      `*Investigating* - AAA. ${track('00')}\n\n- BBB words\n- DDD\n\n*Resolved* - CCC. ${track('30')}\n`,
    ],
    [
      'text at the end, newest first',
      `*Resolved* - CCC. ${track('30')}\n\n*Investigating* - AAA. ${track('00')}\n\nBBB words\n`,
    ],
    [
      'text at the end, oldest first',
      `*Investigating* - AAA. ${track('00')}\n\n*Resolved* - CCC. ${track('30')}\n\nBBB words\n`,
    ],
    [
      'text at the top, with a heading',
      `# DDD\n\nBBB words\n\n*Resolved* - CCC. ${track('30')}\n\n*Investigating* - AAA. ${track('00')}\n`,
    ],
    [
      'text around a rule',
      `*Investigating* - AAA. ${track('00')}\n\nBBB words\n\n---\n\nDDD\n\n*Resolved* - CCC. ${track('30')}\n`,
    ],
    [
      'text with another shortcode',
      `*Investigating* - AAA. ${track('00')}\n\nBBB words {{< foo "x" >}}\n\nDDD\n\n*Resolved* - CCC. ${track('30')}\n`,
    ],
  ])('%s stays with its update', async (_, text) => {
    const { folder } = await importOne('resolved: true\n', text);
    const written = filesBelow(join(folder, 'c/incidents'))
      .map((path) => readFileSync(join(folder, 'c/incidents', path), 'utf8'))
      .join('\n');
    for (const word of ['AAA', 'BBB words', 'CCC', ...(text.includes('DDD') ? ['DDD'] : [])])
      expect(written.split(word), word).toHaveLength(2);
    expect(updates(folder)).toHaveLength(2);
  });

  it('ignores code and comments', async () => {
    const { folder } = await importOne(
      over,
      `\`\`\`\n*Resolved* {{< track "2025-01-10 10:59" >}}\n\`\`\`\n\n<!-- *Monitoring* {{< track "2025-01-10 10:50" >}} -->\n`,
    );
    expect(updates(folder)).toEqual(['100000 investigating: ```', '110000 resolved: Resolved.']);
  });

  it('reports a track that can’t be a time, and one in the future, with its line', async () => {
    const { folder, stdout } = await importOne(
      over,
      `*Resolved* - Fine. {{< track "soon" >}}\n\n*Monitoring* - Better. {{< track "2026-01-10 10:30" >}}\n\n${body}`,
    );
    expect(updates(folder)).toEqual([
      '100000 investigating: We look.',
      '100000.001 monitoring: Better.',
      '110000 resolved: Fine.',
    ]);
    expect(stdout).toContain('content/issues/one.md:10: track "soon" is not a time, and was ignored');
    expect(stdout).toContain('content/issues/one.md:12: track "2026-01-10 10:30" is in the future, and was ignored');
  });

  it('keeps other shortcodes in the text and lists them; images get their address', async () => {
    const { folder, stdout } = await importOne(
      over,
      '{{< figure src="/a.png" >}}\n\n![Graph](/img/graph.png) and <img src="https://cdn.example/x.png">\n',
    );
    const text = readFileSync(join(folder, 'c/incidents/2025-01-10-api-down/2025-01-10T1000Z.md'), 'utf8');
    expect(text).toContain(
      '{{< figure src="/a.png" >}}\n\n![Graph](https://status.acme.example/img/graph.png) and <img src="https://cdn.example/x.png">\n',
    );
    expect(stdout).toContain('content/issues/one.md:10: the shortcode "figure" stays in the text');
    expect(stdout).toContain('the image "/img/graph.png" is taken from https://status.acme.example/img/graph.png');
  });

  it('begins when the issue did, even if the first update came later', async () => {
    const { folder } = await importOne(over, '*Investigating* - We look. {{< track "2025-01-10 10:20:00" >}}\n');
    expect(readFileSync(join(folder, 'c/incidents/2025-01-10-api-down/2025-01-10T1020Z.md'), 'utf8')).toContain(
      'started: 2025-01-10T10:00Z\n',
    );
  });
});

describe('a cState site', () => {
  const toml =
    '+++\ntitle = "Slow"\ndate = 2025-01-05T08:00:00+01:00\nresolved = true\nresolvedWhen = 2025-01-05 09:30:00\nseverity = "disrupted"\naffected = ["Old thing"]\nsection = "issue"\ntags = ["x"]\n+++\nSlow.\n';

  it('can have front matter in TOML, and systems that no longer exist', async () => {
    const folder = site({ '2025-01-05-slow.md': toml });
    const { stdout } = await take(folder, '--time-zone', 'Europe/Berlin');
    expect(updates(folder)).toEqual(['070000 investigating: Slow.', '083000 resolved: Resolved.']);
    expect(readFileSync(join(folder, 'c/components.yml'), 'utf8')).toBe(
      'components:\n  - id: old-thing\n    name: Old thing\n    retired: true\ngroups:\n  - name: Core\n    components:\n      - id: api\n        name: API\n',
    );
    expect(readFileSync(join(folder, 'c/site.yml'), 'utf8')).toMatch(
      /^name: Acme Status\nurl: https:\/\/status\.acme\.example\ntime_zone: Europe\/Berlin\n/,
    );
    expect(stdout).toContain('content/issues/2025-01-05-slow.md:9: tags: ["x"] was not imported');
    expect(stdout).not.toContain('read as UTC');
  });

  it.each(['---js', '+++js'])('can’t have front matter that would be run as a program: %s', async (fence) => {
    const folder = site({
      'one.md': `${front('resolved: false\n')}Down.\n`,
      'two.md': `${fence}\n{ "title": globalThis.wasRun = true }\n${fence.slice(0, 3)}\nText.\n`,
    });
    const { code, stdout } = await take(folder);
    expect(code).toBe(0);
    expect(stdout).toContain(
      "content/issues/two.md:1: has no front matter, so it isn't an issue, and was not imported",
    );
    expect(globalThis).not.toHaveProperty('wasRun');
  });

  it('can have its configuration in TOML, and its issues next to it', async () => {
    const folder = temporaryFolder();
    write(
      folder,
      'old/config.toml',
      'title = "Acme"\nbaseURL = "https://status.acme.example"\n[params]\n[[params.categories]]\nname = "Core"\n[[params.systems]]\nname = "API"\ncategory = "Core"\n[[params.systems]]\nname = "Web"\ncategory = "Core"\nlink = "https://acme.example"\n',
    );
    write(folder, 'old/one.md', `${front('resolved: false\n')}Down.\n`);
    write(folder, 'old/README.md', '# Hello\n');
    const { code, stdout } = await take(folder);
    expect({ code, updates: updates(folder) }).toEqual({ code: 0, updates: ['100000 investigating: Down.'] });
    expect(stdout).toContain("README.md:1: has no front matter, so it isn't an issue, and was not imported");
    expect(stdout).toContain('config.toml:9: system "Web": its link was not imported: https://acme.example');
    rmSync(join(folder, 'old/config.toml'));
    const again = await take(folder);
    expect(again.stdout).toContain('old: has no configuration (config.yml), so there is no list of systems\n');
    expect(again.stdout).toContain('0 files written to c, 1 unchanged, 0 kept\n');
  });

  it('can have an issue and a configuration that are larger than a file in the content folder can be', async () => {
    const word = (minute: number): string =>
      `*Investigating* - ${'We look. '.repeat(4000)}{{< track "2025-01-10 10:0${minute}:00" >}}\n\n`;
    const folder = site({ 'one.md': `${front('resolved: false\n')}${word(0)}${word(1)}${word(2)}` });
    write(folder, 'old/config.yml', `${config}${'# A comment.\n'.repeat(11_000)}`);
    const { code, stdout, stderr } = await take(folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('1 incident with 3 updates');
    expect(stdout).not.toContain('front matter');
    expect(readFileSync(join(folder, 'c/components.yml'), 'utf8')).toContain('Core');
  });

  it('reports each file that is not imported, and why', async () => {
    const folder = site({
      'draft.md': `${front('draft: true\n')}x\n`,
      'later.md': front('').replace('2025-01-10', '2025-12-24') + 'x\n',
      'page.md': front('').replace('section: issue', 'section: page') + 'x\n',
      '_index.md': front('') + 'x\n',
      'one.md': `${front('resolved: false\n')}Down.\n`,
    });
    write(folder, 'old/content/pages/about.md', '---\ntitle: About\n---\nx\n');
    const { stdout } = await take(folder);
    expect(
      stdout
        .split('\n')
        .filter((line) => line.endsWith('was not imported') || line.includes('in the future'))
        .map((line) => line.trim()),
    ).toEqual([
      'content/pages/about.md:1: is not among the issues, and was not imported',
      'content/issues/_index.md:1: is a list page, not an issue, and was not imported',
      'content/issues/draft.md:7: is a draft, which cState does not publish, and was not imported',
      'content/issues/later.md:3: begins in the future, at 2025-12-24T10:00:00.000Z. cState has no end of a window; to announce it: npx halfpast schedule --content c, and was not imported',
      'content/issues/page.md:6: section "page" is not an issue, and was not imported',
    ]);
  });

  it.each([
    [
      'an unknown severity',
      front('').replace('severity: down', 'severity: dwon'),
      'content/issues/one.md:4 severity: "dwon" is not a severity. Did you mean "down"?',
    ],
    [
      'a date that is none',
      front('').replace('2025-01-10 10:00:00', 'soon'),
      'content/issues/one.md:3 date: "soon" is not a time. Write it like 2018-04-13T15:54:00Z',
    ],
    ['no date', front('').replace(/date: .*\n/, ''), 'content/issues/one.md:2 date: is missing.'],
    [
      'no title',
      front('').replace('title: API down\n', ''),
      'content/issues/one.md:2 title: is missing. Add what the issue is about',
    ],
    [
      'a resolved that is neither',
      front('resolved: 2025-01-10\n'),
      'content/issues/one.md:7 resolved: "2025-01-10" is neither true nor false',
    ],
    [
      'a resolvedWhen that is no time',
      front('resolved: true\nresolvedWhen: later\n'),
      'content/issues/one.md:8 resolvedWhen: "later" is not a time.',
    ],
    ['broken YAML', '---\ntitle: "x\n---\nx\n', 'content/issues/one.md:'],
    ['broken TOML', '+++\ntitle = x\n+++\nx\n', 'content/issues/one.md:2 is not TOML:'],
    ['no second fence', '---\ntitle: x\n', 'content/issues/one.md:1 has no second "---"'],
    [
      'a second fence with more behind it',
      '+++\ntitle = "x"\n+++ more\nx\n',
      'content/issues/one.md:3 has no second "+++". Put +++ on its own line',
    ],
    [
      'blank lines without end',
      `---\ntitle: x\n${'\n'.repeat(60_000)}---\nx\n`,
      'content/issues/one.md:2 has more than 32 KiB of fields. Put the text below the second "---"',
    ],
  ])('is refused with %s, and nothing is written', async (_, text, line) => {
    const folder = site({ 'one.md': text, 'two.md': `${front('resolved: false\n')}Down.\n` });
    const before = hashes(folder);
    const { code, stdout, stderr } = await take(folder);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('halfpast: nothing was written, because the cState site has errors:\n');
    expect(stderr).toContain(line);
    expect(hashes(folder)).toEqual(before);
  });

  it.each([
    [
      ['import', 'cstate'],
      2,
      'the folder of the cState site is missing. Add it: npx halfpast import cstate ../old-status',
    ],
    [
      ['import', 'cstate', 'old/config.yml'],
      1,
      'old/config.yml is a file. Name the folder of the cState site, for example: npx halfpast import cstate ../old-status',
    ],
    [
      ['import', 'cstate', 'nowhere'],
      1,
      'there is no folder nowhere. Name the folder of the cState site, for example: npx halfpast import cstate ../old-status',
    ],
    [
      ['import', 'cstate', 'empty'],
      2,
      'empty has no issues: there is no .md file in content/issues or next to the configuration. Name the folder of the cState site',
    ],
    [
      ['import', 'cstate', 'old', '--time-zone', 'Berlin'],
      2,
      '--time-zone: "Berlin" is not a time zone. Use an IANA name, such as --time-zone Europe/Berlin',
    ],
    [
      ['import', 'cstate', 'old', '--content', 'old/content'],
      2,
      '--content: old/content belongs to the cState site. Use a new folder, such as --content my-content',
    ],
  ])('%j is reported in one line', async (args, exit, line) => {
    const folder = site({ 'one.md': front('') });
    write(folder, 'empty/config.yml', config);
    const { code, stderr } = await call(args, folder, { now });
    expect({ code, stderr }).toEqual({ code: exit, stderr: `halfpast: ${line}\n` });
  });
});
