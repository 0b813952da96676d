import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { AstroInlineConfig } from 'astro';
import type { Settings } from '../../src/domain/settings.ts';

/**
 * Where Astro keeps pages between builds. Each content folder has its own place, so that building
 * one site neither uses nor spoils the pages of another.
 */
export function cacheFolder(root: string, content: string): string {
  const name = createHash('sha256').update(resolve(content)).digest('hex').slice(0, 12);
  return join(root, 'node_modules', '.astro', name);
}

/** The part of Astro's configuration that depends on the site. `cache` is a folder for Astro alone. */
export function astroOptions(root: string, cache: string, settings: Settings): AstroInlineConfig {
  const { origin, pathname } = new URL(settings.url);
  return {
    root,
    site: origin,
    base: pathname,
    cacheDir: cache,
    logLevel: 'error',
  };
}
