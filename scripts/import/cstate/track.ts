/** The time in a `track` shortcode, in any of the quotes that editors make; unquoted, all up to its end. */
const form = String.raw`\{\{[<%]\s*track\s+(?:"([^"]*)"|'([^']*)'|${'`'}([^${'`'}]*)${'`'}|[“”„]([^“”„]*)[“”]|([^"'${'`'}“”„>%]*?))\s*/?[>%]\}\}`;

export type Track = { readonly time: string; readonly start: number; readonly end: number };

/** All tracks of a text, in its order. */
export function tracksOf(text: string): Track[] {
  return [...text.matchAll(new RegExp(form, 'g'))].map((match) => {
    const [whole, ...quoted] = match;
    return {
      time: (quoted.find((time) => time !== undefined) ?? '').trim(),
      start: match.index,
      end: match.index + whole.length,
    };
  });
}

/** The text without its tracks and the space before them. */
export function withoutTracks(text: string): string {
  return text.replaceAll(new RegExp(String.raw`[ \t]*${form}[ \t]*`, 'g'), '').trim();
}

/** The names of other shortcodes, with the line within the text, from 0. */
export function otherShortcodes(text: string): { readonly name: string; readonly line: number }[] {
  const found = withoutTrackMarks(text).matchAll(/\{\{[<%]\s*([\w./-]+)/g);
  return [...found]
    .map((match) => ({ name: match[1] ?? '', line: text.slice(0, match.index).split('\n').length - 1 }))
    .filter(({ name }) => !name.startsWith('/'));
}

/** Tracks made blank, so that places stay what they are. */
function withoutTrackMarks(text: string): string {
  return text.replaceAll(new RegExp(form, 'g'), (whole) => ' '.repeat(whole.length));
}
