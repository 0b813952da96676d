import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFrontMatter } from '../../../src/lib/content/front-matter.ts';
import { cleanBody, fileText, toYaml } from '../../../src/lib/content/write-content.ts';
import { validate } from '../../../src/lib/content/yaml.ts';
import { withoutHidden } from '../../../src/lib/schema/hidden.ts';
import { incidentUpdateSchema } from '../../../src/lib/schema/update-file.ts';

function readBack(text: string) {
  const matter = readFrontMatter(text, 'x.md');
  if (Array.isArray(matter)) throw new Error(matter.map(({ message }) => message).join('\n'));
  const result = validate(incidentUpdateSchema('UTC'), matter, 'x.md');
  if ('problems' in result) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return { ...result.value, body: matter.body };
}

const oneLine = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.toWellFormed()),
    fc.string({ unit: fc.constantFrom(...'#:-\'"`|>%@&*![]{},?~=<\\ \t.0n'), maxLength: 12 }),
    fc.constantFrom(
      '404',
      'no',
      'true',
      'null',
      '~',
      '12:30',
      '# x',
      'a: b',
      '1e3',
      '0x1f',
      '2026-11-22',
      '---',
      '...',
      '- a',
      '"',
      "'",
      "it's",
      '🔥',
      'a\tb',
      '\u0085',
      '\u2028x\u2029',
      '\ufeffx',
      '<<',
      '__proto__',
    ),
  )
  .map((text) => text.replaceAll(/[\n\r]/g, '').trim())
  // Characters that nobody sees are refused, however they are written.
  .map(withoutHidden)
  .filter((text) => text.trim() !== '')
  .map((text) => text.trim());

const body = fc
  .array(oneLine, { minLength: 1, maxLength: 5 })
  .map((lines) => cleanBody(lines.join('\n').replaceAll('\0', '')))
  .filter((text) => text !== '');

describe('a written file', () => {
  it('survives a round trip with any text', () => {
    fc.assert(
      fc.property(oneLine, oneLine, body, (title, remedy, text) => {
        const read = readBack(fileText({ title, status: 'investigating', remedy, lead: title }, text));
        expect(read).toEqual({ title, status: 'investigating', remedy, lead: title, body: text });
      }),
      { numRuns: 500 },
    );
  });

  it('has its fields in the order of the design, and no empty ones', () => {
    const text = fileText(
      {
        remedy: 'r',
        next_update: '30m',
        components: { checkout: 'operational' },
        impact: undefined,
        lead: 'Dana',
        customer_data: 'unaffected',
        status: 'monitoring',
        title: 't',
        authors: [],
        source: 's',
      },
      ' Text.\r\n\r\nMore.\n\n',
    );
    expect(text).toBe(
      '---\ntitle: t\nstatus: monitoring\ncomponents:\n  checkout: operational\ncustomer_data: unaffected\nnext_update: 30m\nlead: Dana\nremedy: r\nsource: s\n---\nText.\n\nMore.\n',
    );
  });

  it('is never written without a required field', () => {
    const fields = { title: 't', status: 'resolved', remedies: 'r' };
    expect(() => fileText(fields, 'Text.')).toThrow('remedies isn’t in fieldOrder');
  });

  it('keeps a long text on one line', () => {
    const long = 'words '.repeat(100).trim();
    expect(fileText({ title: long, status: 'resolved' }, 'x')).toContain(`title: ${long}\n`);
  });

  it('keeps a body that looks like front matter', () => {
    const trap = '---\nstatus: resolved\n---\nNo.';
    expect(readBack(fileText({ title: 't', status: 'identified' }, trap))).toMatchObject({
      status: 'identified',
      body: trap,
    });
  });

  it('writes lists and mappings that read back', () => {
    expect(toYaml({ components: [{ id: '404', name: 'no: really' }] })).toBe(
      'components:\n  - id: "404"\n    name: "no: really"\n',
    );
  });
});
