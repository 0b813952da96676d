import { Document, isScalar, visit } from 'yaml';
import { type Duration, type Instant, minute, second, secondOf } from '../domain/calendar.ts';
import { shortUtc } from '../schema/time-fields.ts';
import { clockSkew } from './update-rules.ts';
import { updateName } from './update-name.ts';

/** The order of fields, as in the design, for all kinds of files. */
const fieldOrder = [
  'title',
  'draft',
  'status',
  'impact',
  'scheduled_for',
  'scheduled_until',
  'components',
  'published',
  'notify',
  'authors',
  'summary',
  'customer_data',
  'cause',
  'next_update',
  'lead',
  'comms',
  'remedy',
  'claim',
  'claim_until',
  'remedied',
  'lessons',
  'actions',
  'started',
  'ended',
  'posted',
  'source',
  'key',
] as const;

type Field = (typeof fieldOrder)[number];

/** The fields of a file's front matter. Undefined and empty ones are left out. */
export type Fields = { readonly [K in Field]?: unknown };

/** Returns YAML (core schema) with one line per text. Every text is read back unchanged. */
export function toYaml(data: unknown): string {
  const document = new Document(data, { schema: 'core', version: '1.2' });
  visit(document, {
    Scalar(_, node) {
      const text = isScalar(node) && typeof node.value === 'string' ? node.value : '';
      // Control characters need escapes, which only double quotes have, and the reader rejects raw tabs.
      if (/\p{Cc}/u.test(text)) node.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({ lineWidth: 0, blockQuote: false });
}

function isFilled(value: unknown): boolean {
  if (value === undefined) return false;
  return typeof value !== 'object' || value === null || Object.keys(value).length > 0;
}

/** Returns text as the reader expects it: LF only, well-formed Unicode, trimmed. */
export function cleanBody(body: string): string {
  return body.toWellFormed().replaceAll(/\r\n?/g, '\n').trim();
}

/**
 * Returns the fields that have values, in the order of the file. Throws if a field has no place in the order: types
 * don't catch it, and the file would lose it.
 */
export function filledFields(fields: Fields): Readonly<Record<string, unknown>> {
  const lost = Object.keys(fields).find((name) => !fieldOrder.some((field) => field === name));
  if (lost !== undefined) throw new Error(`${lost} isn’t in fieldOrder. Add it there`);
  return Object.fromEntries(fieldOrder.filter((name) => isFilled(fields[name])).map((name) => [name, fields[name]]));
}

/**
 * Returns the text of an update or postmortem: the ordered fields, then `comments` (whole lines of YAML comments),
 * then the body.
 */
export function fileText(fields: Fields, body: string, comments = ''): string {
  return `---\n${toYaml(filledFields(fields)).trim()}\n${comments}---\n${cleanBody(body)}\n`;
}

/** Returns the text of a file with its body replaced. */
export function withBody(text: string, body: string): string {
  const fields = /^---[^\n]*\n[\s\S]*?\n---[^\n]*\n/.exec(text)?.[0] ?? '';
  return `${fields}${cleanBody(body)}\n`;
}

/** Returns the text of an update with `edited` set. Leaves the other fields as typed. */
export function markEdited(text: string, at: Instant): string {
  const lines = text.split('\n');
  const fence = lines.findIndex((line, index) => index > 0 && line.startsWith('---'));
  const old = lines.findIndex((line, index) => index < fence && /^edited\s*:/.test(line));
  const [place, removed] = old === -1 ? [fence, 0] : [old, 1];
  return lines.toSpliced(place, removed, `edited: ${shortUtc(at)}`).join('\n');
}

/**
 * Returns the text of an update with an item added to `hand_overs`, and everything else as typed. Null if that field
 * isn't a list with one item per line.
 */
export function withHandOver(
  text: string,
  item: { readonly at: string; readonly lead?: string; readonly comms?: string },
): string | null {
  const lines = text.split('\n');
  const fence = lines.findIndex((line, index) => index > 0 && line.startsWith('---'));
  const field = lines.findIndex((line, index) => index < fence && line.startsWith('hand_overs'));
  if (field !== -1 && !/^hand_overs\s*:\s*$/.test(lines[field] ?? '')) return null;
  const end = field === -1 ? fence : lines.findIndex((line, index) => index > field && !/^(?: |- )/.test(line));
  const indent = /^ *(?=- )/.exec(lines[field + 1] ?? '')?.[0] ?? '  ';
  const added = toYaml([item]).trim().split('\n');
  const block = [...(field === -1 ? ['hand_overs:'] : []), ...added.map((line) => `${indent}${line}`)];
  return lines.toSpliced(end, 0, ...block).join('\n');
}

/** A file to write; `path` is relative to the content folder. */
export type NewFile = { readonly path: string; readonly text: string };

/** Returns the file for an update at `at`. `slug` is the folder of its incident or maintenance. */
export function updateFile(
  kind: 'incidents' | 'maintenance',
  slug: string,
  at: Instant,
  fields: Fields,
  message: string,
): NewFile {
  return { path: `${kind}/${slug}/${updateName(at)}.md`, text: fileText(fields, message) };
}

/**
 * Returns the time for an update written at `now`, with the shortest free name: the minute, or else the second. It's
 * later than `latest`, the newest update (null for none), and not before `earliest`. Null if the newest update is
 * further in the future than clocks may differ. Dates in feeds are exact to the second, and Slack drops items that
 * aren't later than the previous one. So pass the newest update of the whole page as `latest`. If that isn't known,
 * use `second` as `unit`.
 */
export function freeUpdateTime(
  now: Instant,
  latest: Instant | null,
  { earliest = -Infinity, unit = minute }: { readonly earliest?: Instant; readonly unit?: Duration } = {},
): Instant | null {
  const after = latest === null ? -Infinity : secondOf(latest) + second;
  if (after > now + clockSkew) return null;
  const first = Math.max(after, earliest);
  return [Math.floor(now / unit) * unit, secondOf(now)].find((at) => at >= first) ?? first;
}

type Site = {
  readonly name: string;
  readonly url: string;
  readonly time_zone: string;
  readonly support?: string | undefined;
  readonly accent?: string | undefined;
  readonly changed?: string;
};

/** Writes the defaults into the file, so that its authors know what they promise. */
const promises = {
  cadence: { check_in: '15m', update: 'at :30' },
  priorities: ['Customer data is safe', 'Customers are informed', 'Service is restored'],
  postmortem_within: '7d',
} as const;

const explained = '# What the page promises customers, and the team itself. Change it to what you can keep.';

/** Enables the form, and says where the content is. */
const formExplained =
  '# Turns on the form at /compose/, which shows this name and your templates to everyone. Delete it to turn it off.';

/** The location of the content on GitHub, for `repository:` in `site.yml`. */
export type RepositoryField = { readonly github: string; readonly content?: string };

/** Returns the text of a new `site.yml`. `repository` is given if the content is known to be on GitHub. */
export function siteFile(site: Site, repository: RepositoryField | null = null): string {
  const form = repository === null ? '' : `${formExplained}\n${toYaml({ repository })}`;
  return `${toYaml(site)}${explained}\n${toYaml(promises)}${form}`;
}
