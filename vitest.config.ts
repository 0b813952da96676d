import { configDefaults, defineConfig } from 'vitest/config';

/** The quick tests. They need only this clone and its npm packages, and none is ever skipped. */
export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'tests/history/**', 'tests/system/**', '**/*.slow.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // A fresh module graph per file would double the time. Tests must leave globals as they found them.
    isolate: false,
    // Most of them wait for the processes they start.
    maxWorkers: 2,
  },
});
