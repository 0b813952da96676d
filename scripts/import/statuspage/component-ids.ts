import type { ComponentIds } from '../planned-components.ts';
import type { DumpComponent } from './dump-schema.ts';

export type { ComponentIds };

/** The id for a code; every code of a dump is planned before any is asked for. */
export function idOf(code: string, ids: ComponentIds): string {
  const id = ids.get(code);
  if (id === undefined) throw new Error(`component ${code} was not planned`);
  return id;
}

/** The ids of the components that an entry names outside of its updates, with their worst status. */
export function namedComponents(
  components: readonly DumpComponent[] | null | undefined,
  ids: ComponentIds,
): { readonly id: string; readonly status: DumpComponent['status'] }[] {
  // A group is affected when one of its components is; it has no status of its own.
  return (components ?? [])
    .filter(({ group }) => group !== true)
    .map(({ id, status }) => ({ id: idOf(id, ids), status }));
}
