import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import type { Incident } from '../../src/lib/domain/incident.ts';
import type { Maintenance } from '../../src/lib/domain/maintenance.ts';
import type { Site } from '../../src/lib/domain/site.ts';
import { partOf, type Tree } from './content.ts';

/** An update file, parsed in the simplest possible way. */
type NaiveUpdate = {
  readonly id: string;
  readonly at: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly body: string;
};

/** The time in a name; NaN if it isn't a time. */
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

/** Splits a file at its two fences. Throws if it has none, or isn't valid UTF-8 or YAML. */
function naiveUpdate(path: string, bytes: Uint8Array): NaiveUpdate {
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

type Plain = Readonly<Record<string, unknown>>;

/** Thrown when the parsed content differs from the files. */
class Untrue extends Error {}

function same(said: unknown, read: unknown, where: string): void {
  if (!isDeepStrictEqual(said, read))
    throw new Untrue(
      `${where}: the file says ${JSON.stringify(said)?.slice(0, 300)}, read was ${JSON.stringify(read)?.slice(0, 300)}`,
    );
}

const textOrNull = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : (value ?? null));

function timeOrNull(value: unknown): number | null {
  if (value === undefined) return null;
  const [date = '', clock = ''] = String(value)
    .trim()
    .split(/[Tt ](.*)/s);
  const [, hours = '', minutes = '', seconds = '00', fraction = '', offset = ''] =
    /^(\d\d):?(\d\d)(?::?(\d\d)(\.\d+)?)? ?(.*)$/.exec(clock) ?? [];
  const zone = offset
    .toUpperCase()
    .replace(/^([+-]\d\d)$/, '$1:00')
    .replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  return Date.parse(`${date}T${hours}:${minutes}:${seconds}${fraction}${zone}`);
}

const known = {
  incidents: [
    'title',
    'status',
    'impact',
    'components',
    'customer_data',
    'next_update',
    'lead',
    'comms',
    'remedy',
    'started',
    'edited',
    'source',
  ],
  maintenance: ['title', 'status', 'scheduled_for', 'scheduled_until', 'components', 'edited', 'source'],
};

/** Checks that each record matches its file exactly. */
function compareUpdates(
  top: keyof typeof known,
  slug: string,
  naive: readonly NaiveUpdate[],
  read: Incident['updates'] | Maintenance['updates'],
): void {
  same(
    naive.map(({ id }) => id),
    read.map(({ record }) => record.id),
    `the updates of ${slug}`,
  );
  for (const [index, { id, at, fields, body }] of naive.entries()) {
    const record = (read[index]?.record ?? {}) as unknown as Plain;
    const where = (field: string): string => `${field} of ${top}/${slug}/${id}.md`;
    same(
      [],
      Object.keys(fields).filter((name) => !known[top].includes(name)),
      where('fields nobody knows'),
    );
    same(at, record['at'], where('time'));
    same(body, record['body'], where('text'));
    for (const name of [
      'status',
      'title',
      'source',
      ...(top === 'incidents' ? ['impact', 'lead', 'comms', 'remedy'] : []),
    ])
      same(textOrNull(fields[name]), record[name], where(name));
    same(
      fields['components'] ?? null,
      record['components'] === null ? null : { ...(record['components'] as Plain) },
      where('components'),
    );
    same(timeOrNull(fields['edited']), record['edited'], where('edited'));
    if (top === 'incidents') {
      same(fields['customer_data'] ?? null, record['customerData'], where('customer_data'));
      same(timeOrNull(fields['started']), record['started'], where('started'));
      same(fields['next_update'] === undefined, record['nextUpdate'] === null, where('next_update'));
    } else {
      same(timeOrNull(fields['scheduled_for']), record['scheduledFor'], where('scheduled_for'));
      same(timeOrNull(fields['scheduled_until']), record['scheduledUntil'], where('scheduled_until'));
    }
  }
}

const ranks = ['operational', 'under_maintenance', 'degraded_performance', 'partial_outage', 'major_outage'];

/** Component states carry forward, and resolved clears them. */
function compareStates(
  { slug, components, worstComponents, title, status }: Incident,
  naive: readonly NaiveUpdate[],
): void {
  let states = new Map<string, string>();
  const worst = new Map<string, string>();
  for (const { fields } of naive) {
    states =
      fields['status'] === 'resolved'
        ? new Map()
        : new Map([...states, ...Object.entries((fields['components'] ?? {}) as Record<string, string>)]);
    for (const [id, state] of states)
      if (ranks.indexOf(state) > ranks.indexOf(worst.get(id) ?? 'operational') || !worst.has(id)) worst.set(id, state);
  }
  same(Object.fromEntries(states), { ...components }, `components of ${slug}`);
  const isListed = (state: string): boolean => state !== 'under_maintenance';
  if ([...worst.values()].every(isListed))
    same(Object.fromEntries(worst), { ...worstComponents }, `the worst of ${slug}`);
  same(
    textOrNull(naive.findLast(({ fields }) => fields['title'] !== undefined)?.fields['title']),
    title,
    `title of ${slug}`,
  );
  same(naive.at(-1)?.fields['status'], status, `status of ${slug}`);
}

/** Hidden files aren't content. Neither is the stop file, which every command checks separately. */
const isContent = (path: string): boolean =>
  !path.split('/').some((name) => name.startsWith('.')) && !/^stop(?:\.md|\.txt)?$/i.test(path);

/** Checks that the site has everything in the folder and nothing else. Throws Untrue. */
export function compareWithFiles(site: Site, tree: Tree, now: number): void {
  const paths = [...tree].filter(([path]) => isContent(path));
  const isPlace = (path: string): boolean =>
    /^(?:site\.yml|components\.yml|(?:incidents|maintenance)\/[^/]+\/[^/]+\.md|postmortems\/[^/]+\.md|templates\/[^/]+\.md)$/.test(
      path,
    );
  const isTop = (path: string): boolean => /^(?:incidents|maintenance|postmortems|templates)$/.test(path);
  const left = paths.filter(([path, { kind }]) => (kind === 'file' ? !isPlace(path) : kind === 'link' || !isTop(path)));
  same(
    [],
    left.map(([path]) => path),
    'what has no place',
  );
  for (const top of ['incidents', 'maintenance'] as const) {
    const parts = Map.groupBy(
      paths.filter(([path]) => path.startsWith(`${top}/`)),
      ([path]) => partOf(path),
    );
    const read = new Map<string, Incident | Maintenance>(
      (top === 'incidents' ? site.incidents : site.maintenances).map((one) => [`${top}/${one.slug}`, one]),
    );
    same([...parts.keys()].sort(), [...read.keys()].sort(), `the folders of ${top}`);
    for (const [part, entries] of parts) {
      const naive = entries
        .map(([path, entry]) => naiveUpdate(path, entry.kind === 'file' ? entry.bytes : Buffer.alloc(0)))
        .sort((a, b) => a.at - b.at);
      if (!naive.every(({ at }) => at <= now + 5 * 60_000)) throw new Untrue(`${part} has an update in the future`);
      const one = read.get(part) as Incident;
      compareUpdates(top, one.slug, naive, one.updates);
      if (top === 'incidents') compareStates(one, naive);
    }
  }
  compareSettings(site, tree);
}

function compareSettings({ settings, groups, postmortems }: Site, tree: Tree): void {
  const yamlOf = (path: string): Plain => {
    const entry = tree.get(path);
    return parse(entry?.kind === 'file' ? entry.bytes.toString() : '', { maxAliasCount: 0 }) as Plain;
  };
  const site = yamlOf('site.yml');
  same(textOrNull(site['name']), settings.name, 'name of site.yml');
  same(textOrNull(site['time_zone']), settings.timeZone, 'time_zone of site.yml');
  const file = yamlOf('components.yml');
  const listed = [
    ...((file['components'] ?? []) as Plain[]),
    ...((file['groups'] ?? []) as Plain[]).flatMap((group) => group['components'] as Plain[]),
  ];
  const said = listed.map(({ id, name, description }) => [textOrNull(id), textOrNull(name), textOrNull(description)]);
  same(
    said,
    groups.flatMap(({ components }) => components.map(({ id, name, description }) => [id, name, description])),
    'components.yml',
  );
  for (const { slug, title, body, published } of postmortems) {
    const entry = tree.get(`postmortems/${slug}.md`);
    const naive = naiveUpdate(slug, entry?.kind === 'file' ? entry.bytes : Buffer.alloc(0));
    same(
      [textOrNull(naive.fields['title']), naive.body, timeOrNull(naive.fields['published'])],
      [title, body, published],
      `postmortem ${slug}`,
    );
  }
  same(
    [...tree.keys()].filter((path) => path.startsWith('postmortems/') && isContent(path)).length >= postmortems.length,
    true,
    'the number of postmortems',
  );
}

/** Checks that untouched parts haven't changed. */
export function compareUntouched(site: Site, before: Site, touched: ReadonlySet<string>): void {
  if (touched.has('site.yml') || touched.has('components.yml')) return;
  for (const one of before.incidents)
    if (!touched.has(`incidents/${one.slug}`))
      same(
        one,
        site.incidents.find(({ slug }) => slug === one.slug),
        `incident ${one.slug}, which nobody touched`,
      );
  for (const one of before.maintenances)
    if (!touched.has(`maintenance/${one.slug}`))
      same(
        one,
        site.maintenances.find(({ slug }) => slug === one.slug),
        `maintenance ${one.slug}, which nobody touched`,
      );
  same(before.settings, site.settings, 'site.yml, which nobody touched');
  same(before.groups, site.groups, 'components.yml, which nobody touched');
}

/** Characters that no published text may contain. Written independently of the code under test. */
const unseen =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]|[A-Za-z][\u200b-\u200f\u061c]+[A-Za-z]/u;

/** Looks for invisible characters in every text of the model, including names. */
export function compareSeen(value: unknown, where = 'the site'): void {
  if (typeof value === 'string' && unseen.test(value))
    throw new Untrue(`${where} holds what nobody sees: ${JSON.stringify(unseen.exec(value)?.[0])}`);
  if (typeof value === 'number' && Number.isNaN(value)) throw new Untrue(`${where} is not a number`);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    compareSeen(name, `a name in ${where}`);
    compareSeen(part, `${where}.${name}`);
  }
}
