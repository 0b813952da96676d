import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createGzip } from 'node:zlib';
import { extname, join, normalize } from 'node:path';
import type { AddressInfo } from 'node:net';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.rss': 'application/rss+xml',
  '.atom': 'application/atom+xml',
  '.ics': 'text/calendar; charset=utf-8',
};

export type StaticServer = { readonly origin: string; readonly close: () => Promise<void> };

function fileFor(root: string, path: string): string | null {
  const file = join(root, normalize(decodeURIComponent(path)));
  if (!file.startsWith(root)) return null;
  const page = existsSync(file) && statSync(file).isDirectory() ? join(file, 'index.html') : file;
  return existsSync(page) ? page : null;
}

/**
 * Serves a folder on loopback like a plain static host. `headers` are added to every response, and `gzip` compresses
 * it, as hosts do.
 */
export async function serveFolder(
  root: string,
  base = '',
  headers: Readonly<Record<string, string>> = {},
  gzip = false,
): Promise<StaticServer> {
  const server: Server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = path.startsWith(base) ? fileFor(root, path.slice(base.length)) : null;
    const found = file ?? join(root, '404.html');
    const squeezed = gzip ? { 'content-encoding': 'gzip' } : {};
    response.writeHead(file === null ? 404 : 200, {
      'content-type': types[extname(found)] ?? 'application/octet-stream',
      ...squeezed,
      ...headers,
    });
    const bytes = createReadStream(found);
    (gzip ? bytes.pipe(createGzip()) : bytes).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
