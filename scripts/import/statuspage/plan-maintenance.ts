import { updateName } from '../../../src/content/update-name.ts';
import type { ComponentStates } from '../../../src/domain/component.ts';
import { minute } from '../../../src/domain/instant.ts';
import { type ComponentStatus, worstStatus } from '../../../src/domain/vocabulary.ts';
import { withoutBlanks } from '../../../src/domain/template.ts';
import { shortUtc } from '../../../src/schema/instant.ts';
import type { NewFile } from '../../writing/new-problems.ts';
import { fileText } from '../../writing/update-file.ts';
import { nameOf } from '../name-of.ts';
import { type ComponentIds, idOf, namedComponents } from './component-ids.ts';
import { type Dated, datedUpdates } from './dated-updates.ts';
import type { DumpMaintenance } from './dump-schema.ts';
import { sourceName } from './source-name.ts';

type Update = Dated<DumpMaintenance['incident_updates'][number]>;

/**
 * What an update says of the components while the work runs. Statuspage also lists what they are
 * before and after it, as `operational`; in Halfpast that goes without saying.
 */
function statesOf({ raw }: Update, ids: ComponentIds): Record<string, ComponentStatus> {
  return Object.fromEntries(
    (raw.affected_components ?? [])
      .filter(({ new_status: status }) => status !== 'operational')
      .map(({ code, new_status: status }) => [idOf(code, ids), status]),
  );
}

/** What the first update announces: all components named anywhere, each with the worst it was said to be. */
function announced(maintenance: DumpMaintenance, updates: readonly Update[], ids: ComponentIds): ComponentStates {
  const listed = namedComponents(maintenance.components, ids);
  const touched = updates.flatMap(({ raw }) => raw.affected_components ?? []).map(({ code }) => idOf(code, ids));
  const worst = (id: string): ComponentStatus => {
    const said = updates.flatMap((update) => statesOf(update, ids)[id] ?? []);
    const status = worstStatus([
      ...said,
      ...listed.filter((component) => component.id === id).map((component) => component.status),
    ]);
    // Named, but operational throughout: the work had not begun when the dump was made.
    return status === 'operational' ? 'under_maintenance' : status;
  };
  return Object.fromEntries([...new Set([...listed.map(({ id }) => id), ...touched])].map((id) => [id, worst(id)]));
}

/** What an update says that is not in effect already. */
function changes(states: ComponentStates, inEffect: Map<string, ComponentStatus>): ComponentStates {
  const changed = Object.entries(states).filter(([id, status]) => inEffect.get(id) !== status);
  for (const [id, status] of changed) inEffect.set(id, status);
  return Object.fromEntries(changed);
}

/** The files of one maintenance, oldest first, below its folder. What changes on the way is told to `note`. */
export function planMaintenance(
  maintenance: DumpMaintenance,
  folder: string,
  ids: ComponentIds,
  note: (text: string) => void,
): NewFile[] {
  const tell = (text: string): void => note(`maintenance ${maintenance.id}: ${text}`);
  const { scheduled_for: from, scheduled_until: until } = maintenance;
  if (until <= from) {
    tell('has a window that does not end after it begins, and was not carried over');
    return [];
  }
  const updates = datedUpdates(maintenance.incident_updates, tell);
  const [first] = updates;
  if (first === undefined) {
    tell('has no update, and was not carried over');
    return [];
  }
  const inEffect = new Map<string, ComponentStatus>();
  let end = until;
  return updates.map((update) => {
    const isFirst = update === first;
    const { status } = update.raw;
    const runsOn = (status === 'in_progress' || status === 'verifying') && update.at >= end;
    if (runsOn) {
      end = updates.find(({ at }) => at > update.at)?.at ?? update.at + minute;
      tell(`update ${update.raw.id} says that work still runs after the window, which was made longer`);
    }
    const fields = {
      title: isFirst ? nameOf(maintenance.name) : undefined,
      status,
      scheduled_for: isFirst ? shortUtc(from) : undefined,
      scheduled_until: isFirst || runsOn ? shortUtc(isFirst && !runsOn ? until : end) : undefined,
      components: changes(isFirst ? announced(maintenance, updates, ids) : statesOf(update, ids), inEffect),
      source: isFirst ? sourceName(maintenance.id) : undefined,
    };
    return {
      path: `maintenance/${folder}/${updateName(update.at)}.md`,
      text: fileText(fields, withoutBlanks(update.body)),
    };
  });
}
