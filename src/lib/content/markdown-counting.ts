import { Lexer, type Token, Tokenizer, type Tokens, type TokensList } from 'marked';

/** How deep quotes and lists can be nested. */
export const deepest = 10;

/** The most cells in all tables. Even a row of one character has as many cells as its table's header. */
const mostCells = 10_000;

/**
 * How many characters marked may scan repeatedly, at up to 100 nanoseconds each. 64 KiB of prose with links, lists and
 * emphasis need tens of thousands.
 */
const mostWork = 3_000_000;

/**
 * Lines of lists and quotes are split one by one, which takes as long as scanning this many characters per character.
 */
const containerWork = 10;

/** How deep emphasis and links can be nested. marked recurses for each level. */
const mostLevels = 50;

const messages = {
  lines: 'starts a list or quote with too many lines in a row. Separate them with blank lines',
  cells: `starts a table that takes the text over ${mostCells.toLocaleString('en')} cells. Put long data in a file and link to it`,
  signs: 'starts a paragraph with too many of the characters * _ ~ ` [ and <. Put code or data between lines of ```',
};

/** Thrown through marked, which can't be stopped in any other way. The message is for the author of the text. */
export class TooMuchWork extends Error {}

/**
 * Counts marked's work while it runs. Estimates based on the text alone fail for text that only seems to be inside a
 * code block, or only seems to be outside of one.
 */
class CountingTokenizer extends Tokenizer {
  private work = 0;
  private cells = 0;
  private containers = 0;
  /**
   * How much text was left when the current block started, and when the current top-level block started,
   * in UTF-16 units.
   */
  private leftInside = 0;
  left = 0;
  /** The total length of the URLs and titles of all links and images. */
  addresses = 0;

  count(characters: number, message: string): void {
    this.work += characters;
    if (this.work > mostWork) throw new TooMuchWork(message);
  }

  /** marked calls this first for each block, to look for blank lines. */
  override space(src: string): Tokens.Space | undefined {
    this.leftInside = src.length;
    if (this.containers === 0) this.left = src.length;
    return super.space(src);
  }

  /** Reads a quote or list. Below the deepest allowed level, a token for the first line takes its place. */
  private container<T extends Token>(
    src: string,
    read: () => T | undefined,
    unread: (raw: string) => T,
  ): T | undefined {
    if (this.containers > deepest) return unread(src.split('\n', 1)[0] ?? src);
    // Inside a quote, marked rereads all remaining text for each line that could belong to it.
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

  /**
   * Counts the search for an underline, up to the end of the paragraph. In list items, marked searches from each line.
   */
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

  /** Counts the search for the end of a span. Without an end, marked searched all remaining text. */
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
    // `[1]` and `[UTC]` aren't links: the search ends at the bracket.
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
    // `snake_case` and `2 * 3` don't start emphasis, so there's no search.
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

/** marked's lexer, with a limit. Its methods throw TooMuchWork. */
export class CountingLexer extends Lexer {
  readonly counter: CountingTokenizer;
  private levels = 0;

  constructor() {
    const counter = new CountingTokenizer();
    // With breaks, which produce more tokens.
    super({ gfm: true, breaks: true, tokenizer: counter });
    this.counter = counter;
  }

  /** marked calls this for the text of a paragraph, and again for each span in it. */
  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    this.levels += 1;
    if (this.levels > mostLevels) throw new TooMuchWork(messages.signs);
    this.counter.count(src.length, messages.signs);
    const found = super.inlineTokens(src, tokens);
    this.levels -= 1;
    return found;
  }
}
