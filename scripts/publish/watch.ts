import { type Duration, type Instant, minute } from '../../src/lib/domain/calendar.ts';
import type { Context } from '../cli/context.ts';
import { horizon } from './due-publish.ts';

type Watching = Pick<Context, 'clock' | 'sleep'> & {
  /** Does what is due now by the newest content, and returns when something is due next; null for nothing within the hour. */
  readonly act: () => Promise<Instant | null>;
};

/**
 * Waits for each due time and acts on it. Ends as `quiet` when nothing is due within the hour, so that an incident without
 * promises costs nothing; as `more` when a later run should go on, because a job can't take forever.
 */
export async function watchForAnHour({ clock, sleep, act }: Watching): Promise<'quiet' | 'more'> {
  const end = clock() + horizon;
  for (;;) {
    const next = await act();
    if (next === null) return 'quiet';
    if (next > end) return 'more';
    await sleep(Math.max(0, next - clock()));
  }
}

/** How soon a service notices that the content was changed. */
const pause: Duration = minute;

/** Acts on each due time, and at least once a minute, until the program is stopped. */
export async function watchForever({ clock, sleep, act }: Watching): Promise<never> {
  for (;;) {
    const next = await act();
    await sleep(Math.max(0, Math.min(pause, (next ?? Infinity) - clock())));
  }
}
