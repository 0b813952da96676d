import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readFrontMatter } from '../../../src/lib/content/front-matter.ts';
import { builtInTemplates } from '../../../src/lib/content/read-templates.ts';
import { editorSchemas, snippets } from '../../../src/lib/schema/editor-schemas.ts';
import { incidentUpdateSchema, maintenanceUpdateSchema } from '../../../src/lib/schema/update-file.ts';
import { filesBelow } from '../../support/folders.ts';
import { en } from '../../../src/lib/words/en.ts';
import { root } from '../../support/halfpast.ts';

const schemas = editorSchemas();

const ajv = new Ajv({ allErrors: true, strict: false });
for (const { name, text } of schemas) ajv.addSchema(JSON.parse(text) as object, name);

function problems(name: string, data: unknown): string[] {
  ajv.validate(name, data);
  return (ajv.errors ?? []).map(
    ({ instancePath, keyword, params }) => `${instancePath} ${keyword} ${JSON.stringify(params)}`,
  );
}

describe('the schemas for editors', () => {
  it.each(schemas)(
    '$name is the one in schemas/; npx vitest run tests/lib/schema -u updates it',
    async ({ name, text }) => {
      await expect(text).toMatchFileSnapshot(join(root, `schemas/${name}.schema.json`));
    },
  );

  it.each(schemas)('$name describes each field', ({ undescribed }) => {
    expect(undescribed).toEqual([]);
  });

  it('accept the included content', () => {
    const kinds = {
      incidents: 'incident-update',
      maintenance: 'maintenance-update',
      postmortems: 'postmortem',
      pages: 'page',
      templates: 'template',
    } as const;
    const content = join(root, 'content');
    let count = 0;
    for (const path of filesBelow(content)) {
      const text = readFileSync(join(content, path), 'utf8');
      const kind = kinds[path.split('/')[0] as keyof typeof kinds] as string | undefined;
      const matter = kind === undefined ? null : readFrontMatter(text, path);
      const data: unknown = matter === null ? parse(text) : Array.isArray(matter) ? null : matter.data;
      expect(problems(kind ?? path.replace('.yml', ''), data), path).toEqual([]);
      count += 1;
    }
    expect(count).toBeGreaterThan(50);
    for (const { label, fields } of builtInTemplates(en))
      expect(problems('template', { label, ...fields })).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['page', { title: 'About', navigation: 0 }, '/navigation minimum'],
    ['incident-update', { status: 'investigatng' }, '/status enum'],
    ['incident-update', { title: 'It fails' }, 'required {"missingProperty":"status"}'],
    ['incident-update', { status: 'resolved', components: { checkout: 'down' } }, '/components/checkout enum'],
    [
      'incident-update',
      { status: 'resolved', nextupdate: '30m' },
      'additionalProperties {"additionalProperty":"nextupdate"}',
    ],
    ['incident-update', { status: 'resolved', next_update: 30 }, '/next_update type'],
    ['maintenance-update', { status: 'resolved' }, '/status enum'],
    ['postmortem', { title: 'x', authors: 'Dana', summary: 'x', customer_data: 'unaffected' }, '/authors type'],
    ['site', { name: 'x', url: 'https://x.example' }, 'required {"missingProperty":"time_zone"}'],
    [
      'site',
      { name: 'x', url: 'https://x.example', time_zone: 'UTC', repository: { owner: 'x' } },
      '/repository required',
    ],
    ['components', { components: [{ name: 'Checkout' }] }, '/components/0 required'],
  ])('%s refuses %j', (name, data, problem) => {
    expect(problems(name, data).join('\n')).toContain(problem);
  });
});

describe('the snippets for VS Code', () => {
  it('are those in .vscode/', async () => {
    await expect(snippets()).toMatchFileSnapshot(join(root, '.vscode/halfpast.code-snippets'));
  });

  it('make valid front matter with their first choices', () => {
    const table = JSON.parse(snippets()) as Record<string, { body: string[] }>;
    for (const [name, { body }] of Object.entries(table)) {
      const text = body
        .join('\n')
        .replaceAll(/\$\{\d+\|([^,|]+)[^}]*\}/g, '$1')
        .replaceAll(/\$\{\d+:([^}]*)\}/g, '$1');
      const matter = readFrontMatter(text, name);
      const schema = name.endsWith('maintenance') ? maintenanceUpdateSchema('UTC') : incidentUpdateSchema('UTC');
      expect(Array.isArray(matter) ? matter : schema.safeParse(matter.data).error, name).toBeUndefined();
      expect(text).not.toContain('$');
    }
  });
});
