import { defineConfig, passthroughImageService } from 'astro/config';

/** What is the same for every site; the address and the folders come from the command (scripts/site). */
export default defineConfig({
  build: { format: 'directory', inlineStylesheets: 'always' },
  compressHTML: true,
  devToolbar: { enabled: false },
  experimental: { incrementalBuild: true },
  image: { service: passthroughImageService() },
});
