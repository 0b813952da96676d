import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { filesBelow, temporaryFolder } from '../support/folders.ts';
import { succeed } from '../support/halfpast.ts';
import { summaryForm } from '../support/summary-form.ts';
import { historyData } from './data.ts';

const summary = historyData('github-summary.json');

it('an imported page has the same keys in the same order and the same values in summary.json, except for ids', async () => {
  const folder = temporaryFolder();
  const [content, out] = [join(folder, 'content'), join(folder, 'site')];
  await succeed(['import', 'statuspage', '--components', summary, '--content', content]);
  await succeed([
    'build',
    '--content',
    content,
    '--out',
    out,
    '--cache',
    join(folder, 'cache'),
    '--now',
    '2026-11-22T00:00:00Z',
  ]);
  const theirs: unknown = JSON.parse(readFileSync(summary, 'utf8'));
  const ours: unknown = JSON.parse(readFileSync(join(out, 'api/v2/summary.json'), 'utf8'));
  expect(summaryForm(ours)).toEqual(summaryForm(theirs));
  expect(JSON.stringify(summaryForm(theirs))).toContain('"url","https://www.githubstatus.com"');
});

it('import statuspage --summary imports the components of a real page, and warns that a summary has only open incidents', async () => {
  const content = join(temporaryFolder(), 'content');
  const said = await succeed([
    'import',
    'statuspage',
    '--summary',
    summary,
    '--content',
    content,
    '--now',
    '2026-11-22T15:00:00Z',
  ]);
  expect(said).toContain(`${summary}: a summary lists only what is open`);
  const { components } = JSON.parse(readFileSync(summary, 'utf8')) as {
    readonly components: readonly { readonly name: string }[];
  };
  const written = readFileSync(join(content, 'components.yml'), 'utf8');
  for (const { name } of components) expect(written).toContain(`name: ${name}\n`);
  expect(filesBelow(content).filter((path) => path.endsWith('.md'))).toEqual([]);
});
