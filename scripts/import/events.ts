import type { ContentTree } from '../../src/lib/content/content-tree.ts';
import { settingsPath } from '../../src/lib/content/read-settings.ts';
import { updateName } from '../../src/lib/content/update-name.ts';
import { cleanBody, fileText, type NewFile } from '../../src/lib/content/write-content.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import { withoutBlanks } from '../../src/lib/domain/template.ts';
import type { ComponentStates, Impact, IncidentStatus, MaintenanceStatus } from '../../src/lib/domain/vocabulary.ts';
import { withoutHidden } from '../../src/lib/schema/text.ts';
import { shortUtc } from '../../src/lib/schema/time-fields.ts';
import { label } from '../../src/lib/words/en.ts';
import { UserError } from '../cli/errors.ts';
import { settleComponents } from './components.ts';
import { existingFolders, folderNames } from './existing.ts';
import { type ComponentIds, countOf, type Note, type Plan, type PlannedComponents } from './plan.ts';

/** An update as it will be written. `place` is where it stood, for notes. */
export type ImportedUpdate<S> = {
  readonly at: Instant;
  readonly status: S;
  readonly body: string;
  readonly place: string;
  readonly components?: ComponentStates;
};

type EventFilesImported<S> = {
  /** Without the prefix of its importer. */
  readonly id: string;
  readonly source: string;
  readonly title: string;
  /** Oldest first; never empty. */
  readonly updates: readonly ImportedUpdate<S>[];
};

export type ImportedIncident = EventFilesImported<IncidentStatus> & {
  readonly kind: 'incident';
  readonly impact: Impact;
  readonly started?: Instant;
};
export type ImportedWindow = EventFilesImported<MaintenanceStatus> & {
  readonly kind: 'maintenance';
  readonly from: Instant;
  readonly until: Instant;
};
export type ImportedEvent = ImportedIncident | ImportedWindow;

/** Each at a time of its own: those at the same millisecond are set one apart. */
function spaced<S>(updates: readonly ImportedUpdate<S>[], note: Note): ImportedUpdate<S>[] {
  let latest = -Infinity;
  return updates.map((update) => {
    const at = Math.max(update.at, latest + 1);
    latest = at;
    if (at !== update.at) note(`${update.place}: has the same time as another update, and became ${updateName(at)}`);
    return { ...update, at };
  });
}

/** The files of an incident or a maintenance, oldest first, below its folder. */
export function eventFiles(event: ImportedEvent, folder: string, note: Note): NewFile[] {
  const top = event.kind === 'incident' ? 'incidents' : 'maintenance';
  return spaced<IncidentStatus | MaintenanceStatus>(event.updates, note).map(
    ({ at, status, body, place, components }, index) => {
      const opening = {
        title: withoutHidden(event.title),
        source: event.source,
        ...(event.kind === 'incident'
          ? { impact: event.impact, started: event.started === undefined ? undefined : shortUtc(event.started) }
          : { scheduled_for: shortUtc(event.from), scheduled_until: shortUtc(event.until) }),
      };
      const written = cleanBody(body.replaceAll('\0', ''));
      const text = withoutHidden(written);
      if (text !== written) note(`${place}: held characters that nobody sees, which are left out`);
      if (text === '') note(`${place}: has no text, and got its status for one`);
      const fields = {
        ...(index === 0 ? opening : {}),
        status,
        components,
        // Nobody promised anything at the time.
        next_update: event.kind === 'incident' && status !== 'resolved' ? 'none' : undefined,
      };
      return {
        path: `${top}/${folder}/${updateName(at)}.md`,
        text: fileText(fields, text === '' ? `${label(status)}.` : withoutBlanks(text)),
      };
    },
  );
}

/** `site.yml`, when there is none or it is the same. `plan` gives its text, and throws UserError when the other page says too little. */
export function settleSite(
  tree: ContentTree,
  plan: (note: (text: string) => void) => string,
  note: (text: string) => void,
): NewFile[] {
  const there = tree.files.find(({ path }) => path === settingsPath);
  if (there === undefined) return [{ path: settingsPath, text: plan(note) }];
  try {
    const text = plan(() => undefined);
    return new TextDecoder().decode(there.bytes) === text ? [{ path: settingsPath, text }] : [];
  } catch (error) {
    // The settings that are there hold, whatever the other page lacks.
    if (error instanceof UserError) return [];
    throw error;
  }
}

/** What another page comes to, in terms of this one. */
type Imported = {
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
