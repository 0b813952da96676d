import { join, resolve } from 'node:path';
import type { ContentTree } from '../../src/lib/content/content-tree.ts';
import { readSettings, settingsPath } from '../../src/lib/content/read-settings.ts';
import { dayOf, type Instant } from '../../src/lib/domain/calendar.ts';
import { didYouMean, quote } from '../../src/lib/schema/text.ts';
import { mayBeEmptied } from '../cli/content.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import type { Context } from '../cli/context.ts';
import type { FilesChange, GitHubPort } from '../github/port.ts';
import { pathInRepository } from './commit.ts';
import { emptied, type NewPage, newPage, parseComponents, requireValid } from './init.ts';
import { FlagError } from './options.ts';

/** The fields of the form, with an example for each that is required. */
const fields = {
  name: 'Acme',
  address: null,
  time_zone: 'Europe/Berlin',
  components: 'Website, checkout=Checkout and payments',
  support: null,
  accent: null,
} as const;

/** Fields whose flag has a different name. */
const fieldOf: Readonly<Record<string, string>> = { url: 'address', component: 'components', 'time-zone': 'time_zone' };

const gitHub = 'https://github.com';
const serverOf = ({ env }: Pick<Context, 'env'>): string => env['GITHUB_SERVER_URL'] ?? gitHub;

/** The web page of a repository, given as `owner/repo`. */
export const repositoryPage = (repository: string, context: Pick<Context, 'env'>): string =>
  `${serverOf(context)}/${repository}`;

/** The GitHub Pages URL of a repository without a custom domain. Throws UsageError if it's unknown. */
function pagesAddress(repository: string, context: Pick<Context, 'env'>): string {
  if (serverOf(context) !== gitHub)
    throw new UsageError('address is missing. Enter the address that Settings, Pages shows');
  const [owner = '', repo = ''] = repository.split('/');
  const host = `${owner.toLowerCase()}.github.io`;
  return repo.toLowerCase() === host ? `https://${host}` : `https://${host}/${repo}`;
}

const missing = (name: keyof typeof fields): UsageError =>
  new UsageError(`${name} is missing. Enter it, such as ${fields[name]}`);

/** Reads the form, which has no entries for blank fields. Throws UsageError with the field's name. */
function readAnswers(form: ReadonlyMap<string, string>, repository: string, context: Pick<Context, 'env'>): NewPage {
  for (const name of form.keys())
    if (!Object.hasOwn(fields, name))
      throw new UsageError(`${quote(name)} is not a field of the form. ${didYouMean(name, Object.keys(fields))}`);
  const value = (name: keyof typeof fields): string => {
    const given = form.get(name)?.trim() ?? '';
    if (given === '' && fields[name] !== null) throw missing(name);
    return given;
  };
  const optional = (name: keyof typeof fields): string | undefined => value(name) || undefined;
  const address = value('address') || pagesAddress(repository, context);
  const answers = {
    name: value('name'),
    url: address.includes('://') ? address : `https://${address}`,
    time_zone: value('time_zone'),
    support: optional('support'),
    accent: optional('accent'),
  };
  const components = value('components')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (components.length === 0) throw missing('components');
  try {
    requireValid(answers);
    return { ...answers, components: parseComponents(components) };
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    throw new UsageError(`${fieldOf[error.flag] ?? error.flag}: ${error.problem}`);
  }
}

type Given = {
  /** The content folder as the user typed it, and its files. */
  readonly content: string;
  readonly tree: ContentTree;
  /** `owner/repo` */
  readonly repository: string;
  readonly fixed: Instant | null;
};

export type PagePlan = FilesChange & { readonly name: string; readonly url: string };

/** The commit that replaces the sample with an empty page. Throws UserError if the content isn't the sample. */
export async function planPage(
  form: ReadonlyMap<string, string>,
  { content, tree, repository, fixed }: Given,
  context: Context,
): Promise<PagePlan> {
  const answers = readAnswers(form, repository, context);
  if (!mayBeEmptied(tree)) {
    const { settings } = readSettings(tree.files.find(({ path }) => path === settingsPath));
    const whose = settings === null ? 'is not the included sample' : `is already the page of ${quote(settings.name)}`;
    throw new UserError(`nothing was changed: ${content} ${whose}. To change it, edit ${content}/${settingsPath}`);
  }
  const place = { path: resolve(context.cwd, content), folder: content };
  const inRepository = (path: string): string => pathInRepository(path, place, context.cwd);
  const folder = inRepository('').replace(/\/$/, '');
  // A copy of Halfpast has its own schemas. The code that runs is in another folder.
  const isCopy = (await context.disk.read(join(context.cwd, 'schemas/site.schema.json'))) !== null;
  const { files } = await newPage(
    answers,
    {
      content: place.path,
      root: isCopy ? context.cwd : context.root,
      repository: { github: repository, ...(folder === 'content' ? {} : { content: folder === '' ? '.' : folder }) },
      since: dayOf(fixed ?? context.clock(), answers.time_zone),
    },
    context.disk,
  );
  return {
    name: answers.name,
    url: answers.url,
    write: files.map(({ path, text }) => ({ path: inRepository(path), text })),
    remove: emptied(tree).map(({ path }) => inRepository(path)),
    message: `Set up the status page of ${answers.name}`,
  };
}

/** Commits the plan and returns the commit id. Throws UserError. */
export async function commitPage(port: GitHubPort, { write, remove, message }: PagePlan): Promise<string> {
  const commit = await port.writeFiles({ write, remove, message });
  if (commit === null)
    throw new UserError('nothing was changed: the branch got another commit in the meantime. Run the form again');
  return commit;
}
