import type { ContentTree } from '../../src/lib/content/content-tree.ts';
import { textOf } from '../../src/lib/content/problem.ts';
import { settingsPath } from '../../src/lib/content/read-settings.ts';
import { updateName } from '../../src/lib/content/update-name.ts';
import { cleanBody, type Fields, fileText, type NewFile } from '../../src/lib/content/write-content.ts';
import { type Instant, minute } from '../../src/lib/domain/calendar.ts';
import { withoutBlanks } from '../../src/lib/domain/template.ts';
import type { ComponentStates, Impact, IncidentStatus, MaintenanceStatus } from '../../src/lib/domain/vocabulary.ts';
import { withoutHidden } from '../../src/lib/schema/hidden.ts';
import { shortUtc } from '../../src/lib/schema/time-fields.ts';
import { label } from '../../src/lib/words/en.ts';
import { UserError } from '../cli/errors.ts';
import { settleComponents } from './components.ts';
import { existingFolders, folderNames } from './reimport.ts';
import type { ComponentIds, Note, Plan, PlannedComponents } from './plan.ts';

/** An update to write. `place` is its position in the source, for notes. */
export type ImportedUpdate<S> = {
  readonly at: Instant;
  readonly status: S;
  readonly body: string;
  readonly place: string;
  readonly components?: ComponentStates;
  /** A new end of the window, if the work took longer. */
  readonly until?: Instant;
};

type Imported<S> = {
  /** Its id in the source, without a prefix. */
  readonly id: string;
  readonly source: string;
  readonly title: string;
  /** The time in its folder's name. Defaults to the time of the first update. */
  readonly created?: Instant;
  /** Oldest first. Events without updates aren't written. */
  readonly updates: readonly ImportedUpdate<S>[];
};

export type ImportedIncident = Imported<IncidentStatus> & {
  readonly kind: 'incident';
  readonly impact: Impact;
  readonly started?: Instant;
};
export type ImportedWindow = Imported<MaintenanceStatus> & {
  readonly kind: 'maintenance';
  readonly from: Instant;
  readonly until: Instant;
};
export type ImportedEvent = ImportedIncident | ImportedWindow;

/** Gives each update a unique time: those in the same millisecond are moved a millisecond apart. */
export function spaced<S>(updates: readonly ImportedUpdate<S>[], note: Note): ImportedUpdate<S>[] {
  let latest = -Infinity;
  return updates.map((update) => {
    const at = Math.max(update.at, latest + 1);
    latest = at;
    if (at !== update.at)
      note(`${update.place}: had the same time as another update, and was moved to ${updateName(at)}`);
    return { ...update, at };
  });
}

/** Adds a new end of the window to updates from after the announced end. */
export function extended(updates: readonly ImportedUpdate<MaintenanceStatus>[], until: Instant, note: Note) {
  let end = until;
  return updates.map((update, index) => {
    const isLate =
      update.status === 'completed'
        ? index > 0 && update.at - end >= minute && updates[index - 1]?.status !== 'completed'
        : update.status !== 'scheduled' && update.at >= end;
    if (!isLate) return update;
    end = update.status === 'completed' ? update.at : (updates[index + 1]?.at ?? update.at + minute);
    note(`${update.place}: the work ran past its window, which was extended`);
    return { ...update, until: end };
  });
}

/** The updates of an ongoing incident. Later ones than the last active one become monitoring; `why` says why. */
export function stillOpen<T extends { readonly status: IncidentStatus; readonly place: string }>(
  updates: readonly T[],
  why: string,
  note: Note,
): T[] {
  const lastActive = updates.findLastIndex(({ status }) => status !== 'resolved');
  return updates.map((update, index) => {
    if (index <= lastActive) return update;
    note(`${update.place}: ${why}, so it became monitoring`);
    return { ...update, status: 'monitoring' };
  });
}

/** The files of an incident or a maintenance window, oldest first. */
export function eventFiles(event: ImportedEvent, folder: string, note: Note): NewFile[] {
  const top = event.kind === 'incident' ? 'incidents' : 'maintenance';
  return spaced<IncidentStatus | MaintenanceStatus>(event.updates, note).map(
    ({ at, status, body, place, components, until }, index) => {
      const opening: Fields = {
        title: withoutHidden(event.title),
        source: event.source,
        ...(event.kind === 'incident'
          ? { impact: event.impact, started: event.started === undefined ? undefined : shortUtc(event.started) }
          : { scheduled_for: shortUtc(event.from), scheduled_until: shortUtc(event.until) }),
      };
      const written = cleanBody(body.replaceAll('\0', ''));
      const text = withoutHidden(written);
      if (text !== written) note(`${place}: invisible characters were removed`);
      if (text === '') note(`${place}: had no text, and got its status as text`);
      const fields: Fields = {
        ...(index === 0 ? opening : {}),
        status,
        components,
        ...(until === undefined ? {} : { scheduled_until: shortUtc(until) }),
        // The source promised no next update.
        next_update: event.kind === 'incident' && status !== 'resolved' ? 'none' : undefined,
      };
      return {
        path: `${top}/${folder}/${updateName(at)}.md`,
        text: fileText(fields, text === '' ? `${label(status)}.` : withoutBlanks(text)),
      };
    },
  );
}

/**
 * Plans `site.yml`, if it's missing or unchanged. `plan` returns its text, and throws UserError if the source lacks too
 * much.
 */
function planSiteFile(tree: ContentTree, plan: (note: Note) => string, note: Note): NewFile[] {
  const there = tree.files.find(({ path }) => path === settingsPath);
  if (there === undefined) return [{ path: settingsPath, text: plan(note) }];
  try {
    const text = plan(() => undefined);
    return textOf(there.bytes) === text ? [{ path: settingsPath, text }] : [];
  } catch (error) {
    // The existing settings don't change, no matter what the source lacks.
    if (error instanceof UserError) return [];
    throw error;
  }
}

/** The content of another status page, converted to Halfpast's terms. */
type Source = {
  /** The text of `site.yml`. Throws UserError if the source lacks too much. */
  readonly site: (note: Note) => string;
  readonly components: PlannedComponents;
  /** The error if there are no components. */
  readonly missing: string;
  /** The events, with Halfpast's component ids. */
  readonly events: (ids: ComponentIds) => readonly ImportedEvent[];
};

/**
 * Plans an import into a content folder, and adds to `notes`. Otherwise pure. Throws UserError if it isn't possible.
 */
export function planEvents(imported: Source, tree: ContentTree, content: string, notes: string[]): Plan {
  const note = (text: string): void => void notes.push(text);
  const site = planSiteFile(tree, imported.site, note);
  const { ids, files, edits, added, remarks } = settleComponents(imported.components, tree, content, imported.missing);
  const events = imported.events(ids);
  const plan = (kind: ImportedEvent['kind'], top: 'incidents' | 'maintenance') => {
    const those = events.filter((event) => event.kind === kind);
    const entries = those.map((event) => ({ ...event, created: event.created ?? event.updates[0]?.at ?? 0 }));
    const folders = folderNames(entries, existingFolders(top, tree), kind);
    return those.map((event) => eventFiles(event, folders.get(event.id) ?? '', note));
  };
  const foldersOf = (planned: readonly NewFile[][]): number => planned.filter(({ length }) => length > 0).length;
  const incidents = plan('incident', 'incidents');
  const maintenances = plan('maintenance', 'maintenance');
  return {
    edits,
    added,
    files: [...site, ...files, ...incidents.flat(), ...maintenances.flat()],
    counts: {
      incidents: foldersOf(incidents),
      incident_updates: incidents.flat().length,
      maintenances: foldersOf(maintenances),
      maintenance_updates: maintenances.flat().length,
    },
    notes,
    remarks,
  };
}
