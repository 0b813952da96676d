import type { AstroConfig } from 'astro';

type Plugin = Extract<NonNullable<AstroConfig['vite']['plugins']>[number], { readonly name: string }>;

const asEscape = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** What HTML would take for the beginning or end of a script, and what has no place in HTML, such as control characters. */
const notInHtml = /<(?=!--|\/?script)|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/gi;

/** What our scripts need of the bundler: they stand inside pages, and minifiers write control characters as they are. */
export function browserBundle(): Plugin {
  return {
    name: 'halfpast-browser-bundle',
    enforce: 'pre',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    // The sanitizer has postcss for `style` attributes, of which it lets none through: 18 KiB that nothing would run.
    resolveId: (id) => (id === 'postcss' ? '\0no-postcss' : null),
    load: (id) => (id === '\0no-postcss' ? "export const parse = () => { throw new Error('no postcss'); };" : null),
    generateBundle: {
      order: 'pre',
      handler: (_, bundle) => {
        for (const output of Object.values(bundle))
          if (output.type === 'chunk') output.code = output.code.replaceAll(notInHtml, asEscape);
      },
    },
  };
}
