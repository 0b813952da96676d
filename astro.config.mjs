import { halfpast } from './src/integration.ts';

// Without `defineConfig`: importing 'astro/config' adds a third of a second to every start.
/** @type {import('astro').AstroUserConfig} */
export default {
  // `site` and `base` come from `url:` in content/site.yml.
  integrations: [halfpast()],
  output: 'static',
  build: { inlineStylesheets: 'always', concurrency: 8 },
  devToolbar: { enabled: false },
  experimental: { incrementalBuild: true },
};
