import { expect, it } from 'vitest';
import { freeName, incidentSlug, titleSlug } from '../../../src/lib/content/update-name.ts';

it('a long title is cut between words, to at most sixty characters', () => {
  const words = (...lengths: number[]): string => lengths.map((length) => 'a'.repeat(length)).join(' ');
  const lengths = [[60], [61], [30, 29], [60, 5], [59, 5], [40, 10, 20]].map(
    (each) => titleSlug(words(...each), 'x').length,
  );
  expect(lengths).toEqual([60, 60, 60, 60, 59, 51]);
  expect(titleSlug('漢字', 'x')).toBe('x');
  expect(titleSlug('a'.repeat(80), 'x')).toBe('a'.repeat(60));
  expect(titleSlug(`${words(59)} ${words(9)}`, 'x')).toBe('a'.repeat(59));
});

it("a name that's taken gets the first free number", () => {
  const freeOf = (...taken: string[]): string => freeName('a', (name) => taken.includes(name));
  expect([freeOf(), freeOf('a'), freeOf('a', 'a-2', 'a-4')]).toEqual(['a', 'a-2', 'a-3']);
});

it('an incident is named by its UTC date and title, or its time if no letter of the title fits an address', () => {
  const at = Date.parse('2026-11-22T23:05:40Z');
  expect(incidentSlug('Checkout errors', at)).toEqual({ wanted: '2026-11-22-checkout-errors', named: true });
  expect(incidentSlug('漢字', at)).toEqual({ wanted: '2026-11-22-incident-2305', named: false });
});
