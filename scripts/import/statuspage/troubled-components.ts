import type { ComponentIds } from '../planned-components.ts';
import type { Dump } from './dump-schema.ts';

const over = ['resolved', 'postmortem', 'completed'];

/** Tells of components that are not operational though no open incident or running work says so: in Halfpast only those can. */
export function troubledComponents(
  { components, incidents, maintenances }: Dump,
  ids: ComponentIds,
  note: (text: string) => void,
): void {
  const open = [...incidents, ...maintenances].filter(
    ({ incident_updates: updates }) => !updates.some(({ status }) => over.includes(status)),
  );
  const explained = new Set(
    open.flatMap((event) => [
      ...(event.components ?? []).map(({ id }) => id),
      ...event.incident_updates.flatMap(({ affected_components: affected }) =>
        (affected ?? []).map(({ code }) => code),
      ),
    ]),
  );
  for (const { id: code, name, status, group } of components ?? []) {
    if (group === true || status === 'operational' || explained.has(code)) continue;
    const id = ids.get(code) ?? code;
    note(
      `component ${id} (${name}) is ${status} though no open incident says so, which was not carried over. If it still is, type: npx halfpast open --component ${id}=${status}`,
    );
  }
}
