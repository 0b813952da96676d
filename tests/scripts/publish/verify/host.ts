import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  xml: 'application/xml',
  json: 'application/json',
  txt: 'text/plain; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  ics: 'text/calendar; charset=utf-8',
};

export type Reply = {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Record<string, string>;
  readonly body?: Buffer | string;
  readonly cut?: number;
};

/** What a host replies to a request instead of serving the file; null to serve it. */
export type Fault = (path: string, query: string, file: Buffer | null) => Reply | null;

/** The file that a static host would serve for a path. */
export function fileAt(folder: string, path: string): Buffer | null {
  const file = join(folder, decodeURIComponent(path), path.endsWith('/') ? 'index.html' : '');
  return existsSync(file) ? readFileSync(file) : null;
}

/** A web server on loopback that serves a folder, with a fault. Returns its address and the requests it got. */
export async function host(
  folder: string,
  fault: Fault = () => null,
  base = '',
): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    asked.push(`${pathname}${search}`);
    const path = pathname.startsWith(base) ? pathname.slice(base.length) : '/none';
    const file = fileAt(folder, path);
    const { status, type, headers, body, cut } = fault(path, search, file) ?? {};
    const bytes = Buffer.from(body ?? file ?? 'not found');
    const ending = path.endsWith('/') ? 'html' : (path.split('.').at(-1) ?? '');
    response.writeHead(status ?? (file === null && body === undefined ? 404 : 200), {
      'content-type': type ?? types[ending] ?? 'application/octet-stream',
      'content-length': bytes.length,
      ...headers,
    });
    if (cut === undefined) return void response.end(bytes);
    response.write(bytes.subarray(0, cut), () => response.destroy());
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`, asked };
}

/** A loopback address that nothing listens on any more. */
export async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
