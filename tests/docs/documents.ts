import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { root } from '../support/halfpast.ts';

/** A fenced block: `kind` is the word behind its fence, `line` that of the fence. */
export type Block = { readonly path: string; readonly line: number; readonly kind: string; readonly text: string };

export type Document = {
  readonly path: string;
  readonly blocks: readonly Block[];
  /** What stands between backticks in a sentence or a table. */
  readonly codes: readonly string[];
  /** Where its links and images lead. */
  readonly links: readonly string[];
  /** The anchors that GitHub gives its headings. */
  readonly anchors: ReadonlySet<string>;
};

const markdown = new MarkdownIt({ html: true });

/** GitHub: lower case, spaces to hyphens, without what is neither letter, digit, hyphen nor underscore. */
const anchorOf = (heading: string): string => heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-');

export function readDocument(path: string, text: string): Document {
  const found = { blocks: [] as Block[], codes: [] as string[], links: [] as string[], anchors: new Set<string>() };
  const tokens = markdown.parse(text, {});
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'fence') found.blocks.push({ path, line: (token.map?.[0] ?? 0) + 1, kind: token.info.trim(), text: token.content });
    if (token.type === 'code_block') found.blocks.push({ path, line: (token.map?.[0] ?? 0) + 1, kind: '(indented)', text: token.content });
    for (const child of token.children ?? []) {
      if (child.type === 'code_inline') found.codes.push(child.content);
      const address = child.attrGet('href') ?? child.attrGet('src');
      if (address !== null) found.links.push(String(address));
    }
    if (token.type === 'heading_open') {
      const said = (tokens[index + 1]?.children ?? []).filter(({ type }) => type === 'text' || type === 'code_inline').map(({ content }) => content);
      found.anchors.add(anchorOf(said.join('')));
    }
  }
  return { path, ...found };
}

/** Every document of the project: those in its root, and docs/. */
export const documents: readonly Document[] = ['.', 'docs']
  .flatMap((folder) => readdirSync(join(root, folder)).filter((name) => name.endsWith('.md')).map((name) => (folder === '.' ? name : `${folder}/${name}`)))
  .map((path) => readDocument(path, readFileSync(join(root, path), 'utf8')));

export const blocks: readonly Block[] = documents.flatMap((document) => document.blocks);
