import { configDefaults, defineConfig } from 'vitest/config';

/** Tests that share two built sites. */
const withSites = [
  'tests/site/**/*.test.ts',
  'tests/scripts/publish/guard/live-site.test.ts',
  'tests/scripts/publish/verify/verify.test.ts',
];

const exclude = [...configDefaults.exclude, 'tests/history/**', 'tests/system/**', '**/*.slow.test.ts'];

/** The quick tests. They only need this clone and its npm packages, and none is ever skipped. */
export default defineConfig({
  test: {
    setupFiles: ['tests/support/environment.ts', 'tests/support/seed.ts'],
    globalSetup: 'tests/support/temporary-files.ts',
    // Only for tests that hang: checking all types takes 40 seconds on its own, and minutes on a busy machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // A separate module graph per file would double the time. Tests must restore any globals that they change.
    isolate: false,
    // Most tests wait for processes that they start.
    maxWorkers: 3,
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
