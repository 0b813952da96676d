import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, describe, expect, it } from 'vitest';
import { v2Files } from '../../src/lib/api/v2-files.ts';
import { builtSite } from '../support/built-sites.ts';
import { temporaryFolder } from '../support/folders.ts';
import { root, succeed } from '../support/halfpast.ts';
import { holdAgainstSchemas } from '../support/published-schemas.ts';
import { summaryForm } from '../support/summary-form.ts';
import { loadContent } from '../support/load-content.ts';

const sites = { calm: builtSite('calm'), troubled: builtSite('troubled') };
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any JSON, as a test picks from it
type Json = { readonly [key: string]: any };

const read = (name: keyof typeof sites, path: string): Json =>
  JSON.parse(readFileSync(join(sites[name].site, path), 'utf8')) as Json;

describe.each(['calm', 'troubled'] as const)('the JSON of a %s site', (name) => {
  it('matches, file by file, the schemas that the site publishes', () => {
    const { by, problems } = holdAgainstSchemas(sites[name].site, sites[name].address);
    expect(problems).toEqual([]);
    expect(Object.entries(by).filter(([, schema]) => schema === null)).toEqual([]);
    expect(new Set(Object.values(by))).toEqual(
      new Set(read(name, 'api/schema/index.json')['schemas'].map(({ name: known }: Json) => known)),
    );
  });
});

it('fails the published schema when a field is missing, unknown or has another value', () => {
  const copy = join(temporaryFolder(), 'site');
  cpSync(sites.troubled.site, copy, { recursive: true });
  const summary = read('troubled', 'api/v2/summary.json');
  const [first, second, ...rest] = summary['components'];
  const { position: _, ...without } = second;
  const changed = {
    ...summary,
    status: { ...summary['status'], indicator: 'bad' },
    components: [{ ...first, more: 1 }, without, ...rest],
  };
  writeFileSync(join(copy, 'api/v2/summary.json'), JSON.stringify(changed));
  expect(holdAgainstSchemas(copy, sites.troubled.address).problems).toEqual([
    'api/v2/summary.json /components/0 must NOT have additional properties',
    "api/v2/summary.json /components/1 must have required property 'position'",
    'api/v2/summary.json /status/indicator must be equal to one of the allowed values',
  ]);
});

it('a page imported from Statuspage answers as before, key for key, except for ids and addresses', async () => {
  const summary = join(root, 'tests/fixtures/statuspage-calm/summary.json');
  const content = join(temporaryFolder(), 'content');
  await succeed(['import', 'statuspage', '--components', summary, '--content', content]);
  const checked = await loadContent(content, Date.parse('2026-11-22T00:00Z'));
  assert('site' in checked);
  expect(summaryForm(JSON.parse(JSON.stringify(v2Files(checked.site).summary)))).toEqual(
    summaryForm(JSON.parse(readFileSync(summary, 'utf8'))),
  );
});
