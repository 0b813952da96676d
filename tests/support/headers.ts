import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { root } from './halfpast.ts';

type Rule = { readonly path: string; readonly headers: readonly (readonly [name: string, value: string])[] };

/** The rules in `_headers`, parsed the way Cloudflare Pages and Netlify do. */
function rules(): Rule[] {
  const found: { path: string; headers: [string, string][] }[] = [];
  for (const line of readFileSync(join(root, 'public/_headers'), 'utf8').split('\n')) {
    const header = /^\s+([\w-]+): (.+)$/.exec(line);
    if (header !== null) found.at(-1)?.headers.push([header[1] ?? '', header[2] ?? '']);
    else if (line.startsWith('/')) found.push({ path: line, headers: [] });
    else expect(line, 'a comment or nothing').toMatch(/^(?:#.*)?$/);
  }
  return found;
}

/** `:name` matches one folder, and `*` at the end everything. */
const matches = (rule: string, path: string): boolean =>
  new RegExp(`^${rule.replaceAll('.', '\\.').replace(/:\w+/, '[^/]+').replace(/\*$/, '.*')}$`).test(path);

/** The headers that a path is served with. A repeated header is listed twice. */
export const headersOf = (path: string): string[] =>
  rules()
    .filter((rule) => matches(rule.path, path))
    .flatMap(({ headers }) => headers.map(([name, value]) => `${name}: ${value}`))
    .sort();
