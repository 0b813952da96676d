import type { ContentTree } from '../../src/content/content-tree.ts';
import { type ImportedEvent, eventFiles } from './event-files.ts';
import { existingFolders } from './existing.ts';
import { folderNames } from './folder-names.ts';
import type { Note } from './note.ts';
import { countOf, type Plan } from './plan.ts';
import type { ComponentIds, PlannedComponents } from './planned-components.ts';
import { settleComponents } from './settle-components.ts';
import { settleSite } from './settle-site.ts';

/** What another page comes to, in terms of this one. */
export type Imported = {
  /** The text of `site.yml`. Throws UserError when the other page says too little for one. */
  readonly site: (note: Note) => string;
  readonly components: PlannedComponents;
  /** Whether the other page gave its whole list of components. */
  readonly isList: boolean;
  /** What to say when there is no component at all. */
  readonly missing: string;
  readonly sourceOf: (id: string) => string;
  /** The events, in which components are named by our ids. */
  readonly events: (ids: ComponentIds) => readonly ImportedEvent[];
};

/** Plans an import into a content folder as it is. Pure but for `notes`, to which what is found on the way is added. Throws UserError when it cannot be done. */
export function planEvents(imported: Imported, tree: ContentTree, content: string, notes: string[]): Plan {
  const note = (text: string): void => void notes.push(text);
  const site = settleSite(tree, imported.site, note);
  const { ids, files, edits, added, remarks } = settleComponents(
    imported.components,
    imported.isList,
    tree,
    content,
    imported.missing,
  );
  const events = imported.events(ids);
  const plan = (kind: ImportedEvent['kind'], top: 'incidents' | 'maintenance') => {
    const those = events.filter((event) => event.kind === kind);
    const entries = those.map(({ id, title, updates }) => ({ id, name: title, created_at: updates[0]?.at ?? 0 }));
    const folders = folderNames(entries, existingFolders(top, tree), kind, imported.sourceOf);
    return those.map((event) => eventFiles(event, folders.get(event.id) ?? '', note));
  };
  const incidents = plan('incident', 'incidents');
  const maintenances = plan('maintenance', 'maintenance');
  return {
    edits,
    added,
    files: [...site, ...files, ...incidents.flat(), ...maintenances.flat()],
    counts: countOf(incidents, maintenances),
    notes,
    remarks,
  };
}
