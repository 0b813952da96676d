import { minute } from '../../../src/domain/instant.ts';
import { count } from '../../../src/views/words.ts';
import type { Dump, DumpIncident, DumpMaintenance } from './dump-schema.ts';

type Event = DumpIncident | DumpMaintenance;

/** Whether an event says a time that comes to nothing here. */
function losesTime(event: Event, carriesStart: boolean): boolean {
  const updates: readonly Event['incident_updates'][number][] = event.incident_updates;
  if (updates.length === 0) return false;
  const first = Math.min(...updates.map(({ display_at: shown, created_at: created }) => shown ?? created));
  const started = event.started_at ?? first;
  const isStartLost = started !== first && !(carriesStart && first - started >= minute);
  return (
    event.created_at !== first ||
    isStartLost ||
    updates.some(({ created_at: created, updated_at: edited }) => (edited ?? created) !== created)
  );
}

/** One line about the times that readers never saw and that are not carried over, if any; they are counted, since on a real page nearly every incident has them. */
export function timesLeft({ incidents, maintenances }: Dump): string[] {
  const of = [
    [incidents.filter((one) => losesTime(one, true)).length, 'incident'] as const,
    [maintenances.filter((one) => losesTime(one, false)).length, 'maintenance'] as const,
  ].filter(([amount]) => amount > 0);
  if (of.length === 0) return [];
  return [
    `${of.map(([amount, one]) => count(amount, one)).join(', ')}: created_at and started_at become the time of the first update that was displayed, and when updates were edited is not carried over`,
  ];
}
