import { stat } from 'node:fs/promises';
import { NoContentFolder, readTree } from '../../../src/content/disk.ts';
import { UsageError, UserError } from '../../cli/errors.ts';
import { resolve } from 'node:path';

export type TextFile = { /** From the site's folder. */ readonly path: string; readonly text: string };

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
      ...others.map((path) => `${path}:1: is not among the issues, and was not carried over`),
      ...(config === null ? [`${folder}: has no configuration (config.yml), and so no list of systems`] : []),
    ],
  };
}
