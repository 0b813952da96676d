import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexer, type Token, type Tokens } from 'marked';
import { placedTokens } from '../../src/lib/content/markdown-guard.ts';
import { root } from '../support/halfpast.ts';

/** A fenced block. `kind` is the word after its fence, `line` the line of the fence. */
export type Block = { readonly path: string; readonly line: number; readonly kind: string; readonly text: string };

export type Document = {
  readonly path: string;
  readonly blocks: readonly Block[];
  /** Inline code, in sentences and tables. */
  readonly codes: readonly string[];
  /** The targets of links and images. */
  readonly links: readonly string[];
  /** The anchors that GitHub generates for its headings. */
  readonly anchors: ReadonlySet<string>;
};

/** As GitHub does: lowercase, hyphens for spaces, and only letters, digits, hyphens and underscores. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

const wordsOf = (tokens: readonly Token[]): string =>
  tokens
    .map((token) =>
      'tokens' in token && token.tokens !== undefined
        ? wordsOf(token.tokens)
        : 'text' in token
          ? String(token['text'])
          : '',
    )
    .join('');

export function readDocument(path: string, text: string): Document {
  const found = { blocks: [] as Block[], codes: [] as string[], links: [] as string[], anchors: new Set<string>() };
  for (const { token, offset } of placedTokens(lexer(text), text)) {
    if (token.type === 'code') {
      const { lang, codeBlockStyle, text: code } = token as Tokens.Code;
      const line = text.slice(0, offset).split('\n').length;
      found.blocks.push({
        path,
        line,
        kind: codeBlockStyle === 'indented' ? '(indented)' : (lang ?? ''),
        text: `${code}\n`,
      });
    }
    if (token.type === 'codespan') found.codes.push(String(token['text']));
    if ((token.type === 'link' && token['autolink'] !== true) || token.type === 'image')
      found.links.push(String(token['href']));
    if (token.type === 'heading') found.anchors.add(anchorOf(wordsOf(token.tokens ?? [])));
  }
  return { path, ...found };
}

/** Every document in the root and in docs/. */
export const documents: readonly Document[] = ['.', 'docs']
  .flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => (folder === '.' ? name : `${folder}/${name}`)),
  )
  .map((path) => readDocument(path, readFileSync(join(root, path), 'utf8')));

export const blocks: readonly Block[] = documents.flatMap((document) => document.blocks);
