import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { httpGet, openBuiltSite } from '../../../../scripts/publish/verify/served-files.ts';
import { checksOf } from '../../../../scripts/publish/verify/checks.ts';
import { verifySite } from '../../../../scripts/publish/verify/verify-site.ts';
import { temporaryFolder, write } from '../../../support/folders.ts';
import { host, type Reply } from './host.ts';

const entry = (id: string, ...updates: string[]): object => ({
  id,
  incident_updates: updates.map((update) => ({ id: update, body: 'We are looking into it.' })),
});
const api = (lists: object): string => JSON.stringify({ page: { id: 'page' }, ...lists });

const incidents = api({ incidents: [entry('two', 'two-b', 'two-a'), entry('one', 'one-a')] });
const windows = api({ scheduled_maintenances: [entry('window', 'window-b', 'window-a')] });
const summary = api({
  status: {},
  components: [],
  incidents: [entry('two', 'two-b', 'two-a')],
  scheduled_maintenances: [entry('window', 'window-b', 'window-a')],
});

/** A built site with only a release and these API files. */
function small(files: Readonly<Record<string, string>>): string {
  const folder = join(temporaryFolder(), 'site');
  mkdirSync(folder);
  write(
    folder,
    'release.json',
    JSON.stringify({ content: 'abc', now: '2026-11-22T15:00:00.000Z', newestUpdate: null }),
  );
  for (const [path, text] of Object.entries(files)) write(folder, `api/v2/${path}`, text);
  return folder;
}

const whole = { 'summary.json': summary, 'incidents.json': incidents, 'scheduled-maintenances.json': windows };

/** The problems found if `path` gets this reply and everything else is served as built. */
async function wrong(files: Readonly<Record<string, string>>, path = '', reply: Reply = {}): Promise<string[]> {
  const site = small(files);
  const { url } = await host(site, (asked) => (asked === path ? reply : null));
  const options = { site: await openBuiltSite(site, 'site'), url, tries: 1, wait: 0, againAfter: null, orNewer: false };
  const { rounds } = await verifySite(options, { get: httpGet(2000), clock: () => 0, sleep: () => Promise.resolve() });
  return rounds.flatMap(({ findings }) => findings.map(({ path: at, message }) => `${at} ${message}`));
}

describe('the API', () => {
  it('is only checked if it was built', async () => {
    const names = async (files: Readonly<Record<string, string>>): Promise<string[]> => {
      const site = await openBuiltSite(small(files), 'site');
      const checks = await checksOf({ site, url: 'http://localhost', get: httpGet(1), fresh: () => '' });
      return checks.map(({ name }) => name).filter((name) => name.startsWith('updates in'));
    };
    expect(await names({})).toEqual([]);
    expect(await names({ 'incidents.json': incidents })).toEqual(['updates in /api/v2/incidents.json']);
    expect(await names(whole)).toHaveLength(3);
  });

  it('passes when it has every update that was built', async () => {
    expect(await wrong(whole)).toEqual([]);
    expect(await wrong({ 'incidents.json': api({ incidents: [] }) }), 'nothing has happened yet').toEqual([]);
  });

  it.each([
    [
      'incidents.json',
      'is missing the update two-b',
      api({ incidents: [entry('two', 'two-a'), entry('one', 'one-a')] }),
    ],
    ['incidents.json', 'is missing the update two-b and 2 more', api({ incidents: [] })],
    [
      'scheduled-maintenances.json',
      'is missing the update window-b',
      api({ scheduled_maintenances: [entry('window', 'window-a')] }),
    ],
    [
      'summary.json',
      'is missing the update window-b and 1 more',
      api({ incidents: [entry('two', 'two-b', 'two-a')], scheduled_maintenances: [] }),
    ],
    ['summary.json', 'has no list of incidents or scheduled_maintenances', '{"error":"not found"}'],
    ['summary.json', 'has no list of incidents or scheduled_maintenances', '<html>Log in</html>'],
    ['summary.json', 'has no list of incidents or scheduled_maintenances', api({ incidents: [{ id: 'two' }] })],
  ])('that serves another %s fails: %s', async (file, message, body) => {
    expect(await wrong(whole, `/api/v2/${file}`, { body })).toContain(`/api/v2/${file} ${message}`);
  });

  it("that was built without a list fails even if it's served unchanged", async () => {
    expect(await wrong({ 'incidents.json': '{"incidents":{}}' })).toEqual([
      '/api/v2/incidents.json was built without a list of incidents or scheduled_maintenances',
    ]);
  });

  it('that returns an error is reported once', async () => {
    expect(await wrong(whole, '/api/v2/incidents.json', { status: 500 })).toEqual([
      '/api/v2/incidents.json returns status 500',
    ]);
  });
});
