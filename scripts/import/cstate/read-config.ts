import { UserError } from '../../cli/errors.ts';
import type { Note } from '../note.ts';
import type { Listed } from '../plan-list.ts';
import { readFields } from './hugo-front-matter.ts';
import type { TextFile } from './read-folder.ts';

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

/** Reads the configuration; what has no place here is told to `note`. Throws UserError when it cannot be read. */
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
      note(`${place}: category "${name}": its description was not carried over: ${textOf(category['description'])}`);
    if (category['closed'] === true)
      note(`${place}: category "${name}" was folded up at first; here groups are always open`);
    if (!systems.some(({ category: of }) => textOf(of) === name))
      note(`${place}: category "${name}" has no system, and was not carried over`);
  }
  const listed = systems.flatMap((system, index): Listed[] => {
    const [name, category] = [textOf(system['name']), textOf(system['category'])];
    const place = at('params', 'systems', index);
    if (name.trim() === '') return (note(`${place}: a system has no name, and was not carried over`), []);
    if (systems.findIndex((other) => other['name'] === system['name']) < index)
      return (note(`${place}: system "${name}" is listed twice, and was carried over once`), []);
    if (category !== '' && !known.has(category))
      note(`${place}: system "${name}" is in the category "${category}", which is not listed; it stands in no group`);
    for (const field of ['link', 'partial'].filter((one) => textOf(system[one]) !== ''))
      note(`${place}: system "${name}": its ${field} was not carried over: ${textOf(system[field])}`);
    if (system['histogram'] === false)
      note(`${place}: system "${name}" had no histogram; here the days of every component are shown`);
    const group = category === '' || untitled.has(category) || !known.has(category) ? {} : { group: category };
    return [
      { code: name, name: textOf(system['displayname']) || name, description: textOf(system['description']), ...group },
    ];
  });
  if (textOf(params['description']) !== '')
    note(`${at('params', 'description')}: the description of the page was not carried over`);
  for (const { name, link } of entries(params['customtabs']).map(lowered))
    note(
      `${at('params', 'customTabs')}: the tab "${textOf(name)}" was not carried over. Put it below links: in site.yml: ${textOf(link)}`,
    );
  const language = textOf(data['languagecode']) || textOf(data['locale']);
  if (language !== '' && !/^en\b/i.test(language))
    note(`${at('languageCode')}: the page's language, ${language}, was not carried over. Set locale: in site.yml`);
  const look = Object.keys(given).filter((name) => !used.has(name.toLowerCase()));
  if (look.length > 0) note(`${at('params')}: settings of the look were not carried over: ${look.join(', ')}`);
  const hugo = Object.keys(data).filter(
    (name) => !['title', 'baseurl', 'params', 'languagecode', 'locale'].includes(name),
  );
  if (hugo.length > 0) note(`${path}:1: settings of Hugo were not carried over: ${hugo.join(', ')}`);
  return { title: textOf(data['title']) || null, baseUrl: textOf(data['baseurl']) || null, systems: listed };
}
