import type { Day } from './calendar.ts';
import { actionState, type Postmortem } from './postmortem.ts';

/** What became of all that postmortems promised. */
export type ActionCounts = {
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
