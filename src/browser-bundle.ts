import type { AstroConfig } from 'astro';

type Plugin = Extract<NonNullable<AstroConfig['vite']['plugins']>[number], { readonly name: string }>;

const asEscape = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Text that would start or end a script in HTML, and characters that HTML forbids, such as control characters. */
const notInHtml = /<(?=!--|\/?script)|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/gi;

/** A word catalog, named after its language. */
const catalog = /\/lib\/words\/([a-z]{2}(?:-[a-z]{2})?)\.ts$/;

const inCamelCase = (name: string): string => name.replace(/-(.)/, (_match, letter: string) => letter.toUpperCase());

/**
 * Makes bundled scripts safe to inline: minifiers write control characters unescaped. Bundles only the words in
 * English and in `language`, such as `pt-BR`, because all catalogs together are larger than the form.
 */
export function browserBundle(language: string): Plugin {
  return {
    name: 'halfpast-browser-bundle',
    enforce: 'pre',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    // sanitize-html uses postcss only for `style` attributes, which we remove anyway. Saves 18 KiB.
    resolveId: (id) => (id === 'postcss' ? '\0no-postcss' : null),
    load: (id) => {
      if (id === '\0no-postcss') return "export const parse = () => { throw new Error('no postcss'); };";
      const other = catalog.exec(id)?.[1];
      if (other === undefined || other === 'en' || other === language.toLowerCase()) return null;
      return `export const ${inCamelCase(other)} = null;`;
    },
    generateBundle: {
      order: 'pre',
      handler: (_, bundle) => {
        for (const output of Object.values(bundle))
          if (output.type === 'chunk') output.code = output.code.replaceAll(notInHtml, asEscape);
      },
    },
  };
}
