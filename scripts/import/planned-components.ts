import type { Instant } from '../../src/domain/instant.ts';

/** The name under which Halfpast knows a component, by the code that the other page has for it. */
export type ComponentIds = ReadonlyMap<string, string>;

/** A component as it will stand in `components.yml`. */
export type PlannedComponent = {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly since?: string;
  readonly retired?: true;
  readonly showcase?: false;
  readonly created?: string;
  readonly changed?: string;
};

/** `code` is what the other page calls it: an id, a name or a label. */
export type CodedComponent = { readonly code: string; readonly planned: PlannedComponent };

export type PlannedGroup = { readonly name: string; readonly components: readonly PlannedComponent[] };

export type PlannedComponents = {
  readonly ids: ComponentIds;
  /** The content of `components.yml`. */
  readonly file: { readonly components: readonly PlannedComponent[]; readonly groups: readonly PlannedGroup[] };
  /** Those that incidents and maintenances name. */
  readonly used: readonly CodedComponent[];
  /** Those and all others of the list. */
  readonly all: readonly CodedComponent[];
};

/** An entry of another page, as far as its folder is named by it. */
export type Entry = { readonly id: string; readonly name: string; readonly created_at: Instant };
