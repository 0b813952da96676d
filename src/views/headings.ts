import { escapeHtml } from './escape.ts';
import { plainText } from './markdown.ts';

/** Before every id that comes from a text: no id of a page's own begins so, and none is an update's time. */
const ownRoom = 'text-';

/** The id of a heading from its words, in any script, distinct from those in `taken`. */
function idOf(words: string, taken: Set<string>): string {
  const slug =
    words
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu)
      ?.join('-') ?? 'part';
  let id = `${ownRoom}${slug}`;
  for (let more = 2; taken.has(id); more += 1) id = `${ownRoom}${slug}-${more}`;
  taken.add(id);
  return id;
}

const alone = new Set(['br', 'hr', 'img']);

/**
 * Gives each heading of an article an id and a link to itself, beside the heading and not in it, so that
 * its name stays its own. `html` is clean: balanced, with every `>` in text and values escaped. Headings
 * inside of something else, as a link or a quotation, stay as they are.
 */
export function withAnchors(html: string): string {
  const taken = new Set<string>();
  let depth = 0;
  let heading: {
    readonly tag: string;
    readonly attributes: string;
    readonly from: number;
    readonly begins: number;
  } | null = null;
  let done = 0;
  let linked = '';
  for (const match of html.matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*)>/g)) {
    const [whole, slash, tag = '', attributes = ''] = match;
    if (alone.has(tag)) continue;
    depth += slash === '/' ? -1 : 1;
    if (slash === '' && depth === 1 && /^h[2-6]$/.test(tag))
      heading = { tag, attributes, from: match.index, begins: match.index + whole.length };
    if (slash !== '/' || depth > 0 || heading === null) continue;
    const inner = html.slice(heading.begins, match.index);
    // Words alone: where a link in it leads is no part of its name.
    const words = plainText(inner.replaceAll(/<[^>]*>/g, '')).replaceAll(/\s+/g, ' ');
    const { tag: level, attributes: given, from } = heading;
    heading = null;
    if (words === '') continue;
    const id = idOf(words, taken);
    linked += `${html.slice(done, from)}<div class="headed"><${level}${given} id="${id}">${inner}</${level}><a class="anchor" href="#${id}" aria-label="Link to “${escapeHtml(words)}”">#</a></div>`;
    done = match.index + whole.length;
  }
  return linked + html.slice(done);
}
