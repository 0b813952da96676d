import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, hashes, sampleContent, temporaryFolder, write } from '../../support/folders.ts';
import { root } from '../../support/halfpast.ts';
import { call, type Outcome } from '../call.ts';

const names = {
  incidents: 'incidents.json',
  maintenances: 'scheduled-maintenances.json',
  components: 'components.json',
} as const;
const all = Object.entries(names).flatMap(([flag, file]) => [`--${flag}`, file]);
const now = '2025-03-01T00:00:00Z';

/** A folder with the small dump in it. */
function withDump(): string {
  const folder = temporaryFolder();
  cpSync(join(root, 'tests/fixtures/statuspage-sample'), folder, { recursive: true });
  return folder;
}

const take = (folder: string, args: readonly string[] = all): Promise<Outcome> =>
  call(['import', 'statuspage', ...args, '--content', 'c'], folder, { now });
const read = (folder: string, path: string): string => readFileSync(join(folder, 'c', path), 'utf8');

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any JSON, as a test picks from it
type Json = { [key: string]: any };

/** Changes one of the files of the dump. */
function edit(folder: string, file: string, change: (json: Json) => void): void {
  const json = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Json;
  change(json);
  writeFileSync(join(folder, file), JSON.stringify(json));
}

describe('import statuspage', () => {
  it('writes a folder for each incident and window, and what it writes passes check', async () => {
    const folder = withDump();
    const { code, stdout } = await take(folder);
    expect(code).toBe(0);
    expect(stdout).toContain(
      '5 incidents with 13 updates, 2 maintenance windows with 5 updates\n20 files written to c, 0 unchanged, 0 kept\n',
    );
    expect(filesBelow(join(folder, 'c')).filter((path) => path.endsWith('.md'))).toEqual([
      'incidents/2025-01-01-incident/2025-01-01T235959.999Z.md',
      'incidents/2025-01-01-incident/2025-01-02T0100Z.md',
      'incidents/2025-01-05-an-incident-that-only-says-it-is-over/2025-01-05T0800Z.md',
      'incidents/2025-01-05-an-incident-that-only-says-it-is-over/2025-01-05T0820Z.md',
      'incidents/2025-01-20-checkout-errors-declined-cards/2025-01-20T120000.010Z.md',
      'incidents/2025-01-20-checkout-errors-declined-cards/2025-01-20T1229Z.md',
      'incidents/2025-01-20-checkout-errors-declined-cards/2025-01-20T1400Z.md',
      'incidents/2025-01-20-checkout-errors-declined-cards/2025-01-25T1000Z.md',
      'incidents/2025-02-10-search-is-slow-2/2025-02-10T090005.300Z.md',
      'incidents/2025-02-10-search-is-slow-2/2025-02-10T0945Z.md',
      'incidents/2025-02-10-search-is-slow/2025-02-10T070000.500Z.md',
      'incidents/2025-02-10-search-is-slow/2025-02-10T070000.501Z.md',
      'incidents/2025-02-10-search-is-slow/2025-02-10T0730Z.md',
      'maintenance/2025-02-15-database-upgrade/2025-02-15T0900Z.md',
      'maintenance/2025-02-15-database-upgrade/2025-02-20T220030.100Z.md',
      'maintenance/2025-02-15-database-upgrade/2025-02-20T2320Z.md',
      'maintenance/2025-02-15-database-upgrade/2025-02-20T2340Z.md',
      'maintenance/2025-02-25-new-servers/2025-02-25T0900Z.md',
    ]);
    expect(await call(['check', '--content', 'c'], folder, { now })).toEqual({
      code: 0,
      stdout: '5 incidents, 2 maintenance windows, 0 postmortems: no problems\n',
      stderr: '',
    });
  });

  it('reports what couldn’t be imported unchanged', async () => {
    const { stdout } = await take(withDump());
    expect(stdout.split('Not imported unchanged:\n')[1]?.trimEnd().split('\n')).toEqual([
      '  component api: it was shown only when degraded, and is now always shown',
      '  group "Empty": not imported: it has no components',
      '  incident incpostmort1: update updpostmor03: not imported: checkout stays in degraded_performance although the incident is resolved',
      '  incident incpostmort1: update updpostmor04: the status postmortem became resolved',
      '  incident incnoupdate1: not imported: it has no updates',
      '  maintenance mntdatabase1: update updmainten03: the work ran past its window, which was extended',
      '  incident incsecond001: update updsame00002: had the same time as another update, and was moved to 2025-02-10T070000.501Z',
      '  incident incnobody001: update updnobody002: had no text, and got its status as text',
    ]);
  });

  it('has everything that the first update of an incident can have', async () => {
    const folder = withDump();
    await take(folder);
    expect(read(folder, 'incidents/2025-01-20-checkout-errors-declined-cards/2025-01-20T120000.010Z.md')).toBe(
      '---\ntitle: \'Checkout: errors & "declined" cards\'\nstatus: investigating\nimpact: major\ncomponents:\n  checkout: partial_outage\n  old-shop: major_outage\nnext_update: none\nstarted: 2025-01-20T11:40Z\nsource: statuspage:incpostmort1\n---\nSome cards are declined.\n',
    );
  });

  it('keeps bodies as they are, at the time they were displayed', async () => {
    const folder = withDump();
    await take(folder);
    expect(read(folder, 'incidents/2025-01-20-checkout-errors-declined-cards/2025-01-20T1229Z.md')).toBe(
      '---\nstatus: identified\ncomponents:\n  checkout: major_outage\nnext_update: none\n---\n--- a line that looks like a fence\n---\nstatus: none\n---\n',
    );
    expect(read(folder, 'incidents/2025-01-20-checkout-errors-declined-cards/2025-01-25T1000Z.md')).toBe(
      '---\nstatus: resolved\n---\n### What happened\n\nA change was wrong.\n',
    );
  });

  it('lists what maintenance affects, and extends its window if work continued', async () => {
    const folder = withDump();
    await take(folder);
    expect(read(folder, 'maintenance/2025-02-15-database-upgrade/2025-02-15T0900Z.md')).toBe(
      '---\ntitle: Database upgrade\nstatus: scheduled\nscheduled_for: 2025-02-20T22:00Z\nscheduled_until: 2025-02-20T23:00Z\ncomponents:\n  checkout: under_maintenance\nsource: statuspage:mntdatabase1\n---\nWe upgrade the database.\n',
    );
    expect(read(folder, 'maintenance/2025-02-15-database-upgrade/2025-02-20T2320Z.md')).toBe(
      '---\nstatus: verifying\nscheduled_until: 2025-02-20T23:40Z\n---\nWe are testing.\n',
    );
    expect(read(folder, 'maintenance/2025-02-15-database-upgrade/2025-02-20T2340Z.md')).toBe(
      '---\nstatus: completed\n---\nThe upgrade is done.\n',
    );
  });

  it('writes the settings and the components, including retired ones that only the history has', async () => {
    const folder = withDump();
    await take(folder);
    expect(read(folder, 'site.yml')).toMatch(
      /^name: Acme\nurl: https:\/\/status\.acme\.example\ntime_zone: Europe\/Berlin\nchanged: 2025-03-01T00:00Z\n/,
    );
    expect(read(folder, 'components.yml')).toBe(
      'components:\n  - id: website\n    name: Website\n    description: Catalogue and search\n    showcase: false\n    created: 2024-01-01T00:00Z\n    changed: 2025-01-01T00:00Z\n  - id: api\n    name: API\n    created: 2024-01-01T00:00Z\n    changed: 2025-01-01T00:00Z\n  - id: api-2\n    name: Api\n    created: 2024-01-01T00:00Z\n    changed: 2025-01-01T00:00Z\n  - id: old-shop\n    name: Old shop\n    retired: true\ngroups:\n  - name: Buying\n    components:\n      - id: checkout\n        name: Checkout\n        description: Basket and payment\n        created: 2024-01-01T00:00Z\n        changed: 2025-01-01T00:00Z\n      - id: accounts\n        name: Accounts\n        since: 2024-06-01\n        created: 2024-01-01T00:00Z\n        changed: 2025-01-01T00:00Z\n',
    );
  });

  it('writes to a folder without files, such as one left by a killed import', async () => {
    const [fresh, killed] = [withDump(), withDump()];
    for (const path of ['incidents/2025-01-01-incident', 'maintenance/2025-02-15-database-upgrade'])
      mkdirSync(join(killed, 'c', path), { recursive: true });
    expect((await take(killed)).stdout).toBe((await take(fresh)).stdout);
    expect(filesBelow(join(killed, 'c'))).toEqual(filesBelow(join(fresh, 'c')));
    expect((await call(['check', '--content', 'c'], killed, { now })).code).toBe(0);
  });

  it('changes nothing when run again', async () => {
    const folder = withDump();
    await take(folder);
    const before = hashes(join(folder, 'c'));
    const { stdout } = await take(folder);
    expect(stdout).toContain('0 files written to c, 20 unchanged, 0 kept\n');
    expect(hashes(join(folder, 'c'))).toEqual(before);
  });

  it('keeps the settings and the components when a later dump has later times for them', async () => {
    const folder = withDump();
    await take(folder);
    const before = hashes(join(folder, 'c'));
    edit(folder, names.components, ({ page, components }) => {
      page.updated_at = '2025-03-01T09:00:00.000Z';
      for (const component of components) component.updated_at = '2025-03-01T08:00:00.000Z';
    });
    expect((await take(folder)).stdout).toContain('0 files written to c, 18 unchanged, 0 kept\n');
    expect(hashes(join(folder, 'c'))).toEqual(before);
  });

  it('leaves out when a component changed if that was before it was created', async () => {
    const folder = withDump();
    edit(folder, names.components, ({ components }) => (components[0].updated_at = '2023-12-31T23:59:59.999Z'));
    expect((await take(folder)).code).toBe(0);
    expect(read(folder, 'components.yml')).toContain(
      '    showcase: false\n    created: 2024-01-01T00:00Z\n  - id: api\n',
    );
  });

  it('only adds what’s new in a later dump, even after a folder was renamed', async () => {
    const folder = withDump();
    edit(folder, names.incidents, ({ incidents }) => incidents[0].incident_updates.shift());
    await take(folder);
    cpSync(join(folder, 'c/incidents/2025-02-10-search-is-slow-2'), join(folder, 'c/incidents/2025-02-10-slow'), {
      recursive: true,
    });
    rmSync(join(folder, 'c/incidents/2025-02-10-search-is-slow-2'), { recursive: true });
    cpSync(join(root, 'tests/fixtures/statuspage-sample'), folder, { recursive: true });
    const before = filesBelow(join(folder, 'c'));
    await take(folder);
    expect(filesBelow(join(folder, 'c')).filter((path) => !before.includes(path))).toEqual([
      'incidents/2025-02-10-slow/2025-02-10T0945Z.md',
    ]);
  });

  it('keeps a file that was edited since, and says so', async () => {
    const folder = withDump();
    await take(folder);
    const path = 'incidents/2025-01-01-incident/2025-01-02T0100Z.md';
    write(join(folder, 'c'), path, '---\nstatus: resolved\n---\nEdited.\n');
    const { stdout } = await take(folder);
    expect(stdout).toContain(
      `0 files written to c, 19 unchanged, 1 kept\nKept, because they differ from the dump:\n  c/${path}\n`,
    );
    expect(read(folder, path)).toContain('Edited.');
  });

  describe('when the time of an update changed at the source', () => {
    const card = 'incidents/2025-01-20-checkout-errors-declined-cards';
    const at = (json: Json, id: string): Json =>
      json['incidents'].flatMap((one: Json) => one['incident_updates']).find((one: Json) => one['id'] === id);

    it('keeps an incident whose first update moved, reports it, and imports the others', async () => {
      const folder = withDump();
      edit(folder, names.incidents, ({ incidents }) => incidents[0].incident_updates.shift());
      await take(folder);
      const before = hashes(join(folder, 'c', card));
      cpSync(join(root, 'tests/fixtures/statuspage-sample'), folder, { recursive: true });
      edit(folder, names.incidents, (json) => (at(json, 'updpostmor01')['display_at'] = '2025-01-20T12:00:00.011Z'));
      const { code, stdout } = await take(folder);
      expect(code).toBe(0);
      expect(stdout).toContain('1 file written to c, 18 unchanged, 1 kept\n');
      expect(stdout).toContain(
        `  c/${card}: its first update was at 2025-01-20T120000.010Z, and is at 2025-01-20T120000.011Z in the dump: kept as it was; rename 2025-01-20T120000.010Z.md to 2025-01-20T120000.011Z.md to use it\n`,
      );
      expect(hashes(join(folder, 'c', card))).toEqual(before);
      renameSync(
        join(folder, 'c', card, '2025-01-20T120000.010Z.md'),
        join(folder, 'c', card, '2025-01-20T120000.011Z.md'),
      );
      expect((await take(folder)).stdout).toContain('0 files written to c, 20 unchanged, 0 kept\n');
    });

    it('doesn’t advise renaming if the source put another update before it', async () => {
      const folder = withDump();
      await take(folder);
      const before = hashes(join(folder, 'c'));
      edit(folder, names.incidents, ({ incidents }) => {
        const event = incidents.find((one: Json) => one['id'] === 'incpostmort1');
        event['incident_updates'].push({
          ...event['incident_updates'].at(-1),
          id: 'updpostmor00',
          body: 'Earlier.',
          display_at: '2025-01-20T11:59:00.000Z',
        });
      });
      const { code, stdout } = await take(folder);
      expect(code).toBe(0);
      expect(stdout).toContain(
        `  c/${card}: its first update was at 2025-01-20T120000.010Z, and the dump has one before it, at 2025-01-20T1159Z: kept as it was; delete the folder to import it again\n`,
      );
      expect(hashes(join(folder, 'c'))).toEqual(before);
      rmSync(join(folder, 'c', card), { recursive: true });
      expect((await take(folder)).stdout).toContain('5 files written to c, 16 unchanged, 0 kept\n');
    });

    it('doesn’t write a later update twice, and names the file', async () => {
      const folder = withDump();
      await take(folder);
      const before = hashes(join(folder, 'c'));
      edit(folder, names.incidents, (json) => (at(json, 'updpostmor02')['display_at'] = '2025-01-20T12:31:00.000Z'));
      const { stdout } = await take(folder);
      expect(stdout).toContain('0 files written to c, 19 unchanged, 1 kept\n');
      expect(stdout).toContain(`  c/${card}/2025-01-20T1229Z.md is at 2025-01-20T1231Z in the dump; kept as it was\n`);
      expect(hashes(join(folder, 'c'))).toEqual(before);
      expect(JSON.parse((await take(folder, [...all, '--json'])).stdout)).toMatchObject({
        written: 0,
        unchanged: 19,
        kept: [`${card}/2025-01-20T1229Z.md`],
        not_in_source: [],
        remarks: [
          `c/${card}/2025-01-20T1229Z.md is at 2025-01-20T1231Z in the dump; kept as it was`,
          expect.stringContaining('created_at'),
          '1 incident: components that no update mentions were not imported; Statuspage lists their current status',
        ],
      });
    });

    it('writes an update with the same text as another one in the dump', async () => {
      const folder = withDump();
      await take(folder);
      edit(folder, names.incidents, ({ incidents }) => {
        const event = incidents.find((one: Json) => one['id'] === 'incpostmort1');
        const again = event['incident_updates'].find((one: Json) => one['id'] === 'updpostmor02');
        event['incident_updates'].push({ ...again, id: 'updpostmor09', display_at: '2025-01-20T12:31:00.000Z' });
      });
      expect((await take(folder)).stdout).toContain('1 file written to c, 20 unchanged, 0 kept\n');
    });
  });

  it('only reports updates that the dump doesn’t have in folders that it wrote to', async () => {
    const folder = withDump();
    edit(folder, names.incidents, ({ incidents: [open] }) => {
      open.incident_updates.shift();
      open.status = 'investigating';
    });
    await take(folder);
    const other = 'incidents/2025-01-01-incident/2025-01-02T0200Z.md';
    write(join(folder, 'c'), other, '---\nstatus: resolved\n---\nBy hand.\n');
    const beside = 'incidents/2025-02-10-search-is-slow-2/2025-02-10T0930Z.md';
    write(join(folder, 'c'), beside, '---\nstatus: monitoring\nnext_update: none\n---\nBy hand.\n');
    expect((await take(folder)).stdout).not.toContain('Not in the dump');
    cpSync(join(root, 'tests/fixtures/statuspage-sample'), folder, { recursive: true });
    const { stdout } = await take(folder);
    expect(stdout.split('\n').filter((line) => line.startsWith('Not in the dump'))).toEqual([
      `Not in the dump: c/${beside}; delete it if an imported file replaces it`,
    ]);
  });

  it('counts the times that are not carried over, in one line', async () => {
    const folder = withDump();
    const { stdout } = await take(folder);
    expect(stdout.split('\n').filter((line) => line.includes('created_at'))).toEqual([
      '3 incidents: created_at and started_at became the time of the first displayed update; the times of edits were not imported',
    ]);
    edit(
      folder,
      names.maintenances,
      ({ scheduled_maintenances: windows }) => (windows[1].incident_updates[0].updated_at = '2025-02-25T09:05:00.000Z'),
    );
    expect((await take(folder)).stdout).toContain('\n3 incidents, 1 maintenance window: created_at');
    for (const [file, kind] of [
      [names.incidents, 'incidents'],
      [names.maintenances, 'scheduled_maintenances'],
    ] as const) {
      edit(folder, file, (json) => {
        for (const event of json[kind].filter((one: Json) => one['incident_updates'].length > 0)) {
          const first = event.incident_updates.at(-1);
          event.created_at = first.display_at;
          // A start that a person set is carried over.
          if (event.id !== 'incpostmort1') event.started_at = first.display_at;
          for (const update of event.incident_updates) update.updated_at = update.created_at;
        }
      });
    }
    expect((await take(folder)).stdout).not.toContain('created_at');
  });

  it('uses existing components, by id or name, and keeps the settings', async () => {
    const folder = withDump();
    write(join(folder, 'c'), 'site.yml', 'name: Mine\nurl: https://mine.example\ntime_zone: UTC\n');
    write(
      join(folder, 'c'),
      'components.yml',
      'components:\n  - id: shop\n    name: checkout\n  - id: website\n    name: Site\n  - id: old-shop\n    name: Old\n  - id: accounts\n    name: Accounts\n  - id: api\n    name: API\n',
    );
    const { code } = await take(folder);
    expect(code).toBe(0);
    expect(read(folder, 'site.yml')).toContain('name: Mine');
    expect(read(folder, 'incidents/2025-01-20-checkout-errors-declined-cards/2025-01-20T120000.010Z.md')).toContain(
      '  shop: partial_outage\n',
    );
  });

  it('corrects the start of a component that init wrote', async () => {
    const folder = withDump();
    edit(
      folder,
      'components.json',
      (json) => (json['components'].find(({ name }: Json) => name === 'Accounts').start_date = '2021-05-01'),
    );
    const init = [
      'init',
      '--content',
      'c',
      '--name',
      'X',
      '--url',
      'https://x.example',
      '--time-zone',
      'UTC',
      '--component',
      'Checkout',
      '--component',
      'Accounts',
      '--component',
      'Other',
    ];
    await call(init, folder, { now });
    const { code, stdout } = await take(folder);
    expect(code).toBe(0);
    expect(stdout).toContain('c/components.yml said that accounts started on 2025-03-01; it now has 2021-05-01\n');
    expect(stdout).toContain(
      'c/components.yml said that checkout started on 2025-03-01; it now has no start, so its whole history counts\n',
    );
    expect(read(folder, 'components.yml')).toContain(
      '  - id: checkout\n    name: Checkout\n  - id: accounts\n    name: Accounts\n    since: 2021-05-01\n  - id: other\n    name: Other\n    since: 2025-03-01\n',
    );
  });

  it('completes a components.yml that nothing uses yet, and keeps the rest of it', async () => {
    const folder = withDump();
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
        'website=Site',
        '--component',
        'checkout=Pay',
        '--content',
        'c',
      ],
      folder,
      { now },
    );
    write(
      join(folder, 'c'),
      'components.yml',
      `# Ours.\n${read(folder, 'components.yml')}groups:\n  - name: Buying\n    components:\n      - id: basket # the shop\n        name: Basket\n`.replaceAll(
        '\n',
        '\r\n',
      ),
    );
    const { code, stdout } = await take(folder);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('\nAdded to c/components.yml: accounts, api, api-2, old-shop\n'),
    });
    // With the line endings that a clone on Windows has.
    expect(read(folder, 'components.yml').replaceAll('\r\n', '~')).toBe(
      '# Ours.\ncomponents:\n  - id: website\n    name: Site\n  - id: checkout\n    name: Pay\n  - id: api\n    name: API\n    created: 2024-01-01T00:00Z\n    changed: 2025-01-01T00:00Z\n  - id: api-2\n    name: Api\n    created: 2024-01-01T00:00Z\n    changed: 2025-01-01T00:00Z\n  - id: old-shop\n    name: Old shop\n    retired: true\ngroups:\n  - name: Buying\n    components:\n      - id: basket # the shop\n        name: Basket\n      - id: accounts\n        name: Accounts\n        since: 2024-06-01\n        created: 2024-01-01T00:00Z\n        changed: 2025-01-01T00:00Z\n'.replaceAll(
        '\n',
        '~',
      ),
    );
    expect((await call(['check', '--content', 'c'], folder, { now })).code).toBe(0);
    expect((await take(folder)).stdout).toContain('0 files written to c, 18 unchanged, 0 kept\n');
  });

  it('adds missing groups to components.yml, shows its progress, and mentions problems in other files', async () => {
    const folder = withDump();
    write(join(folder, 'c'), 'site.yml', 'name: Mine\nurl: https://mine.example\ntime_zone: UTC\n');
    write(join(folder, 'c'), 'components.yml', '# Ours.\n- id: website\n');
    const broken = 'has neither "components:" nor "groups:" above it.';
    expect((await take(folder)).stderr).toContain(`halfpast: c/components.yml:2:1  [{"id":"website"}] ${broken}`);
    write(join(folder, 'c'), 'components.yml', '# Ours.\ncomponents:\n  - id: website\n    name: Site\n');
    write(join(folder, 'c'), 'incidents/2025-01-01-mine/2025-01-01T0900Z.md', '---\nstatus: nope\n---\nx\n');
    const shown: string[] = [];
    const context = { progress: { show: (text: string) => void shown.push(text), clear: () => undefined } };
    const args = ['import', 'statuspage', ...all, '--content', 'c'];
    const { code, stdout } = await call(args, folder, { now, context });
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(
      /^\d problems? in other files\. See: npx halfpast check --content c$/,
    );
    expect(shown.slice(1, 3)).toEqual(['Checking 18 files', 'Writing c: 1 of 18 files']);
    expect(shown.at(-1)).toBe('Writing c: 18 of 18 files');
    expect(read(folder, 'components.yml')).toMatch(
      /^# Ours\.\ncomponents:\n[^]*\ngroups:\n {2}- name: Buying\n {4}components:\n {6}- id: checkout\n[^]* {6}- id: accounts\n/,
    );
  });

  /** Content of one's own, in which an incident names a component. */
  function used(folder: string, ids: readonly string[]): void {
    write(join(folder, 'c'), 'site.yml', 'name: Mine\nurl: https://mine.example\ntime_zone: UTC\n');
    write(
      join(folder, 'c'),
      'components.yml',
      ids
        .map((id) => `- id: ${id}\n  name: ${id}\n`)
        .join('')
        .replace(/^/, 'components:\n'),
    );
    write(
      join(folder, 'c'),
      'incidents/2025-01-01-down/2025-01-01T0900Z.md',
      '---\ntitle: Down\nstatus: investigating\ncomponents:\n  website: major_outage\n---\nx\n',
    );
  }

  it('prints the lines to add if components in use aren’t enough, and writes nothing', async () => {
    const folder = withDump();
    used(folder, ['website', 'checkout', 'accounts']);
    const before = hashes(join(folder, 'c'));
    const { code, stderr } = await take(folder);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'halfpast: c/components.yml lacks components that the history names. Add these below "components:", and import again\n- id: api\n  name: API\n  created: 2024-01-01T00:00Z\n  changed: 2025-01-01T00:00Z\n- id: old-shop\n  name: Old shop\n  retired: true\n',
    });
    expect(hashes(join(folder, 'c'))).toEqual(before);
  });

  it('never merges two components of the history', async () => {
    const folder = withDump();
    edit(folder, names.incidents, ({ incidents }) =>
      incidents[0].components.push({ id: 'cmpapi000002', name: 'Api', status: 'partial_outage' }),
    );
    used(folder, ['website', 'checkout', 'accounts', 'old-shop', 'api']);
    expect((await take(folder)).stderr).toContain(
      'Add these below "components:", and import again\n- id: api-2\n  name: Api\n',
    );
  });

  it('doesn’t mix a history with the included sample', async () => {
    const folder = withDump();
    const content = sampleContent(folder, { isExample: true });
    const before = hashes(content);
    expect(await call(['import', 'statuspage', ...all], folder)).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'halfpast: content has the included sample, whose incidents are made up. Use a new folder for yours, such as --content my-content\n',
    });
    expect(hashes(content)).toEqual(before);
  });

  it.each([
    ['incidents alone', ['--incidents', names.incidents], '5 incidents, 0 maintenance windows, 0 postmortems'],
    ['windows alone', ['--maintenances', names.maintenances], '0 incidents, 2 maintenance windows, 0 postmortems'],
    ['components alone', ['--components', names.components], '0 incidents, 0 maintenance windows, 0 postmortems'],
  ])('takes %s', async (_, args, counts) => {
    const folder = withDump();
    expect((await take(folder, args)).code).toBe(0);
    expect((await call(['check', '--content', 'c'], folder, { now })).stdout).toBe(`${counts}: no problems\n`);
    expect(read(folder, 'components.yml')).not.toContain('retired');
  });

  it('prints its report for programs', async () => {
    const folder = withDump();
    const { stdout } = await take(folder, [...all, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      incidents: 5,
      incident_updates: 13,
      maintenances: 2,
      maintenance_updates: 5,
      written: 20,
      unchanged: 0,
      kept: [],
    });
  });
});

describe('a malformed dump writes nothing and says where', () => {
  it.each<[string, (json: Json) => void, string]>([
    [
      'an unknown status',
      ({ incidents }) => (incidents[0].incident_updates[1].status = 'investigatin'),
      'incidents.json: incidents.0.incident_updates.1.status: "investigatin" is not a status of an incident. Did you mean "investigating"?',
    ],
    [
      'a status of maintenance',
      ({ incidents }) => (incidents[0].incident_updates[1].status = 'in_progress'),
      'incidents.json: incidents.0.incident_updates.1.status: "in_progress" is not a status of an incident.',
    ],
    [
      'an unknown impact',
      ({ incidents }) => (incidents[0].impact = 'huge'),
      'incidents.json: incidents.0.impact: "huge" is not an impact.',
    ],
    [
      'no time',
      ({ incidents }) => Object.assign(incidents[0].incident_updates[0], { created_at: 'soon', display_at: null }),
      'incidents.json: incidents.0.incident_updates.0: has no created_at',
    ],
    [
      'no updates at all',
      ({ incidents }) => delete incidents[3].incident_updates,
      'incidents.json: incidents.3.incident_updates: is missing',
    ],
    ['a blank name', ({ incidents }) => (incidents[0].name = ' '), 'incidents.json: incidents.0.name: is blank'],
    [
      'a text for an incident',
      ({ incidents }) => (incidents[1] = 'nothing'),
      'incidents.json: incidents.1: "nothing" is not an object with fields. Nothing was written',
    ],
    [
      'one incident twice',
      ({ incidents }) => incidents.push(incidents[0]),
      'incidents.json: incidents: the id "incsecond002" appears twice. Save Statuspage\'s response again',
    ],
    [
      'two mistakes',
      ({ incidents }) => incidents.forEach((one: Json) => (one['impact'] = 'huge')),
      '(and 5 more). Nothing was written',
    ],
  ])('%s', async (_, change, line) => {
    const folder = withDump();
    edit(folder, names.incidents, change);
    const { code, stdout, stderr } = await take(folder);
    expect(stderr).toContain(line);
    expect({ code, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 1, stdout: '', lines: 1 });
    expect(readdirSync(folder)).not.toContain('c');
  });

  it.each([
    ['{"incidents": [', 'incidents.json is not JSON ('],
    ['', 'incidents.json is not JSON ('],
    ['[]', 'incidents.json is not a dump of Statuspage: it has no object with "incidents".'],
    [
      '{"scheduled_maintenances": []}',
      'incidents.json has no "incidents". It has "scheduled_maintenances": pass it as --maintenances',
    ],
    [
      '{"incidents": []}',
      'the dump does not name its page, and there is no site.yml yet. First run: npx halfpast init',
    ],
    ['{"incidents": [], "page": {"name": "X", "url": "nowhere"}}', 'page.url: "nowhere" is not a web address'],
    [
      '{"incidents": [], "page": {"name": "X", "url": "https://x.example"}}',
      'the dump names no components, and there is no components.yml yet. Pass the list with --components FILE',
    ],
  ])('%s', async (text, line) => {
    const folder = temporaryFolder();
    write(folder, 'incidents.json', text);
    const { code, stdout, stderr } = await take(folder, ['--incidents', 'incidents.json']);
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(`halfpast: ${line}`),
    });
    expect(readdirSync(folder)).toEqual(['incidents.json']);
  });

  it('and so does a file that doesn’t exist', async () => {
    expect((await take(withDump(), ['--incidents', 'no.json'])).stderr).toBe(
      'halfpast: --incidents: there is no file no.json. Check the path\n',
    );
  });

  it('and so does a dump from the future of --now', async () => {
    const folder = withDump();
    const { code, stderr } = await call(['import', 'statuspage', ...all, '--content', 'c'], folder, {
      now: '2025-02-01T00:00:00Z',
    });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        /^halfpast: nothing was written, because the result would have \d+ problems:\nc\/incidents\/2025-02-10-search-is-slow-2\/\S+ {2}\S+ is in the future/,
      ),
    });
    edit(folder, names.incidents, ({ incidents }) => {
      const again = incidents.map((one: Json) => ({ ...one, id: `${String(one['id'])}again` }));
      incidents.push(...again);
    });
    const more = await call(['import', 'statuspage', ...all, '--content', 'c'], folder, {
      now: '2020-01-01T00:00:00Z',
    });
    const lines = more.stderr.trimEnd().split('\n');
    expect([lines[0], lines.length, lines.at(-1)]).toEqual([
      'halfpast: nothing was written, because the result would have 31 problems:',
      22,
      'and 11 more',
    ]);
    expect(readdirSync(folder)).not.toContain('c');
  });
});
