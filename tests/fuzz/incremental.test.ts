import { describe, expect, it } from 'vitest';
import { readBase } from './content.ts';
import { edits, startOf } from './incremental-edits.ts';
import { take } from './incremental-run.ts';
import { readFuzzOptions } from './options.ts';

const start = startOf(await readBase('none'), 12);
const choices = [1, 2, 3, 5, 7, 11, 13, 17, 19, 23].map((n) => ({
  file: n * 7,
  a: n * 1009,
  b: n * 30,
  builds: false,
}));

describe('each kind of edit between builds', () => {
  it.each(Object.keys(edits).filter((kind) => !['rename a group', 'put the code back'].includes(kind)))(
    'changes the content and keeps it valid: %s',
    (kind) => {
      const changes = choices.some((choice) => {
        const taken = take(start, { kind, ...choice });
        return (
          taken !== null &&
          (taken.now !== start.now ||
            taken.code.size > 0 ||
            JSON.stringify([...taken.tree]) !== JSON.stringify([...start.tree]))
        );
      });
      expect(changes).toBe(true);
    },
  );

  it('can rename a group once there is one', () => {
    const grouped = choices.flatMap((choice) => take(start, { kind: 'move a component', ...choice, a: 2 }) ?? [])[0]!;
    expect(take(start, { kind: 'rename a group', ...choices[0]! })).toBeNull();
    expect(take(grouped, { kind: 'rename a group', ...choices[0]! })?.tree.get('components.yml')).not.toEqual(
      grouped.tree.get('components.yml'),
    );
  });

  it('runs with the --incremental flag', () => {
    expect(readFuzzOptions(['--incremental', '100'], 1)).toMatchObject({ incremental: 100 });
    expect(readFuzzOptions([], 1)).toMatchObject({ incremental: null });
    expect(() => readFuzzOptions(['--incremental', '0'], 1)).toThrow('--incremental 100');
  });
});
