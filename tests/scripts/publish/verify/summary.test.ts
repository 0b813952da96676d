import { expect, it } from 'vitest';
import { note, problem } from '../../../../scripts/publish/verify/served-files.ts';
import { summarize } from '../../../../scripts/publish/verify/verify-site.ts';

const paths = (amount: number, name: string): string[] =>
  Array.from({ length: amount }, (_, index) => `/${name}-${index}`);
const lines = (findings: Parameters<typeof summarize>[0]): string[] =>
  summarize(findings).shown.map(({ path, message }) => `${path} ${message}`);

it('shows up to eight problems of any kind', () => {
  const findings = paths(8, 'page').map((path) => problem('status', path, 'returns status 404'));
  expect(summarize(findings)).toEqual({ shown: findings, left: 0 });
});

it('shows some of each kind when there are more, and counts the others', () => {
  const findings = [
    problem('release', '/release.json', 'is missing'),
    ...paths(40, 'page').map((path) => problem('status', path, 'returns status 404')),
    ...paths(3, 'feed').map((path, index) => problem('different', path, `differs: ${index},000 bytes`)),
  ];
  expect(lines(findings)).toEqual([
    '/release.json is missing',
    ...paths(5, 'page').map((path) => `${path} returns status 404`),
    '/page-5 returns status 404 (and 34 more files)',
    '/feed-0 differs: 0,000 bytes (and 2 more files)',
  ]);
});

it('shows the first eight kinds, and counts the other problems', () => {
  const findings = [...'abcdefghij'].flatMap((letter) =>
    paths(2, letter).map((path) => problem(letter, path, `is ${letter}`)),
  );
  const { shown, left } = summarize(findings);
  expect({ shown: shown.length, last: shown[7]?.message, left }).toEqual({
    shown: 8,
    last: 'is h (and 1 more file)',
    left: 4,
  });
});

it('shows each kind of note once, after the problems', () => {
  const findings = [
    ...paths(3, 'text').map((path) => note('charset', path, 'has no charset')),
    problem('status', '/', 'returns status 500'),
    note('noindex', '/', 'is hidden'),
  ];
  expect(lines(findings)).toEqual(['/ returns status 500', '/text-0 has no charset (and 2 more files)', '/ is hidden']);
});
