import { expect, it } from 'vitest';
import { tookUntil } from '../../../../scripts/publish/publish.ts';

it('a publish tells how long each of its steps took, reading included, and they make up the whole', () => {
  const took = tookUntil(5000, 1000, [
    { step: 'build', at: 1200 },
    { step: 'guard', at: 4000 },
    { step: 'verify', at: 4100 },
  ]);
  expect(took).toEqual({ all: 4000, steps: { read: 200, build: 2800, guard: 100, verify: 900 } });
});
