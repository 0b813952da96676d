import { createHash } from 'node:crypto';
import { suggest } from '../schema/text.ts';
import { fileProblem, hasImageName, type Problem, type SourceFile } from './problem.ts';
import { componentsPath } from './read-components.ts';
import { settingsPath } from './read-settings.ts';
import { themePath } from './read-theme.ts';

/**
 * Whether a file in the content folder is the stop switch: `stop.md`, in any spelling that someone in a hurry may use.
 */
export function isStop(path: string): boolean {
  return /^stop(?:\.md|\.txt)?$/i.test(path);
}

/**
 * Why publishing is stopped: the first line of the stop file that contains words; null if there's no such file. It
 * takes effect despite problems in the content, and even if it's empty.
 */
export function stopReason(files: readonly SourceFile[]): string | null {
  const file = files.find(({ path }) => isStop(path));
  if (file === undefined) return null;
  const lines = new TextDecoder()
    .decode(file.bytes)
    .split('\n')
    .map((line) => line.trim());
  return lines.find((line) => /[^\s#-]/.test(line)) ?? `${file.path} is in the content folder`;
}

/** Everything in the content folder. */
export type ContentTree = {
  readonly files: readonly SourceFile[];
  /** All folders, including empty ones. */
  readonly folders: readonly string[];
  /** Anything else, such as symbolic links and sockets, and anything that can't be opened by its name. */
  readonly others: readonly string[];
};

/**
 * How deep to read the content folder. Content needs three levels, and operating systems limit the length of paths.
 */
const deepest = 20;

const isNamedInUtf8 = (path: string): boolean => !path.includes('\uFFFD');
const isTooDeep = (path: string): boolean => path.split('/').length > deepest;

/** Whether a path can be opened by its name, and isn't nested too deeply. */
export function isReadable(path: string): boolean {
  return isNamedInUtf8(path) && !isTooDeep(path);
}

function otherProblem(path: string): Problem {
  if (!isNamedInUtf8(path)) return fileProblem(path, 'has a name that is not valid UTF-8. Rename or delete it');
  if (isTooDeep(path))
    return fileProblem(path, `is more than ${deepest} folders deep. Move it out of the content folder`);
  return fileProblem(path, 'is a link or a special file. Replace it with a regular file');
}

const knownFiles = [settingsPath, componentsPath, themePath];
const knownFolders = ['incidents', 'maintenance', 'postmortems', 'announcements', 'pages', 'templates'];
const known = [...knownFiles, ...knownFolders];

function placeFor(name: string): string {
  if (name.endsWith('.svg'))
    return `If it is the logo, add logo: ${name} to ${settingsPath}; otherwise, move it elsewhere`;
  const near = suggest(name, known);
  return near === null ? `Move it elsewhere: the folder has only ${known.join(', ')}` : `Did you mean "${near}"?`;
}

/**
 * Reports everything that's in the wrong place, because the content folder must not contain anything that we silently
 * ignore. `isNamed` tells which files next to `site.yml` it references.
 */
export function unexpectedFiles(
  { files, folders, others }: ContentTree,
  isNamed: (path: string) => boolean,
): Problem[] {
  const topFiles = files
    .map(({ path }) => path)
    .filter((path) => !path.includes('/') && !isStop(path) && !isNamed(path));
  const tops = [...folders.filter((path) => !path.includes('/')), ...topFiles];
  // Their content would be ignored. Git checkouts without symbolic links leave such files.
  const swapped = [
    ...topFiles
      .filter((path) => knownFolders.includes(path))
      .map((path) => fileProblem(path, 'is a file, but must be a folder. Move it elsewhere, and create the folder')),
    ...folders
      .filter((path) => knownFiles.includes(path))
      .map((path) => fileProblem(path, 'is a folder, but must be a file. Move it elsewhere')),
  ];
  const loose = files
    .map(({ path }) => path)
    .filter((path) => /^(incidents|maintenance)\/[^/]+$/.test(path))
    .map((path) =>
      fileProblem(
        path,
        'is outside an incident or maintenance folder. Move it into one, such as incidents/2026-11-22-checkout-errors/',
      ),
    );
  return [
    ...tops
      .filter((path) => !known.includes(path))
      .map((path) => fileProblem(path, `does not belong in the content folder. ${placeFor(path)}`)),
    ...swapped,
    ...loose,
    ...others.map(otherProblem),
  ];
}

/**
 * The file that a translation is for, and its language tag: `2026-11-22T1405Z.md` and `de` for
 * `2026-11-22T1405Z.de.md` in the same folder. Null for other files, such as `2026-11-22T1405Z.md.md`.
 */
export function translationName(path: string): { readonly original: string; readonly tag: string } | null {
  const [, original, tag] =
    /^((?:(?:incidents|maintenance)\/[^/]+|postmortems|announcements|pages)\/[^/]+)\.(?!md\.)([A-Za-z]{2,3}(?:-[A-Za-z]+)*)\.md$/.exec(
      path,
    ) ?? [];
  return original === undefined || tag === undefined ? null : { original: `${original}.md`, tag };
}

/** Whether a file is an image next to updates, postmortems or pages. */
export function isImage(path: string): boolean {
  return hasImageName(path) && /^(?:(?:incidents|maintenance)\/[^/]+|postmortems|pages)\/[^/]+$/.test(path);
}

/**
 * Returns the files in each folder directly below `top`. Includes files in deeper folders, which are reported as
 * misplaced, but not images or translations. Git doesn't track folders without files, so those aren't included, and
 * their names are free.
 */
export function foldersBelow(top: 'incidents' | 'maintenance', { files }: ContentTree): Map<string, SourceFile[]> {
  const folderOf = ({ path }: SourceFile): string => /^[^/]+\/[^/]+(?=\/)/.exec(path)?.[0] ?? '';
  const found = files.filter(
    (file) => folderOf(file).startsWith(`${top}/`) && !isImage(file.path) && translationName(file.path) === null,
  );
  return Map.groupBy(found, folderOf);
}

/** Returns an update's bytes without the hand-overs in its front matter. */
function withoutHandOvers(bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!buffer.includes('\nhand_overs:')) return bytes;
  const text = buffer.toString();
  const end = text.indexOf('\n---', 3) + 1;
  const fields = text.slice(0, end).replace(/^hand_overs:\s*\n(?:(?: |- ).*\n)*/m, '');
  return new TextEncoder().encode(fields + text.slice(end));
}

/**
 * SHA-256 over the names and bytes of all content files. Hand-overs don't count unless the page shows people:
 * otherwise, a rollback to the previous release might stop at one that looks the same to customers.
 */
export function contentHash({ files }: ContentTree): string {
  const hash = createHash('sha256');
  const settings = new TextDecoder().decode(files.find(({ path }) => path === settingsPath)?.bytes);
  const showsPeople = /^show_people:\s*['"]?true/im.test(settings);
  for (const { path, bytes } of files) {
    const published = showsPeople || !path.startsWith('incidents/') ? bytes : withoutHandOvers(bytes);
    hash.update(`${path}\0${published.length}\0`).update(published);
  }
  return hash.digest('hex');
}
