import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { NoContentFolder, readTree } from '../../src/lib/content/disk.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import { words } from '../../src/lib/schema/fields.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import type { Listed } from './components.ts';
import { type HugoPage, readFields, readHugoTime, readPage } from './cstate-hugo.ts';
import type { Note } from './plan.ts';

type TextFile = { /** From the site's folder. */ readonly path: string; readonly text: string };

/** A cState site as its files. */
export type Site = {
  readonly config: TextFile | null;
  readonly issues: readonly TextFile[];
  readonly notes: readonly string[];
};

/** Hugo's own names for it, in the order in which it looks. */
const configNames = [
  'hugo.toml',
  'hugo.yaml',
  'hugo.yml',
  'config.toml',
  'config.yaml',
  'config.yml',
  'config/_default/hugo.toml',
  'config/_default/hugo.yaml',
  'config/_default/hugo.yml',
  'config/_default/config.toml',
  'config/_default/config.yaml',
  'config/_default/config.yml',
];
const issueFolders = ['content/issues/', 'content/issue/', 'content/incident/', 'issues/'];

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

/** Reads the folder of a cState site, in which the issues stand where Hugo wants them, or all beside the configuration. Throws UserError. */
export async function readSiteFolder(folder: string, cwd: string): Promise<Site> {
  const decoder = new TextDecoder();
  const tree = await readTree(resolve(cwd, folder)).catch(async (error: unknown) => {
    if (error instanceof NoContentFolder)
      throw new UserError(
        `${(await isFile(resolve(cwd, folder))) ? `${folder} is a file` : `there is no folder ${folder}`}. Name the folder of the cState site, as: npx halfpast import cstate ../old-status`,
      );
    throw error;
  });
  const files = tree.files.filter(({ path }) => !/^(?:node_modules|themes|public|resources)\//.test(path));
  const textAt = (path: string): TextFile | null => {
    const file = files.find((one) => one.path === path);
    return file === undefined ? null : { path, text: decoder.decode(file.bytes) };
  };
  const below = issueFolders.find((start) => files.some(({ path }) => path.startsWith(start) && path.endsWith('.md')));
  const pages = files
    .map(({ path }) => path)
    .filter((path) => path.endsWith('.md') && (below === undefined ? !path.includes('/') : path.startsWith(below)));
  if (pages.length === 0)
    throw new UsageError(
      `${folder} holds no issue: there is no .md file in content/issues, nor beside the configuration. Name the folder of the cState site`,
    );
  const others =
    below === undefined
      ? []
      : files
          .map(({ path }) => path)
          .filter((path) => path.startsWith('content/') && !path.startsWith(below) && path.endsWith('.md'));
  const config = configNames.map(textAt).find((file) => file !== null) ?? null;
  return {
    config,
    issues: pages.flatMap((path) => textAt(path) ?? []),
    notes: [
      ...others.map((path) => `${path}:1: is not among the issues, and was not imported`),
      ...(config === null ? [`${folder}: has no configuration (config.yml), so there is no list of systems`] : []),
    ],
  };
}

/** What cState's configuration says of the page and its systems. */
export type Config = {
  readonly title: string | null;
  readonly baseUrl: string | null;
  readonly systems: readonly Listed[];
};

type Entry = Readonly<Record<string, unknown>>;

const entries = (value: unknown): Entry[] =>
  Array.isArray(value)
    ? value.filter((one): one is Entry => typeof one === 'object' && one !== null && !Array.isArray(one))
    : [];
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const lowered = (entry: Entry): Entry =>
  Object.fromEntries(Object.entries(entry).map(([name, value]) => [name.toLowerCase(), value]));

const used = new Set(['categories', 'systems', 'description', 'customtabs']);

/** Reads the configuration and notes settings that Halfpast doesn't have. Throws UserError when it can't be read. */
export function readConfig({ path, text }: TextFile, note: Note): Config {
  const read = readFields(text.replaceAll(/\r\n?/g, '\n'), path.endsWith('.toml') ? 'toml' : 'yaml', 1);
  if ('wrong' in read) throw new UserError(`${path}:${read.line} ${read.wrong}`);
  const { data, lineOf } = read;
  const given = typeof data['params'] === 'object' && data['params'] !== null ? (data['params'] as Entry) : {};
  const params = lowered(given);
  const at = (...place: (string | number)[]): string => `${path}:${lineOf(...place)}`;
  const categories = entries(params['categories']).map(lowered);
  const untitled = new Set(categories.filter(({ untitled: flag }) => flag === true).map(({ name }) => textOf(name)));
  const known = new Set(categories.map(({ name }) => textOf(name)));
  const systems = entries(params['systems']).map(lowered);
  for (const [index, category] of categories.entries()) {
    const [name, place] = [textOf(category['name']), at('params', 'categories', index)];
    if (textOf(category['description']) !== '')
      note(`${place}: category "${name}": its description was not imported: ${textOf(category['description'])}`);
    if (category['closed'] === true)
      note(`${place}: category "${name}" was folded up at first; here groups are always open`);
    if (!systems.some(({ category: of }) => textOf(of) === name))
      note(`${place}: category "${name}" has no system, and was not imported`);
  }
  const listed = systems.flatMap((system, index): Listed[] => {
    const [name, category] = [textOf(system['name']), textOf(system['category'])];
    const place = at('params', 'systems', index);
    if (name.trim() === '') return (note(`${place}: a system has no name, and was not imported`), []);
    if (systems.findIndex((other) => other['name'] === system['name']) < index)
      return (note(`${place}: system "${name}" is listed twice, and was imported once`), []);
    if (category !== '' && !known.has(category))
      note(`${place}: system "${name}" is in the category "${category}", which is not listed; it has no group`);
    for (const field of ['link', 'partial'].filter((one) => textOf(system[one]) !== ''))
      note(`${place}: system "${name}": its ${field} was not imported: ${textOf(system[field])}`);
    if (system['histogram'] === false)
      note(`${place}: system "${name}" had no histogram; here the days of every component are shown`);
    const group = category === '' || untitled.has(category) || !known.has(category) ? {} : { group: category };
    return [
      { code: name, name: textOf(system['displayname']) || name, description: textOf(system['description']), ...group },
    ];
  });
  if (textOf(params['description']) !== '')
    note(`${at('params', 'description')}: the description of the page was not imported`);
  for (const { name, link } of entries(params['customtabs']).map(lowered))
    note(
      `${at('params', 'customTabs')}: the tab "${textOf(name)}" was not imported. Put it below links: in site.yml: ${textOf(link)}`,
    );
  const language = textOf(data['languagecode']) || textOf(data['locale']);
  if (language !== '' && !/^en\b/i.test(language))
    note(`${at('languageCode')}: the page's language, ${language}, was not imported. Set locale: in site.yml`);
  const look = Object.keys(given).filter((name) => !used.has(name.toLowerCase()));
  if (look.length > 0) note(`${at('params')}: settings of the look were not imported: ${look.join(', ')}`);
  const hugo = Object.keys(data).filter(
    (name) => !['title', 'baseurl', 'params', 'languagecode', 'locale'].includes(name),
  );
  if (hugo.length > 0) note(`${path}:1: settings of Hugo were not imported: ${hugo.join(', ')}`);
  return { title: textOf(data['title']) || null, baseUrl: textOf(data['baseurl']) || null, systems: listed };
}

const severities = ['down', 'disrupted', 'notice'] as const;
export type Severity = (typeof severities)[number];

/** An issue of cState as its front matter says it. */
export type Issue = {
  /** The name of its file without `.md`; cState's address ends in it. */
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly date: Instant;
  readonly isResolved: boolean;
  readonly resolvedWhen: Instant | null;
  /** Null: not said. */
  readonly severity: Severity | null;
  /** Names of systems. */
  readonly affected: readonly string[];
  readonly isInformational: boolean;
  readonly page: HugoPage;
};

/** `skipped` is not carried over, and why. `wrong` keeps the import from being done. */
type ReadIssue =
  | { readonly kind: 'issue'; readonly issue: Issue; readonly notes: readonly string[]; readonly localTimes: number }
  | { readonly kind: 'skipped'; readonly note: string }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

const carried = [
  'title',
  'date',
  'resolved',
  'resolvedwhen',
  'severity',
  'affected',
  'informational',
  'section',
  'draft',
];

/** YAML of Hugo's age has these words for yes and no; null is not said. */
function yesOrNo(value: unknown): boolean | null | undefined {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'boolean') return value;
  const said = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (['true', 'yes', 'on'].includes(said)) return true;
  return ['false', 'no', 'off'].includes(said) ? false : undefined;
}

const isSaid = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  value !== '' &&
  value !== false &&
  !(Array.isArray(value) && value.length === 0);

/** Reads one file. Times without an offset are of `timeZone`; `now` tells what is in the future. */
export function readIssue(path: string, text: string, timeZone: string, now: Instant): ReadIssue {
  const page = readPage(text);
  const name = path.split('/').at(-1) ?? path;
  const id = (name === 'index.md' ? path.split('/').at(-2) : undefined) ?? name.replace(/\.md$/, '');
  if (page === null)
    return { kind: 'skipped', note: `${path}:1: has no front matter and is no issue, and was not imported` };
  if ('wrong' in page) return { kind: 'wrong', problems: [`${path}:${page.line} ${page.wrong}`] };
  const { data, lineOf } = page;
  const at = (field: string): string => `${path}:${lineOf(field)}`;
  const skip = (field: string, why: string): ReadIssue => ({
    kind: 'skipped',
    note: `${at(field)}: ${why}, and was not imported`,
  });
  if (name === '_index.md')
    return { kind: 'skipped', note: `${path}:1: is a list page, not an issue, and was not imported` };
  if (isSaid(data['section']) && data['section'] !== 'issue')
    return skip('section', `section ${quote(data['section'])} is not an issue`);
  if (yesOrNo(data['draft']) === true) return skip('draft', 'is a draft, which cState does not publish');

  const problems: string[] = [];
  const notes: string[] = [];
  let localTimes = 0;
  const wrong = (field: string, what: string): void => void problems.push(`${at(field)} ${field}: ${what}`);
  const time = (field: string): Instant | null => {
    const value = data[field.toLowerCase()];
    if (!isSaid(value)) return null;
    const read = readHugoTime(String(value), timeZone);
    if (read === null) return (wrong(field, `${quote(value)} is not a time. Write it as 2018-04-13T15:54:00Z`), null);
    if (read.isLocal) localTimes += 1;
    return read.at;
  };
  const flag = (field: string): boolean | null => {
    const value = yesOrNo(data[field]);
    if (value === undefined) return (wrong(field, `${quote(data[field])} is neither true nor false`), null);
    return value;
  };
  const { title, severity } = data;
  if (typeof title !== 'string' && typeof title !== 'number') wrong('title', 'is missing. Add what the issue is about');
  const named = words(severities, 'a severity').safeParse(severity);
  if (isSaid(severity) && !named.success) wrong('severity', named.error.issues[0]?.message ?? '');
  const date = time('date') ?? dateOfName(name, timeZone, (text_) => notes.push(`${at('date')}: ${text_}`));
  if (date === null && problems.length === 0)
    wrong('date', 'is missing. Add when the issue began, such as date: 2018-04-13T15:54:00Z');
  const [isResolved, informational, resolvedWhen] = [flag('resolved'), flag('informational'), time('resolvedWhen')];
  const affected = Array.isArray(data['affected'])
    ? data['affected'].map(String)
    : isSaid(data['affected'])
      ? [String(data['affected'])]
      : [];
  if (problems.length > 0 || date === null) return { kind: 'wrong', problems };
  if (date > now)
    return skip(
      'date',
      `begins in the future, at ${new Date(date).toISOString()}. cState has no end of a window; to announce it: npx halfpast schedule`,
    );
  for (const field of Object.keys(data).filter((key) => !carried.includes(key) && isSaid(data[key])))
    notes.push(`${at(field)}: ${field}: ${quote(data[field])} was not imported`);
  const issue: Issue = {
    id,
    path,
    page,
    date,
    resolvedWhen,
    affected,
    title: String(title).trim().replaceAll(/\s+/g, ' '),
    severity: named.success && isSaid(severity) ? named.data : null,
    isResolved: isResolved === true,
    isInformational: informational === true,
  };
  if (isResolved === null && !issue.isInformational)
    notes.push(
      `${at('resolved')}: does not say whether it is resolved, and was imported as ongoing, as the issue's own page in cState has it`,
    );
  if (!issue.isResolved && !issue.isInformational && resolvedWhen !== null)
    notes.push(`${at('resolvedWhen')}: has a resolvedWhen without resolved: true, and was imported as ongoing`);
  return { kind: 'issue', issue, notes, localTimes };
}

/** The day in the name of a file, for one without a date of its own. */
function dateOfName(name: string, timeZone: string, note: (text: string) => void): Instant | null {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(name)?.[0];
  const read = day === undefined ? null : readHugoTime(day, timeZone);
  if (read !== null) note(`date is missing, and became the day in the name of the file, ${String(day)}`);
  return read?.at ?? null;
}
