const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  '#34': '"',
  '#38': '&',
  nbsp: ' ',
};

/** Text of HTML or XML with the entities that Halfpast and its libraries write. */
export function unescape(text: string): string {
  return text.replaceAll(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
}

/** The words that a person reads, with one space between them. */
export function wordsOf(html: string): string {
  const visible = html.replaceAll(/<(script|style)[\s>][\s\S]*?<\/\1>/g, ' ').replaceAll(/<[^>]*>/g, ' ');
  return unescape(visible).replaceAll(/\s+/g, ' ').trim();
}

/** The words of each paragraph, item or cell. */
export function blocksOf(html: string): string[] {
  return html
    .split(/<\/?(?:p|li|ul|ol|h\d|blockquote|pre|td|th|tr|table|div)(?:\s[^>]*)?>/)
    .map(wordsOf)
    .filter((words) => words !== '');
}
