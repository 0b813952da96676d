import { join } from 'node:path';
import { defineConfig, passthroughImageService } from 'astro/config';
import { browserScripts } from './scripts/site/browser-scripts.ts';

/** What is the same for every site; the address and the folders come from the command (scripts/site). */
export default defineConfig({
  // Most pages of a build are copied from the one before; copying waits for the disk, so several go side by side.
  build: { format: 'directory', inlineStylesheets: 'always', concurrency: 8 },
  compressHTML: true,
  devToolbar: { enabled: false },
  experimental: { incrementalBuild: true },
  image: { service: passthroughImageService() },
  vite: { plugins: [browserScripts(join(import.meta.dirname, 'node_modules/.cache/programs'))] },
});
