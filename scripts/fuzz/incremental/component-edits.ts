import { parse, stringify } from 'yaml';
import { type Choice, pick } from '../mutation.ts';
import { file, type Tree } from '../tree.ts';
import type { Edit } from './history.ts';

type Component = Record<string, unknown> & { readonly id: string; name: string };
type Group = { name: string; readonly components: Component[] };
type List = { components?: Component[]; groups?: Group[] };

const path = 'components.yml';

const read = (tree: Tree): List => {
  const entry = tree.get(path);
  return entry?.kind === 'file' ? (parse(entry.bytes.toString()) as List) : {};
};

const all = ({ components = [], groups = [] }: List): Component[] => [
  ...components,
  ...groups.flatMap((group) => group.components),
];

/** The ids of all components, in the order of the list. */
export const componentIds = (tree: Tree): string[] => all(read(tree)).map(({ id }) => id);

/** Changes the list of components as data. */
const onList =
  (change: (list: List, choice: Choice) => boolean): Edit =>
  ({ tree }, choice) => {
    const list = read(tree);
    if (!change(list, choice)) return false;
    const { components = [], groups = [] } = list;
    const kept = groups.filter((group) => group.components.length > 0);
    tree.set(
      path,
      file(
        stringify({ ...(components.length > 0 ? { components } : {}), ...(kept.length > 0 ? { groups: kept } : {}) }),
      ),
    );
    return true;
  };

const onOne = (change: (component: Component, choice: Choice) => void): Edit =>
  onList((list, choice) => {
    const components = all(list);
    if (components.length === 0) return false;
    change(pick(components, choice.file), choice);
    return true;
  });

const move = onList((list, { file: nth, a }) => {
  const { components = [], groups = [] } = list;
  const from = a % 2 === 0 || groups.length === 0 ? components : pick(groups, a).components;
  const [moved] = from.splice(nth % Math.max(1, from.length), 1);
  if (moved === undefined) return false;
  const name = `Group ${a % 3}`;
  const group = groups.find((one) => one.name === name);
  if (group === undefined) list.groups = [...groups, { name, components: [moved] }];
  else group.components.push(moved);
  return true;
});

export const componentEdits: Readonly<Record<string, Edit>> = {
  'rename a component': onOne(
    (component, { a }) => void (component.name = `${component.name.slice(0, 30)} ${a % 100}`),
  ),
  'describe a component': onOne((component, { a }) => void (component['description'] = `What it does: ${a % 100}`)),
  'retire or bring back a component': onOne((component) => void (component['retired'] = component['retired'] !== true)),
  'hide or show days': onOne((component) => void (component['showcase'] = component['showcase'] === false)),
  'date a component': onOne(
    (component, { a }) => void (component['since'] = `2024-${String(1 + (a % 12)).padStart(2, '0')}-01`),
  ),
  'move a component': move,
  'rename a group': onList(
    ({ groups = [] }, { file: nth, a }) => groups.length > 0 && Boolean((pick(groups, nth).name = `Part ${a % 1000}`)),
  ),
  'add a component': onList((list, { a }) => {
    if (all(list).some(({ id }) => id === `new-${a % 50}`)) return false;
    list.components = [...(list.components ?? []), { id: `new-${a % 50}`, name: `New ${a % 50}` }];
    return true;
  }),
};
