import { AxeBuilder } from '@axe-core/playwright';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodSite } from '../../lib/content/fixture.ts';
import { call } from '../../scripts/call.ts';
import { launchBrowser } from './browser.ts';
import { temporaryFolder, write } from '../../support/folders.ts';
import { succeed } from '../../support/halfpast.ts';
import { serveFolder, type StaticServer } from '../../support/static-server.ts';

const now = '2026-11-22T15:00:30Z';
const title = '</script><script>document.title = "run"</script> "quoted" & <b>';
const open = '2026-11-22-checkout-errors';
const owed = '2026-11-19-refunds';

let browser: Browser;
let server: StaticServer;
let folder: string;
let content: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'halfpast-compose-'));
  content = join(folder, 'content');
  cpSync(goodSite, content, { recursive: true });
  write(
    content,
    'site.yml',
    `${readFileSync(join(content, 'site.yml'), 'utf8')}repository:\n  github: example/status\n  branch: release/live\nscripts:\n  - src: https://analytics.example/count.js\n    hosts: [analytics.example]\n`,
  );
  write(
    content,
    'incidents/2026-11-22-odd/2026-11-22T1200Z.md',
    `---\ntitle: ${JSON.stringify(title)}\nstatus: investigating\nimpact: minor\n---\nText.\n`,
  );
  write(
    content,
    `incidents/${owed}/2026-11-19T1200Z.md`,
    '---\ntitle: Refunds\nstatus: resolved\nimpact: minor\nstarted: 2026-11-19T11:00Z\nended: 2026-11-19T11:30Z\nremedy: A refund.\nremedied: pending\n---\nText.\n',
  );
  await succeed([
    'build',
    '--content',
    content,
    '--out',
    join(folder, 'site'),
    '--cache',
    join(folder, 'cache'),
    '--now',
    now,
  ]);
  server = await serveFolder(join(folder, 'site'));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

type Form = {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: string[];
  readonly asked: string[];
};

/** Opens the form at the size of a phone, at `now`. Requests to GitHub are recorded, but don't reach it. */
async function withForm(use: (form: Form) => Promise<void>): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 800 },
    timezoneId: 'UTC',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const asked: string[] = [];
  const complaints: string[] = [];
  await context.route(
    (url) => url.origin !== server.origin,
    (route) => {
      asked.push(route.request().url());
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>GitHub</title>' });
    },
  );
  try {
    const page = await context.newPage();
    await page.clock.setFixedTime(now);
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => (message.type() === 'error' ? complaints.push(message.text()) : undefined));
    await page.goto(`${server.origin}/compose/`);
    await use({ page, context, complaints, asked });
  } finally {
    await context.close();
  }
}

const send = (page: Page) => page.getByRole('button', { name: 'Continue on GitHub' }).click();

/** Fills in the form, submits it, and returns the path and text in the address that it opens. */
async function post(
  { page, context, asked }: Form,
  fill: (page: Page) => Promise<void>,
): Promise<{ readonly path: string; readonly text: string }> {
  await fill(page);
  const opened = context.waitForEvent('page');
  await send(page);
  await (await opened).waitForLoadState();
  const address = new URL(asked.at(-1) ?? '');
  expect(`${address.origin}${address.pathname}`).toBe('https://github.com/example/status/new/release/live');
  return { path: address.searchParams.get('filename') ?? '', text: address.searchParams.get('value') ?? '' };
}

/** Writes a file into a copy of the content and runs check there. */
async function checked({
  path,
  text,
}: {
  readonly path: string;
  readonly text: string;
}): Promise<{ readonly lines: readonly string[]; readonly root: string }> {
  const root = temporaryFolder();
  cpSync(content, join(root, 'content'), { recursive: true });
  write(root, path, text);
  const { stdout, stderr } = await call(['check'], root, { now });
  return { lines: `${stdout}${stderr}`.trim().split('\n'), root };
}

const fine = /^\d+ incidents, 1 maintenance window, 1 postmortem: no problems$/;

describe('the form', () => {
  it('selects the incident and the template that the address names, as in a reminder', async () => {
    await withForm(async ({ page, complaints }) => {
      await page.goto(`${server.origin}/compose/?incident=${open}&template=no-news`);
      expect(await page.locator('select[name=incident]').inputValue()).toBe(open);
      expect(await page.getByLabel('Start with').inputValue()).toBe('no-news');
      expect(await page.getByLabel('What should customers know?').inputValue()).not.toBe('');
      await page.goto(`${server.origin}/compose/?incident=no-such&template=no-such`);
      expect(await page.getByLabel('What should customers know?').inputValue()).toBe('');
      expect(complaints).toEqual([]);
    });
  });

  it('selects the incident if only one is open, shows only what it affects, and takes times of the device', async () => {
    const root = join(folder, 'one');
    cpSync(goodSite, join(root, 'content'), { recursive: true });
    write(join(root, 'content'), 'site.yml', readFileSync(join(content, 'site.yml'), 'utf8'));
    const [out, cache] = [join(root, 'site'), join(folder, 'cache')];
    await succeed(['build', '--content', join(root, 'content'), '--out', out, '--cache', cache, '--now', now]);
    const one = await serveFolder(out);
    const context = await browser.newContext({ timezoneId: 'America/New_York' });
    const page = await context.newPage();
    await page.clock.setFixedTime(now);
    await page.goto(`${one.origin}/compose/`);
    expect(await page.getByLabel('What is it about?').inputValue()).toBe(open);
    expect(await page.locator('.pair:visible label').allInnerTexts()).toEqual(['Checkout']);
    expect(await page.locator('#next-hint').innerText()).toContain('your time zone (America/New_York)');
    await page.getByLabel('When is the next update?').fill('10:30');
    await page.getByLabel('What should customers know?').fill('We know why.');
    expect(await page.locator('#file-text').innerText()).toContain('next_update: 10:30-05:00\n');
    // All times in the form are in that zone.
    expect(await page.locator('#preview-card').innerText()).toContain('Next update by 22 Nov 2026, 10:30 GMT-5');
    expect(await page.locator('#as-of').innerText()).toContain('as of 22 Nov 2026, 10:00 GMT-5.');
    expect(await page.locator('#file-time').innerText()).toContain('22 Nov 2026, 10:00 GMT-5.');
    await page.getByText('Fix a typo').click();
    expect(await page.getByLabel('Which update?').locator('option').first().innerText()).toContain('09:05 GMT-5');
    expect(await page.locator('main').innerText()).not.toContain('CET');
    await context.close();
    await one.close();
  });

  it('opens GitHub with a new incident, which passes check and appears on the page', async () => {
    await withForm(async (form) => {
      const file = await post(form, async (page) => {
        await page.getByLabel('Start with').selectOption('investigating');
        await page.getByLabel('What do customers notice?').fill('Sign-in fails: “no session”');
        await page.getByLabel('Who is leading the response?').fill('Dana');
        await page.getByLabel('Who is updating customers?').fill('Priya');
        expect(await page.getByLabel('What should customers know?').inputValue()).toBe('We are looking into {{what}}.');
        expect(await page.getByLabel('Website').isVisible()).toBe(false);
        await page.getByLabel('Add a component').selectOption('Website');
        await page.getByLabel('Website').selectOption('Major outage');
        await page.getByLabel('Is customer data safe?').selectOption('under_review');
        await page.getByLabel('When is the next update?').fill('15:45');
        await page
          .getByLabel('What should customers know?')
          .fill('Signing in **fails** for everybody.\n\n- Buying as a guest works.');
        expect(await page.locator('#preview-card').innerText()).toMatch(
          /Sign-in fails: “no session”\s+We are checking whether customer data is affected\s+Website:\s+Major outage\s+Next update by 22 Nov 2026, 15:45 UTC\s+Investigating 22 Nov 2026, 15:00 UTC\s+Signing in fails for everybody\./,
        );
        expect(await page.locator('#preview-card strong', { hasText: 'fails' }).count()).toBe(1);
        expect(await page.locator('#preview-card li').last().innerText()).toBe('Buying as a guest works.');
      });
      expect(file).toEqual({
        path: 'content/incidents/2026-11-22-sign-in-fails-no-session/2026-11-22T150030Z.md',
        text: '---\ntitle: "Sign-in fails: “no session”"\nstatus: investigating\ncomponents:\n  website: major_outage\ncustomer_data: under_review\nnext_update: 15:45Z\nlead: Dana\ncomms: Priya\n---\nSigning in **fails** for everybody.\n\n- Buying as a guest works.\n',
      });
      const { lines, root } = await checked(file);
      expect(lines).toEqual([expect.stringMatching(fine)]);
      await succeed([
        'build',
        '--content',
        join(root, 'content'),
        '--out',
        join(root, 'site'),
        '--cache',
        join(folder, 'cache'),
        '--now',
        now,
      ]);
      const page = readFileSync(join(root, 'site/index.html'), 'utf8');
      expect(page).toContain('Signing in <strong>fails</strong> for everybody.');
      expect(form.complaints).toEqual([]);
    });
  });

  it.each<[string, string, string, RegExp]>([
    ['an update', 'Identified', '', /^---\nstatus: identified\n---\nWe know why\.\n$/],
    [
      'the end',
      'Resolved',
      'Customer data is not affected',
      /^---\nstatus: resolved\ncustomer_data: unaffected\nended: 2026-11-22T14:30Z\n---\nWe know why\.\n$/,
    ],
  ])('opens GitHub with %s of an open incident, which passes check', async (_, status, verdict, text) => {
    await withForm(async (form) => {
      const file = await post(form, async (page) => {
        await page.getByLabel('What is it about?').selectOption(open);
        expect(await page.getByLabel('Checkout').locator('option:checked').innerText()).toBe(
          'No change: partial outage',
        );
        await page.getByLabel('What is the status?').selectOption(status);
        if (verdict !== '') await page.getByLabel('Is customer data safe?').selectOption(verdict);
        await page.getByText('Times and remedy').click();
        expect(await page.getByLabel('When did it begin?').isDisabled()).toBe(true);
        const ended = page.getByLabel('When was it over?');
        expect(await ended.isDisabled()).toBe(status !== 'Resolved');
        if (status === 'Resolved') await ended.fill('2026-11-22T14:30');
        await page.getByLabel('What should customers know?').fill('We know why.');
      });
      expect(file.path).toBe(`content/incidents/${open}/2026-11-22T150030Z.md`);
      expect(file.text).toMatch(text);
      expect((await checked(file)).lines).toEqual([expect.stringMatching(fine)]);
      expect(form.complaints).toEqual([]);
    });
  });

  it('asks how a remedy is claimed once there is one, and when customers got it where that is open', async () => {
    await withForm(async (form) => {
      const { page } = form;
      const [claim, until] = [page.getByLabel('How do customers claim it?'), page.getByLabel('the last day to claim')];
      const got = page.getByLabel('When did customers receive it?');
      const shown = () => Promise.all([claim, until, got].map((field) => field.isVisible()));
      await page.getByText('Times and remedy').click();
      expect(await shown()).toEqual([false, false, false]);
      const file = await post(form, async () => {
        await page.getByLabel('What do customers notice?').fill('Charged twice');
        await page.getByLabel('How bad is it?').selectOption('minor');
        await page.getByLabel('What should customers know?').fill('We look into it.');
        await page.getByLabel('How will you make it right?').fill('A refund.');
        expect(await shown()).toEqual([true, true, false]);
        await claim.fill('Write to support@example.com.');
        await until.fill('2026-12-31');
        expect(await page.locator('#preview-card').innerText()).toContain(
          'A refund. · Write to support@example.com. · Can be claimed until 31 December 2026',
        );
      });
      expect(file.text).toContain('remedy: A refund.\nclaim: Write to support@example.com.\nclaim_until: 2026-12-31\n');
      expect((await checked(file)).lines).toEqual([expect.stringMatching(fine)]);
      // Fields that are hidden again aren't in the file.
      await page.getByLabel('How will you make it right?').fill('');
      expect(await page.locator('#file-text').innerText()).not.toContain('claim');
      await page.goto(`${server.origin}/compose/?incident=${owed}`);
      expect(await page.getByLabel('What is it about?').locator('optgroup option').allInnerTexts()).toEqual([
        'Refunds',
      ]);
      expect(await page.getByLabel('What is the status?').inputValue()).toBe('resolved');
      expect(await shown()).toEqual([true, true, true]);
      const delivered = await post(form, async () => {
        await page.getByLabel('What should customers know?').fill('All refunds are on their way.');
        await got.fill('2026-11-22');
      });
      expect(delivered.text).toBe('---\nstatus: resolved\nremedied: 2026-11-22\n---\nAll refunds are on their way.\n');
      expect((await checked(delivered)).lines.at(-1)).toMatch(
        /no problems, 1 warning$|status: warning: was already resolved/,
      );
      expect(form.complaints).toEqual([]);
    });
  });

  it('opens nothing if check would refuse it, and explains why in words below the field', async () => {
    const notice = 'What do customers notice?';
    const promise = 'When is the next update?';
    const text = 'What should customers know?';
    await withForm(async ({ page, asked }) => {
      const wrong: readonly (readonly [field: string, value: string, name: string])[] = [
        [notice, '', 'title'],
        [text, '', 'message'],
        [text, 'It fails for {{whom}}.', 'message'],
        [text, 'See ![a picture](picture.png)', 'message'],
        [promise, 'soon', 'next_update'],
        [promise, '25:30', 'next_update'],
        [promise, '2026-11-22T14:30Z', 'next_update'],
        [promise, '45', 'next_update'],
        ['How bad is it?', '', 'impact'],
      ];
      for (const [field, value, name] of wrong) {
        await page.getByLabel(notice).fill('It fails');
        await page.getByLabel('How bad is it?').selectOption('minor');
        await page.getByLabel(promise).fill('');
        await page.getByLabel(text).fill('It fails.');
        if (name === 'impact') await page.getByLabel(field).selectOption(value);
        else await page.getByLabel(field).fill(value);
        await send(page);
        const file = {
          path: await page.locator('#file-path').innerText(),
          text: (await page.locator('#file-text').textContent()) ?? '',
        };
        const { lines } = await checked(file);
        expect(lines.filter((line) => line.startsWith('content/'))).toHaveLength(1);
        const shown = await page.locator('#troubles li').allTextContents();
        const below = await page.locator('.error').allTextContents();
        expect(shown, `${field} ${value}`).toEqual([`${field} ${below.join(' ')}`]);
        expect(below).toEqual([expect.stringMatching(/^(?!.*content\/)[\p{Lu}\d"“].*\.$/u)]);
        expect(await page.locator('[aria-invalid=true]').getAttribute('name')).toBe(name);
        expect(await page.locator('[aria-invalid=true]').getAttribute('aria-describedby')).toContain(`${name}-error`);
      }
      expect(asked).toEqual([]);
    });
  });

  it('corrects a published update: copies the file with the time of the edit, and opens it on GitHub', async () => {
    await withForm(async ({ page, context, asked }) => {
      await page.getByText('Fix a typo').click();
      await page.getByLabel('Which update?').selectOption('incidents/2026-11-22-odd/2026-11-22T1200Z.md');
      const text = page.getByLabel('The corrected text');
      const before = await text.inputValue();
      await page.getByRole('button', { name: 'Copy and open GitHub' }).click();
      await page.getByText('The text is the same as before').waitFor();
      await text.fill(`${before} Really.`);
      const opened = context.waitForEvent('page');
      await page.getByRole('button', { name: 'Copy and open GitHub' }).click();
      await (await opened).waitForLoadState();
      const path = 'content/incidents/2026-11-22-odd/2026-11-22T1200Z.md';
      expect(asked).toEqual([`https://github.com/example/status/edit/release/live/${path}`]);
      const copied = await page.evaluate<string>('navigator.clipboard.readText()');
      expect(copied).toContain('edited: 2026-11-22T15:00:30Z\n---\n');
      expect((await checked({ path, text: copied })).lines).toEqual([expect.stringMatching(fine)]);
    });
  });

  it('copies a text that is too long for a URL, and opens GitHub with only the file name', async () => {
    await withForm(async ({ page, context, asked }) => {
      await page.getByLabel('What is it about?').selectOption(open);
      await page.getByLabel('What should customers know?').fill('Wörter. '.repeat(600));
      await send(page);
      await page.getByRole('button', { name: 'Copy the text' }).click();
      await page.getByText('Copied.').waitFor();
      const text = await page.evaluate<string>('navigator.clipboard.readText()');
      const opened = context.waitForEvent('page');
      await page.getByRole('link', { name: 'Open GitHub to create the file' }).click();
      await (await opened).waitForLoadState();
      expect(asked).toEqual([
        `https://github.com/example/status/new/release/live?filename=content%2Fincidents%2F${open}%2F2026-11-22T150030Z.md`,
      ]);
      expect((await checked({ path: `content/incidents/${open}/2026-11-22T150030Z.md`, text })).lines).toEqual([
        expect.stringMatching(fine),
      ]);
    });
  });

  it('runs no script from the content', async () => {
    await withForm(async ({ page, complaints }) => {
      await page.getByLabel('What is it about?').selectOption('2026-11-22-odd');
      await page
        .getByLabel('What should customers know?')
        .fill(
          '<b onclick="document.title = \'run\'">x</b><script>document.title = "run"</script>[x](javascript:alert(1)) and **more**',
        );
      expect(await page.locator('#preview-card h3').innerText()).toBe(title);
      expect(await page.locator('#preview-card').innerHTML()).not.toMatch(/onclick|javascript:|<script/);
      expect(await page.locator('#preview-card strong', { hasText: 'more' }).count()).toBe(1);
      expect(await page.title()).toBe('Post an update · Example Status');
      expect(complaints).toEqual([]);
    });
  });

  it('has no accessibility violation and fits 360 px, empty and with mistakes, in light and dark', async () => {
    await withForm(async ({ page }) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await send(page);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
        const { violations, passes } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
          .setLegacyMode()
          .analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
        expect(passes.length).toBeGreaterThan(10);
      }
    });
  });
});

describe('the page', () => {
  it('explains the manual way without JavaScript, with links to files that check refuses until they are filled in', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
    const page = await context.newPage();
    await page.goto(`${server.origin}/compose/`);
    expect(await page.locator('#compose').isVisible()).toBe(false);
    expect(await page.getByText('The form needs JavaScript').isVisible()).toBe(true);
    const links = await Promise.all(
      (await page.locator('#by-hand a').all()).map(async (link) => (await link.getAttribute('href')) ?? ''),
    );
    await context.close();
    expect(links).toHaveLength(3);
    for (const link of links) {
      const { searchParams } = new URL(link);
      const { lines } = await checked({
        path: searchParams.get('filename') ?? '',
        text: searchParams.get('value') ?? '',
      });
      expect(lines.join('\n')).toMatch(/is not a valid update name/);
    }
  });

  it('contains its script without characters that HTML would escape', () => {
    const page = readFileSync(join(folder, 'site/compose/index.html'), 'utf8');
    expect(page).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/);
    const programs = page
      .split('<script type="module">')
      .slice(1)
      .map((rest) => rest.split('</script>')[0] ?? '');
    expect(programs).toHaveLength(2);
    for (const program of programs) expect(program).not.toMatch(/<!--|<\/?script/i);
  });

  it('allows no script of site.yml, and neither does the embedded status, while other pages do', () => {
    const allows = (path: string): boolean =>
      readFileSync(join(folder, 'site', path), 'utf8').includes('analytics.example');
    expect(['index.html', '404.html', 'compose/index.html', 'embed/index.html'].map(allows)).toEqual([
      ...[true, true],
      ...[false, false],
    ]);
  });

  it('isn’t indexed by search engines, and isn’t in the sitemap', () => {
    const page = readFileSync(join(folder, 'site/compose/index.html'), 'utf8');
    expect(page).toContain('<meta name="robots" content="noindex">');
    expect(readFileSync(join(folder, 'site/sitemap.xml'), 'utf8')).not.toContain('compose');
    expect(readFileSync(join(folder, 'site/index.html'), 'utf8')).not.toContain('/compose/');
  });
});
