import { resolve } from 'node:path';
import { readComponents } from '../../src/content/components.ts';
import { type ContentTree, foldersBelow } from '../../src/content/content-tree.ts';
import { NoContentFolder, readTree } from '../../src/content/disk.ts';
import { readMarkdownFile } from '../../src/content/front-matter.ts';
import { readIncident } from '../../src/content/incidents.ts';
import { readMaintenance } from '../../src/content/maintenances.ts';
import { type Problem, problemLine } from '../../src/content/problem.ts';
import { readSettings, settingsPath } from '../../src/content/settings.ts';
import { componentsPath } from '../../src/content/components.ts';
import type { ReadContext } from '../../src/content/update-folder.ts';
import type { Component, ComponentGroup } from '../../src/domain/component.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Maintenance } from '../../src/domain/maintenance.ts';
import type { Cadence, Settings } from '../../src/domain/settings.ts';
import { UserError } from '../cli/errors.ts';
import { during } from '../cli/progress.ts';
import type { World } from '../cli/world.ts';

/** A folder of updates: what it says, or the problems that keep it from being read. */
export type Entry<T> = { readonly slug: string; readonly value: T | null; readonly problems: readonly Problem[] };

/**
 * The content as far as it can be read, for commands that write. A typo in an old postmortem must
 * not keep anyone from opening an incident; settings and components must be readable, though.
 */
export type Desk = {
  /** The content folder as the person named it, and its absolute path. */
  readonly content: string;
  readonly path: string;
  readonly now: Instant;
  readonly tree: ContentTree;
  readonly settings: Settings;
  readonly groups: readonly ComponentGroup[];
  readonly components: readonly Component[];
  /** What the files of updates are read with. */
  readonly context: ReadContext & { readonly cadence: Cadence };
  readonly incidents: readonly Entry<Incident>[];
  readonly maintenances: readonly Entry<Maintenance>[];
};

/** Whether a path is a file. */
async function isFile(path: string, world: World): Promise<boolean> {
  try {
    return (await world.disk.read(path)) !== null;
  } catch {
    return false;
  }
}

/** Reads the content folder. Throws NoContentFolder, which names it as the person did, and UserError for a file. */
export async function readContentTree(content: string, world: World): Promise<ContentTree> {
  const path = resolve(world.cwd, content);
  try {
    return await during(world.progress, `Reading ${content}`, () => readTree(path));
  } catch (error) {
    if (!(error instanceof NoContentFolder)) throw error;
    if (await isFile(path, world))
      throw new UserError(`${content} is a file. Name the content folder that it is in, as --content content`);
    // Nothing need be said of the folder that is meant when none is named.
    const told = error.message.replaceAll(path, content).replace(/ --content content$/, '');
    throw new NoContentFolder(told);
  }
}

function orRefuse<T>(value: T | null, problems: readonly Problem[], content: string): T {
  if (value !== null) return value;
  const [first] = problems;
  throw new UserError(first === undefined ? `${content} cannot be read` : problemLine(first, content));
}

/** Throws UserError when settings or components cannot be read. */
export async function openDesk(content: string, now: Instant, world: World): Promise<Desk> {
  const tree = await readContentTree(content, world);
  const fileAt = (path: string) => tree.files.find((file) => file.path === path);
  const { settings: read, problems } = readSettings(fileAt(settingsPath));
  const settings = orRefuse(read, problems, content);
  const listed = readComponents(fileAt(componentsPath));
  const groups = orRefuse(listed.groups, listed.problems, content);
  const components = groups.flatMap((group) => group.components);
  const context = {
    now,
    timeZone: settings.timeZone,
    cadence: settings.cadence,
    componentIds: components.map(({ id }) => id),
  };
  const slugOf = (folder: string): string => folder.split('/')[1] ?? folder;
  return {
    content,
    path: resolve(world.cwd, content),
    now,
    tree,
    settings,
    groups,
    components,
    context,
    incidents: [...foldersBelow('incidents', tree)].map(([folder, files]) => {
      const result = readIncident(folder, files.map(readMarkdownFile), context);
      return { slug: slugOf(folder), value: result.value, problems: result.problems };
    }),
    maintenances: [...foldersBelow('maintenance', tree)].map(([folder, files]) => {
      const result = readMaintenance(folder, files.map(readMarkdownFile), context);
      return { slug: slugOf(folder), value: result.value, problems: result.problems };
    }),
  };
}
