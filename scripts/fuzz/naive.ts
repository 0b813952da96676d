import { parse } from 'yaml';

/** What an update file says, read in the plainest way there is. */
export type NaiveUpdate = {
  readonly id: string;
  readonly at: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly body: string;
};

/** The time in a name; NaN when it is none. */
export function naiveTime(name: string): number {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d)(\d\d)(?:(\d\d)(?:\.(\d{3}))?)?Z$/.exec(name);
  if (parts === null) return NaN;
  const [year = 0, month = 1, day = 1, hours = 0, minutes = 0, seconds = 0, fraction = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hours, minutes, seconds, fraction);
  return date.getTime();
}

/** Takes a file apart at its two fences; throws when it has none, is not UTF-8 or not YAML. */
export function naiveUpdate(path: string, bytes: Uint8Array): NaiveUpdate {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  const parts = /^---[^\S\n]*\n((?:(?!---).*\n)*)---[^\S\n]*(?:\n([\s\S]*))?$/.exec(text);
  if (parts === null) throw new Error(`${path} has no front matter`);
  const id = path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/, '');
  return {
    id,
    at: naiveTime(id),
    fields: parse(parts[1] ?? '', { maxAliasCount: 0 }) as NaiveUpdate['fields'],
    body: (parts[2] ?? '').trim(),
  };
}
