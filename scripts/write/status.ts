import { timeOrNull } from '../../src/lib/api/values.ts';
import { type Day, type Instant, isoTime, publishedAt } from '../../src/lib/domain/calendar.ts';
import { hasCheckIns, type Incident, isOpen, latestUpdate } from '../../src/lib/domain/incident.ts';
import { type Maintenance, maintenanceStatus } from '../../src/lib/domain/maintenance.ts';
import { openRemedies, owedPostmortem } from '../../src/lib/domain/owed.ts';
import { isOverdue, nextCheckIn } from '../../src/lib/domain/promise.ts';
import type { Settings } from '../../src/lib/domain/settings.ts';
import { openIncidents, type Site } from '../../src/lib/domain/site.ts';
import type { MaintenanceStatus } from '../../src/lib/domain/vocabulary.ts';
import { componentName } from '../../src/lib/views/lookup.ts';
import { type StateView, stateViews } from '../../src/lib/views/event-list.ts';
import { type CheckIn, checkInsDue } from './check-ins.ts';
import { earlierIncidents, nameAndPage } from './earlier-incidents.ts';

export type OpenIncident = {
  readonly incident: Incident;
  /** Its current effects, in words. */
  readonly states: readonly StateView[];
  /** When customers last got an update. */
  readonly lastUpdate: Instant;
  /** When the team's next check-in is due; null while a fix is being monitored. */
  readonly checkIn: Instant | null;
  /** Whether a promised update is late. */
  readonly overdue: boolean;
  /** The first unmet goal. */
  readonly goal: Goal;
  /** The team's newest check-in, and the latest ones that were due but not recorded. */
  readonly lastCheckIn: CheckIn | null;
  readonly missed: readonly Instant[];
  /** The latest incidents of the same components, newest first, with links. */
  readonly earlier: readonly { readonly name: string; readonly page: string }[];
  /** When the latest check-in was due, if it isn't recorded yet; null otherwise. */
  readonly dueSince: Instant | null;
};

/** The goals of a response, most important first. */
type Goal = 'customer_data' | 'customers' | 'service';

/** An ongoing review doesn't keep anyone from informing customers, so it counts as an answer for now. */
function firstGoal({ customerData }: Incident, overdue: boolean): Goal {
  if (customerData === null) return 'customer_data';
  if (overdue) return 'customers';
  return customerData === 'under_review' ? 'customer_data' : 'service';
}

export type ComingMaintenance = {
  readonly maintenance: Maintenance;
  readonly status: MaintenanceStatus;
  /** The names of the affected components. */
  readonly affected: readonly string[];
};

/** A remedy that customers were promised and haven't received. */
export type Owed = {
  readonly kind: 'postmortem' | 'remedy';
  readonly incident: Incident;
  /** Null if it isn't due yet. */
  readonly by: Day | null;
  readonly late: boolean;
};

function owedTo(site: Site): Owed[] {
  const postmortems = site.incidents.flatMap((incident): Owed[] => {
    const owed = owedPostmortem(site, incident);
    if (owed === null || owed.state === 'old') return [];
    return [{ kind: 'postmortem', incident, by: owed.by, late: owed.state === 'late' }];
  });
  const remedies = openRemedies(site)
    .filter(({ isOld }) => !isOld)
    .map(({ incident, by, overdue }): Owed => ({ kind: 'remedy', incident, by, late: overdue }));
  return [...postmortems, ...remedies].toSorted((a, b) => ((a.by ?? '9999') < (b.by ?? '9999') ? -1 : 1));
}

/** Everything a responder needs to know at `now`. */
export type Situation = {
  readonly now: Instant;
  readonly settings: Settings;
  /** Sorted by when the promised update is due. */
  readonly incidents: readonly OpenIncident[];
  /** Remedies that are still owed for resolved incidents, sorted by due date. */
  readonly owed: readonly Owed[];
  /** The incident that was resolved last; null if there is none. */
  readonly lastResolved: Incident | null;
  /** In progress and upcoming, soonest first. */
  readonly maintenances: readonly ComingMaintenance[];
};

/** `logs` has the check-ins of open incidents, by slug. */
export function situation(site: Site, logs: ReadonlyMap<string, readonly CheckIn[]>): Situation {
  const { now, settings } = site;
  const hasPostmortem = ({ slug }: Incident): boolean => site.postmortems.some((one) => one.slug === slug);
  const incidents = openIncidents(site).map((incident): OpenIncident => {
    const log = (logs.get(incident.slug) ?? []).filter(({ at }) => at <= now);
    const overdue = isOverdue(incident.promised, now);
    const checksIn = hasCheckIns(incident);
    return {
      incident,
      states: stateViews(site, incident.components),
      lastUpdate: publishedAt(latestUpdate(incident).record),
      checkIn: checksIn ? nextCheckIn(incident.startedAt, now, settings.cadence) : null,
      overdue,
      goal: firstGoal(incident, overdue),
      lastCheckIn: log.at(-1) ?? null,
      ...(checksIn ? checkInsDue(incident, log, now, settings.cadence) : { dueSince: null, missed: [] }),
      earlier: earlierIncidents(site.incidents, Object.keys(incident.worstComponents)).map((one) =>
        nameAndPage(one, hasPostmortem(one), settings),
      ),
    };
  });
  const maintenances = site.maintenances
    .map((maintenance) => ({
      maintenance,
      status: maintenanceStatus(maintenance, now),
      affected: Object.keys(maintenance.components).map((id) => componentName(site, id)),
    }))
    .filter(({ status }) => status !== 'completed');
  const [lastResolved] = site.incidents
    .filter((incident) => !isOpen(incident))
    .toSorted((a, b) => (b.resolvedAt ?? 0) - (a.resolvedAt ?? 0));
  return {
    now,
    settings,
    incidents: incidents.toSorted(
      ({ incident: a }, { incident: b }) =>
        (a.promised ?? Infinity) - (b.promised ?? Infinity) || b.startedAt - a.startedAt,
    ),
    owed: owedTo(site),
    lastResolved: lastResolved ?? null,
    maintenances: maintenances.toSorted((a, b) => a.maintenance.window.from - b.maintenance.window.from),
  };
}

function incidentJson(open: OpenIncident, { url }: Settings): object {
  const { incident, checkIn, overdue, goal, lastCheckIn, missed, dueSince, earlier } = open;
  return {
    slug: incident.slug,
    title: incident.title,
    status: incident.status,
    impact: incident.impact,
    components: incident.components,
    customer_data: incident.customerData,
    lead: incident.lead,
    comms: incident.comms,
    started_at: isoTime(incident.startedAt),
    updated_at: isoTime(open.lastUpdate),
    first_goal: goal,
    last_check_in: lastCheckIn === null ? null : { at: isoTime(lastCheckIn.at), text: lastCheckIn.text },
    missed_check_ins: missed.map(isoTime),
    check_in_due_since: timeOrNull(dueSince),
    next_check_in: timeOrNull(checkIn),
    next_update: timeOrNull(incident.promised),
    overdue,
    earlier: earlier.map(({ page }) => page),
    address: `${url}/incidents/${incident.slug}/`,
  };
}

function maintenanceJson({ maintenance, status }: ComingMaintenance, { url }: Settings): object {
  return {
    slug: maintenance.slug,
    title: maintenance.title,
    status,
    components: maintenance.components,
    scheduled_for: isoTime(maintenance.window.from),
    scheduled_until: isoTime(maintenance.window.to),
    address: `${url}/maintenance/${maintenance.slug}/`,
  };
}

/** The JSON of `status --json`: times in UTC, null for unknown values. */
export function situationJson({ now, settings, incidents, maintenances, owed }: Situation): object {
  return {
    now: isoTime(now),
    priorities: settings.priorities,
    incidents: incidents.map((open) => incidentJson(open, settings)),
    maintenances: maintenances.map((coming) => maintenanceJson(coming, settings)),
    owed: owed.map(({ kind, incident, by, late }) => ({ kind, incident: incident.slug, by, late })),
  };
}
