import { relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AstroConfig } from 'astro';

type Plugin = NonNullable<AstroConfig['vite']['plugins']>[number];

/** The rooms of `src` that Node runs as they are. */
const plain = ['content', 'domain', 'schema', 'views'];

/**
 * Leaves our own code that needs no Astro out of what Astro bundles: pages then use the very modules
 * that have read the content, and what those remember is worked out once.
 */
export function ownModules(src: string): Plugin {
  return {
    name: 'halfpast-own-modules',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (importer === undefined || !source.endsWith('.ts')) return null;
      const found = await this.resolve(source, importer, { ...options, skipSelf: true });
      if (found === null || found.external !== false) return found;
      const [room = ''] = relative(src, found.id).split(sep);
      return plain.includes(room) ? { id: pathToFileURL(found.id).href, external: 'absolute' } : found;
    },
  };
}
