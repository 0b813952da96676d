import { day, type Instant, isoTime, minute } from '../../../src/domain/instant.ts';
import { componentStatuses, impacts, incidentStatuses } from '../../../src/domain/vocabulary.ts';
import { type Choice, pick } from '../mutation.ts';
import { naiveTime } from '../naive.ts';
import { file, partOf, type Tree } from '../tree.ts';
import { componentIds } from './component-edits.ts';
import { type Edit, type Moment, postmortemText, timeField, updatePath, updateText, wholeMinute } from './history.ts';

/** The folders below `top`. */
export const foldersOf = (tree: Tree, top: string): string[] =>
  [...new Set([...tree.keys()].filter((path) => path.startsWith(`${top}/`)).map(partOf))].sort();

/** The updates of a folder, oldest first. */
export const filesOf = (tree: Tree, folder: string): string[] =>
  [...tree.keys()].filter((path) => path.startsWith(`${folder}/`)).sort((a, b) => timeOf(a) - timeOf(b));

export const timeOf = (path: string): Instant => naiveTime(path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/, ''));

export const textOf = (tree: Tree, path: string): string => {
  const entry = tree.get(path);
  return entry?.kind === 'file' ? entry.bytes.toString() : '';
};

/** A moment after the last update of a folder and not after `now`, at which nothing was said yet; null when there is none. */
export function freeTime({ tree, now }: Moment, folder: string, number: number): Instant | null {
  const last = timeOf(filesOf(tree, folder).at(-1) ?? '');
  const room = Math.floor((Math.min(now, last + 3 * day) - last) / minute) - 1;
  return room < 1 ? null : wholeMinute(last) + (1 + (number % room)) * minute;
}

/** Changes the text of one update, and says so or not. */
export function reword({ tree, now }: Moment, path: string, { a, b }: Choice): boolean {
  const text = textOf(tree, path);
  const edited =
    b % 2 === 0 || /^edited:/m.test(text) || timeOf(path) >= wholeMinute(now)
      ? text
      : text.replace(/^---\n/, `---\nedited: ${timeField(now)}\n`);
  tree.set(path, file(`${edited.trimEnd()}\n\nOne more thing, number ${a % 1000}.\n`));
  return true;
}

const anyIncident = (tree: Tree, { file: nth }: Choice): string | null => {
  const folders = foldersOf(tree, 'incidents');
  return folders.length === 0 ? null : pick(folders, nth);
};

/** The newest incidents, which are more often written about. */
const lateIncident = (tree: Tree, choice: Choice): string | null => {
  const folders = foldersOf(tree, 'incidents').sort(
    (one, other) => timeOf(filesOf(tree, other)[0] ?? '') - timeOf(filesOf(tree, one)[0] ?? ''),
  );
  return folders.length === 0 ? null : pick(folders.slice(0, choice.b % 2 === 0 ? 3 : folders.length), choice.file);
};

const said = (tree: Tree, { a, b }: Choice): string[] => {
  const ids = componentIds(tree);
  const fields = [
    `status: ${pick(incidentStatuses, a)}`,
    ...(b % 3 === 0 && ids.length > 0
      ? ['components:', `  ${pick(ids, a >> 2)}: ${pick(componentStatuses, b >> 2)}`]
      : []),
  ];
  return [
    ...fields,
    ...(b % 5 === 0 ? ['customer_data: affected'] : []),
    ...(b % 7 === 0 ? ['remedy: Everybody is paid back.'] : []),
    ...(b % 4 === 0 ? [`next_update: ${pick(['30m', 'none', '14:30Z', '2h'], a)}`] : []),
  ];
};

const postmortemOf = (folder: string): string => `postmortems/${folder.slice('incidents/'.length)}.md`;

const addUpdate: Edit = (moment, choice) => {
  const folder = lateIncident(moment.tree, choice);
  const at = folder === null ? null : freeTime(moment, folder, choice.a);
  if (folder === null || at === null) return false;
  const renames = choice.a % 6 === 0 ? [`title: Renamed ${choice.b % 100}`] : [];
  moment.tree.set(
    updatePath(folder, at),
    file(updateText([...renames, ...said(moment.tree, choice)], `We know more: ${choice.a % 1000}.`)),
  );
  return true;
};

const editUpdate: Edit = (moment, choice) => {
  const folder = anyIncident(moment.tree, choice);
  return folder !== null && reword(moment, pick(filesOf(moment.tree, folder), choice.a), choice);
};

const removeUpdate: Edit = ({ tree }, choice) => {
  const folder = anyIncident(tree, choice);
  const later = folder === null ? [] : filesOf(tree, folder).slice(1);
  return later.length > 0 && tree.delete(pick(later, choice.a));
};

const retitle: Edit = ({ tree }, choice) => {
  const folder = anyIncident(tree, choice);
  const first = folder === null ? '' : (filesOf(tree, folder)[0] ?? '');
  if (folder === null) return false;
  tree.set(first, file(textOf(tree, first).replace(/^title: .*$/m, `title: Another name ${choice.a % 1000}`)));
  return true;
};

const addIncident: Edit = ({ tree, now }, choice) => {
  const { a, b } = choice;
  const at = wholeMinute(now) - (b % 2 === 0 ? a % 300 : a % (400 * 24 * 60)) * minute;
  const folder = `incidents/${isoTime(at).slice(0, 10)}-new-${a % 10000}`;
  if (foldersOf(tree, 'incidents').includes(folder)) return false;
  tree.set(
    updatePath(folder, at),
    file(
      updateText(
        [`title: Something new ${a % 100}`, `impact: ${pick(impacts, b)}`, ...said(tree, choice)],
        'We are looking into it, with **all** of us.',
      ),
    ),
  );
  return true;
};

const removeIncident: Edit = ({ tree }, choice) => {
  const folder = anyIncident(tree, choice);
  if (folder === null) return false;
  for (const path of filesOf(tree, folder)) tree.delete(path);
  tree.delete(postmortemOf(folder));
  return true;
};

const renameFolder: Edit = ({ tree }, choice) => {
  const folder = anyIncident(tree, choice);
  if (folder === null) return false;
  const to = `${folder}-x`;
  for (const path of [...filesOf(tree, folder), postmortemOf(folder)]) {
    const entry = tree.get(path);
    if (entry === undefined) continue;
    tree.delete(path);
    tree.set(path.startsWith('postmortems/') ? postmortemOf(to) : path.replace(folder, to), entry);
  }
  return true;
};

const addPostmortem: Edit = ({ tree }, choice) => {
  const folder = anyIncident(tree, choice);
  if (folder === null || tree.has(postmortemOf(folder))) return false;
  const promise = ['actions:', `  - what: Rehearse it ${choice.a % 10}`, '    owner: Dana', '    due: 2025-01-02'];
  tree.set(
    postmortemOf(folder),
    file(postmortemText(`What we learned ${choice.a % 100}`, choice.b % 2 === 0 ? promise : [])),
  );
  return true;
};

/** Changes one postmortem. */
const onPostmortem =
  (change: (text: string, choice: Choice) => string | null): Edit =>
  ({ tree }, choice) => {
    const paths = [...tree.keys()].filter((path) => path.startsWith('postmortems/')).sort();
    if (paths.length === 0) return false;
    const path = pick(paths, choice.file);
    const text = change(textOf(tree, path), choice);
    if (text === null) return tree.delete(path);
    tree.set(path, file(text));
    return true;
  };

export const incidentEdits: Readonly<Record<string, Edit>> = {
  'add an update': addUpdate,
  'edit an update': editUpdate,
  'remove an update': removeUpdate,
  'retitle an incident': retitle,
  'add an incident': addIncident,
  'remove an incident': removeIncident,
  'rename a folder': renameFolder,
  'add a postmortem': addPostmortem,
  'remove a postmortem': onPostmortem(() => null),
  'edit a postmortem': onPostmortem((text, { a }) => `${text}\nA last word, number ${a % 1000}.\n`),
  'hide or show a postmortem': onPostmortem((text) =>
    /^draft: true$/m.test(text)
      ? text.replace(/^draft: true$/m, 'published: 2024-12-30T10:00Z')
      : text.replace(/^published: .*$/m, 'draft: true'),
  ),
};
