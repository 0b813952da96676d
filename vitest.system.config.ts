import { defineConfig } from 'vitest/config';

/** Tests that need Debian's packages, which `.ci/run` installs first, and tests that take minutes. */
export default defineConfig({
  test: {
    include: ['tests/system/**/*.test.ts', 'tests/**/*.slow.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
