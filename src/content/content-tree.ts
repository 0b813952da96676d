import { suggest } from '../schema/suggest.ts';
import { componentsPath } from './components.ts';
import { fileProblem, type Problem } from './problem.ts';
import { settingsPath } from './settings.ts';
import type { SourceFile } from './source-file.ts';
import { isStop } from './stop.ts';

/** Everything below the content folder. */
export type ContentTree = {
  readonly files: readonly SourceFile[];
  /** All folders: an empty one is a mistake to be told. */
  readonly folders: readonly string[];
  /** What is neither: symbolic links, sockets and the like. */
  readonly others: readonly string[];
};

const known = [settingsPath, componentsPath, 'incidents', 'maintenance', 'postmortems', 'templates'];

function placeFor(name: string): string {
  if (name.endsWith('.svg')) return `If it is the logo, type logo: ${name} in ${settingsPath}; else move it out`;
  const near = suggest(name, known);
  return near === null ? `Only these belong there: ${known.join(', ')}. Move it out` : `Did you mean "${near}"?`;
}

/**
 * What has no place where it stands: nothing in the content folder is passed over in silence.
 * `isNamed` knows the files beside `site.yml` that it names.
 */
export function strangers({ files, folders, others }: ContentTree, isNamed: (path: string) => boolean = () => false): Problem[] {
  const topFiles = files.map(({ path }) => path).filter((path) => !path.includes('/') && !isStop(path) && !isNamed(path));
  const tops = [...folders.filter((path) => !path.includes('/')), ...topFiles];
  const loose = files
    .map(({ path }) => path)
    .filter((path) => /^(incidents|maintenance)\/[^/]+$/.test(path))
    .map((path) => fileProblem(path, 'is not in the folder of an incident or maintenance. Move it into one, as incidents/2026-11-22-checkout-errors/'));
  // A folder too deep that has files is told by them.
  const empty = folders
    .filter((path) => /^(?:(?:incidents|maintenance)\/[^/]+|postmortems)\//.test(path))
    .filter((path) => !files.some((file) => file.path.startsWith(`${path}/`)));
  return [
    ...tops.filter((path) => !known.includes(path)).map((path) => fileProblem(path, `has no place in the content folder. ${placeFor(path)}`)),
    ...loose,
    ...empty.map((path) => fileProblem(path, 'is an empty folder without a use. Delete it')),
    ...others.map((path) => fileProblem(path, 'is a link or a special file. Put the file itself in its place')),
  ];
}

/** The folders directly below `top` with their files; deeper files count to the folder, and are told by name. */
export function foldersBelow(top: string, { files, folders }: ContentTree): Map<string, SourceFile[]> {
  const found = new Map<string, SourceFile[]>();
  const depth = top.split('/').length + 1;
  for (const path of folders) {
    if (path.startsWith(`${top}/`) && path.split('/').length === depth) found.set(path, []);
  }
  for (const file of files) {
    const parts = file.path.split('/');
    if (parts[0] === top && parts.length > depth) {
      const folder = parts.slice(0, depth).join('/');
      found.set(folder, [...(found.get(folder) ?? []), file]);
    }
  }
  return found;
}
