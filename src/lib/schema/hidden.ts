/**
 * Invisible characters. Some control terminals, or change the order in which text is displayed. XML, and therefore
 * feeds, don't allow control characters. Any of them can make two different names look the same.
 */
const suspects = /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}\p{NChar}]--[\t\n]]/gv;
const hasSuspect = new RegExp(suspects, 'v');

/** Visible, even though Unicode puts them in the same category: signs below or before Arabic and Syriac digits. */
const visible = /[\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}\u{13430}-\u{1345F}]/v;

/** Letters of scripts that don't need joiners, and separate words with spaces. */
const plainLetter = /[\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}]/v;
const joinedLetter = /[[\p{L}\p{M}]--[\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}]]/v;
const emoji = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F\u20E3]/v;
const rightToLeft =
  /[[\p{scx=Hebr}\p{scx=Arab}\p{scx=Syrc}\p{scx=Thaa}\p{scx=Nkoo}\p{scx=Adlm}]--[\p{scx=Latin}\p{P}\p{N}\p{Cf}]]/v;

type Around = { readonly before: string; readonly after: string; readonly isRightToLeft: () => boolean };

/** Returns the last or first full character of a text. */
const last = (text: string): string => /.$/su.exec(text.slice(-2))?.[0] ?? '';
const first = (text: string): string => /^./su.exec(text.slice(0, 2))?.[0] ?? '';

/** Characters that legitimate text needs, and the only positions where it does. */
const uses: readonly (readonly [characters: RegExp, isUse: (around: Around) => boolean])[] = [
  // Zero-width joiner: combines emoji into families and flags.
  [
    /\u200D/,
    ({ before, after }) =>
      (emoji.test(last(before)) && /\p{Extended_Pictographic}/u.test(first(after))) || joinedLetter.test(last(before)),
  ],
  // Zero-width non-joiner and zero-width space: the former is part of words in Persian and Indic scripts, and the
  // latter allows line breaks in Thai and Khmer.
  [/[\u200B\u200C]/, ({ before, after }) => joinedLetter.test(last(before)) && joinedLetter.test(first(after))],
  // Directional marks have no scope and don't reorder letters. They put a period on the correct side of a Hebrew
  // or Arabic word.
  [/[\u200E\u200F\u061C]/, ({ isRightToLeft }) => isRightToLeft()],
  // Variation selectors choose between two forms of the preceding character, one at a time.
  [/[\uFE00-\uFE0F]/, ({ before }) => /[^\s\p{DI}]$/u.test(before) && !plainLetter.test(last(before))],
  [/[\u{E0100}-\u{E01EF}]/u, ({ before }) => /\p{Script=Han}$/u.test(before)],
  [/[\u180B-\u180F]/, ({ before }) => /[\p{Script=Mongolian}]$/u.test(before)],
  // The flags of England, Scotland and Wales are a black flag followed by tag letters.
  [/[\u{E0020}-\u{E007F}]/u, ({ before }) => /\u{1F3F4}[\u{E0020}-\u{E007E}]*$/u.test(before.slice(-30))],
  // A soft hyphen is visible at the end of a line.
  [/\u00AD/, ({ before, after }) => /\p{L}$/u.test(before.slice(-2)) && /^\p{L}/u.test(after.slice(0, 2))],
];

/** Whether an invisible character has a purpose at its position in a line. */
function hasUse(character: string, line: string, index: number, isRightToLeft: () => boolean): boolean {
  if (visible.test(character)) return true;
  const rule = uses.find(([characters]) => characters.test(character));
  const end = index + character.length;
  return (
    rule?.[1]({ before: line.slice(Math.max(0, index - 30), index), after: line.slice(end, end + 2), isRightToLeft }) ??
    false
  );
}

/** An invisible character without a purpose at its position. */
type Hidden = { readonly index: number; readonly character: string };

/** Returns the hidden characters in a text, in order, except for line breaks and tabs. */
export function* hiddenIn(text: string): Generator<Hidden> {
  if (!hasSuspect.test(text)) return;
  let start = 0;
  for (const line of text.split('\n')) {
    // Only checked once, because lines may be long and have many marks.
    let known: boolean | null = null;
    const isRightToLeft = (): boolean => (known ??= rightToLeft.test(line));
    for (const { 0: character, index } of line.matchAll(suspects)) {
      if (!hasUse(character, line, index, isRightToLeft)) yield { index: start + index, character };
    }
    start += line.length + 1;
  }
}

/** Returns the first hidden character in a text, or null. */
export function firstHidden(text: string): Hidden | null {
  return hiddenIn(text).next().value ?? null;
}

/** Replaces each hidden character in a text. */
export function replaceHidden(text: string, replace: (character: string) => string): string {
  let [clean, end] = ['', 0];
  for (const { index, character } of hiddenIn(text)) {
    clean += text.slice(end, index) + replace(character);
    end = index + character.length;
  }
  return clean + text.slice(end);
}

/** Removes hidden characters from a text. */
export function withoutHidden(text: string): string {
  const once = replaceHidden(text, () => '');
  // Characters between two hidden ones may have lost their purpose.
  return firstHidden(once) === null ? once : withoutHidden(once);
}

const names: Readonly<Record<string, string>> = {
  '\u001B': 'ESC',
  '\u007F': 'DEL',
  '\u00A0': 'no-break space',
  '\u00AD': 'soft hyphen',
  '\u061C': 'Arabic letter mark',
  '\u200B': 'zero-width space',
  '\u200C': 'zero-width non-joiner',
  '\u200D': 'zero-width joiner',
  '\u200E': 'left-to-right mark',
  '\u200F': 'right-to-left mark',
  '\u2028': 'line separator',
  '\u2029': 'paragraph separator',
  '\u202A': 'left-to-right embedding',
  '\u202B': 'right-to-left embedding',
  '\u202C': 'end of an embedding',
  '\u202D': 'left-to-right override',
  '\u202E': 'right-to-left override',
  '\u202F': 'narrow no-break space',
  '\u2060': 'word joiner',
  '\u2066': 'left-to-right isolate',
  '\u2067': 'right-to-left isolate',
  '\u2068': 'first strong isolate',
  '\u2069': 'end of an isolate',
  '\u3000': 'ideographic space',
  '\uFEFF': 'byte order mark',
};

const kinds = [
  [/\p{Cc}/u, 'control character'],
  [/\p{Zs}/u, 'space'],
  [/\p{sc=Cyrillic}/u, 'Cyrillic letter'],
  [/\p{sc=Greek}/u, 'Greek letter'],
] as const;

/**
 * Returns the code point of a hidden or look-alike character, with its name or kind if people may know it: `U+200B
 * (zero-width space)`.
 */
export function nameOfHidden(character: string): string {
  const number = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const name = names[character] ?? kinds.find(([kind]) => kind.test(character))?.[1];
  return name === undefined ? number : `${number} (${name})`;
}

/**
 * Returns any text as a single line without hidden characters. Replaces them with U+FFFD, even where they have a
 * purpose, except in emoji.
 */
export function shownLine(text: string): string {
  return text
    .replaceAll(/[\t\n\u00AD\u061C\u200B\u200C\u200E\u200F]/g, '\uFFFD')
    .replaceAll(suspects, (character, index: number) =>
      hasUse(character, text, index, () => false) ? character : '\uFFFD',
    );
}
