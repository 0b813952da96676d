import { describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../scripts/cli/errors.ts';
import { readBenchOptions } from './options.ts';

describe('the flags of npm run bench', () => {
  it('are all optional', () => {
    expect(readBenchOptions([])).toEqual({
      sizes: [100, 450, 1000, 2000, 10000],
      runs: 5,
      data: '../shared/data',
      json: null,
      other: null,
    });
  });

  it('set sizes, runs and another generator', () => {
    const words = [
      '--sizes',
      '450, 10000',
      '--runs',
      '60',
      '--data',
      'd',
      '--json',
      'f',
      '--other',
      'b',
      '--prepare',
      'p',
    ];
    expect(readBenchOptions(words)).toEqual({
      sizes: [450, 10000],
      runs: 60,
      data: 'd',
      json: 'f',
      other: { prepare: 'p', build: 'b' },
    });
    expect(readBenchOptions(['--other', 'b'])?.other).toEqual({ prepare: null, build: 'b' });
  });

  it.each([['--help'], ['-h']])('are listed by %s', (flag) => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    expect(readBenchOptions([flag])).toBeNull();
    const help = write.mock.calls.join('');
    write.mockRestore();
    for (const name of ['sizes', 'runs', 'data', 'json', 'other', 'prepare', 'help'])
      expect(help).toContain(`--${name}`);
  });

  it.each([
    [['--what'], "unknown option '--what'. For help: npm run bench -- --help"],
    [['--size', '5'], "unknown option '--size'. Did you mean --sizes?"],
    [['more'], 'unexpected argument "more"'],
    [['--runs'], "option '--runs <N>' argument missing."],
    ...['-5', 'abc', '0', '', ' ', '1.5', '1e3', '100,', '100001'].map(
      (given) => [['--sizes', given], / is not a number from 1 to 100000\. Separate numbers with commas/] as const,
    ),
    [['--sizes', '5,7,5'], '--sizes: 5 appears twice.'],
    ...['0', 'x', '-1', '61', '2.5', ''].map(
      (given) => [['--runs', given], `--runs: "${given}" is not a number from 1 to 60. Type --runs 5`] as const,
    ),
    [['--prepare', 'p'], '--prepare needs --other.'],
    [['--other', ' '], '--other is blank.'],
    [['--other', 'b', '--prepare', ''], '--prepare is blank.'],
    [['--json', ''], '--json is blank.'],
  ] as const)('%j is refused', (words, message) => {
    expect(() => readBenchOptions(words)).toThrow(message);
    expect(() => readBenchOptions(words)).toThrow(UsageError);
  });
});
