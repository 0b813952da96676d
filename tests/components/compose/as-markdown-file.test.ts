import fc from 'fast-check';
import { rolldown } from 'rolldown';
import { afterEach, expect, it, vi } from 'vitest';
import { asMarkdownFile } from '../../../src/components/compose/draft.ts';
import { type MarkdownFile, readMarkdownFile } from '../../../src/lib/content/front-matter.ts';
import { type Fields, updateFile } from '../../../src/lib/content/write-content.ts';

const at = Date.parse('2026-11-22T15:00Z');

/**
 * Everything that a reader can get from a file, with the position of each field, and of some fields that don't exist.
 */
function learned(file: MarkdownFile, fields: Fields): unknown {
  if ('problems' in file) return file;
  const {
    text,
    matter: { data, problems, body, locate },
  } = file;
  const ids = Object.keys((fields.components ?? {}) as object);
  const names = ['title', 'status', 'impact', 'components', 'customer_data', 'next_update', 'lead', 'comms', 'remedy'];
  const paths = [
    [],
    ...names.map((name) => [name]),
    ...[...ids, 'other'].map((id) => ['components', id]),
    ['title', 'x'],
  ];
  const places = paths.map((path) => [locate(path), locate(path, 'key')]);
  return { text, data, problems, body, places };
}

function compare(fields: Fields, message: string): void {
  const file = updateFile('incidents', 'one', at, fields, message);
  const asChecked = readMarkdownFile({ path: file.path, bytes: new TextEncoder().encode(file.text) });
  expect(learned(asMarkdownFile(file, fields, message), fields)).toEqual(learned(asChecked, fields));
}

// Special characters in YAML, text that is rejected, and text that needs escaping.
const hard = [
  '#',
  ': ',
  '"',
  "'",
  '- ',
  '? ',
  '|',
  '>',
  '&a',
  '*a',
  '!',
  '%',
  '@',
  '`',
  '{',
  '[',
  ',',
  '---',
  '...',
  'null',
  '~',
  'yes',
  '12:30',
  '0x1F',
  '2026-11-22',
  '\n',
  '\r\n',
  '\t',
  ' ',
  '\\',
  '\u0000',
  '\u0001',
  '\u0085',
  '\u2028',
  '\u200B',
  '\uFEFF',
  '\uFFFD',
  '<<<<<<< HEAD',
  '{{blank}}',
  'é',
  '🔥',
];
const text = fc
  .oneof(
    fc
      .array(fc.oneof(fc.constantFrom(...hard), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 5 })
      .map((parts) => parts.join('')),
    fc.string({ unit: 'grapheme', maxLength: 100 }),
  )
  .map((typed) => typed.trim());
const field = fc.option(
  text.map((typed) => (typed === '' ? undefined : typed)),
  { nil: undefined },
);
const id = fc.oneof(
  fc.stringMatching(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  fc.constantFrom('404', 'null', 'true', '1e3', '0x1f'),
);

it('reads a file from the form the way check does, with the same problems in the same places', () => {
  const fields = fc.record({
    title: field,
    status: text,
    impact: field,
    components: fc.dictionary(id, fc.constantFrom('operational', 'major_outage'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
    customer_data: field,
    next_update: field,
    lead: field,
    comms: field,
    remedy: field,
  });
  fc.assert(fc.property(fields, text, compare), { numRuns: 300 });
});

it.each<[string, Fields, string]>([
  ['more fields than there may be', { title: 'x'.repeat(33 * 1024), status: 'identified' }, 'Text.'],
  ['more text than there may be', { status: 'identified' }, 'x'.repeat(65 * 1024)],
  ['a character that nobody sees', { title: 'a\u0001', status: 'identified', remedy: 'b\u0002' }, 'Text.'],
  ['no text', { title: 'a\u0001', status: 'identified' }, ' \n'],
])('rejects what check rejects: %s', (_, fields, message) => {
  compare(fields, message);
});

afterEach(() => vi.unstubAllGlobals());

it('needs nothing that browsers don’t have', () => {
  const fields = { title: 'Caf\uFFFD', status: 'identified' };
  const file = updateFile('incidents', 'one', at, fields, 'Text.');
  vi.stubGlobal('Buffer', undefined);
  expect(asMarkdownFile(file, fields, 'Text.')).toMatchObject({ matter: { data: fields } });
});

it('keeps gray-matter and YAML parsers out of the browser', async () => {
  const bundle = await rolldown({
    input: 'src/components/compose/compose.ts',
    platform: 'browser',
    logLevel: 'silent',
  });
  const {
    output: [{ modules }],
  } = await bundle.generate({ format: 'iife' });
  await bundle.close();
  const used = Object.entries(modules)
    .filter(([, { renderedLength }]) => renderedLength > 0)
    .map(([path]) => path);
  expect(used.some((path) => path.endsWith('/src/lib/content/read-updates.ts'))).toBe(true);
  expect(used.filter((path) => /gray-matter|js-yaml|\/yaml\/.*\/(?:parser|composer)\.js$/.test(path))).toEqual([]);
});
