import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { Statuspage } from 'statuspage.io';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../screenshots/browser.ts';
import { sampleContent, temporaryFolder } from '../support/folders.ts';
import { root, succeed } from '../support/halfpast.ts';
import { troubled, troubledNow } from '../support/page-types.ts';
import { holdAgainstSchemas } from '../support/published-schemas.ts';
import { serveFolder, type StaticServer } from '../support/static-server.ts';
import { summaryForm } from '../support/summary-form.ts';

/** Where the included content is served. */
const address = 'https://status.example.com';
let folder: string;
let servers: { readonly calm: StaticServer; readonly troubled: StaticServer };

async function built(name: string, change: (content: string) => void): Promise<string> {
  const content = sampleContent(join(folder, name));
  change(content);
  const out = join(folder, name, 'site');
  await succeed([
    'build',
    '--content',
    content,
    '--out',
    out,
    '--cache',
    join(folder, name, 'cache'),
    '--now',
    troubledNow,
  ]);
  return out;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'halfpast-api-'));
  const calm = await serveFolder(await built('calm', () => undefined));
  servers = { calm, troubled: await serveFolder(await built('troubled', troubled)) };
});

afterAll(async () => {
  await servers.calm.close();
  await servers.troubled.close();
  rmSync(folder, { recursive: true, force: true });
});

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any JSON, as a test picks from it
type Json = { readonly [key: string]: any };

const read = (site: string, path: string): Json =>
  JSON.parse(readFileSync(join(folder, site, 'site', path), 'utf8')) as Json;

describe.each(['calm', 'troubled'])('the JSON of a %s site', (name) => {
  it('is, every file of it, as the schema says that the site publishes for it', () => {
    const { by, problems } = holdAgainstSchemas(join(folder, name, 'site'), address);
    expect(problems).toEqual([]);
    expect(Object.entries(by).filter(([, schema]) => schema === null)).toEqual([]);
    expect(new Set(Object.values(by))).toEqual(
      new Set(read(name, 'api/schema/index.json')['schemas'].map(({ name: known }: Json) => known)),
    );
  });
});

it('is refused by the published schema once a field is missing, new or of another word', () => {
  const copy = join(temporaryFolder(), 'site');
  cpSync(join(folder, 'troubled', 'site'), copy, { recursive: true });
  const summary = read('troubled', 'api/v2/summary.json');
  const [first, second, ...rest] = summary['components'];
  const { position: _, ...without } = second;
  const changed = {
    ...summary,
    status: { ...summary['status'], indicator: 'bad' },
    components: [{ ...first, more: 1 }, without, ...rest],
  };
  writeFileSync(join(copy, 'api/v2/summary.json'), JSON.stringify(changed));
  expect(holdAgainstSchemas(copy, address).problems).toEqual([
    'api/v2/summary.json /components/0 must NOT have additional properties',
    "api/v2/summary.json /components/1 must have required property 'position'",
    'api/v2/summary.json /status/indicator must be equal to one of the allowed values',
  ]);
});

describe('the client from npm, which is not ours', () => {
  function client(): Statuspage {
    const made = new Statuspage('any');
    made.setApiUrl(servers.troubled.origin);
    return made;
  }

  it('calls all eight reads', async () => {
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
    // This client has one address for its three reads of maintenances: that of those to come.
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

  it('reads in them what the page says', async () => {
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

describe('the widget that Atlassian makes for its own pages', () => {
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

it('a page that moved over answers as Statuspage did, key for key, except for ids and addresses', async () => {
  const summary = join(root, 'tests/fixtures/statuspage-calm/summary.json');
  const content = join(folder, 'moved', 'content');
  const out = join(folder, 'moved', 'site');
  await succeed(['import', 'statuspage', '--components', summary, '--content', content]);
  await succeed([
    'build',
    '--content',
    content,
    '--out',
    out,
    '--cache',
    join(folder, 'moved', 'cache'),
    '--now',
    '2026-11-22T00:00:00Z',
  ]);
  expect(summaryForm(read('moved', 'api/v2/summary.json'))).toEqual(
    summaryForm(JSON.parse(readFileSync(summary, 'utf8'))),
  );
});
