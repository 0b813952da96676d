import { Lexer, type Token, Tokenizer, type Tokens, type TokensList } from 'marked';

/** How deep quotes and lists may be nested. */
export const deepest = 10;

/** Cells of all tables. A row of one character has as many cells as the header of its table. */
const mostCells = 10_000;

/**
 * How many characters marked may look at more than once, at up to 100 nanoseconds each. 64 KiB of prose with links,
 * lists and emphasis come to some tens of thousands.
 */
const mostWork = 3_000_000;

/**
 * Lines of lists and quotes are taken apart one by one, which takes as long as looking at this many characters each.
 */
const containerWork = 10;

/** How deep emphasis and links may be nested, since marked calls itself for each level. */
const mostLevels = 50;

const messages = {
  lines: 'starts a list or quote with too many lines in a row. Separate them with blank lines',
  cells: `starts a table that takes the text over ${mostCells.toLocaleString('en')} cells. Put long data in a file and link to it`,
  signs: 'starts a paragraph with too many of the characters * _ ~ ` [ and <. Put code or data between lines of ```',
};

/** Thrown through marked, which has no other way to stop. The message is for the author of the text. */
export class TooMuchWork extends Error {}

/**
 * Counts what marked does as it does it. Guessing from the text alone would go wrong where a text only looks as if it
 * were in a code block, or only looks as if it weren't.
 */
class CountingTokenizer extends Tokenizer {
  private work = 0;
  private cells = 0;
  private containers = 0;
  /** How much text followed when the current block began, and the current one at the top, in UTF-16 units. */
  private leftInside = 0;
  left = 0;
  /** The length of the addresses and titles of all links and images. */
  addresses = 0;

  count(characters: number, message: string): void {
    this.work += characters;
    if (this.work > mostWork) throw new TooMuchWork(message);
  }

  /** Marked asks for blank lines first, at each block. */
  override space(src: string): Tokens.Space | undefined {
    this.leftInside = src.length;
    if (this.containers === 0) this.left = src.length;
    return super.space(src);
  }

  /** Reads a quote or list. Below the deepest level that is allowed, its first line stands for it. */
  private container<T extends Token>(
    src: string,
    read: () => T | undefined,
    unread: (raw: string) => T,
  ): T | undefined {
    if (this.containers > deepest) return unread(src.split('\n', 1)[0] ?? src);
    // Inside a quote, marked reads one again with all that follows, for each line that could belong to it.
    if (src.length !== this.leftInside) this.count(src.length, messages.lines);
    this.containers += 1;
    const token = read();
    this.containers -= 1;
    if (token !== undefined) this.count(token.raw.length * containerWork, messages.lines);
    return token;
  }

  override blockquote(src: string): Tokens.Blockquote | undefined {
    if (!/^ {0,3}>/.test(src)) return undefined;
    const unread = (raw: string): Tokens.Blockquote => ({ type: 'blockquote', raw, text: '', tokens: [] });
    return this.container(src, () => super.blockquote(src), unread);
  }

  override list(src: string): Tokens.List | undefined {
    if (!/^ {0,3}(?:[*+-]|\d{1,9}[.)])(?:[ \t]|\n|$)/.test(src)) return undefined;
    const unread = (raw: string): Tokens.List => ({
      type: 'list',
      raw,
      ordered: false,
      start: '',
      loose: false,
      items: [],
    });
    return this.container(src, () => super.list(src), unread);
  }

  /** Looks for an underline up to the end of the paragraph; in a list item, from each of its lines. */
  override lheading(src: string): Tokens.Heading | undefined {
    const end = src.search(/\n[ \t]*\n/);
    this.count(end === -1 ? src.length : end, messages.lines);
    return super.lheading(src);
  }

  override table(src: string): Tokens.Table | undefined {
    const found = this.rules.block.table.exec(src);
    if (found === null) return undefined;
    const [, header = '', , rows = ''] = found;
    this.cells += header.split('|').length * (rows.split('\n').length + 1);
    if (this.cells > mostCells) throw new TooMuchWork(messages.cells);
    return super.table(src);
  }

  /** Counts the search for the end of a span; without an end, it went through all that follows. */
  private searched<T extends Token>(src: string, token: T | undefined): T | undefined {
    this.count(token?.raw.length ?? src.length, messages.signs);
    return token;
  }

  override tag(src: string): Tokens.Tag | undefined {
    return /^<[a-z!?/]/i.test(src) ? this.searched(src, super.tag(src)) : undefined;
  }

  override link(src: string): Tokens.Link | Tokens.Image | undefined {
    if (!/^!?\[/.test(src)) return undefined;
    const token = super.link(src);
    const end = src.indexOf(']');
    // `[1]` and `[UTC]` are no links, and the search ends at the bracket.
    if (token === undefined && end !== -1 && src[end + 1] !== '(') this.count(end, messages.signs);
    else this.searched(src, token);
    return this.withAddress(token);
  }

  override reflink(src: string, links: TokensList['links']): Tokens.Link | Tokens.Image | Tokens.Text | undefined {
    return this.withAddress(super.reflink(src, links));
  }

  private withAddress<T extends Token>(token: T | undefined): T | undefined {
    if (token !== undefined && 'href' in token) this.addresses += token.href.length + (token.title ?? '').length;
    return token;
  }

  override emStrong(src: string, masked: string, previous = ''): Tokens.Em | Tokens.Strong | undefined {
    const token = super.emStrong(src, masked, previous);
    // `snake_case` and `2 * 3` begin no emphasis, and nothing is searched for.
    const canBegin = /^\*+[^\s*]/.test(src) || (/^_+[^\s_]/.test(src) && !/[\p{L}\p{N}]/u.test(previous));
    return canBegin ? this.searched(src, token) : token;
  }

  override codespan(src: string): Tokens.Codespan | undefined {
    return src.startsWith('`') ? this.searched(src, super.codespan(src)) : undefined;
  }

  override del(src: string, masked: string, previous = ''): Tokens.Del | undefined {
    return /^~~?[^~\s]/.test(src) ? this.searched(src, super.del(src, masked, previous)) : undefined;
  }
}

/** Marked's lexer with a count. Its methods throw TooMuchWork. */
export class CountingLexer extends Lexer {
  readonly counter: CountingTokenizer;
  private levels = 0;

  constructor() {
    const counter = new CountingTokenizer();
    // With breaks, since these make more tokens.
    super({ gfm: true, breaks: true, tokenizer: counter });
    this.counter = counter;
  }

  /** The text of a paragraph, and again of each span in it. */
  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    this.levels += 1;
    if (this.levels > mostLevels) throw new TooMuchWork(messages.signs);
    this.counter.count(src.length, messages.signs);
    const found = super.inlineTokens(src, tokens);
    this.levels -= 1;
    return found;
  }
}
