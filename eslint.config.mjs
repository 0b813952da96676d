import js from '@eslint/js';
import astro from 'eslint-plugin-astro';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', '.astro/', 'public/', 'tests/fixtures/', '**/node_modules/'] },
  js.configs.recommended,
  tseslint.configs.recommended,
  astro.configs.recommended,
  { languageOptions: { globals: { ...globals.node, ...globals.browser } } },
  {
    rules: {
      // Many of our patterns match hidden and control characters.
      'no-control-regex': 'off',
      // Prettier doesn't wrap comments or strings.
      'max-len': [
        'error',
        { code: 120, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true, ignoreUrls: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    // Tests with unseeded random values are flaky. tests/support/seed.ts sets the seed for all tests.
    files: ['tests/**/*.test.ts'],
    rules: {
      'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
      'no-restricted-imports': [
        'error',
        { name: 'node:crypto', importNames: ['randomBytes', 'randomInt', 'randomUUID', 'getRandomValues'] },
      ],
    },
  },
);
