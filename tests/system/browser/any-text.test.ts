import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { filesBelow, write } from '../../support/folders.ts';
import { succeed } from '../../support/halfpast.ts';
import { serveFolder, type StaticServer } from '../../support/static-server.ts';

/** Writes content with this text in every free-text field, and in every kind of Markdown block. */
function everywhere(content: string, text: string): void {
  const quoted = JSON.stringify(text);
  const body = [
    ...[
      text,
      `# ${text}`,
      `- ${text}\n- ${text}`,
      `3. ${text}`,
      `> ${text}`,
      `| ${text} | ${text} |\n|---|---|\n| 1 | ${text} |`,
    ],
    ...[`**${text}** \`${text}\` [${text}](https://www.example.com/${'a'.repeat(200)})`, `\`\`\`\n${text}\n\`\`\``],
    ...[`<details><summary>${text}</summary>\n\n${text}\n\n</details>`, `https://www.example.com/${'b'.repeat(200)}`],
  ].join('\n\n');
  const file = (path: string, fields: readonly string[]): void =>
    write(content, path, `---\n${fields.join('\n')}\n---\n${body}\n`);
  write(
    content,
    'site.yml',
    `name: ${quoted}
url: https://status.example.com
time_zone: Europe/Berlin
show_people: true
links: [{ label: ${quoted}, url: https://www.example.com }]
repository: { github: example/status }
`,
  );
  write(
    content,
    'components.yml',
    `components:
  - { id: alone, name: ${quoted}, description: ${quoted} }
groups:
  - name: ${quoted}
    components:
      - { id: first, name: ${quoted}, description: ${quoted} }
      - { id: second, name: ${quoted} }
`,
  );
  file('incidents/2026-11-19-open/2026-11-19T1700Z.md', [
    ...[`title: ${quoted}`, 'status: investigating', `remedy: ${quoted}`, `lead: ${quoted}`, `comms: ${quoted}`],
    'components: { first: major_outage, second: partial_outage, alone: degraded_performance }',
  ]);
  file('incidents/2026-11-19-open/2026-11-19T1730Z.md', [`title: ${JSON.stringify(`${text}!`)}`, 'status: identified']);
  file('incidents/2026-11-12-over/2026-11-12T1700Z.md', [
    ...[`title: ${quoted}`, 'status: investigating', 'components: { first: major_outage, second: partial_outage }'],
  ]);
  file('incidents/2026-11-12-over/2026-11-12T1800Z.md', ['status: resolved', 'customer_data: unaffected']);
  for (const [slug, day] of [
    ['2026-11-10-work', '10'],
    ['2026-11-30-work', '30'],
  ] as const) {
    file(`maintenance/${slug}/2026-11-09T0900Z.md`, [
      ...[
        `title: ${quoted}`,
        'status: scheduled',
        'components: { first: under_maintenance, alone: under_maintenance }',
      ],
      ...[`scheduled_for: 2026-11-${day}T20:00Z`, `scheduled_until: 2026-11-${day}T21:00Z`],
    ]);
  }
  file('postmortems/2026-11-12-over.md', [
    ...[`title: ${quoted}`, 'published: 2026-11-14T09:00Z', `authors: [${quoted}, ${quoted}]`, `summary: ${quoted}`],
    ...['customer_data: unaffected', 'cause: change', `remedy: ${quoted}`, `lessons: [${quoted}, ${quoted}]`],
    `actions: [{ what: ${quoted}, owner: ${quoted}, due: 2026-12-01 }, { what: ${quoted}, owner: ${quoted}, due: 2026-11-15, done: 2026-11-15 }]`,
  ]);
  file('templates/one.md', [`label: ${quoted}`, `title: ${quoted}`, 'status: investigating']);
}

/** In milliseconds, for a build and about twenty pages. */
const timeout = 300_000;

let folder: string;
let browser: Browser;
const servers: StaticServer[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'halfpast-any-text-'));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await Promise.all(servers.map((server) => server.close()));
  rmSync(folder, { recursive: true, force: true });
});

/** Visits every page of a site with this text everywhere. */
async function visitAll(text: string, visit: (page: Page, path: string) => Promise<void>): Promise<void> {
  const inside = mkdtempSync(join(folder, 'site-'));
  const [content, site, cache] = [join(inside, 'content'), join(inside, 'site'), join(inside, 'cache')];
  everywhere(content, text);
  const now = '2026-11-20T18:40:00Z';
  await succeed(['build', '--content', content, '--out', site, '--cache', cache, '--now', now]);
  const server = await serveFolder(site);
  servers.push(server);
  const page = await browser.newPage();
  // Folder addresses, such as /incidents/, only redirect.
  const isPage = (path: string): boolean => !readFileSync(join(site, path), 'utf8').includes('http-equiv="refresh"');
  const paths = filesBelow(site).filter((path) => path.endsWith('.html') && isPage(path));
  expect(paths.length).toBeGreaterThan(15);
  for (const path of paths) {
    await page.goto(`${server.origin}/${path.replace(/index\.html$/, '')}`);
    await page.evaluate('document.querySelectorAll("details").forEach((element) => element.open = true)');
    await visit(page, path);
  }
  await page.close();
}

/** Finds Arabic text whose direction is set neither by its element nor by isolates. */
const misdirected = `(() => {
  const arabic = /\\p{sc=Arab}/u;
  const bare = (text) => arabic.test(text.replaceAll(/\\u2068[^\\u2068\\u2069]*\\u2069/g, ''));
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement: parent } = texts.currentNode;
    // Code isn't mirrored.
    if (parent.closest('script, code, #file-text') || !bare(data)) continue;
    if (getComputedStyle(parent).direction !== 'rtl') found.push(parent.outerHTML.slice(0, 200));
  }
  for (const element of document.querySelectorAll('*'))
    for (const { name, value } of element.attributes)
      if (!/^(?:data-site|data-incidents|href|id|value)$/.test(name) && bare(value) && !arabic.test(value[0])) found.push(name + '=' + value);
  if (bare(document.title)) found.push(document.title);
  return found;
})()`;

describe('a site in Arabic', () => {
  it('has its own direction for everything people wrote, on every page', { timeout }, async () => {
    await visitAll('تعطل الدفع (API v2).', async (page, path) => {
      expect(await page.evaluate(misdirected), path).toEqual([]);
    });
  });
});

/** The width of the page, and the elements that are wider than their box, except those that scroll on their own. */
const widths = `({
  page: document.documentElement.scrollWidth,
  tooWide: [...document.querySelectorAll('body *')]
    .filter((element) => !element.closest('pre, table, .copy, .skip, .unseen, svg, select, input, textarea'))
    .filter((element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline')
    .map((element) => element.outerHTML.slice(0, 200)),
})`;

describe('a site of words without spaces', () => {
  it('is never wider than the screen', { timeout }, async () => {
    await visitAll(`${'Donaudampfschifffahrt'.repeat(8)}_${'order_status_changed'.repeat(8)}`, async (page, path) => {
      for (const width of [360, 390, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await page.evaluate(widths), path).toEqual({ page: width, tooWide: [] });
      }
    });
  });
});
