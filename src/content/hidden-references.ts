import { hiddenIn, nameOfHidden } from '../schema/hidden.ts';
import { placesIn } from './places.ts';
import { fileProblem, type Problem } from './problem.ts';

/** HTML's names for characters that nobody sees. */
const names: Readonly<Record<string, string>> = {
  zwsp: '\u200B', ZeroWidthSpace: '\u200B', NegativeThinSpace: '\u200B', NegativeMediumSpace: '\u200B', NegativeThickSpace: '\u200B', NegativeVeryThinSpace: '\u200B',
  shy: '\u00AD', zwnj: '\u200C', zwj: '\u200D', lrm: '\u200E', rlm: '\u200F', NoBreak: '\u2060', af: '\u2061', ApplyFunction: '\u2061', it: '\u2062', InvisibleTimes: '\u2062', ic: '\u2063', InvisibleComma: '\u2063',
};

const reference = /&(?:#[xX](?<hex>[0-9a-fA-F]{1,6})|#(?<decimal>\d{1,7})|(?<name>[A-Za-z]{2,24}));/g;

function characterOf({ hex, decimal, name = '' }: Readonly<Record<string, string | undefined>>): string | null {
  if (hex === undefined && decimal === undefined) return Object.hasOwn(names, name) ? (names[name] ?? null) : null;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : null;
}

/** A line as it is shown, and where in it stands what a reference stands for. */
function shownOf(line: string): { readonly shown: string; readonly references: ReadonlyMap<number, RegExpExecArray> } {
  const references = new Map<number, RegExpExecArray>();
  let shown = '';
  let end = 0;
  for (const found of line.matchAll(reference)) {
    const character = characterOf(found.groups ?? {});
    if (character === null) continue;
    shown += line.slice(end, found.index);
    references.set(shown.length, found);
    // A line end is shown as a blank.
    shown += character === '\n' ? ' ' : character;
    end = found.index + found[0].length;
  }
  return { shown: shown + line.slice(end), references };
}

/** Characters that nobody sees, written as HTML's references: a page shows them as if they had been typed. `body` is the markdown at the end of `text`. */
export function hiddenReferences(text: string, body: string, path: string): Problem[] {
  if (!body.includes('&')) return [];
  const placeAt = placesIn(text);
  const problems: Problem[] = [];
  let start = text.lastIndexOf(body);
  for (const line of body.split('\n')) {
    const { shown, references } = line.includes('&') ? shownOf(line) : { shown: '', references: new Map<number, RegExpExecArray>() };
    for (const { index, character } of hiddenIn(shown)) {
      const found = references.get(index);
      if (found !== undefined) problems.push(fileProblem(path, `${found[0]} stands for the character ${nameOfHidden(character)}, which nobody sees. Delete it`, placeAt(start + found.index)));
    }
    start += line.length + 1;
  }
  return problems;
}
