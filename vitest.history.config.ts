import { defineConfig } from 'vitest/config';

/** Tests on the real history in `../shared/data`, which is too large, and not ours, to be part of the repository. */
export default defineConfig({
  test: {
    include: ['tests/history/**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
