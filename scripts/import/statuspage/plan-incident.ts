import { updateName } from '../../../src/content/update-name.ts';
import type { ComponentStates } from '../../../src/domain/component.ts';
import { minute } from '../../../src/domain/instant.ts';
import { componentStatuses, type ComponentStatus, worstStatus } from '../../../src/domain/vocabulary.ts';
import { withoutBlanks } from '../../../src/domain/template.ts';
import { shortUtc } from '../../../src/schema/instant.ts';
import { fileText } from '../../writing/update-file.ts';
import type { NewFile } from '../../writing/new-problems.ts';
import { nameOf } from '../name-of.ts';
import { type ComponentIds, idOf, namedComponents } from './component-ids.ts';
import { type Dated, datedUpdates } from './dated-updates.ts';
import type { DumpIncident } from './dump-schema.ts';
import { sourceName } from './source-name.ts';

type Update = Dated<DumpIncident['incident_updates'][number]>;

const severity = (status: ComponentStatus): number => componentStatuses.indexOf(status);

/** What an update says the components became, by our ids. */
function statesOf({ raw }: Update, ids: ComponentIds): Record<string, ComponentStatus> {
  return Object.fromEntries(
    (raw.affected_components ?? []).map(({ code, new_status: status }) => [idOf(code, ids), status]),
  );
}

const isResolved = ({ raw }: Update): boolean => raw.status === 'resolved' || raw.status === 'postmortem';

/** The worst statuses of the incident as a whole that no update before the end comes up to. */
function unreached(incident: DumpIncident, updates: readonly Update[], ids: ComponentIds): ComponentStates {
  const said = updates.filter((update) => !isResolved(update)).map((update) => statesOf(update, ids));
  const missing = namedComponents(incident.components, ids).filter(({ id, status }) => {
    const reached = worstStatus(said.flatMap((states) => states[id] ?? []));
    return severity(status) > severity(reached);
  });
  return Object.fromEntries(missing.map(({ id, status }) => [id, status]));
}

function noteResolved(update: Update, ids: ComponentIds, note: (text: string) => void): void {
  if (update.raw.status === 'postmortem')
    note(`update ${update.raw.id} has the status postmortem, and became resolved`);
  for (const [id, status] of Object.entries(statesOf(update, ids))) {
    if (status !== 'operational')
      note(`update ${update.raw.id} resolves the incident but leaves ${id} in ${status}, which was not carried over`);
  }
}

/** The files of one incident, oldest first, below its folder. What changes on the way is told to `note`. */
export function planIncident(
  incident: DumpIncident,
  folder: string,
  ids: ComponentIds,
  note: (text: string) => void,
): NewFile[] {
  const tell = (text: string): void => note(`incident ${incident.id}: ${text}`);
  const updates = datedUpdates(incident.incident_updates, tell);
  const [first] = updates;
  if (first === undefined) {
    tell('has no update, and was not carried over');
    return [];
  }
  const began = incident.started_at ?? first.at;
  // Statuspage notes the start some milliseconds before the first update; only a start that a person set counts.
  const started = first.at - began >= minute ? shortUtc(began) : undefined;
  const opening = {
    title: nameOf(incident.name),
    impact: incident.impact,
    started,
    source: sourceName(incident.id),
  };
  return updates.map((update) => {
    const resolved = isResolved(update);
    if (resolved) noteResolved(update, ids, tell);
    const isFirst = update === first;
    const states = resolved ? {} : statesOf(update, ids);
    const fields = {
      ...(isFirst ? opening : {}),
      status: resolved ? 'resolved' : update.raw.status,
      components: isFirst && !resolved ? { ...states, ...unreached(incident, updates, ids) } : states,
      // Nobody promised anything at the time.
      next_update: resolved ? undefined : 'none',
    };
    return {
      path: `incidents/${folder}/${updateName(update.at)}.md`,
      text: fileText(fields, withoutBlanks(update.body)),
    };
  });
}
