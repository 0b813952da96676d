import { posix } from 'node:path';
import { sourceFacts, type SourceFacts } from './source-facts.ts';

/** Files by path, relative to the project root. */
export type Sources = ReadonlyMap<string, string>;

type Facts = ReadonlyMap<string, SourceFacts>;

const lib = (...rooms: readonly string[]): string[] => rooms.map((room) => `src/lib/${room}`);
const schemaAndBelow = lib('domain', 'words', 'schema');
const contentAndBelow = [...schemaAndBelow, ...lib('markdown.ts', 'plain-text.ts', 'content')];
const allOfLib = [...contentAndBelow, ...lib('views', 'feeds', 'api')];
const scripts = (...rooms: readonly string[]): string[] => rooms.map((room) => `scripts/${room}`);
const action = [...allOfLib, ...scripts('cli', 'github', 'live')];

/** What each room may import from, in addition to itself. Rooms that aren't listed here aren't allowed. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'src/lib/domain': [],
  'src/lib/words': lib('domain'),
  'src/lib/schema': lib('domain', 'words'),
  'src/lib/markdown.ts': schemaAndBelow,
  'src/lib/plain-text.ts': [],
  'src/lib/content': [...schemaAndBelow, ...lib('markdown.ts')],
  'src/lib/views': contentAndBelow,
  'src/lib/feeds': [...contentAndBelow, ...lib('views')],
  'src/lib/api': [...contentAndBelow, ...lib('views', 'feeds')],
  'src/styles': [],
  'src/components': [...allOfLib, 'src/site.ts', 'src/layouts', 'src/styles'],
  'src/layouts': [...allOfLib, 'src/site.ts', 'src/components', 'src/styles'],
  'src/pages': [...allOfLib, 'src/site.ts', 'src/components', 'src/fonts', 'src/layouts', 'src/styles'],
  'src/site.ts': lib('domain', 'words'),
  'src/csp-middleware.ts': lib('views'),
  'src/write-release.ts': allOfLib,
  'src/browser-bundle.ts': [],
  'src/build-cache.ts': [],
  'src/csp-reports.ts': lib('schema'),
  'src/integration.ts': [
    ...allOfLib,
    'src/browser-bundle.ts',
    'src/build-cache.ts',
    'src/csp-reports.ts',
    'src/site.ts',
    'src/write-release.ts',
  ],
  'src/env.d.ts': [],
  'scripts/cli': allOfLib,
  'scripts/github': [...allOfLib, 'scripts/cli'],
  'scripts/live': [...allOfLib, 'scripts/cli'],
  'scripts/write': action,
  'scripts/import': action,
  'scripts/publish': [...action, 'src/build-cache.ts'],
  'scripts/drill': [...action, ...scripts('publish')],
  'scripts/commands': [...action, ...scripts('write', 'import', 'publish', 'drill')],
  'scripts/halfpast.ts': scripts('cli', 'commands'),
};

/** Packages that only certain places may import. Each place is a path prefix. */
const guarded: readonly (readonly [name: RegExp, places: readonly string[]])[] = [
  [/^octokit$|^@octokit\//, ['scripts/github/']],
  [/^gray-matter$/, ['src/lib/content/front-matter.ts']],
  [/^sharp$|^fontkitten$/, ['src/pages/share/']],
  [/^postcss$|^lightningcss$/, ['src/lib/content/read-theme.ts']],
  [/^marked$|^sanitize-html$/, ['src/lib/markdown.ts', 'src/lib/content/', 'scripts/import/']],
  [/^htmlparser2$/, ['src/lib/plain-text.ts', 'src/lib/content/svg.ts']],
  [
    /^astro(?:$|[:/])/,
    [
      'src/pages/',
      'src/layouts/',
      'src/components/',
      'src/integration.ts',
      'src/browser-bundle.ts',
      'src/csp-middleware.ts',
    ],
  ],
  [
    /^node:(?:fs|child_process|net|http|https|os|process|worker_threads)(?:$|\/)/,
    ['src/lib/content/disk.ts', 'src/integration.ts', 'src/build-cache.ts', 'src/write-release.ts', 'scripts/'],
  ],
  [/^(?!node:)(?:fs|path|os|url|util|crypto|child_process|process)(?:$|\/)/, []],
];

/** The only places that may read the clock and the environment; everything else takes them as parameters. */
const entryPoints = ['scripts/halfpast.ts', 'src/integration.ts'];

/** Browser code uses the reader's clock. */
const isBrowserCode = (path: string): boolean => /^src\/components\/.*\.ts$/.test(path);

export function roomOf(path: string): string {
  const parts = path.split('/');
  return parts.slice(0, path.startsWith('src/lib/') ? 3 : 2).join('/');
}

const isRelative = (name: string): boolean => name.startsWith('.');

function target(path: string, name: string): string {
  return posix.join(posix.dirname(path), name.replace(/\?.*$/, ''));
}

function importProblems(path: string, name: string, sources: Sources): string[] {
  if (!isRelative(name)) {
    return guarded
      .filter(([guardedName, places]) => guardedName.test(name) && !places.some((place) => path.startsWith(place)))
      .map(() => `${path} imports ${name}, which has no place there`);
  }
  const other = target(path, name);
  if (!/\.(?:ts|astro|css|json|svg|woff2)$/.test(other)) return [`${path} imports ${name} without its ending`];
  const [from, to] = [roomOf(path), roomOf(other)];
  if (!sources.has(other) && /\.(?:ts|astro)$/.test(other)) return [`${path} imports ${name}, which is not there`];
  const rooms = allowed[from];
  if (rooms === undefined)
    return from.includes('/') ? [`${from} has no rule in tests/architecture/house-rules.ts`] : [];
  return from === to || rooms.includes(to) ? [] : [`${path} imports ${name}: ${from} may not know ${to}`];
}

function isWellNamed(path: string): boolean {
  const names = path.replace(/\.(?:config|d)\.ts$|\.\w+$/, '').split('/');
  const file = names.pop() ?? '';
  const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
  // Astro's routes: `[slug]`, `[...path]`, `_part`, and names that end with the extension of their output.
  const route = /^(?:_?[a-z0-9]+(?:[-.][a-z0-9]+)*|\[(?:\.\.\.)?[a-z]+\](?:\.[a-z]+)?)$/;
  if (path.startsWith('src/pages/')) return [...names, file].every((name) => route.test(name));
  return names.every((name) => kebab.test(name)) && kebab.test(names.length === 0 ? file.replaceAll('.', '-') : file);
}

function ownProblems(path: string, { readsClock, readsEnvironment, exportsDefault }: SourceFacts): string[] {
  const isEntry = entryPoints.includes(path) || isBrowserCode(path);
  const isConfig = !path.includes('/') && path.endsWith('.config.ts');
  const problems: string[] = [];
  if (readsClock && !isEntry) problems.push(`${path} reads the clock`);
  if (readsEnvironment && !isEntry) problems.push(`${path} reads the environment`);
  if (exportsDefault && !isConfig) problems.push(`${path} has a default export`);
  if (!isWellNamed(path)) problems.push(`${path} is not named in kebab-case`);
  return problems;
}

/** The first import path from a file back to itself. */
function cycleFrom(start: string, facts: Facts): string[] | null {
  const seen = new Set<string>();
  const walk = (path: string, way: readonly string[]): string[] | null => {
    for (const name of (facts.get(path)?.imports ?? []).filter(isRelative)) {
      const next = target(path, name);
      if (next === start) return [...way, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = walk(next, [...way, next]);
      if (found !== null) return found;
    }
    return null;
  };
  return walk(start, [start]);
}

/** Astro looks for these names in each route and component. */
const astrosNames: ReadonlySet<string> = new Set(['GET', 'getStaticPaths', 'prerender', 'Props']);

/** Names that several files export, although a name should stand for one thing. */
function sharedNames(facts: Facts): string[] {
  const pairs = [...facts].flatMap(([path, { exports }]) => [...exports].map((name) => ({ name, path })));
  return [...Map.groupBy(pairs, ({ name }) => name)]
    .filter(([name, found]) => found.length > 1 && !astrosNames.has(name))
    .map(([name, found]) => `${name} is exported by several files: ${found.map(({ path }) => path).join(', ')}`);
}

/** Every violation of the rules in a set of files. */
export function breaches(sources: Sources): string[] {
  const facts: Facts = new Map([...sources].map(([path, text]) => [path, sourceFacts(path, text)]));
  const inFiles = [...facts].flatMap(([path, fact]) => {
    const cycle = cycleFrom(path, facts);
    return [
      ...fact.imports.flatMap((name) => importProblems(path, name, sources)),
      ...ownProblems(path, fact),
      ...(cycle === null ? [] : [`imports go in a circle: ${cycle.join(' → ')}`]),
    ];
  });
  return [...inFiles, ...sharedNames(facts)];
}
