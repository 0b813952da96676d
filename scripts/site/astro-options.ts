import { join } from 'node:path';
import type { AstroInlineConfig } from 'astro';
import { passthroughImageService } from 'astro/config';
import type { Settings } from '../../src/domain/settings.ts';
import { browserScripts } from './browser-scripts.ts';

/** What is the same whatever Astro does. It is not in a file of Astro's own, which would be bundled and run at each start. */
export function commonOptions(root: string, servedByVite: boolean) {
  return {
    configFile: false,
    root,
    output: 'server',
    logLevel: 'error',
    build: { format: 'directory', inlineStylesheets: 'always' },
    compressHTML: true,
    devToolbar: { enabled: false },
    image: { service: passthroughImageService() },
    vite: {
      // Not by Vite's own constants, which follow NODE_ENV: a page without its policy must not come of a setting in a shell.
      define: { servedByVite: String(servedByVite) },
      plugins: [browserScripts(join(root, 'node_modules/.cache/programs'))],
    },
  } satisfies AstroInlineConfig;
}

/** To serve the site as its settings say, with Astro's own server; `cache` is a folder for Astro alone. */
export function servingOptions(root: string, cache: string, settings: Settings): AstroInlineConfig {
  const { origin, pathname } = new URL(settings.url);
  return { ...commonOptions(root, true), site: origin, base: pathname, cacheDir: cache };
}
