import { firstHidden, nameOfHidden } from '../schema/hidden.ts';
import { placesIn } from './places.ts';
import { fileProblem, type Problem } from './problem.ts';

/** HTML's names for characters that nobody sees. */
const names: Readonly<Record<string, string>> = {
  zwsp: '\u200B', ZeroWidthSpace: '\u200B', NegativeThinSpace: '\u200B', NegativeMediumSpace: '\u200B', NegativeThickSpace: '\u200B', NegativeVeryThinSpace: '\u200B',
  zwnj: '\u200C', zwj: '\u200D', lrm: '\u200E', rlm: '\u200F', NoBreak: '\u2060', af: '\u2061', ApplyFunction: '\u2061', it: '\u2062', InvisibleTimes: '\u2062', ic: '\u2063', InvisibleComma: '\u2063',
};

const reference = /&(?:#[xX](?<hex>[0-9a-fA-F]{1,6})|#(?<decimal>\d{1,7})|(?<name>[A-Za-z]{2,20}));/g;

function characterOf({ hex, decimal, name = '' }: Readonly<Record<string, string | undefined>>): string | null {
  if (hex === undefined && decimal === undefined) return Object.hasOwn(names, name) ? (names[name] ?? null) : null;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : null;
}

/** The character beside it, whole: half of one would be hidden itself. */
const lastOf = (before: string): string => /.$/su.exec(before.slice(-2))?.[0] ?? '';
const firstOf = (after: string): string => /^./su.exec(after)?.[0] ?? '';

/** Characters that nobody sees, written as HTML's references: a page shows them as if they had been typed. `body` is the markdown at the end of `text`. */
export function hiddenReferences(text: string, body: string, path: string): Problem[] {
  if (!body.includes('&')) return [];
  const start = text.lastIndexOf(body);
  const placeAt = placesIn(text);
  return [...body.matchAll(reference)].flatMap(({ 0: written, index, groups = {} }) => {
    const character = characterOf(groups);
    const end = index + written.length;
    const isHidden = character !== null && character !== '\n' && firstHidden(`${lastOf(body.slice(0, index))}${character}${firstOf(body.slice(end, end + 2))}`) !== null;
    if (!isHidden) return [];
    return [fileProblem(path, `${written} stands for the character ${nameOfHidden(character)}, which nobody sees. Delete it`, placeAt(start + index))];
  });
}
