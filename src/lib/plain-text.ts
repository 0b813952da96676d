import { Parser } from 'htmlparser2';

/** Collapses whitespace like HTML does. */
const collapsed = (text: string): string => text.replaceAll(/[ \t\n\r\f]+/g, ' ');

const tidied = (text: string): string =>
  text
    .replaceAll(/ *\n */g, '\n')
    .replaceAll(/ {2,}/g, ' ')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** Returns what to write or dial: email addresses and phone numbers without a scheme. */
function shownAddress(href: string): string {
  const [, scheme, rest = ''] = /^(mailto|tel|sms):([^?]*)/i.exec(href) ?? [];
  return scheme === undefined ? href : decoded(rest);
}

/** Whether a link's text already is its address, such as `https://example.com`, `www.example.com` or `+49 30 123`. */
function isAddress(text: string, href: string): boolean {
  const address = shownAddress(href);
  if (/^(?:tel|sms):/i.test(href)) return text.replaceAll(/[^\d+]/g, '') === address.replaceAll(/[^\d+]/g, '');
  return [text, `${text}/`, `http://${text}`, `http://${text}/`].some((shown) =>
    [address, decoded(address)].includes(shown),
  );
}

/** Elements that start and end a block of text. */
const blocks = new Set(
  'p div h2 h3 h4 h5 h6 blockquote pre ul ol li table thead tbody tr hr details summary'.split(' '),
);

/**
 * How many quotes and list items to show around a line, and links around a word. HTML with more isn't meant
 * to be read.
 */
const deepest = 10;

/** The prefixes of lines in a quote or list item: `first` for the first line (null once it's written), and `rest`. */
type Container = { first: string | null; readonly rest: string };

/** Parses an attribute like browsers do; null if it isn't a whole number. */
function wholeNumber(attribute = ''): number | null {
  const digits = /^\s*([+-]?\d{1,9})/.exec(attribute)?.[1];
  return digits === undefined ? null : Number(digits);
}

/**
 * Converts sanitized HTML to plain text, for everything that can't show HTML: `.txt` files, calendars, descriptions,
 * chats and email. Writes formatting like Markdown does: list numbers, bullets and levels, quotes (`>`),
 * strikethrough (`~~`) and cells (`|`). Adds the address after a link, and replaces images with their alt text. Keeps
 * whitespace in code.
 *
 * It reads the HTML in a single pass, because recursion would overflow the stack with elements nested thousands deep.
 */
export function plainText(html: string): string {
  const lines: string[] = [];
  const containers: Container[] = [];
  /** The next number in each open list; null for bullets. */
  const lists: (number | null)[] = [];
  /** Where open spans, such as links, start in `line`. */
  const spans: { readonly at: number; readonly href?: string | undefined }[] = [];
  /** Pending text, in pieces, because a string would be copied at the end of each link. */
  let line: string[] = [];
  let cells: string[] | null = null;
  let isCode = false;
  /** Whether to write a blank line before the next text. */
  let apart = false;

  const prefix = (): string =>
    containers
      .slice(0, deepest)
      .map((container) => {
        const { first, rest } = container;
        container.first = null;
        return first ?? rest;
      })
      .join('');

  const write = (text: string): void => {
    if (apart && lines.length > 0) {
      const outside = containers.slice(0, deepest).filter(({ first }) => first === null);
      lines.push(
        outside
          .map(({ rest }) => rest)
          .join('')
          .trimEnd(),
      );
    }
    apart = false;
    for (const one of text.split('\n')) lines.push(`${prefix()}${one}`.trimEnd());
  };

  const takeLine = (): string => {
    const text = line.join('');
    line = [];
    return text;
  };

  /** Ends a paragraph. In a table cell, only ends a word. */
  const end = (): void => {
    if (cells !== null) {
      line.push(' ');
      return;
    }
    const pending = takeLine();
    const text = isCode ? pending.replace(/^\n|\n$/g, '') : tidied(pending);
    if (text !== '') write(text);
  };

  const openItem = ({ value }: Readonly<Record<string, string>>): void => {
    const next = lists.at(-1) ?? null;
    const number = next === null ? null : (wholeNumber(value) ?? next);
    if (number !== null) lists[lists.length - 1] = number + 1;
    const marker = number === null ? '- ' : `${number}. `;
    if (cells !== null) line.push(marker);
    containers.push({ first: marker, rest: ' '.repeat(marker.length) });
  };

  const endCell = (): void => {
    const text = takeLine();
    cells?.push(tidied(text).replaceAll('\n', ' '));
  };

  const opened: Readonly<Record<string, (attributes: Readonly<Record<string, string>>) => void>> = {
    li: openItem,
    ul: () => lists.push(null),
    ol: ({ start }) => lists.push(wholeNumber(start) ?? 1),
    blockquote: () => containers.push({ first: '> ', rest: '> ' }),
    pre: () => (isCode = true),
    hr: () => write('---'),
    tr: () => (cells = []),
    td: takeLine,
    th: takeLine,
    br: () => line.push('\n'),
    img: ({ alt = '' }) => line.push(collapsed(alt)),
    a: ({ href }) => spans.push({ at: line.length, href }),
    s: () => spans.push({ at: line.length }),
    del: () => spans.push({ at: line.length }),
    sup: () => spans.push({ at: line.length }),
  };

  /** Replaces the text of the innermost open span. */
  const replaceSpan = (change: (text: string, href: string | undefined, before: string) => string): void => {
    const { at = 0, href } = spans.pop() ?? {};
    if (spans.length >= deepest) return;
    const text = line.splice(at).join('');
    line.push(change(text, href, line.at(-1) ?? ''));
  };
  const struck = (): void => replaceSpan((text) => (text.trim() === '' ? text : `~~${text}~~`));

  const closed: Readonly<Record<string, () => void>> = {
    li: () => {
      // Empty items keep their numbers.
      if (cells === null && containers.at(-1)?.first !== null) write('');
      containers.pop();
    },
    ul: () => lists.pop(),
    ol: () => lists.pop(),
    blockquote: () => containers.pop(),
    pre: () => (isCode = false),
    td: endCell,
    th: endCell,
    tr: () => {
      const row = cells?.join(' | ').trim() ?? '';
      cells = null;
      takeLine();
      if (row !== '') write(row);
    },
    a: () =>
      replaceSpan((text, href) => {
        if (href === undefined || isAddress(text.trim(), href)) return text;
        return text.trim() === '' ? shownAddress(href) : `${text} (${shownAddress(href)})`;
      }),
    s: struck,
    del: struck,
    // Otherwise, 10 to the power of 6 would become 106.
    sup: () => replaceSpan((text, _, before) => (/^[\d+-]+$/.test(text) && /\d$/.test(before) ? `^${text}` : text)),
  };

  /** Whether an element gets no blank lines around it: list items, rows, and lists within lists. */
  const isTight = (name: string): boolean =>
    ['li', 'tr', 'thead', 'tbody'].includes(name) || (lists.length > 0 && (name === 'ul' || name === 'ol'));

  const parser = new Parser({
    ontext: (data) => line.push(isCode ? data : collapsed(data)),
    onopentag: (name, attributes) => {
      if (blocks.has(name)) {
        end();
        if (!isTight(name)) apart = true;
      }
      opened[name]?.(attributes);
    },
    onclosetag: (name) => {
      if (blocks.has(name)) end();
      closed[name]?.();
      if (blocks.has(name) && !isTight(name)) apart = true;
    },
  });
  parser.end(html);
  end();
  return lines.join('\n').trimEnd();
}

/**
 * Returns the start of a text on one line, for descriptions. Ends at a word boundary, unless that would cut
 * more than half.
 */
export function excerpt(text: string, length = 160): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= length) return line;
  const beginning = line.slice(0, length);
  const words = beginning.replace(/\s+\S*$/, '');
  return `${words.length < length / 2 ? beginning : words}…`;
}
