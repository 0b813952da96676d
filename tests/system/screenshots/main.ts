import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type OptionTable, parseOptions } from '../../../scripts/cli/command.ts';
import { UsageError } from '../../../scripts/cli/errors.ts';
import { reportFailure } from '../../../scripts/cli/run-command.ts';
import { didYouMean, quote } from '../../../src/lib/schema/text.ts';
import { launchBrowser } from '../browser/browser.ts';
import { type Scene, scenes, writeScene } from './scenes.ts';

// `npm run screenshots`: pictures of every kind of page, in light and dark, on a phone, on a desktop and on paper.
const table = {
  out: { value: 'DIR', help: 'folder for the pictures (default: node_modules/.screenshots)' },
  scene: { repeatable: true, value: 'NAME', help: `only this scene (${scenes.map(({ name }) => name).join(', ')})` },
  readme: { help: 'also make the pictures of the README and the docs, from the scenes they show' },
} as const satisfies OptionTable;

const root = resolve(import.meta.dirname, '../../..');
const halfpast = (...args: string[]): void =>
  void execFileSync(process.execPath, [join(root, 'scripts/halfpast.ts'), ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });

function build(scene: Scene, folder: string): string {
  const [content, out] = [join(folder, 'content'), join(folder, 'site')];
  if (scene.from === 'init') {
    halfpast(
      'init',
      '--content',
      content,
      '--name',
      'Acme',
      '--url',
      'https://status.example.com',
      '--time-zone',
      'Europe/Berlin',
      '--component',
      'Website',
      '--component',
      'checkout=Checkout and payments',
    );
  }
  writeScene(scene, content, root);
  halfpast('build', '--content', content, '--out', out, '--cache', join(folder, 'cache'), '--now', scene.now);
  return out;
}

const fileOf = (site: string, path: string): string => join(site, path.endsWith('/') ? `${path}index.html` : path);

/** Opens a page of a site at its address. All requests are answered from disk. */
async function openPage(browser: Browser, site: string, path: string, options: BrowserContextOptions): Promise<Page> {
  const page = await browser.newPage(options);
  await page.route('**/*', (route) => route.fulfill({ path: fileOf(site, new URL(route.request().url()).pathname) }));
  await page.goto(`https://status.example.com${path}`);
  return page;
}

/** In pixels. Beyond 8,192, the browser repeats the top of the page. */
const tallest = 8000;

/** Takes its pictures without JavaScript, which only the form needs. */
async function shoot(browser: Browser, site: string, path: string, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [360, 1280]) {
      const page = await openPage(browser, site, path, {
        colorScheme,
        viewport: { width, height: 800 },
        javaScriptEnabled: path === '/compose/',
      });
      const height = await page.evaluate<number>('document.documentElement.scrollHeight');
      for (let top = 0, part = 1; top < height; top += tallest, part += 1) {
        await page.screenshot({
          path: `${name}-${colorScheme}-${width}${part === 1 ? '' : `-${part}`}.png`,
          fullPage: true,
          clip: { x: 0, y: top, width, height: Math.min(tallest, height - top) },
        });
      }
      if (colorScheme === 'light' && width === 1280)
        await page.pdf({
          path: `${name}-print.pdf`,
          format: 'A4',
          margin: { top: '1.5cm', bottom: '1.5cm', left: '1.5cm', right: '1.5cm' },
        });
      await page.close();
    }
  }
}

/** The first screen of a scene, for the README and the docs. */
async function shootForDocs(browser: Browser, site: string, picture: string): Promise<void> {
  const page = await openPage(browser, site, '/', {
    colorScheme: 'light',
    viewport: { width: 1000, height: 720 },
    javaScriptEnabled: false,
  });
  await page.screenshot({ path: join(root, 'docs/images', picture) });
  await page.close();
}

async function shootScene(browser: Browser, scene: Scene, out: string, readme: boolean): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'halfpast-scene-'));
  try {
    const site = build(scene, folder);
    const missing = scene.pages.find((path) => !existsSync(fileOf(site, path)));
    if (missing !== undefined) throw new Error(`The scene ${scene.name} has no page ${missing}`);
    for (const path of scene.pages)
      await shoot(browser, site, path, join(out, `${scene.name}${path.replaceAll('/', '_').replace(/_$/, '')}`));
    if (readme && scene.picture !== undefined) await shootForDocs(browser, site, scene.picture);
    return `${scene.name}: ${scene.pages.length} pages in ${out}\n`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function scenesNamed(names: readonly string[]): readonly Scene[] {
  const known = scenes.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`--scene: ${quote(unknown)} is not a scene. ${didYouMean(unknown, known)}`);
  return names.length === 0 ? scenes : scenes.filter(({ name }) => names.includes(name));
}

async function run(words: readonly string[]): Promise<void> {
  const called = parseOptions(
    {
      name: 'npm run screenshots --',
      description: 'Takes a picture of every kind of page, in light, dark and on paper.',
      options: table,
    },
    words,
  );
  if (called === null) return;
  const wanted = scenesNamed(called.scene);
  const out = resolve(called.out ?? 'node_modules/.screenshots');
  mkdirSync(out, { recursive: true });
  const browser = await launchBrowser();
  try {
    for (const scene of wanted) process.stderr.write(await shootScene(browser, scene, out, called.readme));
  } finally {
    await browser.close();
  }
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.exitCode = reportFailure(
    error,
    { stdout: (said) => void process.stdout.write(said), stderr: (said) => void process.stderr.write(said) },
    false,
  );
}
