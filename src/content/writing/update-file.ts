import { Document, isScalar, visit } from 'yaml';

/** Fields in the order in which the design shows them, for all kinds of files. */
const fieldOrder = [
  'title',
  'draft',
  'status',
  'impact',
  'scheduled_for',
  'scheduled_until',
  'components',
  'published',
  'authors',
  'summary',
  'customer_data',
  'cause',
  'next_update',
  'lead',
  'comms',
  'remedy',
  'lessons',
  'actions',
  'started',
  'source',
] as const;

export type Field = (typeof fieldOrder)[number];

/** What the front matter of a file says; what is undefined or empty is left out. */
export type Fields = { readonly [K in Field]?: unknown };

// Characters that a person cannot see or an editor may change; a raw tab is refused by the reader.
const invisible = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/** YAML of the core schema in which every text reads back as itself, one line each. */
export function toYaml(data: unknown): string {
  const document = new Document(data, { schema: 'core', version: '1.2' });
  visit(document, {
    Scalar(_, node) {
      if (isScalar(node) && typeof node.value === 'string' && invisible.test(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({ lineWidth: 0, blockQuote: false });
}

function isSaid(value: unknown): boolean {
  if (value === undefined) return false;
  return typeof value !== 'object' || value === null || Object.keys(value).length > 0;
}

/** Text as the reader wants it: LF only, whole characters, nothing around it. */
export function cleanBody(body: string): string {
  return body.toWellFormed().replaceAll(/\r\n?/g, '\n').trim();
}

/** The fields that say anything, in the order in which they are written. */
export function saidFields(fields: Fields): Readonly<Record<string, unknown>> {
  return Object.fromEntries(fieldOrder.filter((name) => isSaid(fields[name])).map((name) => [name, fields[name]]));
}

/** The text of an update or a postmortem: fields in their order, `comments` of YAML, whole lines, below them, then the body. */
export function fileText(fields: Fields, body: string, comments = ''): string {
  return `---\n${toYaml(saidFields(fields)).trim()}\n${comments}---\n${cleanBody(body)}\n`;
}
