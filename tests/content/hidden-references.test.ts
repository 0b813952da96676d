import { expect, it } from 'vitest';
import { hiddenReferences } from '../../src/content/hidden-references.ts';

const told = (body: string): readonly string[] => hiddenReferences(body, body, 'a.md').map(({ message }) => message.split(' ')[0] ?? '');

it('a reference to a sign that is seen is none, whatever stands beside it', () => {
  expect(told('&#x1F6D2; 🛒&#x1F6D2;🛒 &copy;🛒 🛒&amp;')).toEqual([]);
});

it('a reference to a character that nobody sees is told beside emoji too', () => {
  expect(told('🛒&#x202e;🛒 a&ZeroWidthSpace;b &#8238;')).toEqual(['&#x202e;', '&ZeroWidthSpace;', '&#8238;']);
});
