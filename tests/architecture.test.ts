import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { breaches, roomOf } from './architecture/house-rules.ts';

const root = join(import.meta.dirname, '..');

async function allSources(): Promise<Map<string, string>> {
  const sources = new Map<string, string>();
  for await (const path of glob(['src/**/*.{ts,astro}', 'scripts/**/*.ts', '*.config.ts'], { cwd: root })) {
    sources.set(path.replaceAll('\\', '/'), await readFile(join(root, path), 'utf8'));
  }
  return sources;
}

describe('the house', () => {
  it('keeps its rules', async () => {
    expect(breaches(await allSources())).toEqual([]);
  });

  it('is looked at whole', async () => {
    const rooms = new Set([...(await allSources()).keys()].map(roomOf));
    expect([...rooms]).toEqual(expect.arrayContaining(['src/domain', 'src/schema', 'src/content', 'scripts']));
  });
});

/** A house of one wall: the file under test and what it may want to import. */
function house(path: string, text: string): Map<string, string> {
  const neighbours = ['domain/a', 'schema/a', 'content/a', 'views/a', 'components/a', 'layouts/a', 'pages/a'];
  const files = neighbours.map((name): [string, string] => [`src/${name}.ts`, 'export const a = 1;']);
  return new Map([...files, ['scripts/a.ts', 'export const a = 1;'], [path, text]]);
}

describe('the rules catch', () => {
  it.each([
    ['src/domain/b.ts', "import { a } from '../schema/a.ts';", 'src/domain may not know src/schema'],
    ['src/domain/b.ts', "import type { A } from '../views/a.ts';", 'src/domain may not know src/views'],
    ['src/domain/b.ts', "export * from '../content/a.ts';", 'src/domain may not know src/content'],
    ['src/domain/b.ts', "const a = await import('../content/a.ts');", 'src/domain may not know src/content'],
    ['src/domain/b.ts', "type A = import('../content/a.ts').A;", 'src/domain may not know src/content'],
    ['src/schema/b.ts', "import { a } from '../content/a.ts';", 'src/schema may not know src/content'],
    ['src/content/b.ts', "import { a } from '../views/a.ts';", 'src/content may not know src/views'],
    ['src/views/b.ts', "import { a } from '../content/a.ts';", 'src/views may not know src/content'],
    ['src/views/b.ts', "import { a } from '../schema/a.ts';", 'src/views may not know src/schema'],
    [
      'src/components/b.astro',
      "---\nimport { a } from '../domain/a.ts';\n---\n<p>{a}</p>",
      'src/components may not know src/domain',
    ],
    [
      'src/components/b.astro',
      "<script>\nimport { a } from '../content/a.ts';\n</script>",
      'src/components may not know src/content',
    ],
    ['src/layouts/b.astro', "---\nimport { a } from '../content/a.ts';\n---\n", 'src/layouts may not know src/content'],
    ['src/pages/b.astro', "---\nimport { a } from '../../scripts/a.ts';\n---\n", 'src/pages may not know scripts'],
    ['scripts/b.ts', "import { a } from '../src/pages/a.ts';", 'scripts may not know src/pages'],
    ['scripts/b.ts', "import { Octokit } from 'octokit';", 'imports octokit'],
    ['scripts/b.ts', "import { build } from 'astro';", 'imports astro'],
    ['src/views/b.ts', "import { z } from 'astro/zod';", 'imports astro/zod'],
    ['scripts/b.ts', "import matter from 'gray-matter';", 'imports gray-matter'],
    ['src/views/b.ts', "import { getCollection } from 'astro:content';", 'imports astro:content'],
    ['src/content/b.ts', "import { readFile } from 'node:fs/promises';", 'imports node:fs/promises'],
    ['src/domain/b.ts', "import { readFileSync } from 'fs';", 'imports fs'],
    ['src/domain/b.ts', 'export const now = new Date();', 'reads the clock'],
    ['src/domain/b.ts', 'export const now = new Date;', 'reads the clock'],
    ['src/domain/b.ts', 'export const now = Date();', 'reads the clock'],
    ['scripts/b.ts', 'export const now = () => Date.now();', 'reads the clock'],
    ['scripts/b.ts', 'export const now = globalThis.Date.now;', 'reads the clock'],
    ['scripts/b.ts', 'export const home = process.env.HOME;', 'reads the environment'],
    ['src/pages/b.astro', '---\nconst site = import.meta.env.SITE;\n---\n', 'reads the environment'],
    ['src/layouts/b.astro', '---\nconst all = import.meta.env;\n---\n', 'reads the environment'],
    ['src/components/b.astro', '<p>{new Date().getFullYear()}</p>', 'reads the clock'],
    ['src/domain/b.ts', 'export default 1;', 'default export'],
    ['src/domain/b.ts', 'export default function b() {}', 'default export'],
    ['src/domain/b.ts', 'const b = 1; export { b as default };', 'default export'],
    ['src/domain/incidentView.ts', 'export const a = 1;', 'kebab-case'],
    ['src/components/StateBadge.astro', '<p></p>', 'kebab-case'],
    ['src/Views/b.ts', 'export const a = 1;', 'kebab-case'],
    ['src/domain/b.ts', "import { a } from './a';", 'without its ending'],
    ['src/domain/b.ts', "import { a } from './a.js';", 'without its ending'],
    ['src/domain/b.ts', "import { c } from './c.ts';", 'not there'],
    ['src/domain/b.ts', "import { b } from './b.ts';", 'in a circle'],
  ])('%s: %s', (path, text, breach) => {
    expect(breaches(house(path, text))).toEqual([expect.stringContaining(breach)]);
  });

  it('a circle of three files, at each of them', () => {
    const circle = new Map([
      ['src/domain/x.ts', "import type { Y } from './y.ts';"],
      ['src/domain/y.ts', "import type { Z } from './z.ts';"],
      ['src/domain/z.ts', "import type { X } from './x.ts';"],
    ]);
    expect(breaches(circle)).toHaveLength(3);
  });
});

describe('the rules allow', () => {
  it.each([
    [
      'src/domain/b.ts',
      "import { a } from './a.ts';\nimport { addDays } from 'date-fns';\nexport const d = new Date(0);",
    ],
    ['src/content/disk.ts', "import { readFile } from 'node:fs/promises';\nimport { join } from 'node:path';"],
    [
      'src/pages/incidents/[slug].astro',
      "---\nimport { a } from '../../content/a.ts';\nimport { a as b } from '../../views/a.ts';\n---\n",
    ],
    ['src/pages/rss.xml.ts', "import { a } from '../views/a.ts';"],
    ['src/layouts/page.astro', "---\nimport '../styles/page.css';\nimport { a } from '../views/a.ts';\n---\n"],
    ['src/components/b.astro', '<p>{1}</p>\n<script>\nconst now = Date.now();\n</script>'],
    ['src/layouts/b.astro', '---\nconst built = import.meta.env.PROD;\n---\n'],
    ['src/browser/b.ts', "import { a } from '../domain/a.ts';\nconst now = Date.now();"],
    ['scripts/github/octokit-port.ts', "import { Octokit } from 'octokit';"],
    ['src/integration.ts', "import { build } from 'astro';"],
    ['scripts/b.ts', "import { a } from '../src/content/a.ts';\n// new Date() in a comment, 'process.env' in text"],
  ])('%s', (path, text) => {
    expect(breaches(house(path, text))).toEqual([]);
  });
});
