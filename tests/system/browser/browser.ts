import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/** Flags that the package sets for cloud functions. Here, they would end the browser along with its first page. */
const onlyForLambda = ['--single-process', '--no-zygote'];
/** A flag that lets pages read what a reader's browser wouldn't. */
const lax = ['--disable-web-security'];

const packageFolder = join(import.meta.dirname, '../node_modules/@sparticuz/chromium');

/**
 * Unpacks the browser from npm, once per user and version. The package itself always unpacks it to the same file in
 * TMPDIR, which fails if another user already did that, or if another process is still writing it.
 */
async function unpackedBrowser(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const folder = join(tmpdir(), `halfpast-chromium-${version}-${userInfo().uid}`);
  const browser = join(folder, 'chromium');
  if (existsSync(browser)) return browser;
  const unpacking = await mkdtemp(`${folder}-`);
  try {
    const code = "(await import('@sparticuz/chromium')).default.executablePath()";
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code], {
      cwd: import.meta.dirname,
      env: { ...process.env, TMPDIR: unpacking },
    });
    await rename(unpacking, folder);
  } catch (error) {
    await rm(unpacking, { recursive: true, force: true });
    // Another process was faster.
    if (!existsSync(browser)) throw error;
  }
  return browser;
}

/** Starts the browser from npm, so the machine doesn't need its own. `more` are extra flags for Chromium. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const options = {
    executablePath: await unpackedBrowser(),
    args: [
      ...chromium.args.filter((arg) => ![...onlyForLambda, ...lax].includes(arg)),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      ...more,
    ],
    headless: true,
  };
  // It sometimes crashes (SIGSEGV) before it has opened a page.
  return playwright.launch(options).catch(() => playwright.launch(options));
}
