import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readLogo } from '../../src/content/logo.ts';
import { accentNote } from '../../src/views/accent.ts';
import { root } from '../support/halfpast.ts';

const place = { file: 'site.yml', field: 'logo', line: 4, column: 7 };
const read = (attributes: string): unknown => {
  const svg = `<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n<svg xmlns="http://www.w3.org/2000/svg" ${attributes}><style>a{fill:red}</style><a href="#x"/></svg>\n`;
  return readLogo('logo.svg', [{ path: 'logo.svg', bytes: new TextEncoder().encode(svg) }], place);
};

it('the shape of a logo is that of its viewBox, or else of its lengths', () => {
  expect(read('viewBox="0 0 120 40"')).toMatchObject({ file: 'logo.svg', ratio: 3 });
  expect(read('viewBox="-5,-5,10,20" width="100"')).toMatchObject({ ratio: 0.5 });
  expect(read('width="30px" height="20px"')).toMatchObject({ ratio: 1.5 });
});

it.each(['', 'viewBox="0 0 0 40"', 'viewBox="0 0 a b"', 'width="30"', 'viewBox="0 0 40"'])('a logo that says %j has no shape', (attributes) => {
  expect(read(attributes)).toMatchObject({ problems: [{ file: 'logo.svg', message: expect.stringContaining('does not say its size') }] });
});

it('the guide says what is true: its logo is taken, its accent is told of in these words', () => {
  const guide = readFileSync(join(root, 'docs/theming.md'), 'utf8');
  const svg = /```xml\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
  expect(readLogo('logo.svg', [{ path: 'logo.svg', bytes: new TextEncoder().encode(svg) }], place)).toMatchObject({ ratio: 2 });
  expect(guide).toContain(`\n${accentNote('#00aa77')}\n`);
});
