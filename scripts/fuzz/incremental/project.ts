import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../cli/run-program.ts';
import { type BuildOptions, buildSite } from '../../publish/build-site.ts';

const sources = ['src', 'public', 'astro.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** A dependency that pages show: a copy of it can be edited, while the others are links. */
export const edited = '@astrojs/rss';

/** Files of a project by path, as they were edited; the others are as they came. */
export type Code = ReadonlyMap<string, string>;

/** A copy of Halfpast whose code may be edited. */
export type Project = {
  /** Makes the files of the project those of `code`. */
  readonly lay: (code: Code) => void;
  /** Builds with it. Throws what is wrong. */
  readonly build: (options: BuildOptions) => Promise<void>;
};

/** Makes the packages of one project those of another: each is a link, but for one that may be edited. */
function linkPackages(from: string, to: string, copied: string): void {
  const [scope = '', name = ''] = copied.split('/');
  mkdirSync(join(to, scope), { recursive: true });
  for (const one of readdirSync(from)) if (one !== scope && !isKept(one)) symlinkSync(join(from, one), join(to, one));
  for (const one of readdirSync(join(from, scope))) {
    if (one === name) cpSync(join(from, copied), join(to, copied), { recursive: true });
    else symlinkSync(join(from, scope, one), join(to, scope, one));
  }
}

/** What tools keep beside the packages: each project has its own. */
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
      const built = await buildSite(options, { root: folder, env: {}, clock: () => 0, runProgram });
      if ('problems' in built) throw new Error(`a build failed: ${JSON.stringify(built.problems).slice(0, 1500)}`);
    },
  };
}

/** The text of a file of the project as it came. */
export const originalText = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');
