import { rolldown, VERSION } from 'rolldown';
import { isAbsolute } from 'node:path';
import type { AstroConfig } from 'astro';
import { keptProgram, type Program } from './kept-programs.ts';

type Plugin = NonNullable<AstroConfig['vite']['plugins']>[number];

const suffix = '?script';

/** The sanitizer has postcss for `style` attributes, of which it lets none through: 18 KiB that nothing would run. */
const withoutPostcss = {
  name: 'halfpast-without-postcss',
  resolveId: (id: string) => (id === 'postcss' ? '\0no-postcss' : null),
  load: (id: string) => (id === '\0no-postcss' ? "export const parse = () => { throw new Error('no postcss'); };" : null),
};

const asEscape = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * The same program with nothing in it that HTML would take for the beginning or end of a script, or that
 * has no place in HTML, such as control characters: minifiers write those into texts and patterns as they are.
 */
const insideHtml = (code: string): string =>
  code.trim().replaceAll(/<(?=!--|\/?script)|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/gi, asEscape);

const options = { format: 'iife', minify: true } as const;

async function bundled(entry: string): Promise<Program> {
  const bundle = await rolldown({ input: entry, platform: 'browser', plugins: [withoutPostcss] });
  const { output: [{ code, moduleIds }] } = await bundle.generate(options);
  await bundle.close();
  return { code: insideHtml(code), files: moduleIds.filter((file) => isAbsolute(file)) };
}

/** Changes when anything here does. */
const maker = [VERSION, JSON.stringify(options), insideHtml, bundled, withoutPostcss.resolveId, withoutPostcss.load].join('\n');

/**
 * Lets a page import a program for the reader's browser as text: `import { code } from './x.ts?script'`.
 * Astro would write such a program into the page itself, after the page's policy has been written;
 * the policy must name the hash of exactly these bytes. Programs are kept in the folder `kept`.
 */
export function browserScripts(kept: string): Plugin {
  return {
    name: 'halfpast-browser-scripts',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(suffix)) return null;
      const entry = id.slice(0, -suffix.length);
      const { code, files } = await keptProgram(kept, entry, maker, () => bundled(entry));
      for (const file of files) this.addWatchFile(file);
      return `export const code = ${JSON.stringify(code)};`;
    },
  };
}
