import type { BrowserContext, Page } from 'playwright-core';

/** What a page did that it shouldn't have, one line each. */
export type Deeds = string[];

/** Runs in the page before anything else, and logs every payload's call to the console. */
const hooks = `(() => {
  const told = (name) => (...given) => { console.log('RAN ' + name + ' ' + given.join(' ')); };
  for (const name of ['xss', 'alert', 'prompt', 'confirm', 'print', 'open']) {
    Object.defineProperty(window, name, { value: told(name), writable: false, configurable: false });
  }
})()`;

/**
 * Runs in the page, and finds everything that could run or load something. `ours` are the scripts of a site without
 * payloads, and the addresses of its script files.
 */
const suspects = (ours: readonly string[]): string => `(() => {
  const ours = new Set(${JSON.stringify(ours)});
  const found = [];
  const dangerous = /^[\\s\\u0000-\\u0020]*(?:javascript|vbscript|data:text|data:application|data:image\\/svg|blob|feed|view-source)/i;
  for (const element of document.querySelectorAll('*')) {
    const name = element.localName;
    const attributes = [...element.attributes];
    const isData = name === 'script' && element.type === 'application/ld+json';
    if (name === 'script' && !isData && !ours.has(element.getAttribute('src') ?? element.textContent)) found.push('a script: ' + element.outerHTML.slice(0, 120));
    if (isData) JSON.parse(element.textContent);
    if (['iframe', 'object', 'embed', 'applet', 'base', 'frame', 'frameset', 'foreignobject', 'animate', 'set', 'math', 'template', 'portal'].includes(name.toLowerCase())) found.push('an element: ' + element.outerHTML.slice(0, 120));
    if (name === 'link' && element.namespaceURI === 'http://www.w3.org/1999/xhtml' && !['canonical', 'icon', 'alternate'].includes(element.rel)) found.push('a link element: ' + element.outerHTML.slice(0, 120));
    if (name === 'meta' && /refresh/i.test(element.httpEquiv)) found.push('a refresh: ' + element.outerHTML.slice(0, 120));
    for (const attribute of attributes) {
      if (/^on/i.test(attribute.name)) found.push('a handler: ' + element.outerHTML.slice(0, 120));
      if (/^(?:href|src|xlink:href|action|formaction|data|srcdoc|srcset|poster|background|ping|to|values)$/i.test(attribute.name) && dangerous.test(attribute.value)) found.push('an address: ' + element.outerHTML.slice(0, 120));
      if (attribute.name === 'style' && document.contentType === 'text/html') found.push('a style: ' + element.outerHTML.slice(0, 120));
    }
  }
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) found.push('an id twice: ' + id);
  if (document.documentElement.localName === 'html' && document.querySelector('main') && document.querySelectorAll('h1').length !== 1) found.push('another h1');
  return found;
})()`;

/** The only other host that a page can request anything from, for authors' images. */
const imageHost = 'https://img.example/';

/** Opens a page that loads nothing from other hosts, and records what happens in it. */
export async function watchedPage(context: BrowserContext, origin: string, deeds: Deeds): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript({ content: hooks });
  const add = (deed: string): void => void deeds.push(`${page.url().replace(origin, '')}: ${deed}`);
  await page.route(
    (url) => !url.href.startsWith(origin),
    async (route) => {
      const request = route.request();
      const isImage = request.url().startsWith(imageHost) && request.resourceType() === 'image';
      if (!isImage) add(`asked for ${request.url().slice(0, 100)} (${request.resourceType()})`);
      await route.abort();
    },
  );
  page.on('console', (message) => {
    if (message.text().startsWith('RAN ')) add(message.text());
  });
  page.on('dialog', (dialog) => {
    add(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', () => add('a new window'));
  page.on('pageerror', (error) => add(`an error: ${String(error).slice(0, 100)}`));
  return page;
}

/** Opens an address, waits for anything that runs right away, and looks for anything that could run later. */
export async function look(page: Page, address: string, ours: readonly string[], deeds: Deeds): Promise<void> {
  await page.goto(address, { waitUntil: 'load' });
  // Image errors and focus handlers fire a moment later.
  await page.waitForTimeout(20);
  if (page.url() !== address) deeds.push(`${address}: went to ${page.url().slice(0, 100)}`);
  const found = await page.evaluate<string[]>(suspects(ours));
  deeds.push(...found.map((line) => `${new URL(address).pathname}: ${line}`));
}

/** Processes all items, with each helper working on one at a time. */
export async function inParallel<T, H>(
  items: readonly T[],
  helpers: readonly H[],
  act: (item: T, helper: H) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const work = async (helper: H): Promise<void> => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) await act(item, helper);
  };
  await Promise.all(helpers.map(work));
}
