import { join } from 'node:path';
import { type Choice, pick } from '../mutation.ts';
import type { Edit } from './history.ts';
import { edited, originalText } from './project.ts';

const root = join(import.meta.dirname, '../../..');

/** Replaces a part of a file of the project, as a person who works on it would. */
function replacing(path: string, from: RegExp, to: (choice: Choice) => string): Edit {
  return (moment, choice) => {
    const text = originalText(root, path);
    const changed = text.replace(from, to(choice));
    if (changed === text) throw new Error(`${path} has nothing like ${from.source}: the edit is out of date`);
    moment.code = new Map([...moment.code, [path, changed]]);
    return true;
  };
}

/** Edits of the code that builds; Astro has to find out which pages they change. */
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
  'edit a module': replacing('src/views/words.ts', /'Investigating'/, ({ a }) => `'Investigating ${a % 100}'`),
  'edit a stylesheet': replacing('src/styles/base.css', /line-height: [\d.]+/, ({ a }) => `line-height: 1.${a % 100}`),
  'edit a script of the page': replacing('src/browser/local-times.ts', /numeric: 'auto'/, ({ a }) =>
    pick(["numeric: 'always'", "numeric: 'auto', style: 'short'", "numeric: 'auto', style: 'narrow'"], a),
  ),
  'edit the policy of pages': replacing(
    'src/views/content-policy.ts',
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
