import { configDefaults, defineConfig } from 'vitest/config';

/** These measure time, so they run last, one at a time. */
const measuring = ['tests/system/lighthouse.test.ts', 'tests/lib/markdown/markdown-time.slow.test.ts'];

/** Tests that need the tools in `tests/system/package.json` or Debian packages, or take minutes. */
const others = ['tests/system/**/*.test.ts', 'tests/**/*.slow.test.ts'];

/** Tests that share two built sites. */
const withSites = [
  'tests/system/api-clients.test.ts',
  'tests/system/browser/headers.test.ts',
  'tests/system/browser/pages.test.ts',
  'tests/site/same-bytes.slow.test.ts',
];

const common = {
  setupFiles: ['tests/support/environment.ts', 'tests/support/seed.ts'],
  testTimeout: 600_000,
  hookTimeout: 300_000,
};

/** These packages import JSON in a way that Node doesn't support, so Vite transforms them. */
const server = { deps: { inline: [/\/@actions\//] } };

export default defineConfig({
  test: {
    projects: [
      {
        // Vite would warn about each source map, because their sources are missing.
        logLevel: 'error',
        test: {
          name: 'system',
          include: others,
          exclude: [...configDefaults.exclude, ...measuring, ...withSites],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
          server,
          ...common,
        },
      },
      {
        test: {
          name: 'system with sites',
          include: withSites,
          globalSetup: 'tests/support/built-sites.ts',
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
          ...common,
        },
      },
      { test: { name: 'measuring', include: measuring, maxWorkers: 1, sequence: { groupOrder: 1 }, ...common } },
    ],
  },
});
