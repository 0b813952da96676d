import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Context } from '../../../scripts/cli/context.ts';
import { realDisk } from '../../../scripts/cli/system.ts';
import { pageReader, readFiles } from '../../../scripts/import/statuspage-read.ts';
import { filesBelow, hashes, temporaryFolder } from '../../support/folders.ts';
import { root } from '../../support/halfpast.ts';
import { call, type Outcome } from '../call.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any JSON, as a test picks from it
type Json = { [key: string]: any };
type Files = Record<string, unknown>;

const now = '2025-03-01T00:00:00Z';
const sample = (file: string): Json =>
  JSON.parse(readFileSync(join(root, 'tests/fixtures/statuspage-sample', file), 'utf8')) as Json;
const update = (status: string, at: string): Json => ({
  id: `upd${status}${at}`.replaceAll(/\W/g, ''),
  status,
  body: `It is ${status}.`,
  created_at: at,
  display_at: at,
  affected_components: null,
});

/** A page on loopback with these files; what is a function answers for itself. */
async function page(files: Files): Promise<{ url: string; asked: string[]; most: () => number }> {
  const asked: string[] = [];
  let [open, most] = [0, 0];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    most = Math.max(most, (open += 1));
    response.on('close', () => (open -= 1));
    const file = files[request.url ?? ''];
    if (typeof file === 'function') return void (file as (to: ServerResponse) => void)(response);
    response
      .writeHead(file === undefined ? 404 : 200, { 'content-type': 'application/json' })
      .end(file === undefined ? 'no' : typeof file === 'string' ? file : JSON.stringify(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, most: () => most };
}

const lists = (): Files => ({
  '/api/v2/incidents.json': sample('incidents.json'),
  '/api/v2/components.json': sample('components.json'),
  '/api/v2/scheduled-maintenances.json': sample('scheduled-maintenances.json'),
});

/** A year before, as Statuspage's own history page and files of one incident have it. */
const history = (): Files => ({
  '/history.json?page=1': {
    months: [
      { name: 'February', year: 2025, incidents: [{ code: 'incsecond002', name: 'Search is slow' }] },
      { name: 'January', year: 2025, incidents: [] },
    ],
  },
  '/history.json?page=2': {
    months: [
      {
        name: 'May',
        year: 2024,
        incidents: [
          { code: 'old000000001', name: 'Old' },
          { code: 'old000000002', name: 'Work' },
          { code: 'old000000003', name: 'Gone' },
          { code: 'old000000004', name: 'Odd' },
        ],
      },
    ],
  },
  ...Object.fromEntries(
    [3, 4, 5, 6].map((number) => [
      `/history.json?page=${number}`,
      { months: [{ name: 'April', year: 2024, incidents: [] }] },
    ]),
  ),
  '/incidents/old000000001.json': {
    code: 'old000000001',
    name: 'Old',
    impact: 'minor',
    created_at: '2024-05-02T10:00:00.000Z',
    components: [],
    incident_updates: [
      update('resolved', '2024-05-02T11:00:00.000Z'),
      update('investigating', '2024-05-02T10:00:00.000Z'),
    ].map(({ id, ...rest }) => ({ code: id, ...rest })),
  },
  '/incidents/old000000002.json': {
    incident: {
      id: 'old000000002',
      name: 'Work',
      impact: 'maintenance',
      created_at: '2024-05-01T10:00:00.000Z',
      scheduled_for: '2024-05-03T10:00:00.000Z',
      scheduled_until: '2024-05-03T11:00:00.000Z',
      components: [],
      incident_updates: [{ ...update('scheduled', '2024-05-01T10:00:00.000Z'), id: undefined, custom_tweet: 'Soon.' }],
    },
  },
  // Not to be had.
  '/incidents/old000000003.json': (response: ServerResponse) => response.writeHead(403).end(),
  '/incidents/old000000004.json': {
    id: 'old000000004',
    name: 'Odd',
    impact: 'huge',
    created_at: '2024-05-01T10:00:00.000Z',
    components: [],
    incident_updates: [update('investigating', '2024-05-01T10:00:00.000Z')],
  },
});

const take = (url: string, folder: string, ...more: readonly string[]): Promise<Outcome> =>
  call(['import', 'statuspage', '--url', url, '--content', 'c', ...more], folder, { now });

describe('import statuspage --url', () => {
  it('reads what the API lists and the older history, one request after the other, and says what it couldn’t get', async () => {
    const { url, asked, most } = await page({ ...lists(), ...history() });
    const folder = temporaryFolder();
    const progress: string[] = [];
    const context = { progress: { show: (text: string) => void progress.push(text), clear: () => undefined } };
    const { code, stdout, stderr } = await call(['import', 'statuspage', '--url', url, '--content', 'c'], folder, {
      now,
      context,
    });
    expect({ code, most: most() }).toEqual({ code: 0, most: 1 });
    expect(stdout).toContain('6 incidents with 15 updates, 3 maintenance windows with 6 updates\n');
    expect(filesBelow(join(folder, 'c')).filter((path) => path.includes('2024-'))).toEqual([
      'incidents/2024-05-02-old/2024-05-02T1000Z.md',
      'incidents/2024-05-02-old/2024-05-02T1100Z.md',
      'maintenance/2024-05-01-work/2024-05-01T1000Z.md',
    ]);
    expect(stdout).toContain(
      `  ${url}/history.json: 1 incident of the history could not be read, from May 2024 to May 2024: old000000003\n`,
    );
    expect(stdout).toContain(`  ${url}/incidents/old000000004.json: incidents.0.impact: "huge" is not an impact.`);
    expect(stdout).toContain('maintenance old000000002: update old000000002-0: custom_tweet was not imported: Soon.\n');
    expect(stdout).not.toContain('Halfpast page');
    expect(asked.slice(0, 3)).toEqual([
      '/api/v2/incidents.json',
      '/api/v2/components.json',
      '/api/v2/scheduled-maintenances.json',
    ]);
    expect(asked.filter((path) => path.startsWith('/history.json'))).toHaveLength(6);
    expect(stderr, 'nothing in a pipe').toBe('');
    expect(progress).toEqual(
      expect.arrayContaining(['Reading page 2 of the history, 5 incidents so far', 'Reading older incidents: 4 of 4']),
    );
    const before = hashes(join(folder, 'c'));
    expect((await take(url, folder)).stdout).toContain('0 files written to c');
    expect(hashes(join(folder, 'c'))).toEqual(before);
    expect((await call(['check', '--content', 'c'], folder, { now })).code).toBe(0);
  });

  it('says so if the page has no older history, and is quiet for programs', async () => {
    const { url } = await page(lists());
    const { code, stdout, stderr } = await take(url, temporaryFolder(), '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ incidents: 5, maintenances: 2 });
    expect((JSON.parse(stdout) as { notes: string[] }).notes).toContain(
      `${url}/history.json: is not there, so only the API's newest incidents could be read, 50 at most`,
    );
    const { '/api/v2/incidents.json': incidents } = lists();
    const bare = await page({ '/api/v2/incidents.json': incidents });
    expect(
      (JSON.parse((await take(bare.url, temporaryFolder(), '--json')).stdout) as { notes: string[] }).notes,
    ).toEqual(
      expect.arrayContaining([
        `${bare.url}/api/v2/components.json: is not there; components come from the history`,
        `${bare.url}/api/v2/scheduled-maintenances.json: is not there; windows come from the history`,
      ]),
    );
  });

  it('reads a page made by Halfpast year by year, with each component’s worst status', async () => {
    const incident = {
      id: 'half00000001',
      name: 'Down',
      impact: 'major',
      created_at: '2024-12-31T23:59:00.000Z',
      components: [{ id: 'cmpwebsite01', name: 'Website', status: 'major_outage' }],
      incident_updates: [update('investigating', '2025-01-01T00:01:00.000Z')],
    };
    const old = {
      ...incident,
      id: 'half00000002',
      name: 'Older',
      created_at: '2022-03-01T10:00:00.000Z',
      incident_updates: [
        update('investigating', '2022-03-01T10:00:00.000Z'),
        update('resolved', '2022-03-01T11:00:00.000Z'),
      ].toReversed(),
    };
    const today = { ...incident, components: [{ id: 'cmpwebsite01', name: 'Website', status: 'operational' }] };
    const { url, asked } = await page({
      ...lists(),
      '/api/v2/incidents.json': { page: sample('incidents.json')['page'], incidents: [today] },
      '/api/v2/scheduled-maintenances.json': { scheduled_maintenances: [] },
      '/api/history/2025.json': { year: '2025', incidents: [incident], scheduled_maintenances: [] },
      '/api/history/2022.json': { year: '2022', incidents: [old], scheduled_maintenances: [] },
    });
    const folder = temporaryFolder();
    const { code, stdout } = await take(url, folder);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('2 incidents with 3 updates, 0 maintenance windows'),
    });
    expect(readFileSync(join(folder, 'c/incidents/2024-12-31-down/2025-01-01T0001Z.md'), 'utf8')).toContain(
      'website: major_outage\n',
    );
    expect(asked.filter((path) => path.startsWith('/history.json'))).toEqual([]);
    expect(asked.filter((path) => path.startsWith('/api/history/'))).toHaveLength(9);
    expect(
      stdout.split(
        `  ${url}: is a Halfpast page; customer data, remedies, next updates and postmortems are not in the API. Copy its content/ to keep them\n`,
      ),
    ).toHaveLength(2);
  });

  it('waits as long as the page asks and retries after rate limits and temporary failures', async () => {
    let calls = 0;
    const { url } = await page({
      '/x': (response: ServerResponse) => (
        (calls += 1),
        calls === 1
          ? response.writeHead(429, { 'retry-after': '7' }).end()
          : calls === 2
            ? response.writeHead(503).end()
            : response.writeHead(200).end('{}')
      ),
    });
    const [waited, told]: [number[], number[]] = [[], []];
    const read = pageReader(
      url,
      (time) => (waited.push(time), Promise.resolve()),
      (seconds) => told.push(seconds),
    );
    expect(await read('/x')).toBe('{}');
    expect({ waited, told, nothing: await read('/y') }).toEqual({ waited: [7000, 2000], told: [7], nothing: null });
  });

  it('gives up after several attempts, and immediately if access is denied', async () => {
    const { url, asked } = await page({
      '/busy': (response: ServerResponse) => response.writeHead(429).end(),
      '/shut': (response: ServerResponse) => response.writeHead(403).end(),
    });
    const read = pageReader(
      url,
      () => Promise.resolve(),
      () => undefined,
    );
    await expect(read('/busy')).rejects.toThrow(
      `${url}/busy returns status 429. Try again later, or save the files and pass them with --incidents and so on`,
    );
    await expect(read('/shut')).rejects.toThrow(`${url}/shut returns status 403.`);
    expect(asked).toEqual(['/busy', '/busy', '/busy', '/busy', '/shut']);
    await expect(
      pageReader(
        'http://127.0.0.1:9',
        () => Promise.resolve(),
        () => undefined,
      )('/x'),
    ).rejects.toThrow("http://127.0.0.1:9/x doesn't respond (bad port). Check the address and the connection");
  });

  it.each([
    [
      'no page of Statuspage',
      {},
      'has no /api/v2/incidents.json. Name the address of a page on Statuspage, such as --url https://status.example.com',
    ],
    [
      'a page for people',
      { '/api/v2/incidents.json': '<html>' },
      '/api/v2/incidents.json is not JSON. Name the address of a page on Statuspage',
    ],
    [
      'an unknown word in what the API lists',
      {
        ...lists(),
        '/api/v2/incidents.json': {
          ...sample('incidents.json'),
          incidents: [{ ...(sample('incidents.json')['incidents'] as Json[])[0], impact: 'huge' }],
        },
      },
      '"huge" is not an impact.',
    ],
  ])('is refused with %s, and nothing is written', async (_, files: Files, line) => {
    const folder = temporaryFolder();
    const { code, stdout, stderr } = await take((await page(files)).url, folder);
    const said = stderr.trimEnd().split('\n');
    expect({ code, stdout, said }).toEqual({ code: 1, stdout: '', said: [expect.stringContaining(line)] });
    expect(said[0]).toMatch(/^halfpast: /);
    expect(filesBelow(folder)).toEqual([]);
  });

  it.each([
    [['--url', 'status.example.com'], '--url: "status.example.com" is not a web address.'],
    [
      ['--url', 'https://x.example', '--incidents', 'a.json'],
      "--url and files can't be combined. Leave out one of them",
    ],
  ])('%j is an invalid call', async (args, line) => {
    const { code, stderr } = await call(['import', 'statuspage', ...args], temporaryFolder());
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(`halfpast: ${line}`) });
  });
});

describe('import statuspage reports what has no place in Halfpast', () => {
  it('tweets, postmortems that aren’t in any update, and affected components without an incident', async () => {
    const files = lists();
    const incidents = files['/api/v2/incidents.json'] as Json;
    incidents['incidents'][0].postmortem_body = 'Why it was slow.';
    incidents['incidents'][0].incident_updates[1].custom_tweet = 'Slow!';
    const components = files['/api/v2/components.json'] as Json;
    const component = (components['components'] as Json[]).find(
      (one) => one['group'] !== true && one['name'] === 'Website',
    );
    Object.assign(component ?? {}, { status: 'partial_outage' });
    const { url } = await page(files);
    const { stdout } = await take(url, temporaryFolder());
    expect(stdout).toContain(
      "incident incsecond002: postmortem_body isn't in any update, and was not imported. To publish it: npx halfpast postmortem --content c\n",
    );
    expect(stdout).toContain('incident incsecond002: update updsecond001: custom_tweet was not imported: Slow!\n');
    expect(stdout).toContain(
      'component website (Website): not imported: it is partial_outage without an open incident. If it still is, run: npx halfpast open --content c --component website=partial_outage\n',
    );
  });
});

it('import statuspage --summary takes all three lists from one file, and says that it only has what’s open', async () => {
  const folder = temporaryFolder();
  const [{ page, components }, { incidents }, { scheduled_maintenances: windows }] = [
    'components.json',
    'incidents.json',
    'scheduled-maintenances.json',
  ].map(sample) as [Json, Json, Json];
  const open = (incidents as Json[])
    .filter((incident) => incident['name'] === 'Search is slow')
    .slice(0, 1)
    .map((incident) => ({
      ...incident,
      status: 'monitoring',
      resolved_at: null,
      incident_updates: [
        update('monitoring', '2025-02-10T09:45:00.000Z'),
        update('investigating', '2025-02-10T09:00:00.000Z'),
      ],
    }));
  const upcoming = (windows as Json[]).filter((window) => window['status'] === 'scheduled');
  const summary = {
    page,
    components,
    incidents: open,
    scheduled_maintenances: upcoming,
    status: { indicator: 'minor', description: 'Minor Service Outage' },
  };
  writeFileSync(join(folder, 'summary.json'), JSON.stringify(summary));
  const { code, stdout, stderr } = await call(
    ['import', 'statuspage', '--summary', 'summary.json', '--content', 'c'],
    folder,
    { now },
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('1 incident with 2 updates, 1 maintenance window with 1 update\n');
  expect(stdout).toContain('summary.json: a summary lists only what is open');
  expect(filesBelow(join(folder, 'c'))).toEqual(
    expect.arrayContaining(['components.yml', 'incidents/2025-02-10-search-is-slow/2025-02-10T0945Z.md']),
  );
  expect(filesBelow(join(folder, 'c/maintenance'))).toEqual(['2025-02-25-new-servers/2025-02-25T0900Z.md']);
});

it('reads a summary once, so that it can be a pipe, and names a missing one', async () => {
  const folder = temporaryFolder();
  const components = sample('components.json');
  const summary = JSON.stringify({ ...components, incidents: [], scheduled_maintenances: [] });
  let reads = 0;
  const disk: Context['disk'] = {
    ...realDisk,
    read: async (path) => (path.endsWith('pipe') ? ((reads += 1) === 1 ? summary : '') : realDisk.read(path)),
  };
  const files = { incidents: undefined, maintenances: undefined, components: undefined, summary: 'pipe' };
  const context = { cwd: folder, disk } as Context;
  const { components: found } = await readFiles(files, context, () => undefined);
  expect(found?.length).toBe((components['components'] as Json[]).length);
  await expect(readFiles({ ...files, summary: 'lost' }, context, () => undefined)).rejects.toThrow(
    '--summary: there is no file lost. Check the path',
  );
});
