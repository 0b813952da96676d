import { describe, expect, it } from 'vitest';
import { note, problem } from '../../../../scripts/publish/verify/served-files.ts';
import { summarize, type Verification, verificationText } from '../../../../scripts/publish/verify/verify-site.ts';

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

describe('the result in words', () => {
  const page = problem('status', '/', 'returns\nstatus 500');
  const hidden = note('noindex', '/', 'is hidden');
  const rounds = (...tries: readonly number[]): Verification['rounds'] =>
    tries.map((one) => ({ outcome: 'verified', tries: one, duration: 1240, findings: [] }));
  const verdict = (outcome: Verification['outcome'], of: Verification['rounds']): Verification => ({
    ...{ outcome, url: 'https://example.com', checks: 12, rounds: of },
  });
  const failed = (findings: Verification['rounds'][number]['findings'], tries = 2) =>
    verdict('failed', [{ outcome: 'failed', tries, duration: 1240, findings }]);

  it.each<[string, Verification, string | null, string]>([
    ['all is well', verdict('verified', rounds(1)), null, 'matches the build: 12 checks in 1.2 s.'],
    [
      'all is well in the end',
      verdict('verified', rounds(1, 3)),
      'U',
      'matches the build: 12 checks in 1.2 s, on try 3, checked twice. Newest update: U',
    ],
    [
      'another is served',
      verdict('overtaken', rounds(1)),
      'U',
      'serves a later release, which has its own verification.',
    ],
    [
      'something is wrong',
      failed([hidden, page]),
      'U',
      "doesn't match the build after 2 tries in 1.2 s: 1 problem. To go back, see docs/when-it-goes-wrong.md\n/ returns status 500\n/ note: is hidden",
    ],
    [
      'much is wrong',
      failed(
        [...'abcdefghi'].map((kind) => problem(kind, '/', `is ${kind}`)),
        1,
      ),
      'U',
      `doesn't match the build after 1 try in 1.2 s: 9 problems. To go back, see docs/when-it-goes-wrong.md\n${[...'abcdefgh'].map((kind) => `/ is ${kind}`).join('\n')}\nand 1 other problem`,
    ],
  ])('%s', (_, result, newestUpdate, text) => {
    const release = { content: 'c', now: '2026-11-22T15:00:00.000Z', newestUpdate };
    expect(verificationText(result, release)).toBe(`https://example.com ${text}\n`);
  });
});
