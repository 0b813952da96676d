import { execFile } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { copyProject } from '../../fuzz/project-copy.ts';
import { launchBrowser } from './browser.ts';
import { hashes, temporaryFolder, write } from '../../support/folders.ts';
import { type Finished, plainEnvironment, root } from '../../support/halfpast.ts';
import { type Serving, serving } from '../../support/serving.ts';
import { serveFolder } from '../../support/static-server.ts';

/** What users add: a page with every kind of script and style, and an integration. */
const about = `---
import { getSite } from '../site.ts';
const { incidents } = await getSite();
const color = 'rgb(1, 2, 3)';
---
<html lang="en"><head><title>About</title></head><body>
<h1>{incidents[0]?.title}</h1>
<p class="styled">styled</p>
<p class="attribute" style="color: rgb(4, 5, 6)">attribute</p>
<style define:vars={{ color }}>.styled { color: var(--color); }</style>
<script is:inline>document.documentElement.dataset.inline = 'ran';</script>
<script>document.documentElement.dataset.bundled = 'ran';</script>
<script is:inline src="https://analytics.example/count.js"></script>
</body></html>
`;

const config = `import { halfpast } from './src/integration.ts';
const injecting = {
  name: 'injecting',
  hooks: { 'astro:config:setup': ({ injectScript }) => injectScript('head-inline', "document.documentElement.dataset.injected = 'ran';") },
};
export default { integrations: [halfpast(), injecting], build: { inlineStylesheets: 'always' }, devToolbar: { enabled: false }, experimental: { incrementalBuild: true } };
`;

const update = (title: string, status = 'investigating'): string =>
  `---\ntitle: ${title}\nstatus: ${status}\nimpact: minor\n---\nWe are looking into it.\n`;
const path = 'content/incidents/2026-11-20-gift-cards/2026-11-20T1700Z.md';

/** A user's project, in a new folder. */
function userProject(): string {
  const folder = join(temporaryFolder(), 'my status');
  copyProject(root, folder);
  cpSync(join(root, 'content'), join(folder, 'content'), { recursive: true });
  write(folder, 'src/pages/about.astro', about);
  write(folder, 'astro.config.mjs', config);
  write(folder, 'public/robots-of-mine.txt', 'hello');
  write(folder, path, update('Gift cards cannot be bought'));
  return folder;
}

const environment = { ...plainEnvironment, ASTRO_TELEMETRY_DISABLED: '1' };

const program = ['node_modules/astro/bin/astro.mjs'];

async function astro(folder: string, ...args: string[]): Promise<{ readonly code: number; readonly said: string }> {
  const run = promisify(execFile)(process.execPath, [...program, ...args], { cwd: folder, env: environment });
  const { code, stdout, stderr } = await run.then(
    (end) => ({ code: 0, ...end }),
    (error: Finished) => error,
  );
  return { code, said: stdout + stderr };
}

const serve = (folder: string, args: readonly string[]): Promise<Serving> =>
  serving(process.execPath, [...program, ...args], folder, environment);

/** Waits until `found` returns something other than null. */
async function eventually<T>(found: () => Promise<T | null> | T | null, what: () => string): Promise<T> {
  const end = Date.now() + 60_000;
  for (;;) {
    const value = await found();
    if (value !== null) return value;
    if (Date.now() > end) throw new Error(`waited in vain: ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Which scripts ran on the page, and which colors it has. */
const seen = `(({ inline, bundled, injected, foreign }) => ({ inline, bundled, injected, foreign,
  styled: getComputedStyle(document.querySelector('.styled')).color,
  attribute: getComputedStyle(document.querySelector('.attribute')).color }))(document.documentElement.dataset)`;
const allRan = { inline: 'ran', bundled: 'ran', injected: 'ran', styled: 'rgb(1, 2, 3)', attribute: 'rgb(4, 5, 6)' };

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Opens a page. If it loads a script from analytics.example, the script marks the page. */
async function open(address: string): Promise<Page> {
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  await page.route('https://analytics.example/**', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: "document.documentElement.dataset.foreign = 'ran';" }),
  );
  await page.goto(address);
  return page;
}

describe('a project with the user’s own page, integration and file', () => {
  it('is built by astro build, also after an incident is renamed or the file is removed', async () => {
    const folder = userProject();
    expect(await astro(folder, 'build')).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'dist/about/index.html'), 'utf8')).toMatch(
      /<h1[^>]*>Gift cards cannot be bought</,
    );
    expect(existsSync(join(folder, 'dist/robots-of-mine.txt'))).toBe(true);
    const server = await serveFolder(join(folder, 'dist'));
    onTestFinished(() => server.close());
    const page = await open(`${server.origin}/about/`);
    expect(await page.evaluate(seen)).toEqual(allRan);

    write(folder, path, update('Gift cards are back'));
    rmSync(join(folder, 'public/robots-of-mine.txt'));
    expect(await astro(folder, 'build')).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'dist/about/index.html'), 'utf8')).toMatch(/<h1[^>]*>Gift cards are back</);
    expect(existsSync(join(folder, 'dist/robots-of-mine.txt'))).toBe(false);
    expect((await fetch(`${(await serve(folder, ['preview', '--port', '4873'])).address}rss.xml`)).status).toBe(200);
  });

  it('looks the same in astro dev, which reports what the policy blocks, and shows problems in the overlay until they are fixed', async () => {
    const folder = userProject();
    const { address, printed } = await serve(folder, ['dev', '--port', '4874']);
    const page = await open(`${address}about/`);
    await eventually(
      async () => ((await page.evaluate('document.documentElement.dataset.bundled')) === 'ran' ? true : null),
      printed,
    );
    expect(await page.evaluate(seen)).toEqual(allRan);
    await eventually(
      () =>
        printed().includes(
          '/about/: the Content-Security-Policy blocks https://analytics.example/count.js (script-src-elem), here and on the built page. To allow it, add to site.yml: scripts: [{ src: "https://analytics.example/count.js", hosts: [analytics.example] }]',
        )
          ? true
          : null,
      printed,
    );
    // Before that, the page isn't notified of changes.
    const connected = page.waitForEvent('console', (message) => message.text().includes('[vite] connected'));
    await page.goto(address);
    await connected;
    await page.locator('.banner').waitFor();

    write(folder, path, update('Gift cards', 'investigatin'));
    const overlay = page.locator('vite-error-overlay');
    // Astro sends the error 200 ms after the page, which a busy machine may not have opened by then.
    await eventually(async () => {
      const isShown = await overlay.waitFor({ state: 'attached', timeout: 5_000 }).then(
        () => true,
        () => null,
      );
      if (isShown === null) await page.reload();
      return isShown;
    }, printed);
    await overlay.locator('text=Did you mean "investigating"?').first().waitFor({ timeout: 60_000 });
    expect(await overlay.locator('#code').textContent()).toContain('2026-11-20T1700Z.md:3:9');
    write(folder, path, update('Gift cards are back'));
    await overlay.waitFor({ state: 'detached', timeout: 60_000 });
    await page.locator('text=Gift cards are back').first().waitFor({ timeout: 60_000 });
  });

  it('runs a script from another host if the project allows it', async () => {
    const folder = userProject();
    write(
      folder,
      'astro.config.mjs',
      config.replace('halfpast()', "halfpast({ csp: { 'script-src': ['https://analytics.example'] } })"),
    );
    expect(await astro(folder, 'build')).toMatchObject({ code: 0 });
    const server = await serveFolder(join(folder, 'dist'));
    onTestFinished(() => server.close());
    expect(await (await open(`${server.origin}/about/`)).evaluate(seen)).toEqual({ ...allRan, foreign: 'ran' });
  });

  it('keeps the last good site when the content has problems, and prints one line for each', async () => {
    const folder = userProject();
    await astro(folder, 'build');
    const good = hashes(join(folder, 'dist'));
    write(folder, path, update('Gift cards', 'investigatin'));
    const { code, said } = await astro(folder, 'build');
    expect(code).toBe(1);
    expect(said).toContain(
      `${path}:3:9  status: "investigatin" is not a status. Did you mean "investigating"?\nNothing was built\n`,
    );
    expect(said).not.toMatch(/\n\s+at |unhandled/i);
    expect(hashes(join(folder, 'dist'))).toEqual(good);
    writeFileSync(join(folder, path), update('Gift cards'));
    expect(await astro(folder, 'build')).toMatchObject({ code: 0 });
  });
});
