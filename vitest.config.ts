import { configDefaults, defineConfig } from 'vitest/config';

/** The quick tests. They need nothing but this clone and its npm packages, and none of them is ever skipped. */
export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'tests/history/**', 'tests/system/**', '**/*.slow.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // Most of them wait for processes of their own.
    maxWorkers: 2,
  },
});
