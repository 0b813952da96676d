import type { Incident } from './incident.ts';
import type { Instant } from './instant.ts';
import { clip } from './period.ts';
import type { ComponentStatus } from './vocabulary.ts';

/** A stretch in which an incident held a component in one status; `to` is null while it lasts. */
export type StatusPeriod = {
  readonly from: Instant;
  readonly to: Instant | null;
  readonly status: ComponentStatus;
  readonly incident: string;
};

/** The stretches that one incident gives, by component id. */
export function incidentPeriods(incident: Incident): Map<string, StatusPeriod[]> {
  const periods = new Map<string, StatusPeriod[]>();
  incident.updates.forEach((update, index) => {
    const from = index === 0 ? incident.startedAt : update.record.at;
    const to = incident.updates[index + 1]?.record.at ?? null;
    for (const [id, status] of Object.entries(update.components)) {
      if (status === 'operational') continue;
      const list = periods.get(id) ?? [];
      list.push({ from, to, status, incident: incident.slug });
      periods.set(id, list);
    }
  });
  return periods;
}

/** The stretches of all incidents, by component id, in the order of the incidents. */
export function componentHistories(incidents: readonly Incident[]): Map<string, StatusPeriod[]> {
  const histories = new Map<string, StatusPeriod[]>();
  for (const incident of incidents) {
    for (const [id, periods] of incidentPeriods(incident)) {
      histories.set(id, [...(histories.get(id) ?? []), ...periods]);
    }
  }
  return histories;
}

/** The stretches that touch a window, cut to it. */
export function periodsWithin(
  history: readonly StatusPeriod[],
  window: { readonly from: Instant; readonly to: Instant },
): (StatusPeriod & { readonly to: Instant })[] {
  return history.flatMap((period) => {
    const part = clip(period, window);
    return part === null ? [] : [{ ...period, ...part }];
  });
}
