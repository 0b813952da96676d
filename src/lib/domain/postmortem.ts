import type { ClosedPeriod, Day, Duration, Instant } from './calendar.ts';
import type { Incident } from './incident.ts';
import { responseTimes } from './response.ts';
import type { Translatable } from './translation.ts';
import type { Cause, ComponentStates, CustomerData, RemedyTerms, ShownImage } from './vocabulary.ts';

/** Something promised after an incident. */
export type ActionItem = {
  readonly what: string;
  readonly owner: string;
  readonly due: Day;
  /** The day it was done; null while open. */
  readonly done: Day | null;
};

export type Postmortem = RemedyTerms &
  Translatable & {
    /** That of its incident. */
    readonly slug: string;
    readonly title: string;
    readonly published: Instant;
    /** Whether it is news to followers: in every feed, on every channel, and in the API. Null where it doesn't say. */
    readonly notify: boolean | null;
    readonly authors: readonly string[];
    readonly summary: string;
    readonly customerData: CustomerData;
    /** Null where it does not say. */
    readonly cause: Cause | null;
    readonly remedy: string | null;
    readonly lessons: readonly string[];
    readonly actions: readonly ActionItem[];
    /** Markdown. */
    readonly body: string;
    readonly images: readonly ShownImage[];
  };

/** `overdue` once the due day is over in the site's time zone. */
export function actionState(action: ActionItem, today: Day): 'done' | 'open' | 'overdue' {
  if (action.done !== null) return 'done';
  return action.due < today ? 'overdue' : 'open';
}

/** The state of everything that postmortems promised. */
type ActionCounts = {
  /** Done by the day it was due. */
  readonly inTime: number;
  /** Done after it. */
  readonly late: number;
  /** Not done, and due today or later. */
  readonly open: number;
  readonly overdue: number;
};

/** Counts the actions of postmortems. `today` is the day in the site's time zone. */
export function actionCounts(postmortems: readonly Pick<Postmortem, 'actions'>[], today: Day): ActionCounts {
  const counts = { inTime: 0, late: 0, open: 0, overdue: 0 };
  for (const action of postmortems.flatMap(({ actions }) => actions)) {
    const state = actionState(action, today);
    if (state !== 'done') counts[state] += 1;
    else counts[action.done !== null && action.done > action.due ? 'late' : 'inTime'] += 1;
  }
  return counts;
}

/** The facts about a resolved incident that follow from its updates. */
export type PostmortemFacts = {
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  /**
   * How long it was open: without the time between a resolved update and its reopening. Null if nobody said when it
   * began.
   */
  readonly duration: Duration | null;
  readonly reopenings: number;
  /** Null when the first update does not say when customers began to be affected. */
  readonly timeToFirstUpdate: Duration | null;
  /** The longest time in which nothing was posted while it was open; null with a single update. */
  readonly longestSilence: ClosedPeriod | null;
  /** The worst each component had, in the order in which they were named. */
  readonly worstComponents: ComponentStates;
  readonly customerData: CustomerData | null;
  readonly remedy: string | null;
};

function longestSilence({ updates }: Incident): ClosedPeriod | null {
  let longest: ClosedPeriod | null = null;
  for (const [index, { record }] of updates.entries()) {
    const next = updates[index + 1]?.record.at;
    // Nobody owes an update while an incident is resolved.
    if (next === undefined || record.status === 'resolved') continue;
    if (longest === null || next - record.at > longest.to - longest.from) longest = { from: record.at, to: next };
  }
  return longest;
}

/** The facts of an incident; null while it is open. */
export function postmortemFacts(incident: Incident): PostmortemFacts | null {
  if (incident.resolvedAt === null) return null;
  const first = incident.updates[0].record;
  return {
    startedAt: incident.startedAt,
    endedAt: incident.resolvedAt,
    duration: responseTimes(incident).toResolve,
    reopenings: incident.openPeriods.length - 1,
    timeToFirstUpdate: first.started === null ? null : first.at - first.started,
    longestSilence: longestSilence(incident),
    worstComponents: incident.worstComponents,
    customerData: incident.customerData,
    remedy: incident.remedy,
  };
}
