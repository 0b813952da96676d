import { rolldown } from 'rolldown';
import type { AstroConfig } from 'astro';

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

/**
 * Lets a page import a program for the reader's browser as text: `import { code } from './x.ts?script'`.
 * Astro would write such a program into the page itself, after the page's policy has been written;
 * the policy must name the hash of exactly these bytes.
 */
export function browserScripts(): Plugin {
  return {
    name: 'halfpast-browser-scripts',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(suffix)) return null;
      const bundle = await rolldown({ input: id.slice(0, -suffix.length), platform: 'browser', plugins: [withoutPostcss] });
      const { output: [{ code, moduleIds }] } = await bundle.generate({ format: 'iife', minify: true });
      await bundle.close();
      for (const file of moduleIds) this.addWatchFile(file);
      return `export const code = ${JSON.stringify(insideHtml(code))};`;
    },
  };
}
