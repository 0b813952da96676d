import type { Day } from './calendar.ts';
import type { Instant } from './instant.ts';
import type { Cause, CustomerData } from './vocabulary.ts';

/** Something promised after an incident. */
export type ActionItem = {
  readonly what: string;
  readonly owner: string;
  readonly due: Day;
  /** The day it was done; null while open. */
  readonly done: Day | null;
};

export type Postmortem = {
  /** That of its incident. */
  readonly slug: string;
  readonly title: string;
  readonly published: Instant;
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
};

/** `overdue` once the due day is over in the site's time zone. */
export function actionState(action: ActionItem, today: Day): 'done' | 'open' | 'overdue' {
  if (action.done !== null) return 'done';
  return action.due < today ? 'overdue' : 'open';
}
