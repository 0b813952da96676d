import { describe, expect, it } from 'vitest';
import { parseContent } from '../../../src/lib/content/check-content.ts';
import { readTree } from '../../../src/lib/content/disk.ts';
import { processorTime } from '../../support/processor-time.ts';
import { fixtureNow, goodSite } from './fixture.ts';

const path = 'incidents/2026-11-22-checkout-errors/2026-11-22T1405Z.md';
const update = (fields: string, body = 'We know why.'): string => `---\nstatus: identified\n${fields}\n---\n${body}\n`;
const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

describe('no file takes check more than two seconds', () => {
  // Each of these once took between four seconds and a minute, at four times today's size limit.
  it.each([
    ['blank lines among the fields', update('\n'.repeat(31_000))],
    ['lines of tabs', update('\t\n'.repeat(15_000))],
    ['fields that nobody knows', update(many(3000, (index) => `k${index}: 1`))],
    ['components that nobody knows', update(`components:\n${many(2500, (index) => `  k${index}: 1`)}`)],
    [
      'fields in one line',
      update(`components: {${Array.from({ length: 3500 }, (_, index) => `k${index}: 1`).join(',')}}`),
    ],
    ['replacement characters', update('lead: Dana', '\uFFFD'.repeat(20_000))],
    ['images', update('lead: Dana', '![](a.png)\n'.repeat(5500))],
    ['blanks of a template', update('lead: Dana', '{{a}} '.repeat(10_000))],
    ['quotes', update('lead: Dana', `![a](https://a.example/)\n${'>'.repeat(60_000)} a`)],
    ['marks of direction', update('lead: Dana', `${'\u200F'.repeat(20_000)}א`)],
    ['more fields than may be', update('a: b\n'.repeat(8000))],
  ])('%s', async (_, text) => {
    const tree = await readTree(goodSite);
    const files = tree.files.map((file) => (file.path === path ? { path, bytes: Buffer.from(text) } : file));
    let parsed;
    const took = processorTime(() => (parsed = parseContent({ ...tree, files }, fixtureNow)));
    expect(took).toBeLessThan(2000);
    expect(parsed).toHaveProperty('problems');
  });
});
