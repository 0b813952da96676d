import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/system/**'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
