import { parse, stringify } from 'yaml';
import { updateName } from '../../src/lib/content/update-name.ts';
import { day, hour, type Instant, isoTime, minute } from '../../src/lib/domain/calendar.ts';
import { componentStatuses, impacts, incidentStatuses } from '../../src/lib/domain/vocabulary.ts';
import { type Base, type Choice, file, partOf, pick, type Tree } from './content.ts';
import { type Code, codeEdits } from './project-copy.ts';
import { naiveTime } from './oracle.ts';
import { fuzzNow } from './run.ts';

/** A content folder, the current time, and edits to the build code. */
export type Moment = { readonly tree: Tree; now: Instant; code: Code };

/**
 * A change that people or the clock make to a page. It modifies the moment. Returns false if
 * it found nothing to change.
 */
export type Edit = (moment: Moment, choice: Choice) => boolean;

/** The path of an update, including its folder. */
const updatePath = (folder: string, at: Instant): string => `${folder}/${updateName(at)}.md`;

/** Rounds down to a whole minute, as people write times. */
const wholeMinute = (at: Instant): Instant => Math.floor(at / minute) * minute;

const timeField = (at: Instant): string => isoTime(wholeMinute(at)).replace(':00.000Z', 'Z');

/** The text of an update: fields as typed, and Markdown. */
const updateText = (fields: readonly string[], body: string): string => `---\n${fields.join('\n')}\n---\n${body}\n`;

function postmortemText(title: string, more: readonly string[] = [], when = 'published: 2024-12-30T10:00Z'): string {
  return updateText(
    [
      `title: ${title}`,
      when,
      'authors:',
      '  - Dana',
      'summary: Some requests failed.',
      'customer_data: unaffected',
      'lessons:',
      '  - Rehearse the rollback',
      ...more,
    ],
    `## What happened\n\n${title}.`,
  );
}

/**
 * Part of the history, plus what past events lack: an open incident with a promise, running and upcoming maintenance,
 * a postmortem, and a draft.
 */
export function startOf(base: Base, size: number): Moment {
  const step = Math.max(1, Math.floor(base.incidents.length / size));
  const incidents = base.incidents.filter((_, nth) => nth % step === 0).slice(0, size);
  const tree: Tree = new Map([
    ...base.site,
    ...incidents.flatMap((files) => [...files]),
    ...base.maintenances.slice(0, 4).flatMap((files) => [...files]),
  ]);
  const now = fuzzNow;
  const slugs = incidents.map((files) => [...files.keys()][0]?.split('/')[1] ?? '');
  tree.set(`postmortems/${slugs[0]}.md`, file(postmortemText('What the rollback did')));
  tree.set(`postmortems/${slugs[2]}.md`, file(postmortemText('What nobody has read yet', [], 'draft: true')));
  const open = 'incidents/2024-12-31-slow-pages';
  tree.set(
    updatePath(open, now - hour),
    file(
      updateText(
        [
          'title: Pages are slow',
          'status: investigating',
          'impact: minor',
          'next_update: 2h',
          'lead: Dana',
          'customer_data: under_review',
        ],
        'Some pages are slow.',
      ),
    ),
  );
  const windows: readonly [string, Instant, Instant][] = [
    ['running', now - hour, now + 2 * hour],
    ['to-come', now + day, now + day + hour],
  ];
  for (const [name, from, to] of windows) {
    tree.set(
      updatePath(`maintenance/2024-12-30-${name}`, now - 2 * day),
      file(
        updateText(
          [
            `title: Work that is ${name.replace('-', ' ')}`,
            'status: scheduled',
            `scheduled_for: ${timeField(from)}`,
            `scheduled_until: ${timeField(to)}`,
          ],
          'Nothing should be felt.',
        ),
      ),
    );
  }
  return { tree, now, code: new Map() };
}

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

/** The ids of all components, in list order. */
const componentIds = (tree: Tree): string[] => all(read(tree)).map(({ id }) => id);

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

const componentEdits: Readonly<Record<string, Edit>> = {
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

/** The folders below `top`. */
const foldersOf = (tree: Tree, top: string): string[] =>
  [...new Set([...tree.keys()].filter((path) => path.startsWith(`${top}/`)).map(partOf))].sort();

/** The updates of a folder, oldest first. */
const filesOf = (tree: Tree, folder: string): string[] =>
  [...tree.keys()].filter((path) => path.startsWith(`${folder}/`)).sort((a, b) => timeOf(a) - timeOf(b));

const timeOf = (path: string): Instant => naiveTime(path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/, ''));

const textOf = (tree: Tree, path: string): string => {
  const entry = tree.get(path);
  return entry?.kind === 'file' ? entry.bytes.toString() : '';
};

/** A moment after the last update of a folder, no later than `now`, that no update uses yet; null if there is none. */
function freeTime({ tree, now }: Moment, folder: string, number: number): Instant | null {
  const last = timeOf(filesOf(tree, folder).at(-1) ?? '');
  const room = Math.floor((Math.min(now, last + 3 * day) - last) / minute) - 1;
  return room < 1 ? null : wholeMinute(last) + (1 + (number % room)) * minute;
}

/** Changes the text of one update, and sometimes marks it as edited. */
function reword({ tree, now }: Moment, path: string, { a, b }: Choice): boolean {
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

/** Usually one of the newest incidents, which get more updates. */
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
  'change the remedy in a postmortem': onPostmortem((text, { a }) =>
    text.replace(/^remedy: .*\n/m, '').replace(/^lessons:$/m, `remedy: Everybody gets ${a % 1000} credits.\n$&`),
  ),
  'hide or show a postmortem': onPostmortem((text) =>
    /^draft: true$/m.test(text)
      ? text.replace(/^draft: true$/m, 'published: 2024-12-30T10:00Z')
      : text.replace(/^published: .*$/m, 'draft: true'),
  ),
};

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

const siteEditsPath = 'site.yml';

/** Sets a field of one line of `site.yml`. */
const setting =
  (name: string, valueOf: (choice: Choice) => string): Edit =>
  ({ tree }, choice) => {
    const kept = textOf(tree, siteEditsPath).replace(new RegExp(`^${name}:.*\\n(?:[ -].*\\n)*`, 'm'), '');
    tree.set(siteEditsPath, file(`${kept.trimEnd()}\n${name}: ${valueOf(choice)}\n`));
    return true;
  };

/** The times at which a page may change although nobody wrote anything, as far as files specify them. */
function moments(tree: Tree): number[] {
  return [...tree.keys()].flatMap((one) =>
    [...textOf(tree, one).matchAll(/^scheduled_(?:for|until): (\S+)$/gm)].map(([, time = '']) => Date.parse(time)),
  );
}

const boundary: Edit = (moment, { a, b }) => {
  const next = moments(moment.tree)
    .filter((at) => at >= moment.now && at < moment.now + 9 * day)
    .sort((one, other) => one - other);
  if (next.length === 0) return false;
  const at = pick(next, a) + pick([-minute, -1, 0, 1, minute], b);
  if (at <= moment.now) return false;
  moment.now = at;
  return true;
};

const siteEdits: Readonly<Record<string, Edit>> = {
  'rename the site': setting('name', ({ a }) => `Site ${a % 100}`),
  'another time zone': setting('time_zone', ({ a }) =>
    pick(
      ['Europe/Berlin', 'Australia/Lord_Howe', 'America/New_York', 'Etc/UTC', 'Pacific/Auckland', 'Asia/Kolkata'],
      a,
    ),
  ),
  'another locale': setting('locale', ({ a }) => pick(['en-GB', 'de-DE', 'en-US', 'fr-FR'], a)),
  'another accent': setting('accent', ({ a }) => pick(['"#1f6f5c"', '"#a00"', '"#123456"'], a)),
  'other links': setting('links', ({ a }) => `[{ label: Help ${a % 10}, url: https://www.example.com/help/${a % 7} }]`),
  'another address': setting('url', ({ a }) =>
    pick(['https://status.example.com', 'https://www.example.com/status', 'https://www.githubstatus.com'], a),
  ),
  'another cadence': setting(
    'cadence',
    ({ a }) => `{ check_in: 15m, update: ${pick(['at :00', 'at :45', '20m', '1h'], a)} }`,
  ),
  'other goals': setting('priorities', ({ a }) => `[Be kind ${a % 10}, Tell customers]`),
  'show people or not': setting('show_people', ({ a }) =>
    pick(['yes', 'no'], a).replace('yes', 'true').replace('no', 'false'),
  ),
  'another promise of postmortems': setting('postmortem_within', ({ a }) => `${1 + (a % 20)}d`),
  'another template': ({ tree }, { a }) => (
    tree.set(
      'templates/looking.md',
      file(`---\nstatus: investigating\nlabel: We look ${a % 100}\n---\nSome requests fail.\n`),
    ),
    true
  ),
};

export const clockEdits: Readonly<Record<string, Edit>> = {
  'the clock goes on': (moment, { a, b }) => (
    (moment.now += pick([1, 7, 31, 90, 1440, 3000], b) * minute + (a % minute)),
    true
  ),
  'the clock comes to a window': boundary,
};

/** All edits by name. */
export const edits: Readonly<Record<string, Edit>> = {
  ...incidentEdits,
  ...maintenanceEdits,
  ...componentEdits,
  ...siteEdits,
  ...clockEdits,
  ...codeEdits,
};
