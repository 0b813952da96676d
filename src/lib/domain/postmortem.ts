import { type ClosedPeriod, type Day, type Duration, type Instant, publishedAt } from './calendar.ts';
import type { Incident } from './incident.ts';
import { responseTimes, updateAt } from './response.ts';
import type { Translatable } from './translation.ts';
import type { Cause, ComponentStates, CustomerData, RemedyTerms, ShownImage } from './vocabulary.ts';

/** A promise after an incident. */
export type ActionItem = {
  readonly what: string;
  readonly owner: string;
  readonly due: Day;
  /** The day when it was done; null while open. */
  readonly done: Day | null;
};

export type Postmortem = RemedyTerms &
  Translatable & {
    /** The incident's. */
    readonly slug: string;
    readonly title: string;
    readonly published: Instant;
    /** Whether to announce it to followers: in all feeds and channels, and in the API. Null if not stated. */
    readonly notify: boolean | null;
    readonly authors: readonly string[];
    readonly summary: string;
    readonly customerData: CustomerData;
    /** Null if not stated. */
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

/**
 * Counts the actions in postmortems: done by the due day, done after it, not due yet, and overdue. `today` is the day
 * in the site's time zone.
 */
export function actionCounts(postmortems: readonly Pick<Postmortem, 'actions'>[], today: Day) {
  const counts = { inTime: 0, late: 0, open: 0, overdue: 0 };
  for (const action of postmortems.flatMap(({ actions }) => actions)) {
    const state = actionState(action, today);
    if (state !== 'done') counts[state] += 1;
    else counts[action.done !== null && action.done > action.due ? 'late' : 'inTime'] += 1;
  }
  return counts;
}

/** Facts about a resolved incident, based on its updates. */
export type PostmortemFacts = {
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  /**
   * How long it was open, excluding the time between resolving and reopening. Null if no update says when it began.
   */
  readonly duration: Duration | null;
  readonly reopenings: number;
  /** Null if the first update doesn't say when customers were first affected. */
  readonly timeToFirstUpdate: Duration | null;
  /** The longest time without an update while it was open; null if only one was posted by then. */
  readonly longestSilence: ClosedPeriod | null;
  /** The worst status of each component, in the order of mention. */
  readonly worstComponents: ComponentStates;
};

function longestSilence(incident: Incident): ClosedPeriod | null {
  const times = incident.updates.map(({ record }) => publishedAt(record)).toSorted((a, b) => a - b);
  let longest: ClosedPeriod | null = null;
  for (const [index, from] of times.entries()) {
    const to = times[index + 1];
    // No updates are due while an incident is resolved.
    if (to === undefined || updateAt(incident, from).record.status === 'resolved') continue;
    if (longest === null || to - from > longest.to - longest.from) longest = { from, to };
  }
  return longest;
}

/** Returns the facts about an incident; null while it's open. */
export function postmortemFacts(incident: Incident): PostmortemFacts | null {
  if (incident.resolvedAt === null) return null;
  const { toFirstUpdate, toResolve } = responseTimes(incident);
  return {
    startedAt: incident.startedAt,
    endedAt: incident.resolvedAt,
    duration: toResolve,
    reopenings: incident.openPeriods.length - 1,
    timeToFirstUpdate: toFirstUpdate,
    longestSilence: longestSilence(incident),
    worstComponents: incident.worstComponents,
  };
}
