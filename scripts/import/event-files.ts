import { updateName } from '../../src/content/update-name.ts';
import type { ComponentStates } from '../../src/domain/component.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Impact, IncidentStatus, MaintenanceStatus } from '../../src/domain/vocabulary.ts';
import { withoutBlanks } from '../../src/domain/template.ts';
import { withoutHidden } from '../../src/schema/hidden.ts';
import { shortUtc } from '../../src/schema/instant.ts';
import type { NewFile } from '../writing/new-problems.ts';
import { cleanBody, fileText } from '../writing/update-file.ts';
import { label } from '../writing/words.ts';
import type { Note } from './note.ts';

/** An update as it will be written. `place` is where it stood, for notes. */
export type ImportedUpdate<S> = {
  readonly at: Instant;
  readonly status: S;
  readonly body: string;
  readonly place: string;
  readonly components?: ComponentStates;
};

type Imported<S> = {
  /** Without the prefix of its importer. */
  readonly id: string;
  readonly source: string;
  readonly title: string;
  /** Oldest first; never empty. */
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

/** Each at a time of its own: those at the same millisecond are set one apart. */
function spaced<S>(updates: readonly ImportedUpdate<S>[], note: Note): ImportedUpdate<S>[] {
  let latest = -Infinity;
  return updates.map((update) => {
    const at = Math.max(update.at, latest + 1);
    latest = at;
    if (at !== update.at) note(`${update.place}: is at the same time as another update, and became ${updateName(at)}`);
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
