import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { builtSite } from '../../support/built-sites.ts';
import { pageTypes, troubledNow } from '../../support/page-types.ts';
import { serveFolder, type StaticServer } from '../../support/static-server.ts';

let browser: Browser;
let server: StaticServer;

beforeAll(async () => {
  server = await serveFolder(builtSite('troubled').site);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

type Look = { readonly colorScheme: 'light' | 'dark'; readonly width: number; readonly script: boolean };

async function open(
  path: string,
  { colorScheme, width, script }: Look,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    colorScheme,
    javaScriptEnabled: script,
    viewport: { width, height: 800 },
  });
  try {
    const page = await context.newPage();
    await page.goto(`${server.origin}${path}`);
    await use(page);
  } finally {
    await context.close();
  }
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Elements whose text overflows their box, except those that are meant to scroll on their own. */
const cutOff = `[...document.querySelectorAll('body *')]
  .filter((element) => !element.closest('pre, table, .copy, .skip, .unseen, .nav, svg'))
  .filter((element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline')
  .map((element) => element.outerHTML.slice(0, 120))`;

describe.each(pageTypes)('%s', (path) => {
  it('has no accessibility violations at 360 px, in light and dark', async () => {
    const context = await browser.newContext({ colorScheme: 'light', viewport: { width: 360, height: 800 } });
    const page = await context.newPage();
    // axe is a script, so scripts stay on and only the page's own are blocked. That way, axe sees the page without
    // JavaScript.
    await page.route('**/*', async (route) => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        headers: { ...response.headers(), 'content-security-policy': "script-src 'none'" },
      });
    });
    await page.goto(`${server.origin}${path}`);
    const light = await new AxeBuilder({ page }).withTags(rules).setLegacyMode().analyze();
    await page.emulateMedia({ colorScheme: 'dark' });
    // Only colors differ.
    const dark = await new AxeBuilder({ page }).withRules(['color-contrast']).setLegacyMode().analyze();
    await context.close();
    const violations = [...light.violations, ...dark.violations];
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
    expect(light.passes.length).toBeGreaterThan(5);
    expect(dark.passes.map(({ id }) => id)).toEqual(['color-contrast']);
  });

  it('fits 320 px without horizontal scrolling, and 360 px with text at 200%, and has one h1', async () => {
    await open(path, { colorScheme: 'light', width: 320, script: false }, async (page) => {
      const width = 'document.documentElement.scrollWidth';
      expect(await page.evaluate(width)).toBeLessThanOrEqual(320);
      expect(await page.evaluate(cutOff), '320 px').toEqual([]);
      expect(await page.locator('h1').count()).toBe(1);
      expect(await page.locator('link[rel=alternate][type="application/rss+xml"]').count()).toBeGreaterThanOrEqual(2);
      await page.evaluate("document.documentElement.style.fontSize = '200%'");
      for (const wide of [360, 1280]) {
        await page.setViewportSize({ width: wide, height: 800 });
        expect(await page.evaluate('getComputedStyle(document.body).fontSize')).toMatch(/^(?:32|28)px$/);
        expect(await page.evaluate(width)).toBeLessThanOrEqual(wide);
        expect(await page.evaluate(cutOff), `${wide} px`).toEqual([]);
      }
    });
  });

  it('is painted after one request, logs no errors, and blocks all other scripts and styles', async () => {
    await open('/robots.txt', { colorScheme: 'light', width: 360, script: true }, async (page) => {
      const asked: string[] = [];
      const errors: string[] = [];
      page.on('request', (request) => {
        const { origin, pathname } = new URL(request.url());
        if (request.url().startsWith('data:')) return;
        if (origin !== server.origin || request.resourceType() !== 'image')
          asked.push(`${request.resourceType()} ${origin === server.origin ? pathname : request.url()}`);
      });
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => {
        if (/Content Security Policy|Trusted Type|Refused/.test(message.text())) errors.push(message.text());
      });
      await page.goto(`${server.origin}${path}`);
      // Space is reserved for images, so there's no need to wait for them.
      const painted = 'performance.getEntriesByType("paint").map((entry) => entry.name)';
      await expect.poll(() => page.evaluate(painted)).toContain('first-contentful-paint');
      expect({ asked, errors }).toEqual({ asked: [`document ${path}`], errors: [] });
      expect(await page.evaluate('document.head.children[1].httpEquiv')).toBe('Content-Security-Policy');
      expect(await page.evaluate('document.querySelector("meta[name=referrer]").content')).toBe('no-referrer');
      // The policy also applies to elements made by scripts.
      const tried = await page.evaluate<{ ran: boolean; color: string }>(`(() => {
        const style = document.createElement('style');
        style.textContent = 'h1 { color: rgb(1, 2, 3) !important }';
        document.head.append(style);
        document.querySelector('h1').setAttribute('style', 'color: rgb(1, 2, 3)');
        const script = document.createElement('script');
        try { script.append('window.ran = true'); document.body.append(script); } catch {}
        return { ran: 'ran' in window, color: getComputedStyle(document.querySelector('h1')).color };
      })()`);
      expect(tried.ran).toBe(false);
      expect(tried.color).not.toBe('rgb(1, 2, 3)');
    });
  });
});

describe('the index during an incident, without JavaScript', () => {
  it('shows what is affected, whether customer data is safe, what is being done, and when the next update is due', async () => {
    await open('/', { colorScheme: 'light', width: 360, script: false }, async (page) => {
      expect(await page.locator('h1').innerText()).toBe('Partial System Outage');
      const card = page.locator('article', { hasText: 'Gift cards cannot be bought' });
      const text = await card.innerText();
      expect(text).toContain('We are checking whether customer data is affected');
      expect(text, 'copied, a state stays on the line of its component').toMatch(/Checkout Major outage/);
      expect(text).toContain('We are looking into it.');
      expect(text).toMatch(/Next update overdue since\s*20 Nov 2026, 18:30 CET/);
      expect(text.indexOf('customer data')).toBeLessThan(text.indexOf('Checkout '));
      expect(await page.getByRole('link', { name: 'our help pages' }).first().getAttribute('href')).toBe(
        'https://www.example.com/support',
      );
      expect(await page.locator('article table').count()).toBe(1);
    });
  });

  it('shows these four on the first screen of a phone', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 640 } });
    const page = await context.newPage();
    await page.goto(`${server.origin}/`);
    const card = page.locator('article').first();
    const parts = {
      affected: card.locator('.chips li').nth(1),
      data: card.getByText('We are checking whether customer data is affected'),
      doing: card.getByText('We are looking into it.'),
      next: card.getByText('Next update overdue since'),
    };
    expect(await parts.affected.innerText()).toBe('Checkout Major outage');
    for (const [what, part] of Object.entries(parts)) {
      // For a paragraph, only the end of its first text counts, since the rest may be long.
      const bottom = await part.evaluate((element) => {
        const words = document.createRange();
        words.selectNodeContents(element.matches('p') ? (element.firstChild ?? element) : element);
        return words.getBoundingClientRect().bottom;
      });
      expect(bottom, what).toBeGreaterThan(100);
      expect(bottom, what).toBeLessThanOrEqual(640);
    }
    await context.close();
  });

  it('shows maintenance as running once its window has begun, without an update', async () => {
    await open('/', { colorScheme: 'light', width: 1100, script: false }, async (page) => {
      const card = page.locator('article', { hasText: 'Webhooks move house' });
      expect(await card.innerText()).toContain('In progress');
      expect(await page.locator('.component', { hasText: 'Webhooks' }).innerText()).toContain('Under maintenance');
    });
  });

  it.each([
    [
      '2026-11-20-gift-cards',
      /^Gift cards cannot be bought\s+We are checking whether customer data is affected\s+Checkout Major outage\s[^]+Next update overdue[^]+Investigating/,
    ],
    [
      '2026-04-21-shop-closed',
      /^Breach [^\n]+\s+Customer data is affected\s+At its worst:\s+Website Major outage\s[^]+\sResolved 22 Apr 2026, 09:30 CEST after 23 hours 21 minutes/,
    ],
  ])('shows the facts of the incident %s in the order of their weight', async (slug, facts) => {
    await open(`/incidents/${slug}/`, { colorScheme: 'light', width: 360, script: false }, async (page) => {
      expect(await page.locator('main .card').first().innerText()).toMatch(facts);
    });
  });

  it('lists maintenance on the page of its component', async () => {
    await open('/components/webhooks/', { colorScheme: 'light', width: 360, script: false }, async (page) => {
      expect(
        await page.locator('section', { has: page.getByRole('heading', { name: 'Maintenance' }) }).innerText(),
      ).toMatch(/Webhooks move house\s+In progress\s· Maintenance\s· 20 Nov 2026, 19:00 CET to 21:00 CET/);
    });
  });

  it('shows each update at its anchor on the page of the incident', async () => {
    await open(
      '/incidents/2026-11-20-gift-cards/#2026-11-20T1700Z',
      { colorScheme: 'light', width: 360, script: false },
      async (page) => {
        expect(await page.locator(':target').innerText()).toContain('We are looking into it.');
      },
    );
  });
});

describe('a postmortem on a wide screen', () => {
  it('starts at the same height as the updates next to it', async () => {
    await open(
      '/postmortems/2026-04-21-shop-closed/',
      { colorScheme: 'light', width: 1280, script: false },
      async (page) => {
        const [text, told] = await Promise.all(
          ['.beside > .text > p', '#told'].map((selector) => page.locator(selector).first().boundingBox()),
        );
        expect(told?.x).toBeGreaterThan(text?.x ?? Infinity);
        expect(Math.abs((told?.y ?? Infinity) - (text?.y ?? 0))).toBeLessThanOrEqual(2);
      },
    );
  });
});

describe('the form', () => {
  it.each([
    ['light', 'rgb(86, 94, 104)'],
    ['dark', 'rgb(155, 164, 175)'],
  ] as const)('shows its examples in %s in the quiet color, with enough contrast', async (colorScheme, quiet) => {
    await open('/compose/', { colorScheme, width: 360, script: true }, async (page) => {
      expect(await page.locator('#title').evaluate((input) => getComputedStyle(input, '::placeholder').color)).toBe(
        quiet,
      );
    });
  });
});

describe('a time', () => {
  it('stays on one line of a phone where it fits', async () => {
    await open(
      '/maintenance/2026-12-01-checkout-database/',
      { colorScheme: 'light', width: 360, script: false },
      async (page) => {
        const times = page.locator('.band time');
        expect(await times.count()).toBe(2);
        for (const time of await times.all())
          expect(
            await time.evaluate((element) => {
              const words = document.createRange();
              words.selectNodeContents(element);
              return words.getClientRects().length;
            }),
          ).toBe(1);
      },
    );
  });
});

describe('the keyboard', () => {
  it('reaches every link and group on the index, in view and with a focus ring, starting with the skip link', async () => {
    await open('/', { colorScheme: 'light', width: 360, script: false }, async (page) => {
      const reachable = await page.locator('a[href]:visible, summary:visible').count();
      const held: string[] = [];
      for (let step = 0; step < reachable; step += 1) {
        await page.keyboard.press('Tab');
        held.push(
          await page.evaluate<string>(`(() => {
          const element = document.activeElement;
          const { width, height, left, right } = element.getBoundingClientRect();
          const style = getComputedStyle(element);
          const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
          return (marked && width > 0 && height > 0 && left >= 0 && right <= innerWidth ? 'ok ' : 'not seen ') + element.localName + ' ' + element.textContent.trim();
        })()`),
        );
      }
      expect(held[0]).toBe('ok a Skip to content');
      expect(held.filter((one) => !one.startsWith('ok '))).toEqual([]);
      expect(held.filter((one) => one.startsWith('ok summary')).length).toBe(await page.locator('summary').count());
    });
  });

  it('follows the skip link past the navigation', async () => {
    await open('/', { colorScheme: 'light', width: 360, script: false }, async (page) => {
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      expect(await page.evaluate("document.activeElement.closest('main') !== null")).toBe(true);
    });
  });
});

describe('the days of a component', () => {
  const look = { colorScheme: 'light', width: 360, script: true } as const;
  const row = (page: Page, name = 'Card payments') => page.locator('.component', { hasText: name });
  const details = (page: Page) => page.locator('.day');
  /** Moves the pointer to a day, from 0 for the oldest to 89. */
  async function point(page: Page, bars: ReturnType<Page['locator']>, day: number, mirrored = false): Promise<void> {
    await bars.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await bars.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const share = (day + 0.5) / 90;
    await page.mouse.move(x + width * (mirrored ? 1 - share : share), y + height / 2);
  }
  const outage = /^18 Nov 2026\nPartial outage for \d+ minutes\nCard payments fail for customers of one bank$/;

  it('are shown under the pointer, which can move on to the link of an incident', async () => {
    await open('/', { ...look, width: 1280 }, async (page) => {
      await point(page, row(page).locator('.bars'), 87);
      expect(await details(page).innerText()).toMatch(outage);
      await details(page).getByRole('link').click();
      expect(page.url()).toContain('/incidents/2026-11-18-card-payments-one-bank/');
    });
  });

  it('are shown after a tap, which does not follow the link of the row, and go away after the next', async () => {
    const context = await browser.newContext({ hasTouch: true, viewport: { width: 360, height: 800 } });
    const page = await context.newPage();
    await page.goto(`${server.origin}/`);
    const bars = row(page).locator('.bars');
    await bars.scrollIntoViewIfNeeded();
    const box = (await bars.boundingBox()) ?? { x: 0, y: 0, width: 0 };
    await page.touchscreen.tap(box.x + (box.width * 87.5) / 90, box.y + 5);
    expect(await details(page).innerText()).toMatch(outage);
    expect(new URL(page.url()).pathname).toBe('/');
    await page.touchscreen.tap(5, box.y);
    expect(await details(page).innerText()).toBe('');
    await context.close();
  });

  it('are reached with one Tab per row and the arrow keys, and announced', async () => {
    await open('/', look, async (page) => {
      const link = row(page).getByRole('link');
      expect(await row(page).locator('a, [tabindex]').count()).toBe(1);
      await page.keyboard.press('Tab');
      await link.focus();
      expect(await details(page).getAttribute('role')).toBe('status');
      expect(await details(page).innerText()).toMatch(/^20 Nov 2026\nPartial outage for/);
      for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key);
      expect(await details(page).innerText()).toMatch(outage);
      await page.keyboard.press('Home');
      expect(await details(page).innerText()).toMatch(/^23 Aug 2026\nOperational$/);
      await page.keyboard.press('Escape');
      expect(await details(page).innerText()).toBe('');
      await page.keyboard.press('Tab');
      expect(await details(page).innerText()).toMatch(/^20 Nov 2026\n/);
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/components/card-payments/');
    });
  });

  it.each([
    ['ltr', false],
    ['rtl', true],
  ])('stay in the window at its edges, with text from %s', async (dir, mirrored) => {
    await open('/', look, async (page) => {
      await page.evaluate(`document.documentElement.dir = '${dir}'`);
      for (const [day, date] of [
        [0, '23 Aug 2026'],
        [89, '20 Nov 2026'],
      ] as const) {
        await point(page, row(page).locator('.bars'), day, mirrored);
        expect(await details(page).innerText()).toContain(date);
        const box = await details(page).boundingBox();
        expect(box?.x).toBeGreaterThanOrEqual(0);
        expect((box?.x ?? 0) + (box?.width ?? Infinity)).toBeLessThanOrEqual(360);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      }
      await page.evaluate("document.querySelector('.component .bars').scrollIntoView()");
      await point(page, page.locator('.component .bars').first(), 40, mirrored);
      expect((await details(page).boundingBox())?.y, 'below the bars at the top').toBeGreaterThan(0);
    });
  });

  it('are on the page of the component, also without scripts, where the whole row leads there', async () => {
    await open('/', { ...look, script: false }, async (page) => {
      await row(page).locator('.bars').click({ force: true });
      expect(new URL(page.url()).pathname).toBe('/components/card-payments/');
      expect(await page.locator('main .card').innerText()).toMatch(
        /18 November 2026:\s+Partial outage for \d+ minutes ·\s+Card payments fail/,
      );
    });
    await open('/components/card-payments/', look, async (page) => {
      await page.locator('.bars').focus();
      await page.keyboard.press('End');
      expect(await details(page).innerText()).toMatch(/^20 Nov 2026\nPartial outage for/);
    });
  });

  it('have a system color where colors are forced', async () => {
    const page = await browser.newPage({ forcedColors: 'active' });
    await page.goto(`${server.origin}/`);
    const strokes = await row(page)
      .locator('.bars > path')
      .evaluateAll((all) => all.map((path) => getComputedStyle(path).stroke));
    expect(new Set(strokes).size).toBe(2);
    await page.close();
  });
});

describe('the copy buttons', () => {
  it.each(['/subscribe/', '/developers/'])(
    'of %s copy the text next to them, and are hidden without scripts',
    async (path) => {
      const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
      const page = await context.newPage();
      await page.goto(`${server.origin}${path}`);
      const buttons = page.getByRole('button', { name: 'Copy' });
      const texts = await page.locator('.copy > code').allTextContents();
      expect(texts.length).toBeGreaterThan(6);
      expect(await buttons.count()).toBe(texts.length);
      await buttons.nth(2).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(texts[2]);
      await context.close();
      await open(path, { colorScheme: 'light', width: 360, script: false }, async (page) => {
        expect(await page.locator('.copy > button:visible').count()).toBe(0);
      });
    },
  );
});

describe('the search of the library', () => {
  it('leaves the postmortems that have every word, with their lessons', async () => {
    await open('/postmortems/', { colorScheme: 'light', width: 1280, script: true }, async (page) => {
      const left = async (typed: string): Promise<readonly number[]> => {
        await page.getByRole('searchbox').fill(typed);
        return Promise.all(['.post', '.lessons'].map((entry) => page.locator(`${entry}:visible`).count()));
      };
      const [posts = 0, lessons = 0] = await left('');
      expect(posts).toBeGreaterThan(1);
      const title = (await page.locator('.post a').first().textContent()) ?? '';
      expect(await left(title.toUpperCase())).toEqual([1, 1]);
      expect(await left('nosuchword')).toEqual([0, 0]);
      expect(await page.getByRole('status').textContent()).toBe('No postmortem matches.');
      expect(await left('')).toEqual([posts, lessons]);
    });
    await open('/postmortems/', { colorScheme: 'light', width: 1280, script: false }, async (page) => {
      expect(await page.locator('#search').isVisible()).toBe(false);
    });
  });
});

describe('the figures by year', () => {
  it('fit a phone without horizontal scrolling', async () => {
    await open('/postmortems/', { colorScheme: 'light', width: 360, script: false }, async (page) => {
      const table = page.locator('table.figures');
      expect(await table.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(1);
      const years = await table.locator('tbody th').allInnerTexts();
      expect(years.map((year) => year.slice(0, 4))).toEqual(['2026', '2025']);
      expect(
        years.map((year) => year.endsWith('so far')),
        'the year that is not over',
      ).toEqual([true, false]);
      expect(await page.locator('.plot').count(), 'of two years').toBe(0);
    });
  });
});

describe('a postmortem', () => {
  const path = '/postmortems/2026-07-21-nothing-can-be-bought/';
  const box = (page: Page, selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate(
        (element) =>
          ({ ...JSON.parse(JSON.stringify(element.getBoundingClientRect())) }) as {
            left: number;
            right: number;
            top: number;
            bottom: number;
            width: number;
          },
      );

  it('has lines of at most 80 characters, with the updates next to it, or below it on narrow screens', async () => {
    await open(path, { colorScheme: 'light', width: 1280, script: false }, async (page) => {
      const [text, told, line] = [
        await box(page, '.article .text'),
        await box(page, '.told'),
        await page
          .locator('.body p')
          .first()
          .evaluate(
            (p) =>
              (p.textContent ?? '').length /
              (p.getBoundingClientRect().height / parseFloat(getComputedStyle(p).lineHeight)),
          ),
      ];
      expect(told.left).toBeGreaterThan(text.right);
      expect(Math.abs(told.top - text.top)).toBeLessThan(12);
      expect(told.right).toBeLessThanOrEqual(1280);
      expect(line).toBeGreaterThan(40);
      expect(line).toBeLessThan(80);
      await page.setViewportSize({ width: 360, height: 800 });
      expect((await box(page, '.told')).top).toBeGreaterThan((await box(page, '.article .text')).bottom);
    });
  });

  it('has links to its headings, which the keyboard can reach', async () => {
    await open(path, { colorScheme: 'light', width: 1280, script: false }, async (page) => {
      const link = page.getByRole('link', { name: 'Link to “How we noticed”' });
      const seen = () => link.evaluate((element) => getComputedStyle(element).opacity);
      expect(await seen()).toBe('0');
      await page.getByRole('link', { name: 'Link to “What we did, and when”' }).focus();
      await page.keyboard.press('Tab');
      expect(await seen()).toBe('1');
      await page.keyboard.press('Enter');
      expect(await page.locator(':target').innerText()).toBe('How we noticed');
      expect(await page.getByRole('heading', { name: 'How we noticed', exact: true }).count()).toBe(1);
    });
  });

  it('links from each excerpt to the update', async () => {
    await open(path, { colorScheme: 'light', width: 360, script: false }, async (page) => {
      const lines = page.locator('.told li');
      expect(await lines.count()).toBeGreaterThan(4);
      expect(await lines.first().innerText()).toMatch(/21 Jul 2026, 11:24 CEST\s+Investigating\s+Since about 11:00/);
      await lines.first().getByRole('link').click();
      expect(await page.locator(':target').innerText()).toContain('Since about 11:00');
    });
  });
});

describe('the logo', () => {
  /** The color in the middle of an image, as `red,green,blue`. */
  async function middle(png: Buffer): Promise<string> {
    const page = await browser.newPage();
    const color = await page.evaluate<string>(`(async () => {
      const image = new Image();
      image.src = 'data:image/png;base64,${png.toString('base64')}';
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
      canvas.drawImage(image, 0, 0);
      return [...canvas.getImageData(image.width / 2, image.height / 2, 1, 1).data].slice(0, 3).join();
    })()`);
    await page.close();
    return color;
  }

  it.each([
    ['light', '29,35,39'],
    ['dark', '255,255,255'],
  ] as const)('has its own color in %s', async (colorScheme, color) => {
    await open('/', { colorScheme, width: 360, script: false }, async (page) => {
      expect(await middle(await page.locator('header img').screenshot())).toBe(color);
    });
  });
});

describe('in print', () => {
  it('a page has no navigation, and all groups are open', async () => {
    await open('/', { colorScheme: 'dark', width: 800, script: false }, async (page) => {
      await page.emulateMedia({ media: 'print' });
      expect(
        await page.locator('nav').evaluateAll((all) => all.filter((one) => one.getClientRects().length > 0).length),
      ).toBe(0);
      await page.evaluate("document.querySelectorAll('details').forEach((group) => (group.open = false))");
      const rows = await page
        .locator('.component')
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
      expect(rows.length).toBe(10);
      expect(rows.filter((height) => height < 40)).toEqual([]);
      expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('light');
    });
  });

  it('headings of components and groups stay with the first component, and no component is split', async () => {
    await open('/', { colorScheme: 'light', width: 800, script: false }, async (page) => {
      await page.emulateMedia({ media: 'print' });
      const rule = async (selector: string, name: 'breakAfter' | 'breakInside') =>
        new Set(
          await page.locator(selector).evaluateAll((all, name) => all.map((one) => getComputedStyle(one)[name]), name),
        );
      expect(await rule('#components, .group > summary', 'breakAfter')).toEqual(new Set(['avoid']));
      expect(await rule('.component', 'breakInside')).toEqual(new Set(['avoid']));
    });
  });

  it('a month stays with its first incident, and no incident is split', async () => {
    await open('/history/', { colorScheme: 'light', width: 680, script: false }, async (page) => {
      await page.emulateMedia({ media: 'print' });
      const [heads, entries] = [page.locator('.month > .head'), page.locator('.month .entry')];
      const after = await heads.evaluateAll((all) => all.map((one) => getComputedStyle(one).breakAfter));
      const inside = await entries.evaluateAll((all) => all.map((one) => getComputedStyle(one).breakInside));
      expect(new Set([...after, ...inside])).toEqual(new Set(['avoid']));
      expect(inside.length).toBeGreaterThan(after.length);
    });
  });

  /** How far the dots of a timeline extend past the left edge of the paper, in pixels. Above 0, they're cut off. */
  const stickOut = `Math.max(...[...document.querySelectorAll('.timeline > li')].map((li) => -li.getBoundingClientRect().left - li.clientLeft - parseFloat(getComputedStyle(li, '::before').insetInlineStart)))`;

  it.each(['/incidents/2026-04-21-shop-closed/', '/postmortems/2026-04-21-shop-closed/'])(
    'shows the dots of the timeline at %s in full',
    async (path) => {
      await open(path, { colorScheme: 'light', width: 680, script: false }, async (page) => {
        await page.emulateMedia({ media: 'print' });
        expect(await page.evaluate(stickOut)).toBeLessThanOrEqual(0);
      });
    },
  );

  it('links in texts are followed by their address', async () => {
    await open(
      '/incidents/2026-11-20-gift-cards/',
      { colorScheme: 'light', width: 800, script: false },
      async (page) => {
        await page.emulateMedia({ media: 'print' });
        const after = await page
          .getByRole('link', { name: 'our help pages' })
          .evaluate((link) => getComputedStyle(link, '::after').content);
        expect(after).toContain('https://www.example.com/support');
      },
    );
  });
});

describe('a feed opened in a browser', () => {
  it.each(['/rss.xml', '/atom.xml', '/maintenance/rss.xml', '/postmortems/rss.xml'])(
    '%s links each title to what it is about',
    async (path) => {
      await open(path, { colorScheme: 'light', width: 360, script: true }, async (page) => {
        const links = await page.evaluate<string[]>(
          "[...document.querySelectorAll('item, entry')].map((e) => e.querySelector('title > a').href === (e.querySelector('link').textContent || e.querySelector('link').getAttribute('href')) ? e.querySelector('a').textContent : '')",
        );
        expect(links.length).toBeGreaterThan(0);
        expect(links).not.toContain('');
      });
    },
  );

  it.each(['/rss.xml', '/atom.xml', '/maintenance/rss.xml', '/components/checkout/rss.xml'])(
    '%s says what it is and lists titles and times, never escaped HTML',
    async (path) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await open(path, { colorScheme, width: 360, script: false }, async (page) => {
          const before = "getComputedStyle(document.documentElement, '::before').content";
          expect(await page.evaluate(before)).toContain(
            'This is a feed. To get every new item, copy its address into your feed reader.',
          );
          const shown = await page.evaluate<string[]>(
            "[...document.querySelectorAll('*')].filter((e) => e.children.length === 0 && e.getClientRects().length > 0).map((e) => e.localName)",
          );
          expect(new Set(shown)).toEqual(
            new Set([
              'title',
              'link',
              ...(path === '/atom.xml' ? ['subtitle', 'published'] : ['description', 'pubDate']),
            ]),
          );
          const said = await page.evaluate<string>(
            "[...document.querySelectorAll('*')].filter((e) => e.children.length === 0 && e.getClientRects().length > 0).map((e) => e.textContent).join(' ')",
          );
          expect(said).toContain(
            'maintenance/rss.xml' === path.slice(1) ? 'Webhooks move house' : 'Gift cards cannot be bought',
          );
          expect(said).not.toContain('<p>');
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
          expect(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor')).toBe(
            colorScheme === 'light' ? 'rgb(250, 250, 250)' : 'rgb(13, 15, 18)',
          );
        });
      }
    },
  );
});

/** Opens a page at this time, in New York's time zone unless another one is given. */
async function openAt(now: string, path: string, use: (page: Page) => Promise<void>, timezoneId = 'America/New_York') {
  const context = await browser.newContext({ timezoneId, viewport: { width: 360, height: 800 } });
  const page = await context.newPage();
  await page.clock.install({ time: new Date(now) });
  await page.goto(`${server.origin}${path}`);
  await use(page);
  await context.close();
}

describe('times', () => {
  it('are relative and in the reader’s zone, with the site’s zone in a tooltip', async () => {
    await openAt(troubledNow, '/', async (page) => {
      const card = page.locator('article', { hasText: 'Gift cards cannot be bought' });
      const update = card.locator('.when time');
      expect(await update.innerText()).toBe('1 hour ago · 12:00 your time');
      expect(await update.getAttribute('title')).toBe('20 Nov 2026, 18:00 CET');
      expect(await card.locator('.promise').innerText()).toMatch(
        /^Next update overdue since\s+12:30 your time · 1 hour ago$/,
      );
      expect(await page.locator('.banner').innerText()).toMatch(/2 active incidents\s+Updated now$/);
      expect(await page.locator('.ahead summary').innerText()).toMatch(
        /1 Dec 2026, 17:00 GMT-5 to 19:00 · in 11 days$/,
      );
      expect(await page.locator('.zone').innerText()).toBe('Times are in your time zone (America/New_York).');
    });
  });

  it('name their zone where they are old, and are as in the page for readers in the site’s zone', async () => {
    const resolved = '/incidents/2026-04-21-shop-closed/';
    await openAt(troubledNow, resolved, async (page) => {
      expect(await page.locator('.promise time').innerText()).toBe('22 Apr 2026, 03:30 GMT-4');
    });
    await openAt(
      troubledNow,
      '/',
      async (page) => {
        expect(await page.locator('.when time').first().innerText()).toBe('1 hour ago · 18:00');
      },
      'Europe/Berlin',
    );
    await openAt(
      troubledNow,
      resolved,
      async (page) => {
        expect(await page.locator('.promise time').innerText()).toBe('22 Apr 2026, 09:30 CEST');
      },
      'Europe/Berlin',
    );
  });

  it('show when a promise passes while the page is open', async () => {
    await openAt('2026-11-20T17:29:30Z', '/incidents/2026-11-20-gift-cards/', async (page) => {
      await page.evaluate(`(() => {
        const promise = document.querySelector('.promise');
        promise.classList.remove('overdue');
        promise.firstChild.textContent = 'Next update by ';
      })()`);
      await page.clock.runFor(60_000);
      expect(await page.locator('.promise').innerText()).toMatch(/^Next update by\s+12:30 your time · now$/);
      await page.clock.runFor(60_000);
      expect(await page.locator('.promise.overdue').innerText()).toMatch(
        /overdue since\s+12:30 your time · 1 minute ago$/,
      );
    });
  });
});

describe.each(pageTypes.filter((path) => path !== '/compose/'))('the scripts of %s', (path) => {
  it('move nothing on the first screen by more than a line, even when a browser paints before they run', async () => {
    for (const width of [360, 1280]) {
      const context = await browser.newContext({ timezoneId: 'Asia/Kolkata', viewport: { width, height: 800 } });
      const page = await context.newPage();
      await page.clock.setFixedTime(new Date(troubledNow));
      const tops = async (): Promise<number[]> => {
        await page.goto(`${server.origin}${path}`);
        return page.evaluate(
          "[...document.querySelectorAll('main :not(script)')].map((e) => e.getBoundingClientRect().top)",
        );
      };
      const withScripts = await tops();
      await page.route('**/*', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: (await response.text()).replaceAll(/<script.*?<\/script>/gs, '') });
      });
      const before = await tops();
      const moved = before.flatMap((top, index) => (top < 800 ? Math.abs(top - (withScripts[index] ?? NaN)) : []));
      // A line may wrap if the name of the zone is longer.
      expect(Math.max(0, ...moved), `${width} px`).toBeLessThan(28);
      await context.close();
    }
  });
});

describe('a page that is left open', () => {
  const release = (now: string) => ({ json: { now } });
  const builtAt = new Date(troubledNow).toISOString();

  it.each([
    ['nothing new', (html: string) => html, null],
    [
      'an update',
      (html: string) => html.replace('#2026-11-20T1700Z', '#2026-11-20T1845Z'),
      'A new update has been posted.',
    ],
    ['a state', (html: string) => html.replace('Partial System Outage</h1>', 'Calm</h1>'), 'This page has changed.'],
  ])('offers %s, and moves nothing', async (_, change, news) => {
    await openAt(troubledNow, '/', async (page) => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      let now = troubledNow;
      await page.route('**/release.json', (route) => route.fulfill(release(now)));
      await page.route(`${server.origin}/`, async (route) => {
        const response = await route.fetch();
        const html = (await response.text()).replace(`datetime="${builtAt}"`, `datetime="${now}"`);
        await route.fulfill({ response, body: change(html) });
      });
      await page.clock.runFor(59_000);
      expect(asked).toEqual([]);
      now = '2026-11-20T18:46:00.000Z';
      await page.evaluate('scrollTo(0, 300)');
      await page.clock.runFor(2_000);
      await expect.poll(() => asked).toEqual(['/release.json', '/']);
      const bar = page.getByRole('status').filter({ hasText: 'Reload' });
      if (news === null) {
        await expect.poll(() => page.locator('.banner time').getAttribute('datetime')).toBe(now);
        expect(await bar.count()).toBe(0);
        await page.clock.runFor(60_000);
        await expect.poll(() => asked).toEqual(['/release.json', '/', '/release.json']);
        return;
      }
      await expect.poll(() => bar.innerText()).toContain(news);
      expect(await page.evaluate('scrollY')).toBe(300);
      await bar.getByRole('button').click();
      await expect.poll(() => asked).toEqual(['/release.json', '/', '/']);
      await expect.poll(() => page.evaluate('scrollY')).toBe(0);
    });
  });

  it.each<[string, string, (html: string) => object]>([
    ['could not be read', '/', () => ({ status: 503, body: 'Unavailable' })],
    ['came from a cache that lacked the update', '/', (html) => ({ body: html })],
    ['came from such a cache, and has no time', '/incidents/2026-11-20-gift-cards/', (html) => ({ body: html })],
  ])('looks again if the new page %s', async (_, path, first) => {
    await openAt(troubledNow, path, async (page) => {
      const now = '2026-11-20T18:46:00.000Z';
      let looks = 0;
      await page.route('**/release.json', (route) => route.fulfill(release(now)));
      await page.route(`${server.origin}${path}`, async (route) => {
        const response = await route.fetch();
        const html = await response.text();
        const news = html.replace(`datetime="${builtAt}"`, `datetime="${now}"`).replaceAll('</h1>', ' today</h1>');
        looks += 1;
        await route.fulfill({ response, ...(looks === 1 ? first(html) : { body: news }) });
      });
      const bar = page.getByRole('status').filter({ hasText: 'Reload' });
      await page.clock.runFor(61_000);
      await expect.poll(() => looks, { timeout: 30_000 }).toBe(1);
      expect(await bar.count()).toBe(0);
      if (path === '/') expect(await page.locator('.banner time').getAttribute('datetime')).toBe(builtAt);
      await page.clock.runFor(60_000);
      expect(await bar.innerText()).toContain('This page has changed.');
      await page.clock.runFor(60_000);
      expect(looks).toBe(2);
    });
  });

  it('asks nothing while it is hidden', async () => {
    await openAt(troubledNow, '/', async (page) => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })");
      await page.clock.runFor(180_000);
      expect(asked).toEqual([]);
      await page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))");
      await expect.poll(() => asked.length).toBeGreaterThan(0);
    });
  });
});

describe('the header', () => {
  it('has a menu of ways to get updates, which closes like any menu', async () => {
    await open('/', { colorScheme: 'light', width: 360, script: true }, async (page) => {
      const [menu, slack] = [page.locator('details.menu'), page.getByRole('link', { name: 'In Slack' })];
      for (const close of [() => page.keyboard.press('Escape'), () => page.mouse.click(10, 700)]) {
        await menu.locator('summary').click();
        expect(await slack.isVisible()).toBe(true);
        expect((await menu.locator('ul').boundingBox())?.x).toBeGreaterThanOrEqual(0);
        await close();
        expect(await slack.isVisible()).toBe(false);
      }
      await menu.locator('summary').click();
      await slack.click();
      expect(await page.locator(':target').innerText()).toBe('In Slack');
    });
  });

  it('and the title of the document show the state', async () => {
    const stateOf = (path: string) =>
      new Promise<string[]>((resolve, reject) => {
        open(path, { colorScheme: 'light', width: 360, script: false }, async (page) => {
          const icon = await page.locator('link[rel=icon]').getAttribute('href');
          expect((await page.request.get(`${server.origin}${icon}`)).headers()['content-type']).toBe('image/svg+xml');
          resolve([await page.title(), icon ?? '']);
        }).catch(reject);
      });
    expect(await stateOf('/')).toEqual(['Partial System Outage · Example Status', '/icons/partial.svg']);
    expect(await stateOf('/incidents/2026-04-21-shop-closed/')).toEqual([
      'Resolved: Breach at our analytics provider, shop closed',
      '/icons/good.svg',
    ]);
    expect(await stateOf('/history/')).toEqual(['History · Example Status', '/icons/site.svg']);
  });
});
