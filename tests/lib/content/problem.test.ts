import { expect, it } from 'vitest';
import { inOrder, problemLine } from '../../../src/lib/content/problem.ts';

const problem = (file: string, line: number, column: number, field: string | null = null) => ({
  file,
  line,
  column,
  field,
  message: 'is wrong',
  fix: null,
});

it('problems are sorted by file, line and column', () => {
  const sorted = [
    problem('a', 1, 9),
    problem('a', 2, 1),
    problem('a', 2, 5),
    problem('a', 10, 1),
    problem('b', 1, 1),
    problem('c', 1, 1),
  ];
  expect(inOrder([5, 3, 1, 4, 0, 2].map((nth) => sorted[nth]!))).toEqual(sorted);
});

it('the folder is named as typed, without trailing slashes', () => {
  expect(['', 'content', 'content/', 'my//content//'].map((root) => problemLine(problem('a.md', 1, 2), root))).toEqual([
    'a.md:1:2  is wrong',
    'content/a.md:1:2  is wrong',
    'content/a.md:1:2  is wrong',
    'my//content/a.md:1:2  is wrong',
  ]);
});

it('a field name is cut after 80 characters', () => {
  expect(problemLine(problem('a.md', 1, 1, 'x'.repeat(80)), '')).toBe(`a.md:1:1  ${'x'.repeat(80)}: is wrong`);
  expect(problemLine(problem('a.md', 1, 1, 'x'.repeat(81)), '')).toBe(`a.md:1:1  ${'x'.repeat(79)}…: is wrong`);
});
