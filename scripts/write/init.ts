import type { RepositoryField } from '../../src/lib/content/write-content.ts';
import { join, relative, sep } from 'node:path';
import type { ContentTree } from '../../src/lib/content/content-tree.ts';
import type { SourceFile } from '../../src/lib/content/problem.ts';
import { componentsPath } from '../../src/lib/content/read-components.ts';
import { readSettings, settingsPath } from '../../src/lib/content/read-settings.ts';
import { siteFile, toYaml } from '../../src/lib/content/write-content.ts';
import { isTaken, slugForm, slugify } from '../../src/lib/schema/components-file.ts';
import { repository, siteSettingsSchema } from '../../src/lib/schema/site-file.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { isTimeZone } from '../../src/lib/schema/time-fields.ts';
import { emptiedFolders } from '../cli/content.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import type { Ask, Context } from '../cli/context.ts';
import { folderInGit, gitIn } from '../github/git.ts';
import { answerProblem, FlagError, requireFit } from './options.ts';

type ListedComponent = { readonly id: string; readonly name: string };

/** Parses `id=Name`, or a name from which to make the id. Throws UsageError. */
function readComponent(given: string): ListedComponent {
  const at = given.indexOf('=');
  const name = given.slice(at + 1).trim();
  const id = at === -1 ? slugify(name) : given.slice(0, at).trim();
  if (name === '')
    throw new FlagError('component', `${quote(given)} has no name. Type an id and a name, such as checkout=Checkout`);
  if (slugForm.test(id) && isTaken(id))
    throw new FlagError('component', `${quote(id)} is a reserved id. Type another, such as ${id}-service=${name}`);
  if (slugForm.test(id)) return { id, name };
  const better = slugify(id) || 'checkout';
  throw new FlagError(
    'component',
    `${quote(given)} has no id that fits in an address. Type lowercase letters, digits and hyphens, such as ${better}=${name}`,
  );
}

/** Parses several. Also throws UsageError for a duplicate id. */
export function parseComponents(given: readonly string[]): ListedComponent[] {
  const components = given.map(readComponent);
  const twice = components.find(({ id }, index) => components.findIndex((other) => other.id === id) !== index);
  if (twice !== undefined)
    throw new FlagError(
      'component',
      `two components have the id ${quote(twice.id)}. Give one of them another id, such as ${twice.id}-2=${twice.name}`,
    );
  return components;
}

/** The required settings in site.yml. */
type Required = 'name' | 'url' | 'time_zone';
type Settings<T> = Readonly<Record<Required, T>> & Readonly<Record<'support' | 'accent', string | undefined>>;
type Components = { readonly components: readonly ListedComponent[] };

/** The given settings; undefined for the others. */
type Answers = Settings<string | undefined> & Components;

/** A page without incidents. */
export type NewPage = Settings<string> & Components;

const examples = {
  name: '--name "Acme"',
  url: '--url https://status.acme.com',
  time_zone: '--time-zone Europe/Berlin',
} as const;

/** Throws FlagError for the first invalid setting. Skips missing ones. */
export function requireValid({
  name = 'x',
  url = 'https://x.example',
  time_zone = 'UTC',
  support,
  accent,
}: Partial<Settings<string | undefined>>): void {
  requireFit({ name, url, time_zone, support, accent }, siteSettingsSchema('UTC'));
}

/** Throws UsageError for the first missing setting. */
export function requireAll(answers: Answers): NewPage {
  const need = (name: Required): string => {
    const value = answers[name];
    if (value !== undefined) return value;
    throw new UsageError(`--${name.replace('_', '-')} is missing. Add it, such as ${examples[name]}`);
  };
  const page = { ...answers, name: need('name'), url: need('url'), time_zone: need('time_zone') };
  if (page.components.length > 0) return page;
  throw new UsageError(
    '--component is missing. Name the parts of your service that customers know, such as --component checkout=Checkout',
  );
}

/** Asks for missing settings. Throws Cancelled. */
export async function askMissing(answers: Answers, ask: Ask, timeZone: string): Promise<NewPage> {
  const one = (field: Required, message: string, initial?: string): Promise<string> | string =>
    answers[field] ??
    ask.text({
      message,
      ...(initial === undefined ? {} : { initial }),
      check: (answer) => answerProblem(() => requireValid({ [field]: answer })),
    });
  const askComponents = (): Promise<string> =>
    ask.text({
      message: 'Which parts of the service do customers use? (such as Website, Checkout, API)',
      check: (answer) => answerProblem(() => parseComponents(answer.split(','))),
    });
  return {
    ...answers,
    name: await one('name', 'What is the name of your service?'),
    url: await one('url', 'What will the address of the page be? (such as https://status.acme.com)'),
    time_zone: await one('time_zone', 'Which time zone are most readers in?', isTimeZone(timeZone) ? timeZone : 'UTC'),
    components:
      answers.components.length > 0 ? answers.components : parseComponents((await askComponents()).split(',')),
  };
}

/**
 * The first line of `site.yml` and `components.yml`, with the schema for the YAML language server. Empty for a content
 * folder outside Halfpast, because the path to Halfpast is private. `content` and `root` are absolute.
 */
export function editorLine(name: 'site' | 'components', content: string, root: string): string {
  const below = relative(root, content);
  if (below === '' || below.startsWith('..')) return '';
  const schema = relative(content, join(root, 'schemas', `${name}.schema.json`))
    .split(sep)
    .join('/');
  return `# yaml-language-server: $schema=${schema}\n`;
}

/** Keeps LF line endings in clones on Windows. */
const gitAttributes = { path: '.gitattributes', text: '* text=auto eol=lf\n' };

/** Where to write a page. `content` and `root` are absolute. */
type Place = {
  readonly content: string;
  /** The clone of Halfpast with the content, or any other folder. */
  readonly root: string;
  readonly repository: RepositoryField | null;
  /** The first day for which the page can claim that nothing was wrong: `YYYY-MM-DD`. */
  readonly since: string;
};

/** The files of a new, empty page, by path in the content folder. */
export async function newPage(
  { components, ...site }: NewPage,
  { content, root, repository, since }: Place,
  disk: Context['disk'],
): Promise<Record<'site' | 'components', string> & { readonly files: readonly { path: string; text: string }[] }> {
  const files = {
    site: `${editorLine('site', content, root)}${siteFile(site, repository)}`,
    components:
      editorLine('components', content, root) +
      toYaml({ components: components.map((component) => ({ ...component, since })) }),
  };
  // A clone of Halfpast already has one for all files.
  const isAlone = relative(root, content).startsWith('..');
  const hasAttributes = !isAlone || (await disk.read(join(content, gitAttributes.path))) !== null;
  return {
    ...files,
    files: [
      { path: settingsPath, text: files.site },
      { path: componentsPath, text: files.components },
      ...(hasAttributes ? [] : [gitAttributes]),
    ],
  };
}

/** The files that init removes. */
export function emptied(tree: ContentTree): readonly SourceFile[] {
  const folders = emptiedFolders(tree);
  return tree.files.filter((file) => folders.some((folder) => file.path.startsWith(`${folder}/`)));
}

/** The error for content that someone would miss. */
export function notTheSample(tree: ContentTree, content: string): UserError {
  const { settings } = readSettings(tree.files.find(({ path }) => path === settingsPath));
  if (settings !== null && emptied(tree).length === 0) {
    return new UserError(
      `${content} is already the page of ${quote(settings.name)}. Edit ${content}/${settingsPath} and ${content}/${componentsPath}, or type --force to replace them`,
    );
  }
  return new UserError(
    `${content} is not the included sample, and init would remove its incidents. Name another folder with --content DIR, or type --force to remove them`,
  );
}

/**
 * The content's location on GitHub, from the remote `origin` of its repository; null if it isn't on GitHub. `content`
 * is an absolute path that may not exist yet.
 */
export async function repositoryOf(
  content: string,
  machine: Pick<Context, 'env' | 'runProgram'>,
): Promise<RepositoryField | null> {
  const folder = await folderInGit(content, machine);
  if (folder === null) return null;
  const git = gitIn(folder, machine);
  const github = await git.gitHubRemote();
  if (github === null) return null;
  const inside = [...((await git.prefix()) ?? '').split('/'), ...relative(folder, content).split(sep)]
    .filter((part) => part !== '')
    .join('/');
  const fields = { github, ...(inside === 'content' ? {} : { content: inside === '' ? '.' : inside }) };
  // In site.yml, folder names can't contain spaces.
  return repository.safeParse(fields).success ? fields : null;
}
