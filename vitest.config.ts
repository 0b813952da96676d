import { defineConfig } from 'vitest/config';

/** Tests that need nothing but npm, and that nobody minds waiting for. */
export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/system/**', '**/*.slow.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // Most of them wait for processes of their own.
    maxWorkers: 2,
  },
});
