import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

type Message = { readonly id?: number; readonly method?: string; readonly params?: unknown; readonly result?: unknown };

export type Position = { readonly line: number; readonly character: number };

/** The YAML language server as editors run it, over standard input and output. */
export type LanguageServer = {
  /** The completions offered at a position in a file with this text. */
  readonly complete: (path: string, text: string, at: Position) => Promise<readonly string[]>;
  /** The hover text at a position. */
  readonly hover: (path: string, text: string, at: Position) => Promise<string>;
  /** The problems reported for a new file next to that one, with this text. */
  readonly problems: (path: string, text: string) => Promise<readonly string[]>;
  readonly stop: () => void;
};

const program = join(
  dirname(createRequire(import.meta.url).resolve('yaml-language-server/package.json')),
  'bin/yaml-language-server',
);

/** Starts it in a folder. `schemas` maps the path of each schema to a glob of files. */
export async function startLanguageServer(
  root: string,
  schemas: Readonly<Record<string, string>> = {},
): Promise<LanguageServer> {
  const child = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map<number, (result: unknown) => void>();
  const heard = new Map<string, (problems: readonly string[]) => void>();
  let last = 0;
  const send = (message: object): void => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  const ask = <T>(method: string, params: unknown): Promise<T> => {
    last += 1;
    const id = last;
    send({ id, method, params });
    return new Promise((resolve) => waiting.set(id, (result) => resolve(result as T)));
  };
  const settings = {
    yaml: {
      schemas,
      validate: true,
      completion: true,
      hover: true,
      schemaStore: { enable: false },
      format: { enable: false },
    },
  };
  const answer = ({ id, method, params, result }: Message): void => {
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as { uri: string; diagnostics: { message: string }[] };
      heard.get(uri)?.(diagnostics.map(({ message }) => message));
    } else if (method === 'workspace/configuration') {
      const { items } = params as { items: { section?: string }[] };
      send({ id, result: items.map(({ section }) => (section === 'yaml' ? settings.yaml : null)) });
    } else if (method !== undefined && id !== undefined) {
      send({ id, result: null });
    } else if (id !== undefined) {
      waiting.get(id)?.(result);
    }
  };
  let buffer = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const end = buffer.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/.exec(buffer.subarray(0, Math.max(0, end)).toString())?.[1] ?? NaN);
      if (end === -1 || buffer.length < end + 4 + length) return;
      answer(JSON.parse(buffer.subarray(end + 4, end + 4 + length).toString()) as Message);
      buffer = buffer.subarray(end + 4 + length);
    }
  });
  const uri = (path: string): string => pathToFileURL(join(root, path)).href;
  const opened = new Set<string>();
  const open = (path: string, text: string): void => {
    const textDocument = { uri: uri(path), languageId: 'yaml', version: opened.size + 1, text };
    if (opened.has(path)) send({ method: 'textDocument/didClose', params: { textDocument } });
    opened.add(path);
    send({ method: 'textDocument/didOpen', params: { textDocument } });
  };
  await ask('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(root).href,
    workspaceFolders: [{ uri: pathToFileURL(root).href, name: 'root' }],
    capabilities: { workspace: { configuration: true }, textDocument: { completion: {}, hover: {} } },
  });
  send({ method: 'initialized', params: {} });
  send({ method: 'workspace/didChangeConfiguration', params: { settings } });
  return {
    complete: async (path, text, position) => {
      open(path, text);
      const result = await ask<{ items: { label: string }[] } | null>('textDocument/completion', {
        textDocument: { uri: uri(path) },
        position,
      });
      return (result?.items ?? []).map(({ label }) => label);
    },
    hover: async (path, text, position) => {
      open(path, text);
      const result = await ask<{ contents: { value: string } } | null>('textDocument/hover', {
        textDocument: { uri: uri(path) },
        position,
      });
      return result?.contents.value ?? '';
    },
    problems: (path, text) => {
      // A new file each time, since reports about an earlier text can arrive at any time.
      const fresh = path.replace(/(\.\w+)$/, `-${opened.size}$1`);
      const told = new Promise<readonly string[]>((resolve) => heard.set(uri(fresh), resolve));
      open(fresh, text);
      return told;
    },
    stop: () => void child.kill(),
  };
}
