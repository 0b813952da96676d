import { type Document, isScalar, visit, type YAMLError } from 'yaml';

/** What is wrong with some YAML in a user's words, and the offset in the text where it is. */
export type YamlMistake = { readonly message: string; readonly offset: number };

/** What to say of lists in lists in lists. */
export const tooDeep = 'lists or fields stand inside each other too many times. If this is text, put it in quotes';

const noColon = 'has no ": " between field and value. Type it as "status: investigating"';

function lineAt(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1).split('\n', 1)[0] ?? '';
}

function explain({ code, message, pos: [offset] }: YAMLError, text: string): string {
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
      return /:\s.*:(?:\s|$)/.test(lineAt(text, offset))
        ? 'a second ": " in one line confuses YAML. Put the whole value in quotes'
        : 'is followed by a line that begins further right. Begin fields of one level in one column';
    case 'MULTILINE_IMPLICIT_KEY':
      return noColon;
    case 'BAD_INDENT':
      return message.startsWith('Flow')
        ? 'a closing ] or } is missing above. Close it, or put the whole value in quotes'
        : 'begins in another column than the fields around it. Use two spaces a level';
    case 'BAD_ALIAS':
      return '* and & at the start of a value are special in YAML. Put the value in quotes';
    case 'TAG_RESOLVE_FAILED':
      return '! at the start of a value is special in YAML. Put the value in quotes';
    case 'BAD_SCALAR_START':
      return `a value cannot begin with ${text.charAt(offset)} in YAML. Put the value in quotes`;
    case 'BAD_DQ_ESCAPE':
      return 'a backslash in double quotes is special in YAML. Type two, or use single quotes';
    case 'BAD_DIRECTIVE':
      return 'a line cannot begin with % in YAML. Type a field on each line, as "name: value"';
    case 'MULTIPLE_DOCS':
      return 'begins a second document. Delete this line';
    case 'MISSING_CHAR':
      return message.startsWith('Missing closing') ? 'the closing quote is missing. Type it at the end of the value' : noColon;
    case 'UNEXPECTED_TOKEN':
      return 'YAML does not expect this here. If it is part of a value, put the whole value in quotes';
    case 'KEY_OVER_1024_CHARS':
      return 'is too long for the name of a field. Type the name, then ": " and the value';
    case 'MULTIPLE_ANCHORS':
    case 'ALIAS_PROPS':
      return '& at the start of a value is special in YAML. Put the value in quotes';
    case 'MULTIPLE_TAGS':
      return '! at the start of a value is special in YAML. Put the value in quotes';
    case 'RESOURCE_EXHAUSTION':
      return tooDeep;
    case 'NON_STRING_KEY':
      return 'a list or fields stand where the name of a field belongs. Type a name, then ": "';
    case 'BLOCK_IN_FLOW':
      return 'a list or fields on lines of their own stand inside [ ] or { }. Put the whole value in quotes';
    case 'TAB_AS_INDENT':
      return 'has a tab, which YAML does not take. Type spaces instead';
    default:
      return 'YAML does not understand this. Put the value in quotes';
  }
}

/** Where a quote that is never closed was opened: YAML itself only tells where the text ends. */
function openingQuote(document: Document.Parsed): number | null {
  let offset: number | null = null;
  visit(document, {
    Scalar(_, node) {
      if (isScalar(node) && node.type?.startsWith('QUOTE_')) offset = node.range?.[0] ?? offset;
    },
  });
  return offset;
}

/** What keeps a document from being read, or null. Only the first mistake: the others mostly follow from it. */
export function yamlMistake(document: Document.Parsed, text: string): YamlMistake | null {
  const all = [...document.errors, ...document.warnings];
  const error = all.find(({ code }) => code === 'BAD_DIRECTIVE') ?? all[0];
  if (error === undefined) return null;
  const unclosed = error.message.startsWith('Missing closing') ? openingQuote(document) : null;
  return { message: explain(error, text), offset: unclosed ?? error.pos[0] };
}
