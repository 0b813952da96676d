import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { languages } from '../../src/lib/words/words.ts';
import { root } from '../support/halfpast.ts';
import { judgeLine } from './command-lines.ts';
import { documents, readDocument } from './documents.ts';

const paths = documents.map(({ path }) => path);
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly scripts: Record<string, string>;
};

/** Folders in which a document can name files without their path, after the root and the document's own folder. */
const places: Readonly<Record<string, readonly string[]>> = {
  'SECURITY.md': ['.github/workflows', 'tests/workflows'],
  'CONTRIBUTING.md': [
    ...['content', 'views', 'feeds', 'words'].map((room) => `src/lib/${room}`),
    ...['src/components', 'src/styles', 'scripts/publish/notify', 'scripts/commands'],
  ],
  'docs/testing.md': ['tests/docs'],
  'docs/fuzzing.md': ['tests/fuzz'],
};

/** Files that users or commands create, so this repository doesn't need them. */
const elsewhere =
  /^(?:content\/|incidents\/|postmortems\/|announcements\/|pages\/|templates\/|log\/|my-content|dist\/|DIR\/|src\/\*|\.\.\/|\/)|^(?:stop\.md|theme\.css|history\.md|feed\.json|logo\.svg|netlify\.toml|\.github\/dependabot\.yml|deliveries\.json|YYYY|20\d\d-)|^(?:config\.yml|issues\.json|comments\.json|\.upptimerc\.yml|site\.yml|components\.yml)$/;

/** Whether it looks like a path in this repository: it has a known extension or ends with a slash. */
const isPath = (code: string): boolean =>
  /^[\w.@[\]/-]+(?:\.(?:ts|astro|css|md|yml|json|svg|png|js|sh|py)|\/)$/.test(code) && !elsewhere.test(code);

/** Files that a document names but that don't exist. */
function missing({ path, codes }: { readonly path: string; readonly codes: readonly string[] }): string[] {
  const tried = ['', dirname(path), ...(places[path] ?? [])];
  // It names removed files.
  if (path === 'CHANGELOG.md') return [];
  return codes.filter(isPath).filter((code) => !tried.some((place) => existsSync(join(root, place, code))));
}

/** Links to files or headings that don't exist. */
function dead({ path, links, anchors }: (typeof documents)[number]): string[] {
  return links.filter((link) => {
    if (/^(?:https?|mailto):/.test(link)) return false;
    const [file = '', anchor = ''] = link.split('#');
    const target = file === '' ? path : posix.join(dirname(path), file);
    if (file !== '' && !existsSync(join(root, target))) return true;
    const known = file === '' ? anchors : documents.find((document) => document.path === target)?.anchors;
    return anchor !== '' && known?.has(anchor) !== true;
  });
}

describe.each(documents)('$path', (document) => {
  it('names files that exist', () => {
    expect(missing(document)).toEqual([]);
  });

  it('links to documents and headings that exist', () => {
    expect(dead(document)).toEqual([]);
  });

  it('names commands, flags and npm scripts that exist', () => {
    const lines = document.codes
      .filter((code) => /^(?:npx halfpast|bin\/halfpast) \w/.test(code))
      .map((code) => code.replace('<command>', 'open'));
    expect(lines.flatMap((line) => judgeLine(line).problems)).toEqual([]);
    const named = document.codes.flatMap((code) =>
      [...code.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)].map(([, name = '']) => name),
    );
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

it('finds documents, with their paths and links', () => {
  expect(paths).toEqual(expect.arrayContaining(['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'docs/content.md']));
  expect(documents.flatMap(({ codes }) => codes.filter(isPath)).length).toBeGreaterThan(60);
  expect(documents.flatMap(({ links }) => links).length).toBeGreaterThan(50);
});

it('detects files, links and flags that don’t exist', () => {
  const bad = readDocument(
    'docs/bad.md',
    '# Here\n\nSee `src/no-such.ts` and `src/lib/domain/`, [this](no-such.md), [that](content.md#no-such), [here](#here), [there](#there).\n',
  );
  expect(missing(bad)).toEqual(['src/no-such.ts']);
  expect(dead(bad)).toEqual(['no-such.md', 'content.md#no-such', '#there']);
  expect(judgeLine('npx halfpast open --tilte x').problems).toEqual([expect.stringContaining('Did you mean --title?')]);
  expect(judgeLine('npx halfpast opne').problems).toHaveLength(1);
});

it('every document is reachable from the README', () => {
  const found = new Set(['README.md']);
  for (const path of found) {
    for (const link of documents.find((document) => document.path === path)?.links ?? []) {
      const target = posix.join(dirname(path), link.split('#')[0] ?? '');
      if (paths.includes(target)) found.add(target);
    }
  }
  expect([...found].sort()).toEqual([...paths].sort());
});

it('every image in docs/images is used in a document', () => {
  const shown = documents.flatMap(({ path, links }) => links.map((link) => posix.join(dirname(path), link)));
  const images = readdirSync(join(root, 'docs/images'))
    .map((name) => `docs/images/${name}`)
    .filter((path) => statSync(join(root, path)).isFile());
  expect(images.filter((path) => !shown.includes(path))).toEqual([]);
});

it.each([
  ['docs/translating.md', /^\| `locale`.*\n(?:\|.*\n)+/m],
  ['docs/content.md', /^locale: .*$/m],
  ['src/lib/schema/editor-schemas.ts', /'The language of the page, .*'/],
])('%s names every language', (file, pattern) => {
  const [text = ''] = pattern.exec(readFileSync(join(root, file), 'utf8')) ?? [];
  expect(languages.filter((language) => !new RegExp(`\\b${language}\\b`).test(text))).toEqual([]);
});

it('the reference lists every field that a file can have', () => {
  const text = readFileSync(join(root, 'docs/content.md'), 'utf8');
  const fieldsOf = (schema: unknown): string[] => {
    if (typeof schema !== 'object' || schema === null) return [];
    const own = 'properties' in schema ? Object.keys(schema.properties as object) : [];
    return [...own, ...Object.values(schema).flatMap(fieldsOf)];
  };
  const schemas = readdirSync(join(root, 'schemas')).map(
    (name) => JSON.parse(readFileSync(join(root, 'schemas', name), 'utf8')) as unknown,
  );
  const fields = new Set(schemas.flatMap(fieldsOf));
  expect(fields.size).toBeGreaterThan(40);
  expect([...fields].filter((field) => !new RegExp(`\`${field}\`|\\b${field}:`).test(text))).toEqual([]);
});

it('each stop of the walk in CONTRIBUTING.md is imported by an earlier one', () => {
  const walk = /## From an update file to its page\n([^]*?)\n## /.exec(
    readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'),
  )?.[1];
  const stops = [...(walk ?? '').matchAll(/`([^`]+\.(?:ts|astro))`/g)].map(([, path = '']) => path);
  const files = stops.map(
    (path) =>
      ['', ...(places['CONTRIBUTING.md'] ?? [])].map((place) => join(root, place, path)).find(existsSync) ?? path,
  );
  // Entry points of Astro and the command line.
  const starts = /integration\.ts$|\/pages\/|\/commands\//;
  const unreached = files.filter(
    (file, index) =>
      !starts.test(file) &&
      !files.slice(0, index).some((earlier) => readFileSync(earlier, 'utf8').includes(`/${basename(file)}'`)),
  );
  expect(unreached).toEqual([]);
  const steps = walk?.match(/^\d\. .*/gm) ?? [];
  expect(steps.length).toBeLessThanOrEqual(8);
  // Each step is one module, with at most one that is needed to understand it.
  for (const step of steps) expect(step.match(/`[^`]+\.(?:ts|astro)`/g)?.length, step).toBeLessThanOrEqual(2);
});
