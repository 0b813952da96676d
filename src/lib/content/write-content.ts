import { Document, isScalar, visit } from 'yaml';
import { type Duration, type Instant, minute, second, secondOf } from '../domain/calendar.ts';
import { shortUtc } from '../schema/time-fields.ts';
import { clockSkew } from './update-rules.ts';
import { updateName } from './update-name.ts';

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

/** What the front matter of a file says; what is undefined or empty is left out. */
export type Fields = { readonly [K in Field]?: unknown };

/** YAML of the core schema in which every text reads back as itself, one line each. */
export function toYaml(data: unknown): string {
  const document = new Document(data, { schema: 'core', version: '1.2' });
  visit(document, {
    Scalar(_, node) {
      const text = isScalar(node) && typeof node.value === 'string' ? node.value : '';
      // Only double quotes have escapes for control characters, and the reader refuses a raw tab.
      if (/\p{Cc}/u.test(text)) node.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({ lineWidth: 0, blockQuote: false });
}

function isFilled(value: unknown): boolean {
  if (value === undefined) return false;
  return typeof value !== 'object' || value === null || Object.keys(value).length > 0;
}

/** Text as the reader wants it: LF only, whole characters, nothing around it. */
export function cleanBody(body: string): string {
  return body.toWellFormed().replaceAll(/\r\n?/g, '\n').trim();
}

/** The fields that say anything, in the order in which they are written. */
export function filledFields(fields: Fields): Readonly<Record<string, unknown>> {
  return Object.fromEntries(fieldOrder.filter((name) => isFilled(fields[name])).map((name) => [name, fields[name]]));
}

/**
 * The text of an update or a postmortem: fields in their order, `comments` of YAML, whole lines, below them, then the
 * body.
 */
export function fileText(fields: Fields, body: string, comments = ''): string {
  return `---\n${toYaml(filledFields(fields)).trim()}\n${comments}---\n${cleanBody(body)}\n`;
}

/** The text of a file with another body. */
export function withBody(text: string, body: string): string {
  const fields = /^---[^\n]*\n[\s\S]*?\n---[^\n]*\n/.exec(text)?.[0] ?? '';
  return `${fields}${cleanBody(body)}\n`;
}

/** The text of an update, marked as edited at a time. The rest of its fields stays as it was typed. */
export function markEdited(text: string, at: Instant): string {
  const lines = text.split('\n');
  const fence = lines.findIndex((line, index) => index > 0 && line.startsWith('---'));
  const old = lines.findIndex((line, index) => index < fence && /^edited\s*:/.test(line));
  const [place, removed] = old === -1 ? [fence, 0] : [old, 1];
  return lines.toSpliced(place, removed, `edited: ${shortUtc(at)}`).join('\n');
}

/**
 * The text of an update with one more item in its `hand_overs`. The rest stays as it was typed. Null where that field
 * isn't a list with an item on each line.
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

/** The file of an update at `at`. `slug` is the folder of its incident or maintenance. */
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
 * The instant for an update written at `now`, as short a name as is free: the minute, or else the second. It is later
 * than `latest`, the newest update there is (null for none), and not before `earliest`. Null when the newest update is
 * later than now, by more than clocks differ. Feeds have dates to the second, and Slack drops an item whose date isn't
 * later than the one before: `latest` is best that of the whole page, and `unit` the second where it isn't known.
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

/** The defaults, written into the file so that its authors know what they promise. */
const promises = {
  cadence: { check_in: '15m', update: 'at :30' },
  priorities: ['Customer data is safe', 'Customers are informed', 'Service is restored'],
  postmortem_within: '7d',
} as const;

const explained = '# What the page promises customers, and the team itself. Change it to what you can keep.';

/** Enables the form, and shows where the content is. */
const formExplained =
  '# Makes the form at /compose/, which shows this name and your templates to everybody. Delete it to have no form.';

/** Where the content is on GitHub, for `repository:` in `site.yml`. */
export type Repository = { readonly github: string; readonly content?: string };

/** The text of a new `site.yml`; `repository` where the content is known to be on GitHub. */
export function siteFile(site: Site, repository: Repository | null = null): string {
  const form = repository === null ? '' : `${formExplained}\n${toYaml({ repository })}`;
  return `${toYaml(site)}${explained}\n${toYaml(promises)}${form}`;
}
