import { resolve, sep } from 'node:path';
import type { AstroIntegration } from 'astro';
import { escapeHtml } from '../../src/views/escape.ts';

/** What `dev` knows of the content. */
export type WatchedContent = {
  readonly folder: string;
  /** Called after each change. */
  readonly forget: () => void;
  /** The lines to print while something is wrong; empty when all is well. */
  readonly problems: () => Promise<readonly string[]>;
};

/** The page that stands in for every other while the content has problems; it loads again by itself. */
function problemPage(lines: readonly string[]): string {
  const items = lines.map((line) => `<li><code>${escapeHtml(line)}</code></li>`).join('\n');
  return `<!doctype html><meta charset="utf-8"><title>The content has problems</title><script type="module" src="/@vite/client"></script>
<h1>Nothing can be shown until this is put right</h1><ul>${items}</ul>`;
}

/**
 * The watcher tells one change of a file in 50 ms and swallows the rest, as when an editor saves and
 * a formatter saves again; after this many milliseconds without a change all of them are on disk.
 */
const settled = 100;

/**
 * Makes `dev` follow the content folder. Content is not in Astro's module graph, so browsers are told
 * to load again.
 */
export function watchContent({ folder, forget, problems }: WatchedContent): AstroIntegration {
  const root = resolve(folder);
  return {
    name: 'halfpast-watch-content',
    hooks: {
      'astro:server:setup': ({ server }) => {
        const showAgain = (): void => {
          forget();
          server.ws.send({ type: 'full-reload', path: '*' });
        };
        let timer: NodeJS.Timeout | undefined;
        server.watcher.add(root);
        server.watcher.on('all', (_event, path) => {
          if (path !== root && !path.startsWith(root + sep)) return;
          clearTimeout(timer);
          timer = setTimeout(showAgain, settled);
        });
        server.middlewares.use((request, response, next) => {
          // Vite's own modules must load, or the page could not learn that all is well again.
          if (/^\/(?:@|node_modules\/|src\/)/.test(request.url ?? '')) return next();
          problems().then((lines) => {
            if (lines.length === 0) return next();
            response.statusCode = 500;
            response.setHeader('content-type', 'text/html; charset=utf-8');
            response.end(problemPage(lines));
          }, next);
        });
      },
    },
  };
}
