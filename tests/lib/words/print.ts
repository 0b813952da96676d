/** Prints every text of a language, one per line: `node tests/lib/words/print.ts de`. */
import { languages } from '../../../src/lib/words/words.ts';
import { everyWord } from './samples.ts';

const [tag = ''] = process.argv.slice(2);
const language = languages.find((each) => each.toLowerCase() === tag.toLowerCase());
if (language === undefined) {
  console.error(`Give the language to print: ${languages.join(', ')}.`);
  process.exitCode = 1;
} else {
  for (const { path, args, text } of everyWord(language))
    console.log(`${path}${args === null ? '' : `(${JSON.stringify(args).slice(1, -1)})`}: ${text}`);
}
