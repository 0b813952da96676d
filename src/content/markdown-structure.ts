import { firstLine, markdown } from './markdown-text.ts';
import { fileProblem, type Problem } from './problem.ts';

/** How deep lists and quotes may stand in each other; the parser leaves out what is fifty lists deep. */
const deepest = 20;

/** How long the address and title of a link may be that is defined once: each mention of it repeats both. */
const longest = 2000;

/** How long the addresses and titles of all links of a text may be together: those that are defined once count as often as they are mentioned. */
const longestTogether = 256 * 1024;

/** Whether the text may be too deep: only then is it worth taking apart. */
const mayBeDeep = (body: string): boolean => /^[ \t>*+\-.)\d]{20}/m.test(body);

const mayRepeat = (body: string): boolean => body.length > longest && body.includes(']:');

/** How much deeper it goes with a token. */
function step(type: string): number {
  if (type === 'blockquote_open' || type === 'list_item_open') return 1;
  return type === 'blockquote_close' || type === 'list_item_close' ? -1 : 0;
}

/**
 * What only the parser can tell of a text: how deep it goes over many lines, and what it repeats.
 * `text` is the whole file, `body` the markdown at its end.
 */
export function structureProblems(text: string, body: string, path: string): Problem[] {
  if (!mayBeDeep(body) && !mayRepeat(body)) return [];
  const first = firstLine(text, body);
  const problem = (message: string, line = 0): Problem => fileProblem(path, message, { line: first + line, column: 1 });
  const env: { references?: Record<string, { title: string; href: string }> } = {};
  let depth = 0;
  const tokens = markdown.parse(body, env);
  const deep = tokens.find(({ type }) => (depth += step(type)) > deepest);
  const long = Object.entries(env.references ?? {}).find(([, { title, href }]) => title.length + href.length > longest);
  const together = tokens
    .flatMap(({ children }) => children ?? [])
    .reduce((sum, { attrs }) => (attrs ?? []).reduce((more, [, value]) => more + String(value).length, sum), 0);
  const much = long === undefined && together > longestTogether ? [problem(`has links whose addresses and titles make ${Math.ceil(together / 1024)} KiB together, and ${longestTogether / 1024} KiB is the most. Mention them less often`)] : [];
  return [
    ...much,
    ...(deep === undefined ? [] : [problem(`begins more than ${deepest} quotes or lists inside each other. Write it with fewer`, deep.map?.[0])]),
    ...(long === undefined ? [] : [problem(`defines the link [${long[0].toLowerCase().slice(0, 40)}] with more than ${longest} characters. Shorten its address or title`)]),
  ];
}
