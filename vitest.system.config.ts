import { defineConfig } from 'vitest/config';

/** Tests that need Debian's packages; `.ci/run` installs those first. */
export default defineConfig({
  test: {
    include: ['tests/system/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
