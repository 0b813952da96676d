import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readLogo } from '../../../src/lib/content/read-settings.ts';
import { accentNote } from '../../../src/lib/domain/colors.ts';
import { root } from '../../support/halfpast.ts';

const place = { file: 'site.yml', field: 'logo', line: 4, column: 7 };
const read = (attributes: string): unknown => {
  const svg = `<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n<svg xmlns="http://www.w3.org/2000/svg" ${attributes}><style>a{fill:red}</style><a href="#x"/></svg>\n`;
  return readLogo('logo.svg', [{ path: 'logo.svg', bytes: new TextEncoder().encode(svg) }], place);
};

it('the shape of a logo comes from its viewBox, or else its width and height', () => {
  expect(read('viewBox="0 0 120 40"')).toMatchObject({ file: 'logo.svg', ratio: 3 });
  expect(read('viewBox="-5,-5,10,20" width="100"')).toMatchObject({ ratio: 0.5 });
  expect(read('width="30px" height="20px"')).toMatchObject({ ratio: 1.5 });
  expect(read('viewBox=" 0, 0  30  20 "')).toMatchObject({ ratio: 1.5 });
});

it.each([
  '',
  'viewBox="0 0 0 40"',
  'viewBox="0 0 a b"',
  'width="30"',
  'viewBox="0 0 40"',
  'viewBox="0 0 40 0"',
  'viewBox="0 0 40 -5"',
  'width="30" height="0"',
])('a logo with %j has no shape', (attributes) => {
  expect(read(attributes)).toMatchObject({
    problems: [{ file: 'logo.svg', message: expect.stringContaining('has no size') }],
  });
});

const around = (inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1">${inside}</svg>\n`;
const lineOf = (svg: string | Uint8Array<ArrayBuffer>): string | null => {
  const found = readLogo(
    'logo.svg',
    [
      { path: 'other.svg', bytes: new Uint8Array() },
      { path: 'logo.svg', bytes: typeof svg === 'string' ? new TextEncoder().encode(svg) : svg },
    ],
    place,
  );
  if (!('problems' in found)) return null;
  expect(found.problems).toHaveLength(1);
  return found.problems.map(({ file, message }) => `${file} ${message}`).join();
};

it.each([
  [
    'too large',
    around('x'.repeat(4097)),
    'is 4162 bytes, and every page includes it. Export it as plain SVG of at most 4096 bytes',
  ],
  [
    'cut off',
    '<svg xmlns="http://www.w3.org/2000/svg">\n<g>\n',
    /^is not well-formed: \S.*[^.]\. Export it again as plain SVG$/,
  ],
  [
    'with tags that cross',
    around('\n<g>\n<a></g></a>'),
    /^is not well-formed: \S.*[^.] \(line 3\)\. Export it again as plain SVG$/,
  ],
  ['something else', '<html></html>', 'is not an SVG image. Export it as plain SVG'],
  ['text', 'just words', /Export .*as plain SVG$/],
  [
    'without a namespace',
    '<svg viewBox="0 0 2 1"></svg>',
    'has no namespace, so browsers do not show it. Start it with <svg xmlns="http://www.w3.org/2000/svg" …>',
  ],
  ['with a script', around('<script>x</script>'), 'has a script, which browsers do not run in an image. Delete it'],
  [
    'with a script of another kind',
    around('<SCRIPT type="a">x</SCRIPT>'),
    'has a script, which browsers do not run in an image. Delete it',
  ],
  ...[
    '<image href="https://x.example/a.png"/>',
    "<image xlink:href = 'http://x.example/a.png'/>",
    '<image href="//x.example/a.png"/>',
    '<style>a { fill: url(https://x.example/a.svg#b) }</style>',
    '<style>a { fill: url( "//x.example/a") }</style>',
    '<style>@import  "https://x.example/a.css";</style>',
  ].map((inside): [string, string, RegExp] => [
    `with ${inside}`,
    around(inside),
    /^loads "[^"]*\/\/x\.example\/a[^"]*", which browsers do not load in an image\. Embed it in the file$/,
  ]),
  ['not UTF-8', new Uint8Array([0x3c, 0xff, 0x3e]), /UTF-8/],
] as const)('a logo %s is rejected, with what to do', (_, svg, message) => {
  const said = lineOf(svg);
  expect(said).toMatch(/^logo\.svg /);
  if (typeof message === 'string') expect(said).toBe(`logo.svg ${message}`);
  else expect((said ?? '').slice('logo.svg '.length)).toMatch(message);
});

it('a logo can have 4096 bytes, refer to itself and data URLs, and mention scripts', () => {
  const rest = 4096 - around('').length;
  expect(lineOf(around('x'.repeat(rest)))).toBe(null);
  expect(
    lineOf(
      around('<a href="#b"/><image href="data:image/png;base64,AA"/><scripts/><style>a { fill: url(#b) }</style>'),
    ),
  ).toBe(null);
});

it('a missing logo is reported at the line that names it', () => {
  expect(readLogo('logo.svg', [{ path: 'Logo.svg', bytes: new Uint8Array() }], place)).toEqual({
    problems: [
      { ...place, fix: null, message: '"logo.svg" does not exist. Put it next to site.yml, or delete this line' },
    ],
  });
});

it('the documentation is correct: its logo is accepted, and its accent is reported in these words', () => {
  const guide = readFileSync(join(root, 'docs/theming.md'), 'utf8');
  const svg = /```xml\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
  expect(readLogo('logo.svg', [{ path: 'logo.svg', bytes: new TextEncoder().encode(svg) }], place)).toMatchObject({
    ratio: 2,
  });
  expect(guide).toContain(`\n${accentNote('#00aa77')}\n`);
});
