import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { write } from '../../support/folders.ts';
import { succeed } from '../../support/halfpast.ts';
import { serveFolder, type StaticServer } from '../../support/static-server.ts';
import { launchBrowser } from './browser.ts';

// A page in German, whose words are long, with everything that its header can have.
const files = {
  'site.yml':
    'name: Acme\nurl: https://status.example.com\ntime_zone: Europe/Berlin\nlocales: [de, en]\nsupport: https://example.com/help\nrepository:\n  github: example/status\nlinks:\n  - label: Website\n    url: https://example.com\n    header: true\n  - label: Impressum\n    url: https://example.com/imprint\n    header: true\n',
  'components.yml':
    'groups:\n  - name: Bezahlen und Bestellen\n    components:\n      - { id: checkout, name: Kasse und Zahlungen, since: 2026-11-20 }\n',
  'pages/help.md': '---\ntitle: Hilfe\nnavigation: 1\n---\nText.\n',
  'incidents/2026-11-22-a/2026-11-22T1400Z.md':
    '---\ntitle: Bestellungen schlagen fehl\nstatus: investigating\ncomponents:\n  checkout: partial_outage\n---\nText.\n',
};

let browser: Browser;
let server: StaticServer;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'halfpast-phone-'));
  const content = join(folder, 'content');
  for (const [path, text] of Object.entries(files)) write(content, path, text);
  const [out, cache] = [join(folder, 'site'), join(folder, 'cache')];
  await succeed(['build', '--content', content, '--out', out, '--cache', cache, '--now', '2026-11-22T15:00:30Z']);
  server = await serveFolder(out);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function onPhone(path: string, use: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  try {
    await page.goto(`${server.origin}${path}`);
    await use(page);
  } finally {
    await page.close();
  }
}

/** The vertical middle of what is shown. */
const middle = async (page: Page, selector: string): Promise<number> => {
  const box = await page.locator(selector).first().boundingBox();
  return (box?.y ?? NaN) + (box?.height ?? NaN) / 2;
};

describe('on a phone of 390 px', () => {
  it('the header has two rows, and all of its links can be reached', async () => {
    await onPhone('/', async (page) => {
      expect((await page.locator('.top').boundingBox())?.height).toBeLessThan(100);
      const last = page.locator('.nav a').last();
      expect(await last.innerText()).toBe('Impressum');
      await last.focus();
      const support = await page.locator('.actions > .button').boundingBox();
      const endOfLast = async (): Promise<number> => {
        const link = await last.boundingBox();
        return (link?.x ?? NaN) + (link?.width ?? NaN);
      };
      await expect.poll(endOfLast).toBeLessThanOrEqual(support?.x ?? 0);
    });
  });

  it('the state of a group and of a component is on the line of its name', async () => {
    await onPhone('/', async (page) => {
      expect(await page.locator('.group > summary > b').innerText()).toBe('Teilweiser Ausfall');
      for (const row of ['.group > summary', '.component > .name']) {
        const line = await page.locator(`${row} > b`).first().boundingBox();
        const name = await page.locator(`${row} > :is(h3, a)`).first().boundingBox();
        expect(line?.y, row).toBeLessThan((name?.y ?? 0) + (name?.height ?? 0));
      }
      expect(await middle(page, '.group > summary > .quiet')).toBeCloseTo(
        await middle(page, '.group > summary > b'),
        -1,
      );
    });
  });

  it('selected options in the form are readable', async () => {
    await onPhone('/compose/', async (page) => {
      const cut = await page.evaluate<string[]>(`(() => {
        const pen = document.createElement('canvas').getContext('2d');
        const arrow = 20;
        return [...document.querySelectorAll('#compose select')].filter((select) => select.offsetParent !== null).flatMap((select) => {
          const { font, paddingLeft, paddingRight } = getComputedStyle(select);
          pen.font = font;
          const room = select.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - arrow;
          const text = select.selectedOptions[0]?.text ?? '';
          return pen.measureText(text).width > room ? [select.name + ': ' + text] : [];
        });
      })()`);
      expect(cut).toEqual([]);
      // A title can be longer: what tells updates apart is before it.
      expect(await page.locator('#update option').textContent()).toMatch(
        /^22\. Nov\. 2026, 1\d:00 \S+ · Wird untersucht · /,
      );
    });
  });
});
