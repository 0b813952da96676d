import { expect, it } from 'vitest';
import { note, problem } from '../../../../scripts/publish/verify/served-files.ts';
import { shorten } from '../../../../scripts/publish/verify/verify-site.ts';

const paths = (amount: number, name: string): string[] =>
  Array.from({ length: amount }, (_, index) => `/${name}-${index}`);
const lines = (findings: Parameters<typeof shorten>[0]): string[] =>
  shorten(findings).shown.map(({ path, message }) => `${path} ${message}`);

it('eight problems are all shown, whatever they are', () => {
  const findings = paths(8, 'page').map((path) => problem(path, 'answers 404'));
  expect(shorten(findings)).toEqual({ shown: findings, left: 0 });
});

it('of more problems some of each kind are shown; the last stands for the others', () => {
  const findings = [
    problem('/release.json', 'holds no release'),
    ...paths(40, 'page').map((path) => problem(path, 'answers 404')),
    ...paths(3, 'feed').map((path, index) => problem(path, `is not what was built: ${index},000 bytes, built were 2`)),
  ];
  expect(lines(findings)).toEqual([
    '/release.json holds no release',
    ...paths(5, 'page').map((path) => `${path} answers 404`),
    '/page-5 answers 404 (the same with 34 more files)',
    '/feed-0 is not what was built: 0,000 bytes, built were 2 (the same with 2 more files)',
  ]);
});

it('of more than eight kinds the first eight are shown, and the others counted', () => {
  const findings = [...'abcdefghij'].flatMap((letter) => paths(2, letter).map((path) => problem(path, `is ${letter}`)));
  const { shown, left } = shorten(findings);
  expect({ shown: shown.length, last: shown[7]?.message, left }).toEqual({
    shown: 8,
    last: 'is h (the same with 1 more file)',
    left: 4,
  });
});

it('a note is shown once, with a count, after the problems', () => {
  const findings = [
    ...paths(3, 'text').map((path) => note(path, 'is served without a character set')),
    problem('/', 'answers 500'),
    note('/', 'is hidden'),
  ];
  expect(lines(findings)).toEqual([
    '/ answers 500',
    '/text-0 is served without a character set (the same with 2 more files)',
    '/ is hidden',
  ]);
});
