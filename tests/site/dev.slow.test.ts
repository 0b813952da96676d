import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sampleContent, temporaryFolder, write } from '../support/folders.ts';
import { root } from '../support/halfpast.ts';
import { serving } from '../support/serving.ts';

/** Starts a serving command and returns the address that it prints. */
const serve = async (args: readonly string[], folder: string): Promise<string> =>
  (await serving(process.execPath, [`${root}/scripts/halfpast.ts`, ...args], folder)).address;

/** Requests the address again until the response contains the text. */
async function eventually(address: string, text: string): Promise<void> {
  let last = '';
  const end = Date.now() + 20_000;
  while (Date.now() < end) {
    last = await (await fetch(address)).text();
    if (last.includes(text)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(last).toContain(text);
}

const update = (text: string): string => `---
title: Gift cards cannot be bought
status: investigating
impact: minor
---
${text}
`;

it('dev shows changes, including errors, as soon as a file is saved', async () => {
  const folder = temporaryFolder();
  const content = sampleContent(folder);
  const settings = readFileSync(join(content, 'site.yml'), 'utf8');
  write(content, 'site.yml', settings.replace(/^locale:.*$/m, 'locales: [en-GB, de]'));
  const address = await serve(['dev', '--content', content, '--now', '2026-11-20T18:00:00Z', '--port', '4871'], folder);
  await eventually(address, 'All Systems Operational');
  await eventually(`${address}de/`, 'Alle Systeme betriebsbereit');
  const page = `${address}incidents/2026-11-20-gift-cards/`;
  const path = 'incidents/2026-11-20-gift-cards/2026-11-20T1700Z.md';

  write(content, path, update('We are looking into it.'));
  await eventually(address, 'Gift cards cannot be bought');
  await eventually(page, 'We are looking into it.');

  write(content, path, update('We have found the cause.'));
  await eventually(page, 'We have found the cause.');

  const translated = (text: string): string => `---\ntitle: Geschenkkarten ausverkauft\n---\n${text}\n`;
  write(content, path.replace('.md', '.de.md'), translated('Wir sehen nach.'));
  await eventually(`${address}de/incidents/2026-11-20-gift-cards/`, 'Wir sehen nach.');
  write(content, path.replace('.md', '.de.md'), translated('Wir kennen die Ursache.'));
  await eventually(`${address}de/incidents/2026-11-20-gift-cards/`, 'Wir kennen die Ursache.');

  write(content, path, update('Typing fast.').replace('status: investigating', 'status: investigatng'));
  // This page loads Astro's overlay. tests/system/browser/astro-project.test.ts reads the overlay itself.
  await eventually(address, 'ContentProblems');

  // Some editors run a formatter right after saving.
  for (let at = 1; at <= 20; at += 1) write(content, path, update(`Saved ${at} times.`));
  await eventually(page, 'Saved 20 times.');

  rmSync(join(content, 'incidents/2026-11-20-gift-cards'), { recursive: true });
  await eventually(address, 'All Systems Operational');
});

it('dev started with a problem has every address as soon as the problem is fixed', async () => {
  const folder = temporaryFolder();
  const content = sampleContent(folder);
  const settings = readFileSync(join(content, 'site.yml'), 'utf8');
  const url = 'url: https://example.com/status';
  write(
    content,
    'site.yml',
    settings
      .replace(/^url:.*$/m, url)
      .replace(/^locale:.*$/m, 'locales: [en-GB, de]\nrepository:\n  github: example/status'),
  );
  const path = 'incidents/2026-11-20-gift-cards/2026-11-20T1700Z.md';
  write(content, path, update('Typing fast.').replace('status: investigating', 'status: investigatng'));
  const address = await serve(['dev', '--content', content, '--now', '2026-11-20T18:00:00Z', '--port', '4869'], folder);
  await eventually(address, 'ContentProblems');
  write(content, path, update('We are looking into it.'));
  await eventually(new URL('/status/de/', address).href, 'Gift cards cannot be bought');
  expect((await fetch(new URL('/status/compose/', address))).status).toBe(200);
});

it('start builds the content and serves the site, also while other servers run', async () => {
  const folder = temporaryFolder();
  const content = sampleContent(folder);
  const address = await serve(
    ['start', '--content', content, '--out', join(folder, 'out'), '--port', '4872', '--now', '2026-11-20T18:00:00Z'],
    folder,
  );
  const index = await fetch(address);
  expect(index.headers.get('content-type')).toContain('text/html');
  expect(await index.text()).toContain('All Systems Operational');
  expect((await fetch(`${address}rss.xml`)).status).toBe(200);
  for (const command of [['start', '--out', join(folder, 'other')], ['dev'], ['dev']]) {
    const other = await serve([...command, '--content', content, '--now', '2026-11-20T18:00:00Z'], folder);
    await eventually(other, 'All Systems Operational');
  }
});
