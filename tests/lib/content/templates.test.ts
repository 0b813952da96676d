import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builtInTemplates, readTemplates } from '../../../src/lib/content/read-templates.ts';
import { blanksIn } from '../../../src/lib/domain/template.ts';
import { slugForm } from '../../../src/lib/schema/components-file.ts';
import { templateSchema } from '../../../src/lib/schema/update-file.ts';
import { en } from '../../../src/lib/words/en.ts';
import { root } from '../../support/halfpast.ts';

const read = (files: Readonly<Record<string, string>>) =>
  readTemplates(
    { files: Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) })) },
    { timeZone: 'UTC', locale: 'en', componentIds: ['checkout'] },
  );

it('reads suggestions with the syntax of updates', () => {
  const { templates, problems } = read({
    'templates/one-bank.md':
      '---\ntitle: "{{the bank}} is down"\nstatus: identified\ncomponents:\n  checkout: partial_outage\nnext_update: 1h\n---\nText of {{whom}}.\n',
  });
  expect(problems).toEqual([]);
  expect(templates[0]).toEqual({
    name: 'one-bank',
    label: 'One bank',
    kind: 'incident',
    fields: {
      title: '{{the bank}} is down',
      status: 'identified',
      components: { checkout: 'partial_outage' },
      next_update: '1h',
    },
    body: 'Text of {{whom}}.',
  });
  expect(templates).toHaveLength(builtInTemplates(en).length + 1);
});

it('uses the file in the content instead of a built-in text with the same name, even if it can’t be read', () => {
  const labels = (files: Readonly<Record<string, string>>) =>
    read(files)
      .templates.filter(({ name }) => name === 'resolved')
      .map(({ label }) => label);
  expect(labels({})).toEqual(['It is over']);
  expect(labels({ 'templates/resolved.md': '---\nlabel: Done\nstatus: resolved\n---\nIt works.\n' })).toEqual(['Done']);
  expect(labels({ 'templates/resolved.md': 'It works.' })).toEqual([]);
});

it('includes those in the docs', () => {
  const docs = readFileSync(join(root, 'docs/content.md'), 'utf8');
  const named = /Halfpast includes ([^.]*)\./
    .exec(docs)?.[1]
    ?.match(/`[^`]+`/g)
    ?.map((name) => name.slice(1, -1));
  expect(named).toEqual(builtInTemplates(en).map(({ name }) => name));
});

it('includes valid texts for each status, with blanks to fill in', () => {
  for (const { name, label, fields, body } of builtInTemplates(en)) {
    expect(name).toMatch(slugForm);
    expect(templateSchema('UTC').safeParse({ label, ...fields }).success, name).toBe(true);
    expect(blanksIn(body).length, name).toBeGreaterThan(0);
  }
  const statuses = new Set(builtInTemplates(en).map(({ fields }) => fields.status));
  expect([...statuses].sort()).toEqual(
    [
      undefined,
      'completed',
      'identified',
      'in_progress',
      'investigating',
      'monitoring',
      'resolved',
      'scheduled',
    ].sort(),
  );
  expect(new Set(builtInTemplates(en).map(({ name }) => name)).size).toBe(builtInTemplates(en).length);
});
