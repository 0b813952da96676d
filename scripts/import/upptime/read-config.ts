import { LineCounter, parseDocument } from 'yaml';
import { UserError } from '../../cli/errors.ts';
import type { Note } from '../note.ts';

export type UpptimeSite = { readonly key: string; readonly name: string; readonly slug: string };

/** What `.upptimerc.yml` says of the page and of what it watches. */
export type UpptimeConfig = {
  readonly name: string | null;
  readonly url: string | null;
  readonly sites: readonly UpptimeSite[];
  /** Labels that are no sites. */ readonly tags: ReadonlySet<string>;
};

/** A name as label, slug or title have it alike: Upptime's slugs differ from the names only in case, marks and "and". */
export function keyOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('&', 'and')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

type Entry = Readonly<Record<string, unknown>>;
const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

/** Reads the configuration; what has no place here is told. `name` is what to call the file. Throws UserError. */
export function readUpptimeConfig(text: string, name: string, note: Note): UpptimeConfig {
  const counter = new LineCounter();
  const document = parseDocument(text, { schema: 'core', version: '1.2', lineCounter: counter });
  const [error] = document.errors;
  if (error !== undefined)
    throw new UserError(`${name}:${error.linePos?.[0].line ?? 1} is not YAML: ${error.message.split('\n')[0] ?? ''}`);
  const data: unknown = document.toJS();
  if (!isEntry(data) || !Array.isArray(data['sites']))
    throw new UserError(`${name}:1 has no "sites:". Pass Upptime's .upptimerc.yml`);
  const page = isEntry(data['status-website']) ? data['status-website'] : {};
  const [owner, repo, cname] = [textOf(data['owner']), textOf(data['repo']), textOf(page['cname'])];
  const sites = data['sites'].filter(isEntry).flatMap((site): UpptimeSite[] => {
    const [said, slug] = [textOf(site['name']), textOf(site['slug'])];
    return said === '' ? [] : [{ key: keyOf(slug || said), name: said, slug: slug || said }];
  });
  note(
    `${name}:1: what Upptime checks and how, whom it tells and how its page looks was not carried over; Halfpast does not watch sites`,
  );
  const hosted = owner !== '' && repo !== '' ? `https://${owner}.github.io/${repo}` : null;
  const tags = data['sites'].filter(isEntry).flatMap(({ tags: own }) => (Array.isArray(own) ? own.map(String) : []));
  return {
    name: textOf(page['name']) || repo || null,
    url: cname === '' ? hosted : `https://${cname}`,
    sites,
    tags: new Set(tags),
  };
}
