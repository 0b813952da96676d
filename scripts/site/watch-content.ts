import { resolve, sep } from 'node:path';
import type { AstroIntegration } from 'astro';

/**
 * Makes `dev` follow the content folder. Content is not in Astro's module graph, so it is told:
 * its list of pages is stale, and browsers should load again.
 */
export function watchContent(content: string, forget: () => void): AstroIntegration {
  const folder = resolve(content);
  return {
    name: 'halfpast-watch-content',
    hooks: {
      'astro:server:setup': ({ server }) => {
        server.watcher.add(folder);
        server.watcher.on('all', (_event, path) => {
          if (path !== folder && !path.startsWith(folder + sep)) return;
          forget();
          server.environments['ssr']?.hot.send('astro:content-changed', {});
          server.ws.send({ type: 'full-reload', path: '*' });
        });
      },
    },
  };
}
