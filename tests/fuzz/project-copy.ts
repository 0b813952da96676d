import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../scripts/cli/system.ts';
import { type BuildOptions, buildSite } from '../../scripts/publish/build-site.ts';
import { type Choice, pick } from './content.ts';
import type { Edit } from './incremental-edits.ts';

const sources = ['src', 'public', 'astro.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** A dependency that affects pages. It's copied so that it can be edited; the others are links. */
const edited = '@astrojs/rss';

/** Edited files of a project by path; the others are unchanged. */
export type Code = ReadonlyMap<string, string>;

/** A copy of Halfpast whose code can be edited. */
type Project = {
  /** Updates the project's files to match `code`. */
  readonly lay: (code: Code) => void;
  /** Builds with it. Throws an error that says what is wrong. */
  readonly build: (options: BuildOptions) => Promise<void>;
};

/** Links the packages of one project into another, and copies the one that can be edited. */
function linkPackages(from: string, to: string, copied: string): void {
  const [scope = '', name = ''] = copied.split('/');
  mkdirSync(join(to, scope), { recursive: true });
  for (const one of readdirSync(from)) if (one !== scope && !isKept(one)) symlinkSync(join(from, one), join(to, one));
  for (const one of readdirSync(join(from, scope))) {
    if (one === name) cpSync(join(from, copied), join(to, copied), { recursive: true });
    else symlinkSync(join(from, scope, one), join(to, scope, one));
  }
}

/** Tools store their files next to the packages, so each project needs its own. */
const isKept = (name: string): boolean => /^\.(?!bin$)/.test(name);

/** Copies the project at `root` into `folder`, which must not exist yet. */
export function copyProject(root: string, folder: string): Project {
  mkdirSync(folder, { recursive: true });
  for (const name of sources) cpSync(join(root, name), join(folder, name), { recursive: true });
  linkPackages(join(root, 'node_modules'), join(folder, 'node_modules'), edited);
  const original = (path: string): string => join(root, path);
  let laid: Code = new Map();
  return {
    lay: (code) => {
      for (const path of laid.keys()) if (!code.has(path)) cpSync(original(path), join(folder, path));
      for (const [path, text] of code) {
        rmSync(join(folder, path), { force: true });
        writeFileSync(join(folder, path), text);
      }
      laid = code;
    },
    build: async (options) => {
      const built = await buildSite(options, { root: folder, env: {}, runProgram });
      if ('problems' in built) throw new Error(`a build failed: ${JSON.stringify(built.problems).slice(0, 1500)}`);
    },
  };
}

/** The original text of a file of the project. */
const originalText = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');

const root = join(import.meta.dirname, '../..');

/** Replaces part of a file of the project, as a developer would. */
function replacing(path: string, from: RegExp, to: (choice: Choice) => string): Edit {
  return (moment, choice) => {
    const text = originalText(root, path);
    if (!from.test(text)) throw new Error(`${path} has nothing like ${from.source}: the edit is out of date`);
    const changed = text.replace(from, to(choice));
    moment.code = new Map([...moment.code, [path, changed]]);
    return changed !== text;
  };
}

/** Edits to the build code. Astro has to find out which pages they change. */
export const codeEdits: Readonly<Record<string, Edit>> = {
  'edit a component': replacing(
    'src/components/timeline.astro',
    /<ol class="timeline/,
    ({ a }) => `<ol data-edit="${a % 100}" class="timeline`,
  ),
  'edit a layout': replacing(
    'src/layouts/page.astro',
    /<footer class="foot"/,
    ({ a }) => `<footer data-edit="${a % 100}" class="foot"`,
  ),
  'edit a module': replacing('src/lib/words/en.ts', /'Investigating'/, ({ a }) => `'Investigating ${a % 100}'`),
  'edit a stylesheet': replacing('src/styles/base.css', /line-height: [\d.]+/, ({ a }) => `line-height: 1.${a % 100}`),
  'edit a script of the page': replacing('src/components/local-times.ts', /numeric: 'auto'/, ({ a }) =>
    pick(["numeric: 'always'", "numeric: 'auto', style: 'short'", "numeric: 'auto', style: 'narrow'"], a),
  ),
  'edit the policy of pages': replacing(
    'src/lib/views/content-policy.ts',
    /'base-uri': \[\]/,
    ({ a }) => `'base-uri': ["https://${a % 100}.example"]`,
  ),
  'update a dependency': (moment, { a }) => {
    const version = `99.0.${a % 100}`;
    const file = join('node_modules', edited, 'dist/index.js');
    const code = originalText(root, file);
    const lock = originalText(root, 'package-lock.json');
    moment.code = new Map([
      ...moment.code,
      [file, code.replace('"@_version": "2.0"', `"@_version": "2.0.${a % 100}"`)],
      ['package-lock.json', lock.replace(/("node_modules\/@astrojs\/rss": \{\n\s+"version": ")[^"]+/, `$1${version}`)],
    ]);
    return true;
  },
  'put the code back': (moment) => {
    const had = moment.code.size > 0;
    moment.code = new Map();
    return had;
  },
};
