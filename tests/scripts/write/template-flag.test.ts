import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { put, smallSite } from '../site.ts';
import { callWithoutGit as call } from '../call.ts';

/** The small site with more templates. Of these, only `for-whom` has a blank to fill in. */
function withTemplates(): string {
  const folder = smallSite();
  put(
    folder,
    'templates/one-bank.md',
    '---\nstatus: identified\nimpact: minor\ncustomer_data: unaffected\n---\n{{components}} fails at one bank.\n',
  );
  put(folder, 'templates/for-whom.md', '---\nstatus: identified\n---\nIt fails for {{whom}}.\n');
  put(folder, 'templates/works.md', '---\nstatus: resolved\n---\nIt works.\n');
  return folder;
}

const read = (folder: string, path: string): string => readFileSync(join(folder, 'content', path), 'utf8');

describe('--template', () => {
  it('provides the text and suggestions, and flags override them', async () => {
    const folder = withTemplates();
    expect((await call('update --template one-bank --customer-data under_review', folder)).code).toBe(0);
    expect(read(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md')).toBe(
      '---\nstatus: identified\nimpact: minor\ncustomer_data: under_review\n---\nCheckout fails at one bank.\n',
    );
    expect(
      (
        await call('resolve --template works --customer-data unaffected', folder, {
          now: '2026-11-22T15:10Z',
        })
      ).code,
    ).toBe(0);
    expect(
      (
        await call('open --title Odd --component api=partial_outage --template one-bank', folder, {
          now: '2026-11-22T15:20Z',
        })
      ).code,
    ).toBe(0);
    expect(read(folder, 'incidents/2026-11-22-odd/2026-11-22T1520Z.md')).toContain(
      '\nstatus: identified\nimpact: minor\ncomponents:\n  api: partial_outage\n',
    );
  });

  it.each([
    [
      ['update', '--template', 'for-whom'],
      '--template for-whom has blanks to fill in: {{whom}}. Run it in a terminal, which asks for them, or give the whole text with --message',
    ],
    [
      ['update', '--template', 'one-bank', '--message', 'x'],
      '--template and --message both give the text. Use one of them',
    ],
    [['resolve', '--template', 'for-whom'], `--template: "for-whom" can't be used here.`],
    [['open', '--template', 'one-bnak'], '--template: "one-bnak" is not a template. Did you mean "one-bank"?'],
  ])('%j is refused: %s', async (args, line) => {
    const { code, stderr } = await call(args, withTemplates());
    expect(code).toBeGreaterThan(0);
    expect(stderr).toContain(`halfpast: ${line}`);
  });
});
