import { expect, it } from 'vitest';
import { imageProblems } from '../../../src/lib/content/body.ts';

const told = (body: string): readonly string[] => {
  const text = `---\ntitle: x\n---\n${body}`;
  return imageProblems(text, body, 'a.md').map(({ line, column, message }) => `${line}:${column} ${message}`);
};

it('an image that readers cannot load is told with its place', () => {
  expect(told('First.\n\n![a](b.png) and <img src="http://x.example/https://c.png">')).toEqual([
    '6:6 has an image at "b.png", which readers cannot load. Use its full address, https://…',
    '6:27 has an image at "http://x.example/https://c.png", which readers cannot load. Use its full address, https://…',
  ]);
});

it('images of https addresses, in capitals as well, and what only speaks of images are none of these', () => {
  expect(told('![a](https://x.example/a.png) <img src="HTTPS://x.example/b.png"> <img alt="no address">')).toEqual([]);
  expect(told('`![a](b.png)` is how one is typed, [a](b.png) is a link.')).toEqual([]);
});
