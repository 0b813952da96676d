import { configDefaults, defineConfig } from 'vitest/config';

/** These measure time: they come last, with no other test beside them. */
const measuring = ['tests/system/lighthouse.test.ts', 'tests/lib/markdown/markdown-time.slow.test.ts'];

/** Tests that need the tools of `tests/system/package.json` or Debian's packages, and tests that take minutes. */
const others = ['tests/system/**/*.test.ts', 'tests/**/*.slow.test.ts'];

const patience = { testTimeout: 600_000, hookTimeout: 300_000 };

/** These packages import JSON in a way that Node alone does not take, so Vite transforms them. */
const server = { deps: { inline: [/\/@actions\//] } };

export default defineConfig({
  test: {
    projects: [
      {
        // They come with source maps but without the sources, about each of which Vite would print a warning.
        logLevel: 'error',
        test: {
          name: 'system',
          include: others,
          exclude: [...configDefaults.exclude, ...measuring],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
          server,
          ...patience,
        },
      },
      { test: { name: 'measuring', include: measuring, maxWorkers: 1, sequence: { groupOrder: 1 }, ...patience } },
    ],
  },
});
