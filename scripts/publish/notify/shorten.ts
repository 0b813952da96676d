/** A text of at most `length` characters, cut between words; none of them is half a character. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '');
  const between = cut.search(/\s\S*$/);
  return `${(between > length / 2 ? cut.slice(0, between) : cut).trimEnd()}…`;
}

/**
 * As much of a text as fits into `length` once it is escaped: never cut inside an escape, since it is
 * cut before. The room is searched for by halves.
 */
export function shortenEscaped(text: string, length: number, escape: (text: string) => string): string {
  if (escape(text).length <= length) return escape(text);
  let [fits, tooLong] = [1, text.length];
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (escape(shorten(text, middle)).length <= length) fits = middle;
    else tooLong = middle;
  }
  return escape(shorten(text, fits));
}
