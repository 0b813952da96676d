import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/system/**'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
