import { expect, it } from 'vitest';
import { longestAddress, newFilePage } from '../../../src/components/compose/draft.ts';

const repository = { name: 'example/status', branch: 'release/a#b', folder: 'content' };

it('encodes the path and the text', () => {
  const text = '---\ntitle: "a & b = c + d?#%"\n---\nÜmläut 🔥 100 %\n';
  const { address, whole } = newFilePage(
    repository,
    'content/incidents/x/2026-11-22T1405Z.md',
    text,
    'Identified: a & b',
  );
  const url = new URL(address);
  expect(whole).toBe(true);
  expect(url.pathname).toBe('/example/status/new/release/a%23b');
  expect([...url.searchParams]).toEqual([
    ['filename', 'content/incidents/x/2026-11-22T1405Z.md'],
    ['value', text],
    ['message', 'Identified: a & b'],
  ]);
});

it('omits only the text if the URL would be too long for GitHub', () => {
  const page = (length: number) => newFilePage(repository, 'a.md', 'x'.repeat(length), 'm');
  const room = longestAddress - page(0).address.length;
  expect([page(room).whole, page(room).address.length]).toEqual([true, longestAddress]);
  expect(page(room + 1)).toEqual({
    address: 'https://github.com/example/status/new/release/a%23b?filename=a.md',
    whole: false,
  });
});
