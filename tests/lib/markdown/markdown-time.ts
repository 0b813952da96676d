import * as fc from 'fast-check';
import { markdownProblems, unseenTextWarnings } from '../../../src/lib/content/body.ts';
import { tooMuch } from '../../../src/lib/content/markdown-guard.ts';
import { mostBytes } from '../../../src/lib/content/problem.ts';
import { articleHtml, updateHtml } from '../../../src/lib/markdown.ts';
import { plainText } from '../../../src/lib/plain-text.ts';
import { processorTime } from '../../support/processor-time.ts';
import { pathological } from './pathological.ts';

const page = 'https://status.example.com/incidents/x/';
const head = '---\nstatus: resolved\n---\n';

/** The length of the longest text that `check` allows, in characters. */
export const longestBody = mostBytes('a.md') - head.length;

/** A pathological text of about `size` characters. */
export function pathologicalText(name: string, size: number): string {
  const make = pathological[name] ?? (() => '');
  const [small, large] = [make(100).length, make(200).length];
  return make(Math.max(2, Math.round((size * 100) / Math.max(1, large - small)))).slice(0, size);
}

const signs = [
  '*',
  '**',
  '_',
  '__',
  '~~',
  '~',
  '`',
  '``',
  '[',
  '![',
  ']',
  '](',
  '(',
  ')',
  '<',
  '>',
  '|',
  '\\',
  '!',
  '#',
  '"',
  "'",
  '&',
  ':',
  '{',
  '}',
];
const words = ['a', 'b ', 'word ', 'é', '漢', '。', '😀', '\u00a0', '.', ',', '?', '  ', '\t', '&a;', '&#1;', '\\*'];
const spans = [
  '*a',
  'a*',
  '_a',
  'a_',
  '**a',
  'a**',
  '`a`',
  '~~a~~',
  '[a]',
  '[a][b]',
  '[a](b',
  '[a](b)',
  '![a](b)',
  '[a]: b\n',
  '"c',
];
const addresses = ['http://a.b/', 'www.a.b', 'a@b.c', 'a.', 'mailto:a@b.c'];
const html = [
  '<a',
  '<a ',
  '</a>',
  '<b>',
  '<a href=x>',
  '<x y="',
  '<!--',
  '-->',
  '<?',
  '<![CDATA[',
  '<div>',
  '<pre>',
  '<script>',
  '</script>',
  '<details>',
];
const lines = [
  '\n',
  '\n\n',
  '  \n',
  '\\\n',
  '\n    ',
  '> ',
  '>',
  '- ',
  '* ',
  '+ ',
  '1. ',
  '- [ ] ',
  '\n> ',
  '\n>> ',
  '\n> - ',
  '\n- ',
  '\n  - ',
  '\n1. ',
];
const blocks = ['# ', '---', '===', '```', '```\n', '~~~', '|-', '| - |\n', '|\n'];
const fragment = fc.constantFrom(...signs, ...words, ...spans, ...addresses, ...html, ...lines, ...blocks);

const run = fc.tuple(
  fc.array(fragment, { minLength: 1, maxLength: 6 }),
  fc.integer({ min: 1, max: 20_000 }),
  fc.constantFrom('', ' ', '\n', '\n\n'),
);

/** Texts of up to `size` characters, made of repeated fragments, some of them thousands of times. */
export const hostileTexts = (size: number): fc.Arbitrary<string> =>
  fc.array(run, { minLength: 1, maxLength: 8 }).map((runs) => {
    const parts = runs.map(([fragments, times, end]) => `${fragments.join('').repeat(times).slice(0, size)}${end}`);
    return parts.join('').slice(0, size).trim();
  });

type MarkdownTime = {
  /** Whether the guard lets the text through to marked. */
  readonly passes: boolean;
  /** The CPU time of the slowest step, in milliseconds. */
  readonly slowest: number;
  /** The number of characters of HTML per character of the text. */
  readonly growth: number;
};

/** How long it takes to refuse a text, or to check and show it. */
export function markdownTime(text: string): MarkdownTime {
  const file = `${head}${text}`;
  let passes = false;
  const guarding = processorTime(() => (passes = tooMuch(text) === null));
  const checking = processorTime(() => {
    markdownProblems(file, text, 'x.md');
    unseenTextWarnings('x.md', file, 1);
  });
  if (!passes) return { passes, slowest: Math.max(guarding, checking), growth: 0 };
  let longest = 0;
  const steps = [updateHtml, articleHtml].map((render) =>
    processorTime(() => {
      const shown = render(text, page);
      plainText(shown);
      longest = Math.max(longest, shown.length);
    }),
  );
  return { passes, slowest: Math.max(guarding, checking, ...steps), growth: longest / Math.max(1, text.length) };
}
