export type Direction = 'ltr' | 'rtl';

const letter = /\p{L}/u;
const rightToLeftLetter =
  /[[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}\p{sc=Samr}\p{sc=Mand}\p{sc=Rohg}]&&\p{L}]/v;

/**
 * Returns the direction of a text's first letter, as `dir="auto"` does (UAX #9, rule P2); null for a
 * text without letters.
 */
export function directionOf(text: string): Direction | null {
  const first = letter.exec(text)?.[0];
  if (first === undefined) return null;
  return rightToLeftLetter.test(first) ? 'rtl' : 'ltr';
}

/** Characters that prevent the text between them from reordering the surrounding text (UAX #9). */
export const isolates = { first: '\u2068', last: '\u2069' } as const;

const leftToRightLetter =
  /[\p{L}--[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}\p{sc=Samr}\p{sc=Mand}\p{sc=Rohg}]]/v;

/**
 * Isolates text for use in a sentence with the direction `within`. Returns it unchanged if it has no letters of
 * the other direction.
 */
export function isolated(text: string, within: Direction = 'ltr'): string {
  const other = within === 'ltr' ? rightToLeftLetter : leftToRightLetter;
  return other.test(text) ? `${isolates.first}${text}${isolates.last}` : text;
}

const voidTags = /^(?:br|hr|img)$/;
const blockTags = /^(?:p|h[2-6]|ul|ol|li|blockquote|pre|table|th|td|details|summary|div)$/;

type Element = {
  /** The index of its tag. */
  readonly at: number;
  readonly isBlock: boolean;
  readonly around: Element | null;
  readonly given: Direction | null;
  direction: Direction | null;
};

/**
 * Gives each block of HTML the direction of its first letter. Only blocks whose direction differs from their context
 * get an attribute, which is never `auto`, because email clients don't support that. If the page is right to left,
 * each outermost block gets one, because feed readers and email clients default to left to right. `html` is sanitized:
 * balanced, with every `>` in text and values escaped.
 */
export function withDirections(html: string, page: Direction = 'ltr'): string {
  if (page === 'ltr' && !rightToLeftLetter.test(html)) return html;
  const pieces = html.split(/(<[^>]*>)/);
  const elements: Element[] = [];
  let inside = null as Element | null;
  for (const [at, piece] of pieces.entries()) {
    const [, slash, tag, attributes = ''] = /^<(\/?)([a-z][a-z0-9]*)([^>]*)>$/.exec(piece) ?? [];
    if (tag === undefined) {
      const direction = directionOf(piece.replaceAll(/&\w+;/g, ''));
      // If an element has a direction, so do all elements around it.
      for (let element = inside; direction !== null && element?.direction === null; element = element.around)
        element.direction = direction;
    } else if (slash === '/') {
      inside = inside?.around ?? null;
    } else if (!voidTags.test(tag)) {
      const given = (/ dir="(ltr|rtl)"/.exec(attributes)?.[1] ?? null) as Direction | null;
      inside = { at, isBlock: blockTags.test(tag), around: inside, given, direction: null };
      elements.push(inside);
    }
  }
  const outermost = page === 'ltr' ? page : null;
  const shown = (element: Element | null): Direction | null =>
    element === null ? outermost : (element.given ?? element.direction ?? shown(element.around));
  for (const { at, isBlock, around: outer, given, direction } of elements) {
    if (isBlock && given === null && direction !== null && direction !== shown(outer))
      pieces[at] = pieces[at]?.replace(/>$/, ` dir="${direction}">`) ?? '';
  }
  return pieces.join('');
}
