import { expect, it } from 'vitest';
import { mainOf, pageSize } from '../../../scripts/site/page-sizes.ts';

it.each(['<main>Größe</main>', '<p><main id="a">One</main> <main>two</main></p>', '<mainframe><main\n>x</main>', 'nothing', '<main>', '</main><main>', ''])(
  'the size of what a page says is that of its text in bytes: %j',
  (html) => {
    expect(pageSize(Buffer.from(html))).toBe(Buffer.byteLength(mainOf(html) ?? ''));
  },
);
