import { isMap, isSeq, parseDocument, visit } from 'yaml';
import type { ContentTree } from '../../src/lib/content/content-tree.ts';
import { problemLine, type SourceFile, textOf } from '../../src/lib/content/problem.ts';
import { componentsPath, readComponents } from '../../src/lib/content/read-components.ts';
import { freeName } from '../../src/lib/content/update-name.ts';
import { type NewFile, toYaml } from '../../src/lib/content/write-content.ts';
import type { Component } from '../../src/lib/domain/vocabulary.ts';
import { isTaken, slugify } from '../../src/lib/schema/components-file.ts';
import { UserError } from '../cli/errors.ts';
import { namesComponents } from './existing.ts';
import {
  type CodedComponent,
  type ComponentIds,
  nameOf,
  type PlannedComponent,
  type PlannedComponents,
  type PlannedGroup,
} from './plan.ts';

/**
 * The id of an imported component: of the first of its names that has letters for one, free of the ids in `others`, and
 * one that `components.yml` takes.
 */
export function componentId(names: readonly string[], others: Iterable<string>): string {
  const taken = new Set(others);
  const name = names.map(slugify).find((slug) => slug !== '') ?? 'component';
  return freeName(isTaken(name) ? `${name}-service` : name, (candidate) => taken.has(candidate));
}

/** A component as another page lists it. */
export type Listed = {
  readonly code: string;
  readonly name: string;
  readonly description?: string;
  /** The heading it stands under there. */
  readonly group?: string;
  /** A name to make its id from, instead of its own. */
  readonly wish?: string;
  readonly more?: Omit<PlannedComponent, 'id' | 'name' | 'description' | 'retired'>;
};

/**
 * Plans `components.yml` from a list (null when the source has none) and from `gone`, which only the history names.
 * Those are retired if there is a list. `used` are the codes that the history names, and `groups` the order of groups.
 */
export function planList(
  list: readonly Listed[] | null,
  used: Iterable<string>,
  gone: readonly Listed[],
  groups: readonly string[] = [],
): PlannedComponents {
  const planned = new Map<string, PlannedComponent>();
  const plan = ({ code, name, description = '', wish, more }: Listed, retired: boolean): PlannedComponent => {
    const id = componentId(
      [wish ?? name, name],
      [...planned.values()].map((one) => one.id),
    );
    const { since, ...rest } = more ?? {};
    const component = {
      id,
      name: nameOf(name) || id,
      ...(nameOf(description) === '' ? {} : { description: nameOf(description) }),
      ...(since === undefined ? {} : { since }),
      ...(retired ? { retired: true as const } : {}),
      ...rest,
    };
    planned.set(code, component);
    return component;
  };
  const now = (list ?? []).map((one) => ({ group: one.group, component: plan(one, false) }));
  const before = gone.map((one) => plan(one, list !== null));
  const inGroup = (name: string | undefined) =>
    now.filter(({ group }) => group === name).map(({ component }) => component);
  const names = new Set([...groups, ...now.flatMap(({ group }) => group ?? [])]);
  return {
    isList: list !== null,
    ids: new Map([...planned].map(([code, { id }]) => [code, id])),
    file: {
      components: [...inGroup(undefined), ...before],
      groups: [...names]
        .map((name) => ({ name: nameOf(name), components: inGroup(name) }))
        .filter(({ components }) => components.length > 0),
    },
    used: new Set(used),
    all: [...planned].map(([code, component]) => ({ code, planned: component })),
  };
}

type Matched = {
  readonly ids: ComponentIds;
  /** Those that `components.yml` does not have. */
  readonly lacking: readonly CodedComponent[];
};

/**
 * The ids that an existing `components.yml` has for these: the same id first, then the same name, and no id for two of
 * them.
 */
function matchComponents(components: readonly CodedComponent[], known: readonly Component[]): Matched {
  const ids = new Map<string, string>();
  for (const { code, planned } of components) {
    if (known.some(({ id }) => id === planned.id)) ids.set(code, planned.id);
  }
  for (const { code, planned } of components.filter((component) => !ids.has(component.code))) {
    const free = known.filter(({ id }) => ![...ids.values()].includes(id));
    const same = free.find(({ name }) => name.toLowerCase() === planned.name.toLowerCase());
    if (same !== undefined) ids.set(code, same.id);
  }
  return { ids, lacking: components.filter(({ code }) => !ids.has(code)) };
}

/**
 * The text of a `components.yml` with planned components behind those that are there, each in its group.
 * All that the file says stays, comments included. `text` is a file that could be read.
 */
function addComponents(text: string, file: PlannedComponents['file'], ids: ReadonlySet<string>): string {
  const document = parseDocument(text, { schema: 'core', version: '1.2' });
  const append = (path: readonly (string | number)[], values: readonly (PlannedComponent | PlannedGroup)[]): void => {
    if (values.length === 0) return;
    if (!isSeq(document.getIn(path))) return document.setIn(path, document.createNode(values));
    for (const value of values) document.addIn(path, document.createNode(value));
  };
  const pick = (components: readonly PlannedComponent[]): PlannedComponent[] =>
    components.filter(({ id }) => ids.has(id));
  const groups: unknown = document.toJS().groups ?? [];
  const names = Array.isArray(groups) ? groups.map(({ name }: PlannedGroup) => name) : [];
  append(['components'], pick(file.components));
  for (const { name, components } of file.groups) {
    const lacking = pick(components);
    const at = names.indexOf(name);
    if (at !== -1) append(['groups', at, 'components'], lacking);
    else if (lacking.length > 0) append(['groups'], [{ name, components: lacking }]);
  }
  return document.toString({ lineWidth: 0 });
}

/**
 * A `since` of `components.yml` that is later than the history that is taken over; `to` is the other page's own, or
 * null for none.
 */
type LateSince = { readonly id: string; readonly from: string; readonly to: string | null };

/** What `init` wrote for a new page is too late for one that brings its history: the days before wouldn't count. */
function lateSinces({ all, used }: PlannedComponents, ids: ComponentIds, known: readonly Component[]): LateSince[] {
  return all.flatMap(({ code, planned: { since = null } }): LateSince[] => {
    const there = known.find(({ id }) => id === ids.get(code));
    if (there?.since == null) return [];
    const isLate = since === null ? used.has(code) : since < there.since;
    return isLate ? [{ id: there.id, from: there.since, to: since }] : [];
  });
}

/** The text of a `components.yml` with these dates put right; all else stays, comments included. */
function putSinceRight(text: string, late: readonly LateSince[]): string {
  if (late.length === 0) return text;
  const document = parseDocument(text, { schema: 'core', version: '1.2' });
  visit(document, {
    Map(_, node) {
      const found = isMap(node) ? late.find(({ id }) => node.get('id') === id) : undefined;
      if (found === undefined) return;
      if (found.to === null) node.delete('since');
      else node.set('since', found.to);
    },
  });
  return document.toString({ lineWidth: 0 });
}

function sinceRemark({ id, from, to }: LateSince, content: string): string {
  return `${content}/components.yml said that ${id} started on ${from}; it now has ${to ?? 'no start, so its whole history counts'}`;
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

type Settled = {
  readonly ids: ComponentIds;
  readonly files: readonly NewFile[];
  readonly edits: readonly NewFile[];
  readonly added: readonly string[];
  readonly remarks: readonly string[];
};

/**
 * Our ids by a `components.yml` that is there, with what it lacks as an edit of it, as long as nothing in use can be
 * confused.
 */
function joinComponents(planned: PlannedComponents, file: SourceFile, tree: ContentTree, content: string): Settled {
  const { groups, problems } = readComponents(file);
  const [problem] = problems;
  if (groups === null)
    throw new UserError(
      problem === undefined ? `${content}/${componentsPath} cannot be read` : problemLine(problem, content),
    );
  const known = groups.flatMap(({ components }) => components);
  if (planned.isList && !namesComponents(tree)) {
    const { ids, lacking } = matchComponents(planned.all, known);
    const added = lacking.map((component) => component.planned.id);
    const late = lateSinces(planned, ids, known);
    const text = addComponents(putSinceRight(textOf(file.bytes), late), planned.file, new Set(added));
    const all = new Map([...ids, ...lacking.map(({ code, planned: { id } }) => [code, id] as const)]);
    return {
      ids: all,
      files: [],
      edits: added.length + late.length === 0 ? [] : [{ path: componentsPath, text }],
      added,
      remarks: late.map((one) => sinceRemark(one, content)),
    };
  }
  const { ids, lacking } = matchComponents(
    planned.all.filter(({ code }) => planned.used.has(code)),
    known,
  );
  if (lacking.length === 0) return { ids, files: [], edits: [], added: [], remarks: [] };
  const lines = toYaml(lacking.map((component) => component.planned))
    .trimEnd()
    .split('\n');
  throw new UserError(
    [
      `${content}/${componentsPath} lacks components that the history names. Add these below "components:", and import again`,
      ...lines,
    ].join('\n'),
  );
}

/**
 * Our ids for the components, and `components.yml` if there is none or it is the same. `missing` is the error when the
 * source names no component at all.
 */
export function settleComponents(
  planned: PlannedComponents,
  tree: ContentTree,
  content: string,
  missing: string,
): Settled {
  const text = toYaml(Object.fromEntries(Object.entries(planned.file).filter(([, value]) => isFilled(value))));
  const file = { path: componentsPath, text };
  const there = tree.files.find(({ path }) => path === componentsPath);
  if (there === undefined && !isFilled(planned.file.components) && !isFilled(planned.file.groups))
    throw new UserError(missing);
  const isSame = there === undefined || textOf(there.bytes) === text;
  return isSame
    ? { ids: planned.ids, files: [file], edits: [], added: [], remarks: [] }
    : joinComponents(planned, there, tree, content);
}
