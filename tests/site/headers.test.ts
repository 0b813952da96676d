import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/halfpast.ts';
import { pageTypes } from '../support/page-types.ts';

type Rule = { readonly path: string; readonly headers: readonly (readonly [name: string, value: string])[] };

/** The rules of `_headers`, read as Cloudflare Pages and Netlify do. */
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

const matches = (rule: string, path: string): boolean =>
  rule.endsWith('*') ? path.startsWith(rule.slice(0, -1)) : rule === path;

/** The headers that a path is served with; a repeated header counts twice. */
const headersOf = (path: string): string[] =>
  rules()
    .filter((rule) => matches(rule.path, path))
    .flatMap(({ headers }) => headers.map(([name, value]) => `${name}: ${value}`))
    .sort();

const always = ['Referrer-Policy: no-referrer', 'X-Content-Type-Options: nosniff'];
const framed = ["Content-Security-Policy: frame-ancestors 'none'", ...always];

describe('the headers in _headers', () => {
  it.each(pageTypes.filter((path) => !['/embed/', '/no-such-page/'].includes(path)))('%s can’t be framed', (path) => {
    expect(headersOf(path)).toEqual(framed);
  });

  it('cover every folder of pages', () => {
    const folders = readdirSync(join(root, 'src/pages'), { withFileTypes: true })
      .filter(
        (entry) =>
          (entry.isDirectory() || entry.name.endsWith('.astro')) &&
          !/^(?:api|embed\.astro|404\.astro|index\.astro)$/.test(entry.name),
      )
      // An underscore keeps a page out of Astro's own list; the integration adds it under its name.
      .map(({ name }) => `/${name.replace('.astro', '').replace(/^_/, '')}/`);
    expect(folders.length).toBeGreaterThan(5);
    for (const folder of folders) expect(headersOf(`${folder}x/`), folder).toEqual(framed);
  });

  it('let other sites frame /embed/, and read feeds and the API', () => {
    expect(headersOf('/embed/')).toEqual(always);
    for (const path of ['/api/v2/summary.json', '/api/schema/', '/embed.js', '/feed.json']) {
      expect(headersOf(path)).toEqual(['Access-Control-Allow-Origin: *', ...always]);
    }
  });
});
