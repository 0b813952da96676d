import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/** Flags that the package sets for a cloud function; here they end the browser with its first page. */
const onlyForLambda = ['--single-process', '--no-zygote'];
/** A flag that lets pages read what a reader's browser would not let them read. */
const lax = ['--disable-web-security'];

/** The browser that comes from npm. It starts on a machine that has none; throws when it cannot. `more` are flags of Chromium. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [
      ...chromium.args.filter((arg) => ![...onlyForLambda, ...lax].includes(arg)),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      ...more,
    ],
    headless: true,
  });
}
