import { hour, isoTime, minute } from '../../../src/domain/instant.ts';
import { type Choice, pick } from '../mutation.ts';
import { file, type Tree } from '../tree.ts';
import { componentIds } from './component-edits.ts';
import { filesOf, foldersOf, freeTime, reword } from './incident-edits.ts';
import { type Edit, timeField, updatePath, updateText, wholeMinute } from './history.ts';

const anyWork = (tree: Tree, { file: nth }: Choice): string | null => {
  const folders = foldersOf(tree, 'maintenance').reverse();
  return folders.length === 0 ? null : pick(folders, nth);
};

/** A window around or after `at`. */
function windowFields(at: number, { a, b }: Choice): string[] {
  const from = at + (a % 3000) * minute;
  return [`scheduled_for: ${timeField(from)}`, `scheduled_until: ${timeField(from + (1 + (b % 5)) * hour)}`];
}

const add: Edit = ({ tree, now }, choice) => {
  const at = wholeMinute(now) - (choice.b % 2000) * minute;
  const folder = `maintenance/${isoTime(at).slice(0, 10)}-work-${choice.a % 10000}`;
  if (foldersOf(tree, 'maintenance').includes(folder)) return false;
  const ids = componentIds(tree);
  const components =
    choice.b % 2 === 0 && ids.length > 0 ? ['components:', `  ${pick(ids, choice.a)}: under_maintenance`] : [];
  tree.set(
    updatePath(folder, at),
    file(
      updateText(
        [`title: Work ${choice.a % 100}`, 'status: scheduled', ...windowFields(at, choice), ...components],
        'A disk is replaced.',
      ),
    ),
  );
  return true;
};

const tell =
  (fieldsOf: (at: number, choice: Choice) => readonly string[]): Edit =>
  (moment, choice) => {
    const folder = anyWork(moment.tree, choice);
    const at = folder === null ? null : freeTime(moment, folder, choice.b);
    if (folder === null || at === null) return false;
    moment.tree.set(updatePath(folder, at), file(updateText(fieldsOf(at, choice), `It goes on: ${choice.a % 1000}.`)));
    return true;
  };

const edit: Edit = (moment, choice) => {
  const folder = anyWork(moment.tree, choice);
  return folder !== null && reword(moment, pick(filesOf(moment.tree, folder), choice.a), choice);
};

const remove: Edit = ({ tree }, choice) => {
  const folder = anyWork(tree, choice);
  if (folder === null) return false;
  for (const path of filesOf(tree, folder)) tree.delete(path);
  return true;
};

export const maintenanceEdits: Readonly<Record<string, Edit>> = {
  'add a maintenance': add,
  'tell of a maintenance': tell((_, { a }) => [
    `status: ${pick(['scheduled', 'in_progress', 'verifying', 'completed'], a)}`,
  ]),
  'put a maintenance off': tell((at, choice) => ['status: scheduled', ...windowFields(at, choice)]),
  'edit a maintenance': edit,
  'remove a maintenance': remove,
};
