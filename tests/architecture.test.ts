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

describe('the source tree', () => {
  it('follows its rules as a whole', async () => {
    const sources = await allSources();
    expect(breaches(sources)).toEqual([]);
    const rooms = new Set([...sources.keys()].map(roomOf));
    expect([...rooms]).toEqual(expect.arrayContaining(['src/lib/domain', 'src/lib/content', 'scripts/publish']));
  });
});

/** A minimal source tree: the file under test and everything it might import. */
function house(path: string, text: string): Map<string, string> {
  const lib = ['domain', 'words', 'schema', 'content', 'views', 'feeds', 'api'].map((room) => `src/lib/${room}/a.ts`);
  const src = ['components', 'layouts', 'pages'].map((room) => `src/${room}/a.ts`);
  const rooms = ['cli', 'github', 'live', 'write', 'import', 'publish', 'commands'];
  const files = [...lib, ...src, 'src/lib/markdown.ts', ...rooms.map((room) => `scripts/${room}/a.ts`)];
  return new Map([...files.map((file): [string, string] => [file, '']), [path, text]]);
}

describe('the rules catch', () => {
  it.each([
    ['src/lib/domain/b.ts', "import { a } from '../words/a.ts';", 'src/lib/domain may not know src/lib/words'],
    ['src/lib/domain/b.ts', "import type { A } from '../views/a.ts';", 'src/lib/domain may not know src/lib/views'],
    ['src/lib/domain/b.ts', "export * from '../content/a.ts';", 'src/lib/domain may not know src/lib/content'],
    ['src/lib/domain/b.ts', "const a = await import('../schema/a.ts');", 'src/lib/domain may not know src/lib/schema'],
    ['src/lib/domain/b.ts', "type A = import('../schema/a.ts').A;", 'src/lib/domain may not know src/lib/schema'],
    ['src/lib/words/b.ts', "import { a } from '../schema/a.ts';", 'src/lib/words may not know src/lib/schema'],
    ['src/lib/schema/b.ts', "import { a } from '../content/a.ts';", 'src/lib/schema may not know src/lib/content'],
    ['src/lib/markdown.ts', "import { a } from './content/a.ts';", 'src/lib/markdown.ts may not know src/lib/content'],
    ['src/lib/content/b.ts', "import { a } from '../views/a.ts';", 'src/lib/content may not know src/lib/views'],
    ['src/lib/views/b.ts', "import { a } from '../feeds/a.ts';", 'src/lib/views may not know src/lib/feeds'],
    ['src/lib/feeds/b.ts', "import { a } from '../api/a.ts';", 'src/lib/feeds may not know src/lib/api'],
    ['src/lib/api/b.ts', "import { a } from '../../pages/a.ts';", 'src/lib/api may not know src/pages'],
    ['src/lib/views/b.ts', "import { a } from '../../../scripts/cli/a.ts';", 'src/lib/views may not know scripts/cli'],
    [
      'src/components/b.astro',
      "---\nimport { a } from '../pages/a.ts';\n---\n",
      'src/components may not know src/pages',
    ],
    ['src/layouts/b.astro', "<script>\nimport '../pages/a.ts';\n</script>", 'src/layouts may not know src/pages'],
    [
      'src/pages/b.astro',
      "---\nimport { a } from '../../scripts/cli/a.ts';\n---\n",
      'src/pages may not know scripts/cli',
    ],
    ['scripts/cli/b.ts', "import { a } from '../github/a.ts';", 'scripts/cli may not know scripts/github'],
    ['scripts/live/b.ts', "import { a } from '../github/a.ts';", 'scripts/live may not know scripts/github'],
    ['scripts/github/b.ts', "import { a } from '../live/a.ts';", 'scripts/github may not know scripts/live'],
    ['scripts/write/b.ts', "import { a } from '../publish/a.ts';", 'scripts/write may not know scripts/publish'],
    ['scripts/publish/b.ts', "import { a } from '../write/a.ts';", 'scripts/publish may not know scripts/write'],
    ['scripts/import/b.ts', "import { a } from '../write/a.ts';", 'scripts/import may not know scripts/write'],
    ['scripts/publish/b.ts', "import { a } from '../commands/a.ts';", 'scripts/publish may not know scripts/commands'],
    ['scripts/cli/b.ts', "import { a } from '../../src/pages/a.ts';", 'scripts/cli may not know src/pages'],
    ['scripts/attic/b.ts', "import { a } from '../cli/a.ts';", 'scripts/attic has no rule'],
    ['scripts/publish/b.ts', "import { Octokit } from 'octokit';", 'imports octokit'],
    ['scripts/publish/b.ts', "import { build } from 'astro';", 'imports astro'],
    ['src/lib/views/b.ts', "import { z } from 'astro/zod';", 'imports astro/zod'],
    ['src/lib/views/b.ts', "import { getCollection } from 'astro:content';", 'imports astro:content'],
    ['scripts/cli/b.ts', "import matter from 'gray-matter';", 'imports gray-matter'],
    ['src/lib/views/b.ts', "import { marked } from 'marked';", 'imports marked'],
    ['src/lib/content/b.ts', "import { readFile } from 'node:fs/promises';", 'imports node:fs/promises'],
    ['src/lib/domain/b.ts', "import { readFileSync } from 'fs';", 'imports fs'],
    ['src/lib/domain/b.ts', 'export const now = new Date();', 'reads the clock'],
    ['src/lib/domain/b.ts', 'export const now = new Date;', 'reads the clock'],
    ['src/lib/domain/b.ts', 'export const now = Date();', 'reads the clock'],
    ['scripts/cli/b.ts', 'export const now = () => Date.now();', 'reads the clock'],
    ['scripts/cli/b.ts', 'export const now = globalThis.Date.now;', 'reads the clock'],
    ['scripts/cli/b.ts', 'export const home = process.env.HOME;', 'reads the environment'],
    ['src/pages/b.astro', '---\nconst site = import.meta.env.SITE;\n---\n', 'reads the environment'],
    ['src/layouts/b.astro', '---\nconst all = import.meta.env;\n---\n', 'reads the environment'],
    ['src/components/b.astro', '<p>{new Date().getFullYear()}</p>', 'reads the clock'],
    ['src/lib/domain/b.ts', 'export default 1;', 'default export'],
    ['src/lib/domain/b.ts', 'export default function b() {}', 'default export'],
    ['src/lib/domain/b.ts', 'const b = 1; export { b as default };', 'default export'],
    ['src/lib/domain/incidentView.ts', 'export const a = 1;', 'kebab-case'],
    ['src/components/StateBadge.astro', '<p></p>', 'kebab-case'],
    ['src/lib/domain/b.ts', "import { a } from './a';", 'without its ending'],
    ['src/lib/domain/b.ts', "import { a } from './a.js';", 'without its ending'],
    ['src/lib/domain/b.ts', "import { c } from './c.ts';", 'not there'],
    ['src/lib/domain/b.ts', "import { b } from './b.ts';", 'in a circle'],
  ])('%s: %s', (path, text, breach) => {
    expect(breaches(house(path, text))).toEqual([expect.stringContaining(breach)]);
  });

  it('every file in a circular import of three', () => {
    const circle = new Map([
      ['src/lib/domain/x.ts', "import type { Y } from './y.ts';"],
      ['src/lib/domain/y.ts', "import type { Z } from './z.ts';"],
      ['src/lib/domain/z.ts', "import type { X } from './x.ts';"],
    ]);
    expect(breaches(circle)).toHaveLength(3);
  });

  it('a name that stands for two things', () => {
    const twice = new Map([
      ['src/lib/schema/x.ts', 'export type Advice = string;\nexport const Advice = 1;'],
      ['scripts/publish/y.ts', 'export async function Advice() {}'],
    ]);
    expect(breaches(twice)).toEqual(['Advice is exported by several files: src/lib/schema/x.ts, scripts/publish/y.ts']);
  });
});

describe('the rules allow', () => {
  it.each([
    [
      'src/lib/domain/b.ts',
      "import { a } from './a.ts';\nimport { addDays } from 'date-fns';\nexport const d = new Date(0);",
    ],
    ['src/lib/content/disk.ts', "import { readFile } from 'node:fs/promises';\nimport { join } from 'node:path';"],
    ['src/pages/incidents/[slug].astro', "---\nimport { a } from '../../lib/views/a.ts';\n---\n"],
    ['src/pages/rss.xml.ts', "import { a } from '../lib/feeds/a.ts';"],
    ['src/lib/domain/b.ts', 'export const b = 1;\nexport type b = number;'],
    ['src/layouts/page.astro', "---\nimport '../styles/page.css';\nimport { a } from '../lib/views/a.ts';\n---\n"],
    ['src/components/b.astro', '<p>{1}</p>\n<script>\nconst now = Date.now();\n</script>'],
    ['src/layouts/b.astro', '---\nconst built = import.meta.env.PROD;\n---\n'],
    ['src/components/b.ts', "import { a } from '../lib/domain/a.ts';\nconst now = Date.now();"],
    ['scripts/github/octokit.ts', "import { Octokit } from 'octokit';"],
    ['src/integration.ts', "import { build } from 'astro';"],
    [
      'scripts/commands/b.ts',
      "import { a } from '../publish/a.ts';\n// new Date() in a comment, 'process.env' in text",
    ],
  ])('%s', (path, text) => {
    expect(breaches(house(path, text))).toEqual([]);
  });
});
