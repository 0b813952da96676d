import { type Document, isSeq, parseDocument, visit } from 'yaml';
import type { ContentTree } from '../../src/lib/content/content-tree.ts';
import { type SourceFile, textOf } from '../../src/lib/content/problem.ts';
import { componentsPath, readComponents } from '../../src/lib/content/read-components.ts';
import { freeName } from '../../src/lib/content/update-name.ts';
import { type NewFile, toYaml } from '../../src/lib/content/write-content.ts';
import type { Component } from '../../src/lib/domain/vocabulary.ts';
import { isTaken, slugify } from '../../src/lib/schema/components-file.ts';
import { orRefuse } from '../cli/content.ts';
import { UserError } from '../cli/errors.ts';
import { namesComponents } from './reimport.ts';
import {
  type CodedComponent,
  type ComponentIds,
  nameOf,
  type PlannedComponent,
  type PlannedComponents,
  type PlannedGroup,
} from './plan.ts';

/**
 * The id of an imported component, made from the first of its names that has usable letters. It's valid in
 * `components.yml`, and not in `others`.
 */
export function newComponentId(names: readonly string[], others: Iterable<string>): string {
  const taken = new Set(others);
  const name = names.map(slugify).find((slug) => slug !== '') ?? 'component';
  return freeName(isTaken(name) ? `${name}-service` : name, (candidate) => taken.has(candidate));
}

/** A component, as listed on another page. */
export type Listed = {
  readonly code: string;
  readonly name: string;
  readonly description?: string;
  /** Its heading on that page. */
  readonly group?: string;
  /** The name from which to make its id, instead of its own. */
  readonly wish?: string;
  readonly more?: Omit<PlannedComponent, 'id' | 'name' | 'description' | 'retired'>;
};

/** The components of another page. */
type ComponentList = {
  /** The listed components; null if the source has no list. */
  readonly list: readonly Listed[] | null;
  /** The codes in the history. */
  readonly used: Iterable<string>;
  /** The components that are only in the history. If there's a list, they are retired. */
  readonly gone: readonly Listed[];
  /** The order of the groups. */
  readonly groups?: readonly string[];
};

/** Plans `components.yml`. */
export function planList({ list, used, gone, groups = [] }: ComponentList): PlannedComponents {
  const planned = new Map<string, PlannedComponent>();
  const plan = ({ code, name, description = '', wish, more }: Listed, retired: boolean): PlannedComponent => {
    const id = newComponentId(
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

/**
 * Matches components with those in an existing `components.yml`: first by id, then by name, and each id only once.
 * `lacking` are those that aren't in it.
 */
function matchComponents(
  components: readonly CodedComponent[],
  known: readonly Component[],
): { readonly ids: ComponentIds; readonly lacking: readonly CodedComponent[] } {
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

/** Adds planned components, at the end of their groups. */
function addComponents(document: Document, file: PlannedComponents['file'], ids: ReadonlySet<string>): void {
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
}

/**
 * A `since` in `components.yml` that's later than the imported history. `to` is the other page's value; null without
 * one.
 */
type LateSince = { readonly id: string; readonly from: string; readonly to: string | null };

/** The value from `init` is too late for a page with an imported history, because earlier days wouldn't count. */
function lateSinces({ all, used }: PlannedComponents, ids: ComponentIds, known: readonly Component[]): LateSince[] {
  return all.flatMap(({ code, planned: { since = null } }): LateSince[] => {
    const there = known.find(({ id }) => id === ids.get(code));
    if (there?.since == null) return [];
    const isLate = since === null ? used.has(code) : since < there.since;
    return isLate ? [{ id: there.id, from: there.since, to: since }] : [];
  });
}

/** Corrects these dates. */
function putSinceRight(document: Document, late: readonly LateSince[]): void {
  visit(document, {
    Map(_, node) {
      const found = late.find(({ id }) => node.get('id') === id);
      if (found === undefined) return;
      if (found.to === null) node.delete('since');
      else node.set('since', found.to);
    },
  });
}

type Settled = {
  readonly ids: ComponentIds;
  readonly files: readonly NewFile[];
  readonly edits: readonly NewFile[];
  readonly added: readonly string[];
  readonly remarks: readonly string[];
};

/**
 * Halfpast's ids from an existing `components.yml`, and an edit that adds missing components, unless components in use
 * could be confused.
 */
function joinComponents(planned: PlannedComponents, file: SourceFile, tree: ContentTree, content: string): Settled {
  const { groups, problems } = readComponents(file);
  const known = orRefuse(groups, problems, content).flatMap(({ components }) => components);
  if (planned.isList && !namesComponents(tree)) {
    const { ids, lacking } = matchComponents(planned.all, known);
    const added = lacking.map((component) => component.planned.id);
    const late = lateSinces(planned, ids, known);
    // Everything else stays as it is, including comments.
    const document = parseDocument(textOf(file.bytes), { schema: 'core', version: '1.2' });
    putSinceRight(document, late);
    addComponents(document, planned.file, new Set(added));
    const edit = { path: componentsPath, text: document.toString({ lineWidth: 0 }) };
    return {
      ids: new Map([...ids, ...lacking.map(({ code, planned: { id } }) => [code, id] as const)]),
      files: [],
      edits: added.length + late.length === 0 ? [] : [edit],
      added,
      remarks: late.map(
        ({ id, from, to }) =>
          `${content}/components.yml said that ${id} started on ${from}; it now has ${to ?? 'no start, so its whole history counts'}`,
      ),
    };
  }
  const { ids, lacking } = matchComponents(
    planned.all.filter(({ code }) => planned.used.has(code)),
    known,
  );
  if (lacking.length === 0) return { ids, files: [], edits: [], added: [], remarks: [] };
  throw new UserError(
    `${content}/${componentsPath} lacks components that the history names. Add these below "components:", and import again\n${toYaml(lacking.map((component) => component.planned)).trimEnd()}`,
  );
}

/**
 * Halfpast's ids for the components, and `components.yml` if it's new or unchanged. `missing` is the error if the
 * source has no components.
 */
export function settleComponents(
  planned: PlannedComponents,
  tree: ContentTree,
  content: string,
  missing: string,
): Settled {
  const lists = Object.entries(planned.file).filter(([, list]) => list.length > 0);
  const text = toYaml(Object.fromEntries(lists));
  const there = tree.files.find(({ path }) => path === componentsPath);
  if (there === undefined && lists.length === 0) throw new UserError(missing);
  if (there !== undefined && textOf(there.bytes) !== text) return joinComponents(planned, there, tree, content);
  return { ids: planned.ids, files: [{ path: componentsPath, text }], edits: [], added: [], remarks: [] };
}
