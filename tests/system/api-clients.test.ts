import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { Statuspage } from 'statuspage.io';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtSite } from '../support/built-sites.ts';
import { serveFolder, type StaticServer } from '../support/static-server.ts';
import { launchBrowser } from './browser/browser.ts';

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
    // This client uses the address of upcoming windows for all three lists of maintenance windows.
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
