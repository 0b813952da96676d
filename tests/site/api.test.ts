import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { Statuspage } from 'statuspage.io';
import { afterAll, assert, beforeAll, describe, expect, it } from 'vitest';
import { v2Files } from '../../src/lib/api/v2-files.ts';
import { loadContent } from '../../src/lib/content/check-content.ts';
import { launchBrowser } from '../screenshots/browser.ts';
import { builtSite } from '../support/built-sites.ts';
import { temporaryFolder } from '../support/folders.ts';
import { root, succeed } from '../support/halfpast.ts';
import { holdAgainstSchemas } from '../support/published-schemas.ts';
import { serveFolder, type StaticServer } from '../support/static-server.ts';
import { summaryForm } from '../support/summary-form.ts';

const sites = { calm: builtSite('calm'), troubled: builtSite('troubled') };
let servers: { readonly calm: StaticServer; readonly troubled: StaticServer };

beforeAll(async () => {
  servers = {
    calm: await serveFolder(sites.calm.site),
    troubled: await serveFolder(sites.troubled.site),
  };
});

afterAll(async () => {
  await servers.calm.close();
  await servers.troubled.close();
});

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any JSON, as a test picks from it
type Json = { readonly [key: string]: any };

const read = (name: keyof typeof sites, path: string): Json =>
  JSON.parse(readFileSync(join(sites[name].site, path), 'utf8')) as Json;

describe.each(['calm', 'troubled'] as const)('the JSON of a %s site', (name) => {
  it('matches, file by file, the schemas that the site publishes', () => {
    const { by, problems } = holdAgainstSchemas(sites[name].site, sites[name].address);
    expect(problems).toEqual([]);
    expect(Object.entries(by).filter(([, schema]) => schema === null)).toEqual([]);
    expect(new Set(Object.values(by))).toEqual(
      new Set(read(name, 'api/schema/index.json')['schemas'].map(({ name: known }: Json) => known)),
    );
  });
});

it('fails the published schema when a field is missing, unknown or has another value', () => {
  const copy = join(temporaryFolder(), 'site');
  cpSync(sites.troubled.site, copy, { recursive: true });
  const summary = read('troubled', 'api/v2/summary.json');
  const [first, second, ...rest] = summary['components'];
  const { position: _, ...without } = second;
  const changed = {
    ...summary,
    status: { ...summary['status'], indicator: 'bad' },
    components: [{ ...first, more: 1 }, without, ...rest],
  };
  writeFileSync(join(copy, 'api/v2/summary.json'), JSON.stringify(changed));
  expect(holdAgainstSchemas(copy, sites.troubled.address).problems).toEqual([
    'api/v2/summary.json /components/0 must NOT have additional properties',
    "api/v2/summary.json /components/1 must have required property 'position'",
    'api/v2/summary.json /status/indicator must be equal to one of the allowed values',
  ]);
});

describe('the statuspage.io client from npm', () => {
  function client(): Statuspage {
    const made = new Statuspage('any');
    made.setApiUrl(servers.troubled.origin);
    return made;
  }

  it('can read all eight addresses', async () => {
    const { api } = client();
    const answers = await Promise.all([
      ...[
        api.getSummary(),
        api.getStatus(),
        api.getComponents(),
        api.incidents.getAll(),
        api.incidents.getUnresolved(),
      ],
      ...[
        api.scheduledMaintenances.getAll(),
        api.scheduledMaintenances.getUpcoming(),
        api.scheduledMaintenances.getActive(),
      ],
    ]);
    const file = (path: string): Json => read('troubled', `api/v2/${path}.json`);
    const upcoming = file('scheduled-maintenances/upcoming');
    // This client uses one address, that of upcoming windows, for all three lists of maintenance windows.
    expect(answers).toEqual([
      ...['summary', 'status', 'components', 'incidents', 'incidents/unresolved'].map(file),
      upcoming,
      upcoming,
      upcoming,
    ]);
    expect(upcoming['scheduled_maintenances'].map(({ status }: Json) => status)).toEqual(['scheduled']);
    for (const path of ['scheduled-maintenances', 'scheduled-maintenances/active']) {
      const response = await fetch(`${servers.troubled.origin}/api/v2/${path}.json`);
      expect([response.status, await response.json()]).toEqual([200, file(path)]);
    }
  });

  it('gets the incidents and component states that the page shows', async () => {
    const { api } = client();
    const { incidents } = await api.incidents.getUnresolved();
    expect(incidents.map(({ name, status, impact }) => ({ name, status, impact }))).toEqual([
      { name: 'Nobody answers the phone', status: 'identified', impact: 'minor' },
      { name: 'Gift cards cannot be bought', status: 'investigating', impact: 'major' },
    ]);
    const { components } = await api.getComponents();
    const affected = components
      .filter(({ status, group }) => status !== 'operational' && (group as unknown) === false)
      .map(({ name, status }) => `${name} ${status}`);
    expect(affected.sort()).toEqual([
      'Card payments partial_outage',
      'Checkout major_outage',
      'Customer accounts degraded_performance',
      'Webhooks under_maintenance',
    ]);
    const active = read('troubled', 'api/v2/scheduled-maintenances/active.json')['scheduled_maintenances'];
    expect(active.map(({ name, status }: Json) => [name, status])).toEqual([['Webhooks move house', 'in_progress']]);
  });
});

const widget = join(
  createRequire(import.meta.url).resolve('@statuspage/status-widget/package.json'),
  '..',
  'dist',
  'index.js',
);

describe('Atlassian’s status widget', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it.each([
    ['calm', 'none', 'All Systems Operational'],
    ['troubled', 'major', 'Partial System Outage'],
  ] as const)('shows the state of a %s site', async (name, indicator, description) => {
    const page = await browser.newPage();
    const { origin } = servers[name];
    await page.route(`${origin}/elsewhere`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><title>Elsewhere</title><statuspage-widget src="${origin}"></statuspage-widget>`,
      }),
    );
    await page.goto(`${origin}/elsewhere`);
    await page.addScriptTag({ path: widget });
    const state = page.locator('statuspage-widget .status-text');
    await state.waitFor();
    expect(await state.innerText()).toBe(description);
    expect(await page.locator('statuspage-widget .status-indicator').getAttribute('class')).toContain(indicator);
    await page.close();
  });
});

it('a page imported from Statuspage answers as before, key for key, except for ids and addresses', async () => {
  const summary = join(root, 'tests/fixtures/statuspage-calm/summary.json');
  const content = join(temporaryFolder(), 'content');
  await succeed(['import', 'statuspage', '--components', summary, '--content', content]);
  const checked = await loadContent(content, Date.parse('2026-11-22T00:00Z'));
  assert('site' in checked);
  expect(summaryForm(JSON.parse(JSON.stringify(v2Files(checked.site).summary)))).toEqual(
    summaryForm(JSON.parse(readFileSync(summary, 'utf8'))),
  );
});
