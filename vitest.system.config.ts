import { defineConfig } from 'vitest/config';

/** These measure time: they come last, with no other test beside them. */
const measuring = ['tests/system/lighthouse.test.ts', 'tests/views/markdown-time.slow.test.ts'];

/** Tests that need Debian's packages, which `.ci/run` installs first, and tests that take minutes. */
const others = ['tests/system/**/*.test.ts', 'tests/**/*.slow.test.ts'];

const patience = { testTimeout: 600_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'system', include: others, exclude: measuring, maxWorkers: 2, sequence: { groupOrder: 0 }, ...patience } },
      { test: { name: 'measuring', include: measuring, maxWorkers: 1, sequence: { groupOrder: 1 }, ...patience } },
    ],
  },
});
