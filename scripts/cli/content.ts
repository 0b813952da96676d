import { resolve } from 'node:path';
import { checkContent, type Parsed, readEvents } from '../../src/lib/content/check-content.ts';
import type { ContentTree } from '../../src/lib/content/content-tree.ts';
import { NoContentFolder, readTree } from '../../src/lib/content/disk.ts';
import { isExample } from '../../src/lib/content/example.ts';
import { readImages } from '../../src/lib/content/images.ts';
import { type Problem, problemLine } from '../../src/lib/content/problem.ts';
import { componentsPath, readComponents } from '../../src/lib/content/read-components.ts';
import { readSettings, settingsPath } from '../../src/lib/content/read-settings.ts';
import { readTranslations } from '../../src/lib/content/read-translations.ts';
import type { ReadEvent } from '../../src/lib/content/read-updates.ts';
import type { ReadContext } from '../../src/lib/content/update-rules.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import type { Incident } from '../../src/lib/domain/incident.ts';
import type { Maintenance } from '../../src/lib/domain/maintenance.ts';
import type { Cadence, Settings } from '../../src/lib/domain/settings.ts';
import type { Site } from '../../src/lib/domain/site.ts';
import type { Component, ComponentGroup } from '../../src/lib/domain/vocabulary.ts';
import { count } from '../../src/lib/words/en.ts';
import { UserError } from './errors.ts';
import { during, type Context } from './context.ts';

/**
 * The content that can be read, for commands that write. A typo in an old postmortem must not block a new incident,
 * but settings and components must be readable.
 */
export type ContentFolder = {
  /** As the user typed it. */
  readonly folder: string;
  /** The absolute path. */
  readonly path: string;
  readonly now: Instant;
  readonly tree: ContentTree;
  readonly settings: Settings;
  readonly groups: readonly ComponentGroup[];
  readonly components: readonly Component[];
  /** The context for reading update files. */
  readonly readContext: ReadContext & { readonly cadence: Cadence };
  readonly incidents: readonly ReadEvent<Incident>[];
  readonly maintenances: readonly ReadEvent<Maintenance>[];
};

/**
 * Reads the content folder. Throws NoContentFolder with the name that the user typed, and UserError if it's a file.
 */
export async function readContentTree(content: string, context: Context): Promise<ContentTree> {
  const path = resolve(context.cwd, content);
  try {
    return await during(context.progress, `Reading ${content}`, () => readTree(path));
  } catch (error) {
    if (!(error instanceof NoContentFolder)) throw error;
    const isFile = await context.disk.read(path).then(
      (text) => text !== null,
      () => false,
    );
    if (isFile) throw new UserError(`${content} is a file. Use the folder it is in, such as --content content`);
    throw new NoContentFolder(content);
  }
}

/** The same, but empty if there is no such folder yet. */
export async function treeOrEmpty(content: string, context: Context): Promise<ContentTree> {
  try {
    return await readContentTree(content, context);
  } catch (error) {
    if (error instanceof NoContentFolder) return { files: [], folders: [], others: [] };
    throw error;
  }
}

/** What was read. Throws UserError with the first problem if it couldn't be read. */
export function orRefuse<T>(value: T | null, problems: readonly Problem[], content: string): T {
  if (value !== null) return value;
  const [first] = problems;
  throw new UserError(first === undefined ? `${content} can't be read` : problemLine(first, content));
}

/** Throws UserError when the settings or components can't be read. */
export async function openContent(content: string, now: Instant, context: Context): Promise<ContentFolder> {
  const tree = await readContentTree(content, context);
  const fileAt = (path: string) => tree.files.find((file) => file.path === path);
  const { settings: read, problems } = readSettings(fileAt(settingsPath));
  const settings = orRefuse(read, problems, content);
  const listed = readComponents(fileAt(componentsPath));
  const groups = orRefuse(listed.groups, listed.problems, content);
  const components = groups.flatMap((group) => group.components);
  const { images } = readImages(tree);
  const readContext = {
    now,
    images,
    languages: settings.languages,
    translations: readTranslations(tree, settings.languages, images),
    timeZone: settings.timeZone,
    cadence: settings.cadence,
    componentIds: components.map(({ id }) => id),
  };
  return {
    folder: content,
    path: resolve(context.cwd, content),
    now,
    tree,
    settings,
    groups,
    components,
    readContext,
    ...readEvents(tree, readContext),
  };
}

/** A site with nothing but these incidents, maintenance and postmortems. */
export function siteOf(
  { now, settings, groups }: Pick<ContentFolder, 'now' | 'settings' | 'groups'>,
  shown: Partial<Pick<Site, 'incidents' | 'maintenances' | 'postmortems'>>,
): Site {
  const none = { announcements: [], pages: [], images: [], templates: [] };
  return { now, settings, groups, incidents: [], maintenances: [], postmortems: [], ...none, ...shown };
}

/**
 * The folders that `init` empties. It keeps your own templates, but not the example's, which contain its support link
 * and bank names.
 */
export function emptiedFolders(tree: ContentTree): readonly string[] {
  const always = ['incidents', 'maintenance', 'postmortems', 'announcements'];
  return isExample(tree) ? [...always, 'templates'] : always;
}

/** Whether the content is the included example, or holds nothing but templates. */
export function mayBeEmptied(tree: ContentTree): boolean {
  if (tree.files.some(({ path }) => path === settingsPath)) return isExample(tree);
  return tree.files.every(({ path }) => path.startsWith('templates/'));
}

/** The first problem, and how to see the others. */
export function problemsLine(problems: readonly Problem[], content: string): string {
  const [first] = problems;
  const line = first === undefined ? '' : problemLine(first, content);
  return `${count(problems.length, 'problem')} in ${content}, the first: ${line}${/[.?]$/.test(line) ? '' : '.'} For all of them: npx halfpast check`;
}

/** The site in a content folder, with the slugs of its postmortem drafts. Throws UserError when it has problems. */
export async function readSite(
  content: string,
  now: Instant,
  context: Context,
): Promise<Extract<Parsed, { readonly site: unknown }>> {
  const parsed = await checkContent(await readContentTree(content, context), now);
  if ('site' in parsed) return parsed;
  throw new UserError(problemsLine(parsed.problems, content));
}
