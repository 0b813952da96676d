import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '../../support/halfpast.ts';
import { type LanguageServer, startLanguageServer } from './language-server.ts';

let server: LanguageServer;

beforeAll(async () => {
  server = await startLanguageServer(root, {
    [join(root, 'schemas/incident-update.schema.json')]: 'content/incidents/**/*.md',
  });
});

afterAll(() => server.stop());

const site = readFileSync(join(root, 'content/site.yml'), 'utf8');
const components = readFileSync(join(root, 'content/components.yml'), 'utf8');

/** The end of a text, where its author types on. */
function end(text: string): { readonly line: number; readonly character: number } {
  const lines = text.split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

it('offers the fields of site.yml that are not there yet, by the line at the top of the file', async () => {
  const offered = await server.complete('content/site.yml', `${site}`, end(site));
  expect(offered).toEqual(expect.arrayContaining(['repository', 'compose', 'notify', 'people']));
  expect(offered).not.toContain('accent');
});

it('offers what belongs below a field, and says what it is for', async () => {
  const text = `${site}repository:\n  `;
  expect(await server.complete('content/site.yml', text, end(text))).toEqual(
    expect.arrayContaining(['github', 'branch', 'content']),
  );
  const line = site.split('\n').findIndex((text) => text.startsWith('time_zone:'));
  expect(await server.hover('content/site.yml', site, { line, character: 3 })).toContain('an IANA name');
});

it('offers the fields of a component', async () => {
  const text = `${components}      - id: new\n        `;
  expect(await server.complete('content/components.yml', text, end(text))).toEqual(
    expect.arrayContaining(['name', 'description', 'since', 'retired']),
  );
});

it('accepts the included files, and reports an unknown field', async () => {
  expect(await server.problems('content/site.yml', site)).toEqual([]);
  expect(await server.problems('content/components.yml', components)).toEqual([]);
  expect((await server.problems('content/site.yml', `${site}acent: "#000000"\n`)).join()).toMatch(/acent/);
});

it('offers the words of front matter, where an editor hands it markdown; the text below it then confuses it', async () => {
  const path = 'content/incidents/2026-11-22-x/2026-11-22T1405Z.md';
  const text = '---\nstatus: ';
  expect(await server.complete(path, text, end(text))).toEqual(
    expect.arrayContaining(['investigating', 'identified', 'monitoring', 'resolved']),
  );
  const fields = '---\nstatus: resolved\n\n---\nText.\n';
  expect(await server.complete(path, fields, { line: 2, character: 0 })).toEqual(
    expect.arrayContaining(['customer_data', 'remedy', 'next_update']),
  );
  expect(
    await server.problems(path, '---\nstatus: resolved\n---\nAll is well: nobody has to do anything: really.\n'),
  ).not.toEqual([]);
});
