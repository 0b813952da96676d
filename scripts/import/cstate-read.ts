import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { NoContentFolder, readTree } from '../../src/lib/content/disk.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import { oneOf } from '../../src/lib/schema/fields.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { locale } from '../../src/lib/schema/time-fields.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import type { Listed } from './components.ts';
import {
  hugoInstant,
  type HugoPage,
  type HugoTime,
  likelyInstant,
  parseFields,
  readHugoTime,
  readPage,
} from './cstate-hugo.ts';
import { looseText, readableOf, readLenient } from './read-leniently.ts';
import { nameOf, type Note } from './plan.ts';

type TextFile = { /** Relative to the site's folder. */ readonly path: string; readonly text: string };

/** The files of a cState site. */
export type CstateSite = {
  readonly config: TextFile | null;
  readonly issues: readonly TextFile[];
  readonly notes: readonly string[];
};

/** The names that Hugo looks for, in its order. */
const configNames = ['hugo', 'config', 'config/_default/hugo', 'config/_default/config'].flatMap((name) => [
  `${name}.toml`,
  `${name}.yaml`,
  `${name}.yml`,
]);
const issueFolders = ['content/issues/', 'content/issue/', 'content/incident/', 'issues/'];

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

/**
 * Reads the folder of a cState site. Its issues are either where Hugo expects them, or next to the configuration.
 * Throws UserError.
 */
export async function readSiteFolder(folder: string, cwd: string): Promise<CstateSite> {
  const tree = await readTree(resolve(cwd, folder)).catch(async (error: unknown) => {
    if (error instanceof NoContentFolder)
      throw new UserError(
        `${(await isFile(resolve(cwd, folder))) ? `${folder} is a file` : `there is no folder ${folder}`}. Name the folder of the cState site, for example: npx halfpast import cstate ../old-status`,
      );
    throw error;
  });
  const paths = tree.files
    .map(({ path }) => path)
    .filter((path) => !/^(?:node_modules|themes|public|resources)\//.test(path));
  // The limits on the size of content don't apply to the files of another page.
  const read = async (path: string): Promise<TextFile> => ({
    path,
    text: new TextDecoder().decode(await readFile(resolve(cwd, folder, path))),
  });
  const markdown = paths.filter((path) => path.endsWith('.md'));
  const below = issueFolders.find((start) => markdown.some((path) => path.startsWith(start)));
  const pages = markdown.filter((path) => (below === undefined ? !path.includes('/') : path.startsWith(below)));
  if (pages.length === 0)
    throw new UsageError(
      `${folder} has no issues: there is no .md file in content/issues or next to the configuration. Name the folder of the cState site`,
    );
  const others =
    below === undefined ? [] : markdown.filter((path) => path.startsWith('content/') && !path.startsWith(below));
  const named = configNames.find((name) => paths.includes(name));
  const config = named === undefined ? null : await read(named);
  const issues: TextFile[] = [];
  for (const path of pages) issues.push(await read(path));
  return {
    config,
    issues,
    notes: [
      ...others.map((path) => `${path}:1: is not among the issues, and was not imported`),
      ...(config === null ? [`${folder}: has no configuration (config.yml), so there is no list of systems`] : []),
    ],
  };
}

const optional = looseText.nullish().transform((given) => given ?? '');
const flag = z.union([z.boolean(), z.stringbool({ truthy: ['true', 'yes', 'on'], falsy: ['false', 'no', 'off'] })], {
  error: ({ input }) => `${quote(input)} is neither true nor false`,
});

const category = z.object({ name: optional, description: optional, closed: flag.nullish(), untitled: flag.nullish() });
const system = z.object({
  name: optional,
  displayname: optional,
  description: optional,
  category: optional,
  link: optional,
  partial: optional,
  histogram: flag.nullish(),
});
/** Entries keep their index, which leads to their line. */
const entries = <T extends z.ZodType>(entry: T) => z.array(entry.optional()).nullish();

const configuration = z.object({
  title: looseText.nullish(),
  baseurl: looseText.nullish(),
  languagecode: optional,
  locale: optional,
  params: z
    .object({
      description: optional,
      categories: entries(category),
      systems: entries(system),
      customtabs: entries(z.object({ name: optional, link: optional })),
    })
    .nullish(),
});

/** The page and its systems in cState's configuration. */
export type Config = {
  readonly title: string | null;
  readonly baseUrl: string | null;
  readonly systems: readonly Listed[];
};

/** Reads the configuration, and notes settings that Halfpast doesn't have. Throws UserError if it's unreadable. */
export function readConfig({ path, text: source }: TextFile, note: Note): Config {
  const fields = parseFields(source.replaceAll(/\r\n?/g, '\n'), path.endsWith('.toml') ? 'toml' : 'yaml', 1);
  if ('wrong' in fields) throw new UserError(`${path}:${fields.line} ${fields.wrong}`);
  const { data, lineOf } = fields;
  const at = (...place: readonly PropertyKey[]): string => `${path}:${lineOf(...place)}`;
  const read = readLenient(configuration, data, (place) => `${at(...place)}: ${place.join('.')}`, note);
  if ('problems' in read) throw new Error('every setting can be left out');
  const { title, baseurl, languagecode, locale: hugoLocale, params } = read.value;
  const categories = params?.categories ?? [];
  const systems = params?.systems ?? [];
  const known = new Map(categories.flatMap((one) => (one === undefined ? [] : [[one.name, one] as const])));
  for (const [index, one] of categories.entries()) {
    if (one === undefined) continue;
    const place = `${at('params', 'categories', index)}: category "${one.name}"`;
    if (one.description !== '') note(`${place}: its description was not imported: ${one.description}`);
    if (one.closed === true)
      note(`${place}: its setting "closed" was not imported; groups here open by themselves when affected`);
    if (!systems.some((each) => each?.category === one.name)) note(`${place} has no system, and was not imported`);
  }
  const names = new Set<string>();
  const listed = systems.flatMap((one, index): Listed[] => {
    if (one === undefined) return [];
    const { name, category: of } = one;
    const place = at('params', 'systems', index);
    if (name.trim() === '') return (note(`${place}: a system has no name, and was not imported`), []);
    if (names.has(name)) return (note(`${place}: system "${name}" is listed twice, and was imported once`), []);
    names.add(name);
    if (of !== '' && !known.has(of))
      note(`${place}: system "${name}" is in the category "${of}", which is not listed; it has no group`);
    for (const field of ['link', 'partial'] as const)
      if (one[field] !== '') note(`${place}: system "${name}": its ${field} was not imported: ${one[field]}`);
    if (one.histogram === false)
      note(`${place}: system "${name}" had no histogram; to hide its days, set showcase: false in components.yml`);
    const group = known.get(of)?.untitled === true ? undefined : known.get(of)?.name;
    const { displayname, description } = one;
    return [{ code: name, name: displayname || name, description, ...(group ? { group } : {}) }];
  });
  if (params != null && params.description !== '')
    note(`${at('params', 'description')}: the description of the page was not imported`);
  for (const tab of params?.customtabs ?? [])
    if (tab !== undefined)
      note(
        `${at('params', 'customTabs')}: the tab "${tab.name}" was not imported. Add it to links: in site.yml: ${tab.link}`,
      );
  const language = languagecode || hugoLocale;
  if (language !== '' && !/^en\b/i.test(language)) {
    const read = locale.safeParse(language);
    const advice = read.success
      ? `To use it, set locale: ${read.data} in site.yml`
      : 'Halfpast has no translation for it';
    note(`${at('languageCode')}: the page's language, ${language}, was not imported. ${advice}`);
  }
  const unknown = (found: unknown, shape: object): string[] =>
    Object.keys(found ?? {}).filter((name) => !(name.toLowerCase() in shape));
  const given = Object.entries(fields.given).find(([name]) => name.toLowerCase() === 'params')?.[1];
  const look = unknown(given, configuration.shape.params.unwrap().unwrap().shape);
  if (look.length > 0) note(`${at('params')}: design settings were not imported: ${look.join(', ')}`);
  const hugo = unknown(data, configuration.shape);
  if (hugo.length > 0) note(`${path}:1: settings of Hugo were not imported: ${hugo.join(', ')}`);
  return { title: title || null, baseUrl: baseurl || null, systems: listed };
}

const severities = ['down', 'disrupted', 'notice'] as const;
export type Severity = (typeof severities)[number];

/** A cState issue, as in its front matter. */
export type CstateIssue = {
  /** Its file name without `.md`, which is the end of its URL in cState. */
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly date: Instant;
  readonly isResolved: boolean;
  /** Null if it isn't resolved, or doesn't say when. */
  readonly resolvedWhen: Instant | null;
  /** Null if unknown. */
  readonly severity: Severity | null;
  /** The names of systems. */
  readonly affected: readonly string[];
  readonly isInformational: boolean;
  readonly page: HugoPage;
};

/** How to read issues. */
export type CstateContext = {
  /** The zone of times without an offset. */
  readonly timeZone: string;
  /** For detecting times in the future. */
  readonly now: Instant;
  readonly note: Note;
  /** Counts a time without an offset. */
  readonly local: () => void;
};

/**
 * The front matter of an issue, without blank fields. Fields with a default can be missing, but must be valid.
 */
function frontMatter(timeZone: string, isResolved: boolean) {
  const time = looseText.transform((given, { issues }): HugoTime => {
    const read = readHugoTime(given, timeZone);
    if ('wrong' in read) {
      issues.push({ code: 'custom', message: `${quote(given)} ${read.wrong}. ${read.advice}`, input: given });
      return z.NEVER;
    }
    return read;
  });
  return z.object({
    title: z
      .union([z.string(), z.number().transform(String)], {
        error: ({ input }) =>
          input === undefined ? 'is missing. Add what the issue is about' : `${quote(input)} is not text`,
      })
      .transform(nameOf),
    date: time.nullable().default(null),
    resolved: flag.nullable().default(null),
    // Only the end requires a time.
    resolvedwhen: isResolved ? time.nullable().default(null) : time.optional(),
    severity: oneOf(severities, 'a severity').nullable().default(null),
    affected: readableOf(looseText).optional(),
    informational: flag.optional(),
    section: looseText.optional(),
    draft: flag.optional(),
  });
}

const isFilled = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/**
 * Reads a file. Null if it isn't imported, which is noted; `problem` gets what blocks the whole import.
 */
export function readIssue(
  { path, text: source }: TextFile,
  { timeZone, now, note, local }: CstateContext,
  problem: Note,
): CstateIssue | null {
  const page = readPage(source);
  if (page === null) return (note(`${path}:1: has no front matter, so it isn't an issue, and was not imported`), null);
  if ('wrong' in page) return (problem(`${path}:${page.line} ${page.wrong}`), null);
  const [name = '', folder] = path.split('/').reverse();
  if (name === '_index.md') return (note(`${path}:1: is a list page, not an issue, and was not imported`), null);
  const at = (field: string): string => `${path}:${page.lineOf(field)}`;
  const skip = (field: string, why: string): null => (note(`${at(field)}: ${why}, and was not imported`), null);
  const data = Object.fromEntries(Object.entries(page.data).filter(([, value]) => isFilled(value)));
  if (data['section'] !== undefined && data['section'] !== 'issue')
    return skip('section', `section ${quote(data['section'])} is not an issue`);
  if (flag.safeParse(data['draft']).data === true) return skip('draft', 'is a draft, which cState does not publish');

  const schema = frontMatter(timeZone, flag.safeParse(data['resolved']).data === true);
  const listed = 'affected' in data ? { affected: [data['affected']].flat() } : {};
  const read = readLenient(
    schema,
    { ...data, ...listed },
    (place) => `${at(String(place[0]))}: ${place.map(fieldName).join('.')}`,
    note,
  );
  if ('problems' in read) {
    for (const found of read.problems) {
      const field = found.path[0] ?? '';
      problem(`${at(String(field))} ${fieldName(field)}: ${found.message}`);
    }
    return null;
  }
  const { value } = read;
  const instantOf = (field: 'date' | 'resolvedwhen', time: HugoTime, start: Instant): Instant =>
    likelyInstant(time, { start, timeZone }, (given) =>
      note(`${at(field)}: ${fieldName(field)} ${quote(data[field])} ${given}`),
    );
  const date =
    value.date == null
      ? dateOfName(name, timeZone, (given) => note(`${at('date')}: ${given}`))
      : instantOf('date', value.date, -Infinity);
  if (date === null) {
    problem(`${at('date')} date: is missing. Add when the issue began, such as date: 2018-04-13T15:54:00Z`);
    return null;
  }
  if (date > now)
    return skip(
      'date',
      `begins in the future, at ${new Date(date).toISOString()}. cState has no end of a window; to announce it: npx halfpast schedule`,
    );
  for (const field of Object.keys(data).filter((key) => !(key in schema.shape) && data[key] !== false))
    note(`${at(field)}: ${field}: ${quote(data[field])} was not imported`);
  const isInformational = value.informational === true;
  if (value.resolved === null && !isInformational)
    note(
      `${at('resolved')}: does not say whether it is resolved, and was imported as ongoing, as the issue's own page in cState has it`,
    );
  const resolvedWhen =
    value.resolved === true && !isInformational && value.resolvedwhen != null
      ? instantOf('resolvedwhen', value.resolvedwhen, date)
      : null;
  if (value.resolved !== true && !isInformational && value.resolvedwhen != null)
    note(`${at('resolvedWhen')}: has a resolvedWhen without resolved: true, and was imported as ongoing`);
  const { title, severity, affected = [] } = value;
  for (const time of [value.date, value.resolvedwhen]) if (time?.isLocal) local();
  return {
    id: name === 'index.md' && folder !== undefined ? folder : name.replace(/\.md$/, ''),
    path,
    page,
    title,
    date,
    severity,
    affected,
    resolvedWhen,
    isResolved: value.resolved === true,
    isInformational,
  };
}

const fieldName = (field: PropertyKey): string => (field === 'resolvedwhen' ? 'resolvedWhen' : String(field));

/** The day in a file's name, for a file without a date. */
function dateOfName(name: string, timeZone: string, note: Note): Instant | null {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(name)?.[0];
  const at = day === undefined ? null : hugoInstant(day, timeZone);
  if (at !== null) note(`date is missing, and became the day in the name of the file, ${String(day)}`);
  return at;
}
