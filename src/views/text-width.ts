/** Widths of Verdana and of fonts made to its measure (DejaVu Sans, Bitstream Vera), in hundredths of the font size. */
const widths: readonly (readonly [width: number, characters: string])[] = [
  [29, "ijlłIJ'"],
  [34, ' .,:;/\\|·‘’'],
  [40, '!()[]-ft'],
  [42, 'r'],
  [52, '"*?sz`–“”'],
  [56, 'cL'],
  [60, 'FPkvxy'],
  [64, '$0123456789abdeghnopqußđøESTY_{}'],
  [70, 'ABCKRVXZ'],
  [79, '&DGHNOQU'],
  [86, '#+<=>Mw~^'],
  [100, '%@Wmæœ—…'],
];

const known: ReadonlyMap<string, number> = new Map(
  widths.flatMap(([width, characters]) => [...characters].map((character) => [character, width])),
);

/** Wide enough for any letter of any script. */
const unknown = 110;

/** What a reader sees as one character. */
const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How wide a text is at a font size, in the unit of that size, rounded up. Accents take no room; what is not known is counted wide. */
export function textWidth(text: string, size: number): number {
  const total = Array.from(
    characters.segment(text),
    ({ segment }) => known.get([...segment.normalize('NFD')][0] ?? '') ?? unknown,
  );
  return Math.ceil((total.reduce((sum, width) => sum + width, 0) * size) / 100);
}
