import { configDefaults, defineConfig } from 'vitest/config';

/** Tests that share two built sites. */
const withSites = [
  'tests/site/**/*.test.ts',
  'tests/scripts/publish/guard/live-site.test.ts',
  'tests/scripts/publish/verify/verify.test.ts',
];

const exclude = [...configDefaults.exclude, 'tests/history/**', 'tests/system/**', '**/*.slow.test.ts'];

/** The quick tests. They need only this clone and its npm packages, and none is ever skipped. */
export default defineConfig({
  test: {
    setupFiles: ['tests/support/environment.ts', 'tests/support/seed.ts'],
    // Only against tests that hang: checking all types takes 40 seconds alone, and minutes on a busy machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // A fresh module graph per file would double the time. Tests must leave globals as they found them.
    isolate: false,
    // Most of them wait for the processes they start.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'site',
          include: withSites,
          exclude,
          globalSetup: 'tests/support/built-sites.ts',
        },
      },
      {
        extends: true,
        test: { name: 'quick', include: ['tests/**/*.test.ts'], exclude: [...exclude, ...withSites] },
      },
    ],
  },
});
