import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { browserBundle } from '../src/browser-bundle.ts';
import { languages } from '../src/lib/words/words.ts';
import { root } from './support/halfpast.ts';

const folder = join(root, 'src/lib/words');

/** The code that the browser gets instead of a module; null if it gets the module itself. */
const instead = (language: string, name: string): unknown => {
  const load: unknown = Reflect.get(browserBundle(language), 'load');
  return typeof load === 'function' ? Reflect.apply(load, null, [join(folder, name)]) : undefined;
};

it.each(languages)('the form on a page in %s includes only its own texts and the English ones', async (language) => {
  const kept: string[] = [];
  for (const name of readdirSync(folder)) {
    const code = instead(language, name);
    if (code === null) kept.push(name);
    else {
      const exported = Object.keys((await import(join(folder, name))) as object);
      expect(exported.map((one) => `export const ${one} = null;`)).toEqual([code]);
    }
  }
  const catalogs = kept.filter((name) => languages.some((one) => name === `${one.toLowerCase()}.ts`));
  expect(catalogs.toSorted()).toEqual([...new Set(['en.ts', `${language.toLowerCase()}.ts`])].toSorted());
});
