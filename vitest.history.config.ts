import { defineConfig } from 'vitest/config';

/** Tests with the real history in `../shared/data`, which is too large for the repository and not ours to publish. */
export default defineConfig({
  test: {
    include: ['tests/history/**/*.test.ts'],
    setupFiles: ['tests/support/environment.ts', 'tests/support/seed.ts'],
    testTimeout: 600_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
